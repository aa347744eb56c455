"""Tables from docutils' tree, with the locations of their rows and cells."""

from collections.abc import Iterator

import msgspec
from docutils import nodes

from errbook.diagnostics import Location
from errbook.readers.document import Cell, Context, Row, Table
from errbook.readers.tree.origin import CELLS, ORIGIN, Origin, line_of
from errbook.readers.tree.plain_text import as_plain_text, is_struck
from errbook.readers.tree.prose import as_commonmark
from errbook.readers.tree.source_text import SourceText


def located_table(table: nodes.table, source: SourceText, context: Context) -> Table:
    """Return *table* with its cells; the text of a nested table also belongs to its cell."""
    group = next(child for child in table.children if isinstance(child, nodes.tgroup))
    columns = sum(isinstance(child, nodes.colspec) for child in group.children)
    headings: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    for part in group.children:
        if isinstance(part, nodes.thead):
            headings = tuple(_rows(part, columns, source))
        elif isinstance(part, nodes.tbody):
            rows = tuple(_rows(part, columns, source))
    first = next(iter(headings + rows), None)
    return Table(
        headings=headings,
        rows=rows,
        context=context,
        location=first.location if first else source.first_text(line_of(table)),
    )


class _Overhang(msgspec.Struct, frozen=True):
    """A cell that also spans rows below the current one."""

    cell: Cell
    rows: int
    """The number of rows below that it still spans; at least one."""


def _rows(part: nodes.Element, columns: int, source: SourceText) -> Iterator[Row]:
    """Yield the rows of *part*, with a spanning cell in every position that it spans."""
    overhangs: dict[int, _Overhang] = {}  # by column
    for row in part.children:
        assert isinstance(row, nodes.Element)
        entries = (entry for entry in row.children if isinstance(entry, nodes.entry))
        cells, own = _row_cells(entries, columns, overhangs, source)
        with_text = [cell for cell in own if cell.text]
        location = min(
            (cell.location for cell in with_text or own or cells),
            default=source.first_text(line_of(row)),
        )
        missing = columns - len(cells)
        cells += [Cell(text="", commonmark="", location=location)] * missing
        yield Row(
            cells=tuple(cells), location=location, surplus=max(0, row.get(CELLS, 0) - columns)
        )


def _row_cells(
    entries: Iterator[nodes.entry],
    columns: int,
    overhangs: dict[int, _Overhang],
    source: SourceText,
) -> tuple[list[Cell], list[Cell]]:
    """Return all cells of a row, and those that begin in it.

    *overhangs* are the cells that span this row from above; they are updated for the row below.
    """
    cells: list[Cell] = []
    own: list[Cell] = []
    while len(cells) < columns:
        column = len(cells)
        above = overhangs.pop(column, None)
        if above is not None:
            if above.rows > 1:
                overhangs[column] = _Overhang(above.cell, above.rows - 1)
            cells.append(above.cell)
            continue
        entry = next(entries, None)
        if entry is None:
            break
        cell = _cell(entry, source)
        own.append(cell)
        for _ in range(1 + entry.get("morecols", 0)):
            overhangs.pop(len(cells), None)  # only HTML has cells that overlap
            if entry.get("morerows"):
                overhangs[len(cells)] = _Overhang(cell, entry["morerows"])
            cells.append(cell)
    return cells, own


def _cell(entry: nodes.entry, source: SourceText) -> Cell:
    return Cell(
        text=as_plain_text(entry),
        commonmark=as_commonmark(entry),
        location=_location(entry, source),
        is_struck=is_struck(entry),
    )


def _location(entry: nodes.entry, source: SourceText) -> Location:
    origin: Origin | Location | None = entry.get(ORIGIN)
    if isinstance(origin, Location):
        return origin
    if origin is not None:
        return source.find(origin.line, origin.words, source.indent(origin.border) + origin.width)
    for node in entry.findall(nodes.TextElement):
        if node.line:
            return source.find(node.line, node.rawsource.partition("\n")[0])
    # docutils reads a text such as ``-`` as an empty list, which has no text node.
    for inner in entry.findall(nodes.Element):
        if inner is not entry and inner.line:
            return source.find(inner.line, as_plain_text(entry))
    return source.first_text(line_of(entry))
