"""Rules about HTTP statuses."""

from collections.abc import Iterator

from errbook.analyzer import AnalyzedTable, Documented, ErrorTable
from errbook.analyzer.evidence import holds_statuses
from errbook.analyzer.vocabulary import is_known
from errbook.diagnostics import Location, Severity
from errbook.http_status import PHRASES
from errbook.lint.rule import Facts, Finding, rule
from errbook.model import Occurrence, is_error_status


@rule(
    "EB301",
    "status-without-code",
    Severity.WARNING,
    message="the row has the HTTP status {status} but no error code",
    hint="fill in the code, or move the row to a table of statuses",
    why="Without a code there is no error to raise. The row is left out of the catalogue.",
    example="""
        ======  ==========  ============
        Status  Error Code  Description
        ======  ==========  ============
        400     API.01      Wrong name.
        500     \\           Out of disk.
        ======  ==========  ============
    """,
)
def status_without_code(facts: Facts) -> Iterator[Finding]:
    """Rows with a status and no code."""
    for table in facts.error_tables:
        for row in table.skipped:
            if row.http_status is not None:
                yield Finding(row.location, status=row.http_status)


@rule(
    "EB302",
    "no-statuses",
    Severity.INFO,
    message="none of these errors has an HTTP status",
    hint="if they are sent over HTTP, document their statuses",
    once=(),
    why="Clients also catch errors by status. An error without a status has no class for it: "
    "`except NotFoundError` does not catch it.",
    example="""
        ==========  ============
        Error Code  Description
        ==========  ============
        API.01      Out of disk.
        ==========  ============
    """,
)
def no_statuses(facts: Facts) -> Iterator[Finding]:
    """Error tables without any status.

    Another rule reports a status column that is not read as one.
    """
    for table in facts.error_tables:
        if not _documented_statuses(table) and not _has_unread_statuses(table.table):
            yield Finding(table.table.table.location)


def _documented_statuses(table: ErrorTable) -> list[int]:
    return [status for item in table.documented for status in item.occurrence.http_status]


def _has_unread_statuses(table: AnalyzedTable) -> bool:
    return bool(table.overruled_status_columns) or any(
        table.columns.fields[index] == "other"
        and not is_known(heading)
        and holds_statuses([row.cells[index].text for row in table.rows])
        for index, heading in enumerate(table.headings)
    )


@rule(
    "EB303",
    "different-statuses",
    Severity.INFO,
    message="the code '{code}' has the HTTP status {status} here, but {other} at line {line}",
    hint="if one of them is a mistake, fix it",
    once=("code",),
    why="Clients also catch errors by status, and a code with several statuses belongs to no "
    "family. Often one of the rows is wrong.",
    example="""
        ======  ==========  ===========
        Status  Error Code  Description
        ======  ==========  ===========
        400     API.01      Wrong name.
        404     API.01      No router.
        ======  ==========  ===========
    """,
)
def different_statuses(facts: Facts) -> Iterator[Finding]:
    """Codes whose status differs from their first one on the page."""
    for page in facts.pages:
        first: dict[str, Occurrence] = {}
        for item in page.documented:
            here = item.occurrence
            if not here.http_status:
                continue
            other = first.setdefault(item.code, here)
            if other.http_status != here.http_status:
                yield Finding(
                    _status_location(item),
                    code=item.code,
                    status=_joined_statuses(here),
                    other=_joined_statuses(other),
                    line=other.location.line,
                )


def _status_location(item: Documented) -> Location:
    """Return the location of the status of *item*: its own cell, or the cell of the code."""
    return item.cells.get("http_status", item.cells["code"]).location


def _joined_statuses(occurrence: Occurrence) -> str:
    return "/".join(map(str, occurrence.http_status))


@rule(
    "EB304",
    "unregistered-status",
    Severity.WARNING,
    message="{status} is not a registered HTTP status",
    hint="use a status from the IANA HTTP Status Code Registry",
    once=("status",),
    why="A client treats an unknown status like the x00 status of its class, for example 419 like "
    "400 (RFC 9110, section 15). There is no exception class for such a status.",
    example="""
        ======  ==========
        Status  Error Code
        ======  ==========
        419     API.01
        ======  ==========
    """,
)
def unregistered_status(facts: Facts) -> Iterator[Finding]:
    """Statuses that are not registered."""
    for item in facts.documented:
        for status in item.occurrence.http_status:
            if status not in PHRASES:
                yield Finding(_status_location(item), status=status)


@rule(
    "EB305",
    "success-status",
    Severity.INFO,
    message="'{code}' has the HTTP status {status} here, which is not an error status",
    hint="if the code is an error, fix its status; otherwise, ignore this",
    why="A code whose statuses are all below 400 is listed in the enum and in the reference, but "
    "has no exception.",
    example="""
        ======  ==========  ===========
        Status  Error Code  Description
        ======  ==========  ===========
        200     API.00      All is well
        400     API.01      Wrong name.
        ======  ==========  ===========
    """,
)
def success_status(facts: Facts) -> Iterator[Finding]:
    """Successes in tables with errors."""
    for table in facts.error_tables:
        if not any(map(is_error_status, _documented_statuses(table))):
            continue
        for item in table.documented:
            http_status = item.occurrence.http_status
            if http_status and not is_error_status(http_status[0]):
                yield Finding(_status_location(item), code=item.code, status=http_status[0])
