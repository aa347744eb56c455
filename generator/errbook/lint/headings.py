"""Rules about the headings of tables: unknown, overruled or missing ones, and near misses."""

import json
from collections.abc import Iterator
from itertools import chain

from errbook.analyzer import AnalyzedTable
from errbook.analyzer.cells import codes_in, statuses_in
from errbook.analyzer.columns import Overruled
from errbook.analyzer.evidence import holds_codes, holds_only_statuses, holds_statuses
from errbook.analyzer.vocabulary import (
    is_of_messages,
    is_of_texts,
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
    message="the heading '{heading}' is none that errbook knows",
    hint="add it to [tool.errbook.service.{service}.columns]",
    once=("heading",),
    why="What stands below it is kept as extra text and is in no field of the error. Say in the "
    'configuration what it heads: `"Remedy" = "handling"`, or `"Level" = "other"` to keep it so.',
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
        for index, cell in enumerate(row.cells if row else ()):
            if cell in table.table.unknown_headings and index not in overruled:
                yield Finding(cell.location, heading=cell.text, service=facts.service.id)


@rule(
    "EB104",
    "overruled-heading",
    Severity.INFO,
    message="the column '{heading}' is read as {field}: {reason}",
    hint="if that is wrong, give the heading in [tool.errbook.service.{service}.columns]",
    why="Where a heading and its cells disagree, errbook believes the cells. Readers of the page "
    "have to guess as well: a better heading helps both.",
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

    Outside error tables, only headings of codes. If their column is read as statuses, only on a
    page without errors, because tables of statuses are usual beside error tables.
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
                        field=field,
                        reason=_reason(overruled, table),
                        service=facts.service.id,
                    )


def _reason(overruled: Overruled, table: AnalyzedTable) -> str:
    """Return why the heading is overruled, with the line of the first cell that shows it."""
    for row in table.rows:
        cell = row.cells[overruled.column]
        if overruled.by and cell.text == overruled.by:
            return f"{overruled.reason}; line {cell.location.line} has '{cell.text}'"
    return overruled.reason


@rule(
    "EB105",
    "headless-table",
    Severity.WARNING,
    message="the table has no heading row; its first row is read as one",
    hint="draw the line below the first row with '=', or give the directive :header-rows: 1",
    why="The published page shows the headings as if they were an error.",
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
    hint="if '{heading}' heads error codes, add {entry} to "
    "[tool.errbook.service.{service}.columns]",
    once=("heading",),
    why="errbook knows a code column by its heading. A table whose codes stand under another one "
    "gives nothing, and nobody would notice. What the configuration says of a heading ends this: "
    '`"Alarm ID" = "other"`.',
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
    """Headings of what could be codes, in tables that are not error tables.

    Codes that the page documents elsewhere are not lost.
    """
    configured = frozenset(map(normalized, facts.service.columns))
    for page in facts.pages:
        documented = frozenset(item.code for item in page.documented)
        for table in page.tables:
            if table.is_error_table or table.is_excluded:
                continue
            heading = _near_miss(table, configured, documented)
            if heading is not None:
                text = " ".join(heading.text.split())
                yield Finding(
                    heading.location,
                    heading=text,
                    entry=f'{json.dumps(text, ensure_ascii=False)} = "code"',
                    service=facts.service.id,
                )


def _near_miss(
    table: AnalyzedTable, configured: frozenset[str], documented: frozenset[str]
) -> Cell | None:
    """Return the first heading in *table* that could be one of error codes.

    It is none of the normalized headings that the project has *configured*, and not all codes
    below it are *documented* elsewhere.
    """
    if table.heading_row is None or any(map(mentions_requests, table.headings)):
        return None
    for index, heading in enumerate(table.heading_row.cells):
        has_other_field = (
            table.columns.fields[index] == "http_status"
            or is_of_texts(heading.text)
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
    """Tell whether the words around the column at *index* suggest that it has error codes.

    Its heading, a heading of messages or the section mentions errors; or its heading mentions
    codes, and another column has messages or the statuses of errors.
    """
    assert table.heading_row is not None
    heading = table.heading_row.cells[index].text
    messages = {i: text for i, text in enumerate(table.headings) if is_of_messages(text)}
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
    """Tell whether the column at *index* has distinct codes, not all of which are *documented*."""
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
