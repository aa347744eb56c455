"""Rules about tables that cannot be read, and about comments that silence rules."""

from collections.abc import Iterator

from errbook.analyzer import Page
from errbook.analyzer.titles import mentions_codes, mentions_errors
from errbook.diagnostics import Severity
from errbook.lint.markup import comment
from errbook.lint.rule import Facts, Finding, matching_ids, rule
from errbook.readers.document import UnreadTable


@rule(
    "EB101",
    "malformed-table",
    Severity.WARNING,
    message="this table cannot be read: {reason}",
    hint="{remedy}; until then its rows are left out of the catalogue",
    why="A table is read completely or not at all. If one border of a drawn table is one character "
    "too short, or the delimiter row of a Markdown table has one cell too few, every row is lost, "
    "and the published page shows no table either.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +========+===========+
        | 400    | API.01     |
        +--------+------------+
    """,
)
def malformed_table(facts: Facts) -> Iterator[Finding]:
    """Tables that are drawn or written wrongly."""
    for page in facts.pages:
        for table in _unread_tables(page, facts):
            if table.is_malformed:
                yield Finding(table.location, reason=table.reason, remedy=table.remedy)


_MIN_ROWS = 3


def _unread_tables(page: Page, facts: Facts) -> Iterator[UnreadTable]:
    """Yield the tables of *page* that may be error tables.

    On a page that is not in a project, that is one on a page about errors, or with such words.
    """
    for table in page.unread_tables:
        is_about_errors = mentions_errors(table.text) or mentions_codes(table.text)
        if table.text.count("\n") < _MIN_ROWS:  # its rows are elsewhere
            is_about_errors |= page.mentions_errors or bool(page.error_tables)
        if facts.settings is not None or is_about_errors:
            yield table


@rule(
    "EB102",
    "unreadable-table",
    Severity.WARNING,
    message="this table is not read: {reason}",
    hint="{remedy}; until then its rows are left out of the catalogue",
    why="errbook does not read tables in other files, in raw HTML or in unknown directives, nor "
    "directives whose content is not a table. Their codes are missing from all outputs.",
    example="""
        .. csv-table::
           :file: errors.csv
    """,
)
def unreadable_table(facts: Facts) -> Iterator[Finding]:
    """Tables that cannot be read for other reasons."""
    for page in facts.pages:
        for table in _unread_tables(page, facts):
            if not table.is_malformed:
                yield Finding(table.location, reason=table.reason, remedy=table.remedy)


@rule(
    "EB112",
    "surplus-cells",
    Severity.WARNING,
    message="the row has {cells} cells, but the table has {columns} columns; the rest is dropped",
    hint="write '\\|' for a '|' in a cell, even in code",
    why="In Markdown a '|' ends a cell wherever it stands. The texts after it move to the next "
    "columns, and the last ones are not shown.",
    example="""
        | Error Code | Solution        |
        | ---------- | --------------- |
        | API.01     | Use `a|b` here. |
    """,
)
def surplus_cells(facts: Facts) -> Iterator[Finding]:
    """Rows of Markdown with more cells than their tables have columns."""
    for table in facts.error_tables:
        for row in table.table.table.rows:
            if row.surplus:
                columns = len(row.cells)
                yield Finding(row.location, cells=columns + row.surplus, columns=columns)


@rule(
    "EB107",
    "unknown-suppression",
    Severity.WARNING,
    message="this comment ignores nothing: {reason}",
    hint="write it as in '{comment}', with an id, a name or the beginning of an id",
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
                example = comment(page.path, "errbook: ignore EB203")
                is_rule = len(unknown.split()) == 1
                reason = f"there is no rule '{unknown}'" if is_rule else f"'{unknown}' is misspelt"
                yield Finding(silence.location, reason=reason, comment=example)


@rule(
    "EB109",
    "unused-ignore",
    Severity.INFO,
    message="{rules} has no findings to ignore{where}",
    hint="remove this entry or comment",
    why="The problem is gone, or the entry never matched. If it stays, it hides the next problem "
    "of this kind.",
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
