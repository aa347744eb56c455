"""Rules about tables that cannot be read, and about comments that silence rules."""

from collections.abc import Iterator

from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, matching_ids, rule


@rule(
    "EB101",
    "malformed-table",
    Severity.WARNING,
    message="this table cannot be read: {reason}",
    hint="align its borders and texts; until then its rows are left out of the catalogue",
    why="docutils reads a grid table or a simple table completely or not at all. If one border is "
    "one character too short, every row is lost, and the published page shows an error message "
    "instead.",
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
    message="this table is not read: {reason}",
    hint="correct the directive, or write a grid table or a list-table; until then its rows are "
    "left out of the catalogue",
    why="errbook does not read tables in other files, in raw HTML or in unknown directives, and "
    "directives whose content is not a table. Their codes are missing from all outputs.",
    example="""
        .. csv-table::
           :file: errors.csv
    """,
)
def unreadable_table(facts: Facts) -> Iterator[Finding]:
    """Tables that cannot be read for other reasons."""
    for page in facts.pages:
        for table in page.unread_tables:
            if not table.is_malformed:
                yield Finding(table.location, reason=table.reason)


@rule(
    "EB107",
    "unknown-suppression",
    Severity.WARNING,
    message="unknown rule '{rule}' in this comment",
    hint="use an id, a name or the beginning of an id, as in '.. errbook: ignore EB203'",
    why="A comment with a typo silences nothing.",
    example="""
        .. errbook: ignore EB999
    """,
)
def unknown_suppression(facts: Facts) -> Iterator[Finding]:
    """Comments that try to silence a rule that does not exist."""
    for page in facts.pages:
        for silence in page.silences:
            unknown = next((text for text in silence.rules if not matching_ids(text)), None)
            if unknown is not None:
                yield Finding(silence.location, rule=unknown)


@rule(
    "EB109",
    "unused-ignore",
    Severity.INFO,
    message="{rules} has no findings to ignore{where}",
    hint="remove this entry or comment",
    why="The problem is gone, or the entry never matched. It would hide the next problem of this "
    "kind.",
    example="""
        [tool.errbook.lint]
        ignore = ["EB204"]
    """,
)
def unused_ignore(facts: Facts) -> Iterator[Finding]:
    """Entries of the configuration that ignore nothing."""
    for ignore in facts.unused_ignores:
        if facts.settings is not None:
            where = f" for '{ignore.where}'" if ignore.where else ""
            yield Finding(facts.settings.locate(ignore), rules=ignore.rules, where=where)
