"""Which tables are error tables, and what their columns are."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from errbook.analyzer.columns import Columns, arbitrate
from errbook.analyzer.vocabulary import is_known, names_codes, normalized
from errbook.diagnostics import Diagnostic
from errbook.document import Row, Table
from errbook.rules.tables import OVERRULED_HEADING, UNKNOWN_HEADING
from errbook.settings import ServiceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyzedTable:
    """A table whose columns are known."""

    table: Table
    heading_row: Row | None
    """None in a table that has none."""

    columns: Columns
    rows: tuple[Row, ...]
    """The body rows, without a heading row that was marked up as one of them."""

    is_error_table: bool

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of its heading row, without line breaks."""
        cells = self.heading_row.cells if self.heading_row else ()
        return tuple(" ".join(cell.text.split()) for cell in cells)

    @property
    def distinct_headings(self) -> tuple[str, ...]:
        """Its headings, with an ordinal where one occurs again: ``Note``, ``Note (2)``."""
        seen: Counter[str] = Counter()
        distinct: list[str] = []
        for heading in self.headings:
            seen[heading] += 1
            distinct.append(
                f"{heading} ({seen[heading]})" if seen[heading] > 1 else heading
            )
        return tuple(distinct)


def analyzed(table: Table, service: ServiceSettings) -> AnalyzedTable:
    """Return *table* with the fields of its columns."""
    heading_row, rows = _heading_row(table, service)
    columns = _columns(heading_row, rows, service)
    return AnalyzedTable(
        table=table,
        heading_row=heading_row,
        columns=columns,
        rows=rows,
        is_error_table=columns.index("code") is not None
        and table.section not in service.exclude,
    )


def heading_diagnostics(
    analyzed: AnalyzedTable, service: ServiceSettings
) -> Iterator[Diagnostic]:
    """Yield what is to be said of the headings of an error table."""
    if analyzed.heading_row is None:
        return
    overruled = dict(analyzed.columns.overruled)
    own = {normalized(heading) for heading in service.columns}
    for index, cell in enumerate(analyzed.heading_row.cells):
        field = analyzed.columns.fields[index]
        if index in overruled:
            yield OVERRULED_HEADING.at(
                cell.location,
                heading=cell.text,
                field=field,
                reason=overruled[index],
                service=service.id,
            )
        elif not is_known(cell.text) and normalized(cell.text) not in own:
            yield UNKNOWN_HEADING.at(
                cell.location, heading=cell.text, service=service.id
            )


def _heading_row(
    table: Table, service: ServiceSettings
) -> tuple[Row | None, tuple[Row, ...]]:
    """Return the heading row of *table* and its body rows.

    Of several heading rows the last has the headings. A table that is drawn without any may have
    them in its first row: one names a code column, or all are known and the cells below are codes.
    """
    if table.headings:
        return table.headings[-1], table.rows
    if not table.rows:
        return None, ()
    first, rows = table.rows[0], table.rows[1:]
    texts = [cell.text for cell in first.cells]
    own = {normalized(heading) for heading in service.columns}
    if any(names_codes(text) for text in texts) or (
        all(is_known(text) or normalized(text) in own for text in texts)
        and _columns(first, rows, service).index("code") is not None
    ):
        return first, rows
    return None, table.rows


def _columns(
    heading_row: Row | None, rows: tuple[Row, ...], service: ServiceSettings
) -> Columns:
    headings = tuple(cell.text for cell in heading_row.cells) if heading_row else ()
    return arbitrate(headings, _filled_cells(headings, rows), service.columns)


def _filled_cells(headings: tuple[str, ...], rows: tuple[Row, ...]) -> list[list[str]]:
    """Return the filled cells of each column, without group rows and repeated headings."""
    cells: list[list[str]] = [[] for _ in headings]
    for row in rows:
        texts = tuple(cell.text for cell in row.cells)
        if texts == headings or (
            len(texts) > 1 and len({id(cell) for cell in row.cells}) == 1
        ):
            continue
        for column, text in zip(cells, texts, strict=False):
            if text:
                column.append(text)
    return cells
