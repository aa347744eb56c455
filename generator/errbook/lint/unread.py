"""Rules about codes that a page seems to document, but that were not read."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from errbook.analyzer import AnalyzedTable, Page
from errbook.analyzer.cells import codes_in, statuses_in
from errbook.analyzer.columns import counts_rows, list_members
from errbook.analyzer.evidence import (
    holds_codes,
    holds_only_statuses,
    holds_statuses,
    is_identifier,
    is_true_of_most,
    looks_like_code,
    name_errors,
)
from errbook.analyzer.titles import (
    mentions_codes,
    mentions_errors,
    mostly_speak_of_trouble,
    topic,
)
from errbook.analyzer.unread import Unread, own_evidence
from errbook.analyzer.vocabulary import (
    CODES_OF_OUTCOMES,
    LISTS_OF_PROBLEMS,
    QUANTITIES,
    is_message_heading,
    is_only_of_errors,
    is_text_heading,
    mentions_requests,
    names_other_things,
    normalized,
)
from errbook.diagnostics import Severity
from errbook.lint.headings import entry
from errbook.lint.rule import Facts, Finding, rule
from errbook.model import is_error_status
from errbook.readers.document import Cell


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
        Errors
        ------

        =======  ============
        Trouble  Description
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
    for page in facts.pages:
        for _, heading in _near_misses(facts, page):
            yield Finding(
                heading.location,
                heading=" ".join(heading.text.split()),
                entry=entry(heading.text, "code"),
                service=facts.service.id,
            )


def _near_misses(facts: Facts, page: Page) -> Iterator[tuple[AnalyzedTable, Cell]]:
    """Yield the tables with columns that could be codes, each with the first such heading."""
    configured = frozenset(map(normalized, facts.service.columns))
    documented = frozenset(item.code for item in page.documented)
    for table in page.tables:
        if not table.is_error_table and not table.is_excluded:
            heading = _near_miss(table, configured, documented)
            if heading is not None:
                yield table, heading


def _near_miss(
    table: AnalyzedTable, configured: frozenset[str], documented: frozenset[str]
) -> Cell | None:
    """Return the first heading in *table* whose column could contain error codes.

    It is not among the normalized headings that the project has *configured*, and not all codes
    below it are *documented* elsewhere.
    """
    if table.heading_row is None or _lists_members(table):
        return None
    if documented and any(documented.issuperset(table.texts(i)) for i in _filled(table)):
        return None
    if mentions_requests(table.headings[0]) and not any(map(mentions_codes, table.headings)):
        return None
    for index, heading in enumerate(table.heading_row.cells):
        has_other_field = (
            table.columns.fields[index] == "http_status"
            or (is_text_heading(heading.text) and not _are_names(table.texts(index)))
            or mentions_requests(heading.text)
            or normalized(heading.text) in QUANTITIES
            or counts_rows(heading.text, table.texts(index))
            or names_other_things(heading.text)
            or normalized(heading.text) in configured
        )
        if (
            not has_other_field
            and _suggests_error_codes(table, index)
            and _holds_other_codes(table, index, documented)
        ):
            return heading
    return None


def _filled(table: AnalyzedTable) -> list[int]:
    """Return the columns of *table* that are not empty."""
    return [index for index in range(table.width) if table.texts(index)]


def _are_names(cells: Sequence[str]) -> bool:
    """Return whether *cells* are words that name errors, at least half of them ``no_disk``."""
    are_words = is_true_of_most(cells, is_identifier)
    return are_words and 2 * sum(1 for cell in cells if looks_like_code(cell)) >= len(cells)


def _suggests_error_codes(table: AnalyzedTable, index: int) -> bool:
    """Return whether the words around the column at *index* suggest that it has error codes.

    Its heading, a message heading or the nearest title mentions errors; or its heading mentions
    codes, and another column has messages or error statuses, or reports that something went wrong.
    """
    assert table.heading_row is not None
    heading = table.heading_row.cells[index].text
    messages = {i: text for i, text in enumerate(table.headings) if is_message_heading(text)}
    evidence = own_evidence(table.table.context)
    topic_of_title = evidence.topic
    is_of_codes = is_true_of_most(table.texts(index), _is_no_word)
    is_listed = (
        topic_of_title == "codes"
        or (topic_of_title == "errors" and (is_of_codes or _reports_trouble(table, index)))
    ) or (
        topic_of_title == "statuses"
        and (_reports_trouble(table, index) or bool(CODES_OF_OUTCOMES.search(evidence.title)))
    )
    if is_listed or any(map(mentions_errors, [heading, *messages.values()])):
        return True
    if any(map(LISTS_OF_PROBLEMS.search, table.table.context.titles[:1])):
        return any(is_only_of_errors(normalized(other)) for other in table.headings)
    if topic_of_title == "others":
        return False
    if name_errors(table.texts(index)):
        return True
    if not mentions_codes(heading):
        return False
    return _has_error_statuses(table) or _reports_trouble(table, index)


def _is_no_word(cell: str) -> bool:
    return looks_like_code(cell) and not cell.isdigit()


def _reports_trouble(table: AnalyzedTable, index: int) -> bool:
    """Return whether most texts in a column beside *index* report that something went wrong."""
    others = (column for column in range(table.width) if column != index)
    return any(mostly_speak_of_trouble(table.texts(column)) for column in others)


def _lists_members(table: AnalyzedTable) -> bool:
    return list_members(table.headings, [table.texts(i) for i in range(table.width)])


def _has_error_statuses(table: AnalyzedTable) -> bool:
    column = table.columns.index("http_status")
    return column is not None and any(
        is_error_status(status)
        for row in table.rows
        for status in statuses_in(row.cells[column].text)
    )


_DECIMAL = re.compile(r"-?\d*[.,]\d+ ?%?")


def _holds_other_codes(table: AnalyzedTable, index: int, documented: frozenset[str]) -> bool:
    """Return whether the column at *index* has distinct codes, not all of them *documented*."""
    assert table.heading_row is not None
    heading = normalized(table.heading_row.cells[index].text)
    cells = table.texts(index)
    codes_by_cell = {cell: codes for cell in cells if (codes := codes_in(cell))}
    is_distinct = len(codes_by_cell) > 1 and len(codes_by_cell) * 10 >= len(cells) * 9
    return (
        is_distinct
        and holds_codes(heading, cells)
        and not holds_statuses(cells)
        and not holds_only_statuses(cells)
        and not is_true_of_most(cells, _DECIMAL.fullmatch)
        and not documented.issuperset(chain.from_iterable(codes_by_cell.values()))
    )


@rule(
    "EB108",
    "unread-include",
    Severity.INFO,
    message="the page has no error table, and the file '{file}' that it includes is not read",
    hint="if '{file}' has error codes, add it to docs in [tool.errbook.service.{service}]",
    why="errbook reads nothing outside a page, so a page that includes its error table from "
    "another file documents no errors. Only includes whose file name, or whose section's title, "
    "mentions errors or codes are reported.",
    example="""
        Error Codes
        -----------

        .. include:: table.txt
    """,
)
def unread_include(facts: Facts) -> Iterator[Finding]:
    """Includes that may contain the errors, on pages without an error table."""
    for page in facts.pages:
        if page.error_tables:
            continue
        for include in page.includes:
            titles = include.file.replace("_", " "), include.section or ""
            is_part_of_docutils = include.file.startswith("<")  # substitutions: <isonum.txt>
            if any(map(_speaks_of_codes, titles)) and not is_part_of_docutils:
                yield Finding(include.location, file=include.file, service=facts.service.id)


def _speaks_of_codes(title: str) -> bool:
    return topic(title) in ("codes", "statuses", "errors")


@rule(
    "EB110",
    "unread-codes",
    Severity.INFO,
    message="no error code was read from this {what} under '{title}'{example}",
    hint="if these are codes of errors, {remedy}",
    why="What a reader of the page would take for an error reference is missing from the outputs.",
    example="""
        Error codes
        -----------

        - E-17

          - out of disk

        - E-18

          - out of luck
    """,
)
def unread_codes(facts: Facts) -> Iterator[Finding]:
    """Tables and lists under titles that speak of codes from which no code was read."""
    for page in facts.pages:
        reported = {table.table.location for table, _ in _near_misses(facts, page)}
        for place in page.unread_codes:
            if place.location not in reported:
                yield Finding(
                    place.location,
                    title=place.title,
                    what=place.what,
                    example=f", which has '{place.example}'" if place.example else "",
                    remedy=_remedy(place),
                )


def _remedy(place: Unread) -> str:
    if place.headings:
        return f"configure their column, as in {entry(place.headings[0], 'code')}"
    way = ", as titles or as items of a list"
    if place.what in ("page", "section"):
        way = " or as items of a list"
    elif place.what.endswith("list"):
        way = " or as titles"
    return f"write them in a table with a column 'Error Code'{way}"
