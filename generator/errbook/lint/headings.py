"""Rules about table headings: unknown, overruled and missing headings, and near misses."""

import json
from collections.abc import Iterator
from itertools import chain

from errbook.analyzer import AnalyzedTable
from errbook.analyzer.cells import codes_in, statuses_in
from errbook.analyzer.columns import Overruled
from errbook.analyzer.evidence import holds_codes, holds_only_statuses, holds_statuses
from errbook.analyzer.vocabulary import (
    is_code_heading,
    is_message_heading,
    is_status_heading,
    is_text_heading,
    mentions_codes,
    mentions_errors,
    mentions_requests,
    normalized,
)
from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, rule
from errbook.model import is_error_status
from errbook.readers.document import Cell


@rule(
    "EB103",
    "unknown-heading",
    Severity.WARNING,
    message="unknown heading '{heading}'",
    hint="add {entry}, or another field, to [tool.errbook.service.{service}.columns]",
    once=("heading",),
    why="A column under an unknown heading is kept as extra text, not as a field of the error. Map "
    'the heading in the configuration: `"Remedy" = "handling"`, or `"Level" = "other"` to keep the '
    "column as extra text.",
    example="""
        ======  ==========  ============
        Status  Error Code  Remedy
        ======  ==========  ============
        400     API.01      Ask support.
        ======  ==========  ============
    """,
)
def unknown_heading(facts: Facts) -> Iterator[Finding]:
    """Headings of error tables that are not in the vocabulary."""
    for table in facts.error_tables:
        overruled = {overruled.column for overruled in table.table.columns.overruled}
        row = table.table.heading_row
        for column in table.table.unknown_columns:
            if row and column not in overruled:
                yield Finding(
                    row.cells[column].location,
                    heading=row.cells[column].text,
                    entry=_entry(row.cells[column].text, "handling"),
                    service=facts.service.id,
                )


def _entry(heading: str, field: str) -> str:
    """Return a line for the configuration: ``"Remedy" = "handling"``."""
    text = " ".join(heading.split())
    return f'{json.dumps(text, ensure_ascii=False)} = "{field}"'


@rule(
    "EB104",
    "overruled-heading",
    Severity.INFO,
    message="the column '{heading}' is {read}: {reason}",
    hint="if that is wrong, add {entry} to [tool.errbook.service.{service}.columns]",
    why="Where a heading and its cells disagree, errbook trusts the cells. Readers of the page "
    "have to guess too, so a better heading helps them as well.",
    example="""
        ==========  ==========
        Error Type  Error Code
        ==========  ==========
        NotFound    404
        ==========  ==========
    """,
)
def overruled_heading(facts: Facts) -> Iterator[Finding]:
    """Headings that the cells below them contradict.

    In other tables, only code headings are reported; those read as statuses only on pages without
    error tables, because tables of statuses often accompany error tables.
    """
    for page in facts.pages:
        for table in page.tables:
            if table.heading_row is None or table.is_excluded:
                continue
            for overruled in table.columns.overruled:
                field = table.columns.fields[overruled.column]
                if table.is_error_table or not page.error_tables or field == "other":
                    cell = table.heading_row.cells[overruled.column]
                    yield Finding(
                        cell.location,
                        heading=cell.text,
                        read=_READ.get(field, f"read as {field}"),
                        reason=_reason(overruled, table),
                        entry=_entry(cell.text, _named_field(cell.text)),
                        service=facts.service.id,
                    )


_READ = {
    "code": "read as codes",
    "http_status": "read as HTTP statuses",
    "other": "kept as extra text",
}


def _named_field(heading: str) -> str:
    """Return the field that *heading* names, whatever the cells are."""
    if is_status_heading(heading):
        return "http_status"
    return "code" if is_code_heading(heading) else "other"


def _reason(overruled: Overruled, table: AnalyzedTable) -> str:
    """Return why the heading is overruled, and the line of the first cell that shows it."""
    for row in table.rows:
        cell = row.cells[overruled.column]
        if overruled.by and cell.text == overruled.by:
            return f"{overruled.reason}; line {cell.location.line} has '{cell.text}'"
    return overruled.reason


