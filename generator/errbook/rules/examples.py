"""Rules about example bodies."""

from errbook.diagnostics import Rule, Severity

UNDOCUMENTED_EXAMPLE = Rule(
    "EB501",
    "undocumented-example",
    Severity.WARNING,
    "the code '{code}' of this example is in no error table of the service",
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
BROKEN_EXAMPLE = Rule(
    "EB502",
    "broken-example",
    Severity.WARNING,
    "this example is not valid {format}: {reason}",
    hint="mend it; readers copy examples",
    why="errbook reads through trailing commas, comments and missing quotes. The parsers of your "
    "readers do not. A block in a language of its own (`.. code-block:: python`) is left alone.",
    example="""
        ::

            {"code": "API.01", "message": "Wrong name.",}
    """,
)
