"""Rules about example bodies."""

import re
from collections.abc import Iterator

from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, rule

# Placeholders for a code, in examples that show only the structure.
_STAND_IN = re.compile(
    r"[xX*.…]*|<.*>|\{.*\}|\$.*|(error|err)?[ _-]?code|string|integer", re.IGNORECASE
)


@rule(
    "EB501",
    "undocumented-example",
    Severity.WARNING,
    message="the code '{code}' of this example is in no error table of the service",
    hint="show a documented code, or document this one",
    why="Readers look up the code of the example first. That it is missing often shows a slip in "
    "the example or in the table. A success (`0`, `200`, `OK`) is no error, and an expression no "
    "code.",
    example="""
        ::

            {"code": "API.99", "message": "Wrong name."}

        ==========  ===========
        Error Code  Description
        ==========  ===========
        API.01      Wrong name.
        ==========  ===========
    """,
)
def undocumented_example(facts: Facts) -> Iterator[Finding]:
    """Examples with a code that no page documents."""
    known = {item.code for item in facts.documented}
    # In some envelopes the code is the status, and the error has a name elsewhere.
    known |= {str(status) for item in facts.documented for status in item.occurrence.http_status}
    for page in facts.pages:
        if not page.error_tables:
            continue
        for example in page.examples:
            code = example.code
            if code is not None and code not in known and not _STAND_IN.fullmatch(code):
                yield Finding(example.location, code=code)


@rule(
    "EB502",
    "broken-example",
    Severity.WARNING,
    message="this example is not valid {format}: {reason}",
    hint="mend it; readers copy examples",
    why="errbook reads through trailing commas, comments and missing quotes. The parsers of your "
    "readers do not. A block in a language of its own (`.. code-block:: python`) is left alone.",
    example="""
        ::

            {"code": "API.01", "message": "Wrong name.",}
    """,
)
def broken_example(facts: Facts) -> Iterator[Finding]:
    """Examples that are not valid JSON or XML."""
    for page in facts.pages:
        for example in page.examples:
            flaw = example.flaw
            if flaw is not None:
                yield Finding(flaw.location, format=flaw.format, reason=flaw.reason)