@rule(
    "EB105",
    "headless-table",
    Severity.WARNING,
    message="the table has no heading row; its first row is read as the heading",
    hint="draw the line below the first row with '=', or add :header-rows: 1 to the directive",
    why="The published page shows the headings as if they were an ordinary row.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +--------+------------+
        | 400    | API.01     |
        +--------+------------+
    """,
)
def headless_table(facts: Facts) -> Iterator[Finding]:
    """Error tables whose heading row is marked up as a body row."""
    for table in facts.error_tables:
        heading_row = table.table.heading_row
        if heading_row is not None and not table.table.table.headings:
            yield Finding(heading_row.location)


@rule(
    "EB106",
    "near-miss-heading",
    Severity.WARNING,
    message="the table has no column of error codes, but the column '{heading}' looks like one",
    hint="if it contains error codes, add {entry} to [tool.errbook.service.{service}.columns]",
    once=("heading",),
    why="errbook recognizes a code column by its heading. A table whose codes stand under another "
    "heading would be skipped silently. Mapping the heading in the configuration silences this "
    'rule: `"Alarm ID" = "other"`.',
    example="""
        =======  ============
        Err No.  Description
        =======  ============
        E-17     Out of disk.
        E-18     Out of luck.
        =======  ============
    """,
)
def near_miss_heading(facts: Facts) -> Iterator[Finding]:
    """Headings of columns that could be codes, in tables that are not error tables.

    Codes that the page also documents elsewhere do not count, because they are not lost.
    """
    configured = frozenset(map(normalized, facts.service.columns))
    for page in facts.pages:
        documented = frozenset(item.code for item in page.documented)
        for table in page.tables:
            if table.is_error_table or table.is_excluded:
                continue
            heading = _near_miss(table, configured, documented)
            if heading is not None:
                yield Finding(
                    heading.location,
                    heading=" ".join(heading.text.split()),
                    entry=_entry(heading.text, "code"),
                    service=facts.service.id,
                )


def _near_miss(
    table: AnalyzedTable, configured: frozenset[str], documented: frozenset[str]
) -> Cell | None:
    """Return the first heading in *table* whose column could contain error codes.

    It is not among the normalized headings that the project has *configured*, and not all codes
    below it are *documented* elsewhere.
    """
    if table.heading_row is None or any(map(mentions_requests, table.headings)):
        return None
    for index, heading in enumerate(table.heading_row.cells):
        has_other_field = (
            table.columns.fields[index] == "http_status"
            or is_text_heading(heading.text)
            or normalized(heading.text) in configured
        )
        if (
            not has_other_field
            and _suggests_error_codes(table, index)
            and _holds_other_codes(table, index, documented)
        ):
            return heading
    return None


def _suggests_error_codes(table: AnalyzedTable, index: int) -> bool:
    """Return whether the words around the column at *index* suggest that it has error codes.

    Its heading, a message heading or the section title mentions errors; or its heading mentions
    codes, and another column has messages or error statuses.
    """
    assert table.heading_row is not None
    heading = table.heading_row.cells[index].text
    messages = {i: text for i, text in enumerate(table.headings) if is_message_heading(text)}
    if any(map(mentions_errors, [table.table.section or "", heading, *messages.values()])):
        return True
    has_messages_beside = bool(messages.keys() - {index})
    return mentions_codes(heading) and (has_messages_beside or _has_error_statuses(table))


def _has_error_statuses(table: AnalyzedTable) -> bool:
    column = table.columns.index("http_status")
    return column is not None and any(
        is_error_status(status)
        for row in table.rows
        for status in statuses_in(row.cells[column].text)
    )


def _holds_other_codes(table: AnalyzedTable, index: int, documented: frozenset[str]) -> bool:
    """Return whether the column at *index* has distinct codes, not all of them *documented*."""
    assert table.heading_row is not None
    heading = normalized(table.heading_row.cells[index].text)
    cells = [row.cells[index].text for row in table.rows if row.cells[index].text]
    codes_by_cell = {cell: codes for cell in cells if (codes := codes_in(cell))}
    is_distinct = len(codes_by_cell) > 1 and len(codes_by_cell) * 10 >= len(cells) * 9
    return (
        is_distinct
        and holds_codes(heading, cells)
        and not holds_statuses(cells)
        and not holds_only_statuses(cells)
        and not documented.issuperset(chain.from_iterable(codes_by_cell.values()))
    )
