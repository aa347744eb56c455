"""Checks of HTTP statuses."""

from collections.abc import Iterator

from errbook.analyzer import ErrorTable, Page
from errbook.diagnostics import Diagnostic
from errbook.http_status import PHRASES
from errbook.model import Occurrence
from errbook.rules.statuses import (
    DIFFERENT_STATUSES,
    NO_STATUSES,
    SUCCESS_STATUS,
    UNREGISTERED_STATUS,
)


def check_presence(page: Page) -> Iterator[Diagnostic]:
    """Yield the tables without any status; only the first where no table of *page* has one."""
    without = [table for table in page.error_tables if not _statuses(table)]
    for table in without[:1] if len(without) == len(page.error_tables) else without:
        yield NO_STATUSES.at(table.table.table.location)


def check_successes(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the successes and redirects in a table that has errors, too."""
    if not any(status >= 400 for status in _statuses(table)):
        return
    for item in table.documented:
        found = item.occurrence.http_status
        if found and found[0] < 400:
            yield SUCCESS_STATUS.at(
                item.occurrence.location, code=item.code, status=found[0]
            )


def _statuses(table: ErrorTable) -> list[int]:
    return [
        status for item in table.documented for status in item.occurrence.http_status
    ]


def check_registry(page: Page) -> Iterator[Diagnostic]:
    """Yield where each status that is not registered stands first."""
    told: set[int] = set()
    for item in page.documented:
        for status in item.occurrence.http_status:
            if status not in PHRASES and status not in told:
                told.add(status)
                cell = item.cells.get("http_status", item.cells["code"])
                yield UNREGISTERED_STATUS.at(cell.location, status=status)


def check_differences(page: Page) -> Iterator[Diagnostic]:
    """Yield, once a code, where its status is not the one that it had before."""
    first: dict[str, Occurrence] = {}
    told: set[str] = set()
    for item in page.documented:
        here = item.occurrence
        if not here.http_status:
            continue
        other = first.setdefault(item.code, here)
        if item.code not in told and other.http_status != here.http_status:
            told.add(item.code)
            yield DIFFERENT_STATUSES.at(
                here.location,
                code=item.code,
                status=_listed(here),
                other=_listed(other),
                line=other.location.line,
            )


def _listed(occurrence: Occurrence) -> str:
    return "/".join(map(str, occurrence.http_status))
