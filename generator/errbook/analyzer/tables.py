"""Which tables are error tables, and what their columns are."""

from collections import Counter

import msgspec

from errbook.analyzer.cells import value
from errbook.analyzer.columns import Columns, arbitrate
from errbook.analyzer.vocabulary import is_known, is_of_statuses, names_codes, normalized
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Cell, Row, Table
from errbook.text.unique import unique_name


class AnalyzedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table whose columns are known."""

    table: Table
    heading_row: Row | None
    """None in a table that has none."""

    columns: Columns
    rows: tuple[Row, ...]
    """The body rows, without a heading row that was marked up as one of them."""

    is_excluded: bool
    """The project says that it is not an error table."""

    unknown_headings: tuple[Cell, ...]
    """The headings that neither errbook nor the project knows."""

    @property
    def is_error_table(self) -> bool:
        """It has a column of codes, and the project does not exclude it."""
        return self.columns.index("code") is not None and not self.is_excluded

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of its heading row, without line breaks."""
        cells = self.heading_row.cells if self.heading_row else ()
        return tuple(" ".join(cell.text.split()) for cell in cells)

    @property
    def overruled_statuses(self) -> tuple[int, ...]:
        """The columns that are headed as statuses and are none by their cells."""
        headings = self.headings
        return tuple(
            found.column
            for found in self.columns.overruled
            if self.columns.fields[found.column] == "other"
            and is_of_statuses(headings[found.column])
        )

    @property
    def distinct_headings(self) -> tuple[str, ...]:
        """Its headings, with an ordinal where one occurs again: ``Note``, ``Note (2)``."""
        distinct: list[str] = []
        for heading in self.headings:
            distinct.append(unique_name(heading, distinct.__contains__, "{name} ({number})"))
        return tuple(distinct)


def analyzed(table: Table, service: ServiceSettings) -> AnalyzedTable:
    """Return *table* with the fields of its columns."""
    heading_row, rows = _heading_row(table, service)
    cells = heading_row.cells if heading_row else ()
    known = _known(heading_row, service) if heading_row else []
    return AnalyzedTable(
        table=table,
        heading_row=heading_row,
        columns=_columns(heading_row, rows, service),
        rows=rows,
        is_excluded=table.section in service.exclude,
        unknown_headings=tuple(cell for cell in cells if cell.text not in known),
    )


def _heading_row(table: Table, service: ServiceSettings) -> tuple[Row | None, tuple[Row, ...]]:
    """Return the heading row of *table* and its body rows.

    A table that is drawn without any may have its headings in the first row: most of its cells are
    known, and one names a code column or the cells below it are codes.
    """
    if table.headings:
        return _one_heading_row(table, service), table.rows
    if not table.rows:
        return None, ()
    first, rows = table.rows[0], table.rows[1:]
    texts = [cell.text for cell in first.cells]
    known = _known(first, service)
    names_one = any(names_codes(text) for text in texts) and 2 * len(known) > len(texts)
    if names_one or (
        len(known) == len(texts) and _columns(first, rows, service).index("code") is not None
    ):
        return first, rows
    return None, table.rows


def _one_heading_row(table: Table, service: ServiceSettings) -> Row:
    """Return the heading row that says most: the last, all in one, or the best of the others.

    One that has a column of codes comes first. A cell that spans columns heads none of them alone.
    """
    last = table.headings[-1]
    if len(table.headings) == 1:
        return last
    columns = zip(*(row.cells for row in table.headings), strict=True)
    joined = msgspec.structs.replace(last, cells=tuple(map(_joined, columns)))
    alone = (row for row in table.headings[:-1] if len(set(map(id, row.cells))) == len(row.cells))
    best = max(alone, key=lambda row: len(_known(row, service)), default=last)

    def known_fields(row: Row) -> tuple[bool, int]:
        fields = _columns(row, table.rows, service).fields
        return "code" in fields, len(fields) - fields.count("other")

    return max((last, joined, best), key=known_fields)


def _known(row: Row, service: ServiceSettings) -> list[str]:
    """Return the texts of *row* that are headings that errbook or the project knows."""
    own = {normalized(heading) for heading in service.columns}
    texts = (cell.text for cell in row.cells)
    return [text for text in texts if is_known(text) or normalized(text) in own]


def _joined(cells: tuple[Cell, ...]) -> Cell:
    """Return one cell with the texts of *cells*, from top to bottom, none of them twice."""
    texts = dict.fromkeys(cell.text for cell in cells if cell.text)
    first = next((cell for cell in cells if cell.text), cells[-1])
    return msgspec.structs.replace(first, text=" ".join(texts))


def _columns(heading_row: Row | None, rows: tuple[Row, ...], service: ServiceSettings) -> Columns:
    headings = tuple(cell.text for cell in heading_row.cells) if heading_row else ()
    return arbitrate(headings, _filled_cells(headings, rows), service.columns)


def _filled_cells(headings: tuple[str, ...], rows: tuple[Row, ...]) -> list[list[str]]:
    """Return the filled cells of each column, without group rows and repeated headings.

    A cell that spans several columns says nothing about any of them.
    """
    cells: list[list[str]] = [[] for _ in headings]
    lone: list[list[str]] = [[] for _ in headings]
    for row in rows:
        if not headings or repeats(row, headings):
            continue
        places = Counter(map(id, row.cells))
        filled = [
            (index, cell.text)
            for index, cell in enumerate(row.cells)
            if cell.text and places[id(cell)] == 1
        ]
        is_alone = len(filled) == 1 and len(headings) > 1
        column = lone if is_alone or has_one_text(row) else cells
        for index, text in filled:
            column[index].append(text)
    # Where no row has company, those that are alone are no groups.
    return cells if any(cells) else lone


def has_one_text(row: Row) -> bool:
    """Tell whether all cells of *row* have the same text: what converters make of one that spans.

    Two that are equal may be a code and its message.
    """
    texts = {cell.text for cell in row.cells}
    return len(row.cells) >= 3 and len(texts) == 1 and value(*texts) not in (None, "")


def repeats(row: Row, headings: tuple[str, ...]) -> bool:
    """Tell whether *row* has the *headings* of its table once more."""
    return len(row.cells) == len(headings) and all(
        normalized(cell.text) == normalized(heading)
        for cell, heading in zip(row.cells, headings, strict=True)
    )
