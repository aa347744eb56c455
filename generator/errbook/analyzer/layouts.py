"""Tables in other layouts: with a column per code, in two halves, or with codes in the texts."""

import re
from collections.abc import Sequence

import msgspec

from errbook.analyzer.evidence import holds_only_statuses, looks_like_code
from errbook.analyzer.vocabulary import CODE, CODE_ALONE, is_known, normalized
from errbook.readers.document import Cell, Item, Listing, Row, Table
from errbook.text.commonmark import BREAK, escape

_CODE_AND_TEXT = re.compile(r"(\S{1,64}?)(?:\s*[:：](?:\s+|(?<=：))|\s+[-–—]\s+)(\S.*)", re.DOTALL)
_IN_CAPITALS = re.compile(r"[A-Z]{4,}")
_MARKUP_OF_CODE = "`*\\:： "


def upright(table: Table) -> Table:
    """Return *table* with a row per code, if its headings are codes: ``Code | E17 | E18``."""
    if len(table.headings) != 1 or not table.rows:
        return table
    first, *codes = table.headings[0].cells
    labels = [row.cells[0].text for row in table.rows]
    is_turned = (
        normalized(first.text) in CODE | CODE_ALONE
        and len(codes) > 1
        and _are_codes([cell.text for cell in codes])
        and any(map(is_known, labels))
    )
    if not is_turned:
        return table
    headings, *columns = zip(*(row.cells for row in (*table.headings, *table.rows)), strict=True)
    return msgspec.structs.replace(
        table,
        headings=(Row(cells=headings, location=table.headings[0].location),),
        rows=tuple(Row(cells=cells, location=cells[0].location) for cells in columns),
    )


def _are_codes(words: Sequence[str]) -> bool:
    """Return whether *words* are different codes that cannot be taken for plain text."""
    are_codes = all(looks_like_code(word) or _IN_CAPITALS.fullmatch(word) for word in words)
    return are_codes and len(set(words)) == len(words) and not holds_only_statuses(words)


def unfolded(table: Table) -> Table:
    """Return *table* with its parts below each other, if they stand side by side.

    Its headings are then the same twice or more: ``Code | Meaning | Code | Meaning``.
    """
    headings = table.headings[-1:] or table.rows[:1]
    filled = [
        index
        for index, cells in enumerate(
            zip(*(row.cells for row in (*headings, *table.rows)), strict=True)
        )
        if any(cell.text for cell in cells)
    ]
    words = [normalized(row.cells[index].text) for row in headings for index in filled]
    width = _period(words)
    if width is None:
        return table
    parts = [filled[start : start + width] for start in range(0, len(filled), width)]
    return msgspec.structs.replace(
        table,
        headings=tuple(_selected(row, parts[0]) for row in table.headings),
        rows=tuple(_selected(row, part) for part in parts for row in table.rows),
    )


def _period(words: list[str]) -> int | None:
    """Return after how many of *words*, at least two, they are repeated to the end."""
    for width in range(2, len(words) // 2 + 1):
        if len(words) % width == 0 and words == words[:width] * (len(words) // width):
            return width if all(words[:width]) else None
    return None


def _selected(row: Row, columns: Sequence[int]) -> Row:
    """Return *row* with these *columns* alone."""
    cells = tuple(row.cells[column] for column in columns)
    first = next((cell for cell in cells if cell.text), None)
    return Row(cells=cells, location=first.location if first else row.location)


def divided(table: Table) -> Table:
    """Return *table* with two columns for each that has two things: ``Status / Code``.

    All its filled cells then have two lines, or a slash.
    """
    if len(table.headings) != 1 or not table.rows:
        return table
    rows = (table.headings[0], *table.rows)
    columns = zip(*(row.cells for row in rows), strict=True)
    cells = [column for cells in columns for column in _halves(cells) or (cells,)]
    if len(cells) == len(table.headings[0].cells):
        return table
    heading, *body = (
        msgspec.structs.replace(row, cells=new)
        for row, new in zip(rows, zip(*cells, strict=True), strict=True)
    )
    return msgspec.structs.replace(table, headings=(heading,), rows=tuple(body))


def _halves(cells: Sequence[Cell]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]] | None:
    """Return the two columns in the one with these *cells*, the first of them the heading."""
    names = [part.strip() for part in cells[0].text.split("/")]
    filled = [cell for cell in cells[1:] if cell.text]
    halves = [_HALF.fullmatch(cell.text) for cell in filled]
    if len(names) != 2 or not any(map(is_known, names)) or not filled or not all(halves):
        return None
    texts = {id(cell): half.groups() for cell, half in zip(filled, halves, strict=True) if half} | {
        id(cells[0]): (names[0], names[1])
    }
    first, second = (
        tuple(_with_text(cell, texts.get(id(cell), ("", ""))[index]) for cell in cells)
        for index in range(2)
    )
    return first, second


_HALF = re.compile(r"([^\n/]+?)(?:\n| / )\s*([^\n/]+)")


def _with_text(cell: Cell, text: str) -> Cell:
    return msgspec.structs.replace(cell, text=text, commonmark=escape(text))


def table_of(listing: Listing) -> Table | None:
    """Return *listing* as a table, if its items are rows: their other cells are a list below.

    The first item has the headings.
    """
    first, *rest = listing.items
    width = len(first.parts)
    are_rows = all(
        len(item.parts) == width and all(part.kind == "item" for part in item.parts)
        for item in listing.items
    )
    if listing.kind != "list" or not width or not rest or not are_rows:
        return None
    headings, *rows = (_row_of(item) for item in listing.items)
    known = sum(1 for cell in headings.cells if is_known(cell.text))
    if 2 * known <= len(headings.cells):
        return None
    return Table(
        headings=(headings,),
        rows=tuple(rows),
        context=listing.context,
        location=headings.location,
    )


def _row_of(item: Item) -> Row:
    below = (part.whole for part in item.parts)
    cells = [
        _with_text(item.head, item.term),
        *(
            msgspec.structs.replace(cell, commonmark=cell.commonmark.removeprefix("- "))
            for cell in below
        ),
    ]
    return Row(cells=tuple(cells), location=item.head.location)


def begins_with_codes(cells: Sequence[str]) -> bool:
    """Return whether each of *cells* is a code of its own and a text: ``E_DISK: no disk``."""
    found = [_CODE_AND_TEXT.fullmatch(cell) for cell in cells]
    codes = [match[1] for match in found if match is not None]
    return len(codes) == len(cells) > 1 and _are_codes(codes)


def split(row: Row, column: int) -> Row:
    """Return *row* with the code and the text in *column* in two cells."""
    before, cell, after = row.cells[:column], row.cells[column], row.cells[column + 1 :]
    match = _CODE_AND_TEXT.fullmatch(cell.text)
    if match is not None:
        code = msgspec.structs.replace(cell, text=match[1], commonmark=match[1])
        text = msgspec.structs.replace(cell, text=match[2], commonmark=_marked_text(cell, match))
    else:
        code = cell
        spans = any(other is cell for other in (*before, *after))
        text = cell if spans else msgspec.structs.replace(cell, text="", commonmark="")
    return msgspec.structs.replace(row, cells=(*before, code, text, *after))


def _marked_text(cell: Cell, match: re.Match[str]) -> str:
    """Return the text of *cell* as CommonMark, without its markup if that reaches into the code."""
    code, _, text = cell.commonmark.partition(" ")
    if code.strip(_MARKUP_OF_CODE).replace("\\", "") == match[1]:
        return text.lstrip("-–— ")
    return BREAK.join(map(escape, match[2].splitlines()))
