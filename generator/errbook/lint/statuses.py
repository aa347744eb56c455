"""Checks of HTTP statuses."""

from collections.abc import Iterator

from errbook.analyzer import AnalyzedTable, Documented, ErrorTable, Page
from errbook.analyzer.columns import holds_statuses
from errbook.analyzer.vocabulary import is_known
from errbook.diagnostics import Diagnostic, Location
from errbook.http_status import PHRASES
from errbook.model import Occurrence
from errbook.rules.statuses import (
    DIFFERENT_STATUSES,
    NO_STATUSES,
    SUCCESS_STATUS,
    UNREGISTERED_STATUS,
)


def check_presence(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the table if it has no status at all, and in a table of errors the successes.

    Where a column of statuses is not read as one, that is told already.
    """
    statuses = [s for item in table.documented for s in item.occurrence.http_status]
    if not statuses and not _has_unread_statuses(table.table):
        yield NO_STATUSES.at(table.table.table.location)
    if not any(status >= 400 for status in statuses):
        return
    for item in table.documented:
        found = item.occurrence.http_status
        if found and found[0] < 400:
            place = _place(item)
            yield SUCCESS_STATUS.at(place, code=item.code, status=found[0])


def _has_unread_statuses(table: AnalyzedTable) -> bool:
    return bool(table.overruled_statuses) or any(
        table.columns.fields[index] == "other"
        and not is_known(heading)
        and holds_statuses([row.cells[index].text for row in table.rows])
        for index, heading in enumerate(table.headings)
    )


def check_registry(page: Page) -> Iterator[Diagnostic]:
    """Yield the statuses that are not registered."""
    for item in page.documented:
        for status in item.occurrence.http_status:
            if status not in PHRASES:
                yield UNREGISTERED_STATUS.at(_place(item), status=status)


def check_differences(page: Page) -> Iterator[Diagnostic]:
    """Yield the codes whose status is not the one that they had first."""
    first: dict[str, Occurrence] = {}
    for item in page.documented:
        here = item.occurrence
        if not here.http_status:
            continue
        other = first.setdefault(item.code, here)
        if other.http_status != here.http_status:
            yield DIFFERENT_STATUSES.at(
                _place(item),
                code=item.code,
                status=_listed(here),
                other=_listed(other),
                line=other.location.line,
            )


def _place(item: Documented) -> Location:
    """Return where the status of *item* stands: in a cell of its own, or before the code."""
    return item.cells.get("http_status", item.cells["code"]).location


def _listed(occurrence: Occurrence) -> str:
    return "/".join(map(str, occurrence.http_status))
