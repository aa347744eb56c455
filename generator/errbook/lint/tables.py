"""Rules about tables and their headings, about includes, and about comments that silence rules."""

import json
import re
from collections.abc import Iterator

from errbook.analyzer import AnalyzedTable
from errbook.analyzer.cells import codes, statuses
from errbook.analyzer.columns import Overruled, holds_codes
from errbook.analyzer.vocabulary import is_of_messages, is_of_texts, normalized
from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, matching, rule
from errbook.model import is_error_status
from errbook.readers.document import Cell


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
        overruled = {column.column for column in table.table.columns.overruled}
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

    In a table that is not an error table, only where a heading of codes was overruled; where that
    made statuses of them, only on a page without errors: others have tables of statuses, too.
    """
    for page in facts.pages:
        for table in page.tables:
            if table.heading_row is None or table.is_excluded:
                continue
            for column in table.columns.overruled:
                field = table.columns.fields[column.column]
                if table.is_error_table or not page.error_tables or field == "other":
                    cell = table.heading_row.cells[column.column]
                    yield Finding(
                        cell.location,
                        heading=cell.text,
                        field=field,
                        reason=_reason(column, table),
                        service=facts.service.id,
                    )


def _reason(column: Overruled, table: AnalyzedTable) -> str:
    """Return why *column* is not what its heading says, with the first cell that shows it."""
    for row in table.rows:
        cell = row.cells[column.column]
        if column.by and cell.text == column.by:
            return f"{column.reason}; line {cell.location.line} has '{cell.text}'"
    return column.reason


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
    """Error tables whose row of headings is drawn as one of the body."""
    for table in facts.error_tables:
        heading_row = table.table.heading_row
        if heading_row is not None and not table.table.table.headings:
            yield Finding(heading_row.location)


# What a heading or a section speaks of when it is about errors, in the languages seen.
_ERRORS = re.compile(
    r"\b(err(or|no)?s?|faults?|exceptions?|failures?|(return|result|cause) codes?|return values?)\b"
    r"|\b(fehler|erreurs?\b|erro(s|res)?\b|error[ei]\b|ошибк)"
    r"|错误|錯誤|返回码|返回碼|エラー|오류|에러",
    re.IGNORECASE,
)
# What a heading of codes is called, whatever they are codes of.
_CODES = re.compile(
    r"\b(id|no|nr|num(ber)?)s?\b|[ck]od(e|es|i|ice)?\b|c[oó]digos?\b|код|码|碼|コード|코드",
    re.IGNORECASE,
)
# Tables of these are about requests and their bodies, whatever else they say.
_NOT_OF_ERRORS = re.compile(
    r"parameter|element|field|attribute|header|property|member|argument|variable|option|method"
    r"|endpoint|\bur[il]s?\b",
    re.IGNORECASE,
)


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
    own = frozenset(map(normalized, facts.service.columns))
    for page in facts.pages:
        known = frozenset(item.code for item in page.documented)
        for table in page.tables:
            if table.is_error_table or table.is_excluded:
                continue
            heading = _near_miss(table, own, known)
            if heading is not None:
                text = " ".join(heading.text.split())
                yield Finding(
                    heading.location,
                    heading=text,
                    entry=f'{json.dumps(text, ensure_ascii=False)} = "code"',
                    service=facts.service.id,
                )


def _near_miss(table: AnalyzedTable, own: frozenset[str], known: frozenset[str]) -> Cell | None:
    """Return the heading of a column of *table* whose cells could be codes of errors.

    It speaks of errors, or its section or the heading of messages does, or it speaks of codes, and
    messages or the statuses of errors stand beside it. It is none of the project's *own* headings,
    and not all of its codes are *known*.
    """
    if table.heading_row is None or any(map(_NOT_OF_ERRORS.search, table.headings)):
        return None
    has_statuses = _has_statuses_of_errors(table)
    messages = {i: text for i, text in enumerate(table.headings) if is_of_messages(text)}
    about_errors = any(map(_ERRORS.search, [table.table.section or "", *messages.values()]))
    for index, heading in enumerate(table.heading_row.cells):
        cells = [row.cells[index].text for row in table.rows if row.cells[index].text]
        distinct = {cell for cell in cells if codes(cell)}
        has_company = has_statuses or len(messages) > (index in messages)
        speaks = _ERRORS.search(heading.text) or (has_company and _CODES.search(heading.text))
        if (
            (about_errors or speaks)
            and not is_of_texts(heading.text)
            and normalized(heading.text) not in own
            and table.columns.fields[index] != "http_status"
            and len(distinct) > 1
            and len(distinct) * 10 >= len(cells) * 9
            and holds_codes(heading.text, cells)
            and not known.issuperset(code for cell in distinct for code in codes(cell))
        ):
            return heading
    return None


def _has_statuses_of_errors(table: AnalyzedTable) -> bool:
    status = table.columns.index("http_status")
    return status is not None and any(
        is_error_status(found) for row in table.rows for found in statuses(row.cells[status].text)
    )


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
            unknown = next((text for text in silence.rules if not matching(text)), None)
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
        for include in page.includes if not page.error_tables else ():
            about = include.file.replace("_", " "), include.section or ""
            is_of_docutils = include.file.startswith("<")  # substitutions: <isonum.txt>
            if any(map(_ERRORS.search, about)) and not is_of_docutils:
                yield Finding(include.location, file=include.file, service=facts.service.id)
