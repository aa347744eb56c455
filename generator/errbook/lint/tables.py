"""Checks of tables, and of the comments that silence rules."""

import json
import re
from collections.abc import Iterator

from errbook.analyzer import AnalyzedTable, ErrorTable, Page
from errbook.analyzer.cells import codes, statuses
from errbook.analyzer.columns import holds_codes
from errbook.analyzer.vocabulary import is_of_messages, is_of_texts, normalized
from errbook.diagnostics import Diagnostic
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Cell
from errbook.rules import matching
from errbook.rules.tables import (
    HEADLESS_TABLE,
    NEAR_MISS_HEADING,
    UNKNOWN_SUPPRESSION,
    UNREAD_INCLUDE,
)

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


def check_silences(page: Page) -> Iterator[Diagnostic]:
    """Yield the comments that name a rule which is none."""
    for silence in page.silences:
        unknown = next((rule for rule in silence.rules if not matching(rule)), None)
        if unknown is not None:
            yield UNKNOWN_SUPPRESSION.at(silence.location, rule=unknown)


def check_headless(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the table if the row that has the headings is drawn as one of the body."""
    heading_row = table.table.heading_row
    if heading_row is not None and not table.table.table.headings:
        yield HEADLESS_TABLE.at(heading_row.location)


def check_near_misses(page: Page, service: ServiceSettings) -> Iterator[Diagnostic]:
    """Yield, for the tables that are no error tables, the heading of what could be their codes.

    Codes that the page documents elsewhere are not lost.
    """
    own = frozenset(map(normalized, service.columns))
    known = frozenset(item.code for item in page.documented)
    for table in page.tables:
        if table.is_error_table or table.table.section in service.exclude:
            continue
        heading = _near_miss(table, own, known)
        if heading is not None:
            text = " ".join(heading.text.split())
            yield NEAR_MISS_HEADING.at(
                heading.location,
                heading=text,
                entry=f'{json.dumps(text, ensure_ascii=False)} = "code"',
                service=service.id,
            )


def check_includes(page: Page, service: ServiceSettings) -> Iterator[Diagnostic]:
    """Yield, for a page without an error table, the included files that could have one."""
    if page.error_tables:
        return
    for include in page.includes:
        about = include.file.replace("_", " "), include.section or ""
        is_of_docutils = include.file.startswith("<")  # substitutions: <isonum.txt>
        if any(map(_ERRORS.search, about)) and not is_of_docutils:
            yield UNREAD_INCLUDE.at(include.location, file=include.file, service=service.id)


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
        found >= 400 for row in table.rows for found in statuses(row.cells[status].text)
    )
