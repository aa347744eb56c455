"""Rules about example response bodies."""

import re
from collections.abc import Iterator

from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, rule

# Stand-ins for a code, in examples that show only the structure.
_STAND_IN = re.compile(
    r"[xX*.…]*|<.*>|\{.*\}|\$.*|(error|err)?[ _-]?code|string|integer", re.IGNORECASE
)


@rule(
    "EB501",
    "undocumented-example",
    Severity.WARNING,
    message="the code '{code}' in this example is not documented in the service's error tables",
    hint="use a documented code in the example, or document this one",
    why="Readers look up the example's code first. If it is undocumented, the example or the table "
    "often has a typo. Successes (`0`, `200`, `OK`) and placeholders for a code are not "
    "reported.",
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
    """Examples with an undocumented code."""
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
    hint="write it so that every {format} parser accepts it",
    why="Readers copy examples. errbook tolerates trailing commas, comments and missing quotes, "
    "but other parsers do not. Blocks in another language (`.. code-block:: python`) are not "
    "checked.",
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


@rule(
    "EB503",
    "unknown-body",
    Severity.WARNING,
    message="no document of the service '{service}' shows the body of an error response; "
    '{{"code": …, "message": …}} is assumed',
    hint="add a page with an example body, or set envelope in [tool.errbook.service.{service}]: "
    'envelope = {{ code = "error.code", message = "error.message" }}, or false if errors have no '
    "body",
    why="Few services use exactly these members. If the assumption is wrong, "
    "exceptions have no code, and the OpenAPI document and `to_response()` describe "
    "a body that the service never sends. This is reported only if Python or OpenAPI is generated.",
    example="""
        ==========  =============
        Error Code  Error Message
        ==========  =============
        API.01      Wrong name.
        ==========  =============
    """,
)
def unknown_body(facts: Facts) -> Iterator[Finding]:
    """Services none of whose documents shows a body."""
    if facts.settings is None or not {"python", "openapi"} & set(facts.settings.targets):
        return
    is_known = facts.service.envelope is not None or any(page.envelope for page in facts.pages)
    if facts.documented and not is_known:
        yield Finding(facts.documented[0].occurrence.location, service=facts.service.id)
