"""Rules about tables and includes that are not read, and about comments that silence rules."""

from collections.abc import Iterator

from errbook.analyzer.vocabulary import mentions_errors
from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, matching_ids, rule


@rule(
    "EB101",
    "malformed-table",
    Severity.WARNING,
    message="this table cannot be read: {reason}",
    hint="mend its borders; its rows are not in the catalogue",
    why="docutils reads a drawn table all or not at all. One border that is a character too short "
    "loses every row, and the published page shows an error in their place.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +========+===========+
        | 400    | API.01     |
        +--------+------------+
    """,
)
def malformed_table(facts: Facts) -> Iterator[Finding]:
    """Drawn tables that docutils cannot read."""
    for page in facts.pages:
        for table in page.unread_tables:
            if table.is_malformed:
                yield Finding(table.location, reason=table.reason)


@rule(
    "EB102",
    "unreadable-table",
    Severity.WARNING,
    message="no table is read here: {reason}",
    hint="write it as a grid table or a list-table; its rows are not in the catalogue",
    why="Tables from files, tables of directives that errbook does not know, and lists or values "
    "that make no table look like documentation and are none for errbook.",
    example="""
        .. csv-table::
           :file: errors.csv
    """,
)
def unreadable_table(facts: Facts) -> Iterator[Finding]:
    """Other tables that cannot be read."""
    for page in facts.pages:
        for table in page.unread_tables:
            if not table.is_malformed:
                yield Finding(table.location, reason=table.reason)


@rule(
    "EB107",
    "unknown-suppression",
    Severity.WARNING,
    message="this comment names '{rule}', which is no rule",
    hint="name the rule by its id, as in '.. errbook: ignore EB203'",
    why="A comment with a slip of the pen silences nothing.",
    example="""
        .. errbook: ignore EB999
    """,
)
def unknown_suppression(facts: Facts) -> Iterator[Finding]:
    """Comments that silence rules which do not exist."""
    for page in facts.pages:
        for silence in page.silences:
            unknown = next((text for text in silence.rules if not matching_ids(text)), None)
            if unknown is not None:
                yield Finding(silence.location, rule=unknown)


@rule(
    "EB108",
    "unread-include",
    Severity.INFO,
    message="the page has no error table, and what it includes of '{file}' is not read",
    hint="if '{file}' has error codes, add it to docs of [tool.errbook.service.{service}]",
    why="Nothing outside of a page is read. A page whose table of errors stands in another file "
    "gives nothing. It is told where the section or the name of the file speaks of errors.",
    example="""
        Error Codes
        -----------

        .. include:: table.txt
    """,
)
def unread_include(facts: Facts) -> Iterator[Finding]:
    """Included files that could have the errors, on pages without an error table."""
    for page in facts.pages:
        if page.error_tables:
            continue
        for include in page.includes:
            titles = include.file.replace("_", " "), include.section or ""
            is_part_of_docutils = include.file.startswith("<")  # substitutions: <isonum.txt>
            if any(map(mentions_errors, titles)) and not is_part_of_docutils:
                yield Finding(include.location, file=include.file, service=facts.service.id)
