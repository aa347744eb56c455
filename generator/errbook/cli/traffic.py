"""The table of the codes in recorded responses."""

from collections.abc import Iterator, Sequence

from errbook.audit.facts import Observed
from errbook.text.visible import one_line
from errbook.text.width import width

_HEADINGS = ("service", "code", "status", "count", "first place", "")
_NUMBERS = (2, 3)
"""The columns that are aligned on the right."""


def table(observed: Sequence[Observed]) -> Iterator[str]:
    """Yield the lines of a table with a row for each code and status."""
    rows = [_HEADINGS, *map(_row, observed)]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(widths[i]) if i in _NUMBERS else cell + " " * (widths[i] - width(cell))
            for i, cell in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()


def _row(observed: Observed) -> tuple[str, ...]:
    place = f"{observed.location.path}:{observed.location.line}"
    return (
        ",".join(observed.services),
        one_line(observed.code) if observed.code else "-",
        str(observed.http_status),
        str(observed.count),
        f"{place} (entry {observed.entry})" if observed.entry else place,
        ", ".join(f"undocumented {what}" for what in observed.undocumented),
    )
