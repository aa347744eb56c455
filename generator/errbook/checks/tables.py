"""Checks of tables, and of the comments that silence rules."""

import json
import re
from collections.abc import Iterator

from errbook.analyzer import AnalyzedTable, ErrorTable, Page
from errbook.analyzer.columns import holds_codes
from errbook.analyzer.vocabulary import is_of_texts
from errbook.diagnostics import Diagnostic
from errbook.document import Cell
from errbook.rules import matching
from errbook.rules.tables import HEADLESS_TABLE, NEAR_MISS_HEADING, UNKNOWN_SUPPRESSION
from errbook.settings import ServiceSettings

# What a heading or a section speaks of when it is about errors, in the languages seen.
_ERRORS = re.compile(
    r"\b(err(or|no)?s?|faults?|exceptions?|failures?|return (codes?|values?)|result codes?)\b"
    r"|错误|エラー|오류|에러",
    re.IGNORECASE,
)
# Tables of these are about requests and their bodies, whatever else they say.
_NOT_OF_ERRORS = re.compile(
    r"parameter|element|field|attribute|header|property|member|argument|variable|option|method",
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
    """Yield, for a page without an error table, the heading of what could be its codes."""
    if page.error_tables:
        return
    for table in page.tables:
        heading = _near_miss(table)
        if heading is not None:
            text = " ".join(heading.text.split())
            yield NEAR_MISS_HEADING.at(
                heading.location,
                heading=text,
                entry=f'{json.dumps(text, ensure_ascii=False)} = "code"',
                service=service.id,
            )
            return


def _near_miss(table: AnalyzedTable) -> Cell | None:
    """Return the heading of a column of *table* whose cells could be codes of errors."""
    if table.heading_row is None or any(map(_NOT_OF_ERRORS.search, table.headings)):
        return None
    about_errors = bool(_ERRORS.search(table.table.section or ""))
    for index, heading in enumerate(table.heading_row.cells):
        cells = [row.cells[index].text for row in table.rows if row.cells[index].text]
        distinct = len(set(cells))
        if (
            (about_errors or _ERRORS.search(heading.text))
            and not is_of_texts(heading.text)
            and table.columns.fields[index] != "http_status"
            and distinct > 1
            and distinct * 10 >= len(cells) * 9
            and holds_codes(heading.text, cells)
        ):
            return heading
    return None
