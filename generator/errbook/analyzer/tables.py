"""Finding the error tables, and the heading row of each table."""

from collections import Counter
from collections.abc import Mapping
from typing import Literal

import msgspec

from errbook.analyzer.cells import text_or_none
from errbook.analyzer.columns import Columns, assign_fields, list_members
from errbook.analyzer.layouts import begins_with_codes, divided, split, unfolded, upright
from errbook.analyzer.titles import evidence_of
from errbook.analyzer.vocabulary import (
    is_code_heading,
    is_code_heading_under_title,
    is_known,
    is_status_heading,
    normalized,
)
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Cell, Context, ListingKind, Row, Table
from errbook.text.unique import FreeNames


class AnalyzedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table and the fields of its columns."""

    table: Table
    kind: Literal["table"] | ListingKind
    """A listing is read as a table; see `errbook.analyzer.listings`."""

    heading_row: Row | None
    """None in a table without headings."""

    columns: Columns
    rows: tuple[Row, ...]
    """The body rows; a heading row that is marked up as a body row is not included."""

    is_excluded: bool
    """Whether the project excludes the table's section."""

    unknown_columns: tuple[int, ...]
    """The columns whose headings are neither in the vocabulary nor configured."""

    labelled: tuple[Mapping[str, Cell], ...] = ()
    """In a listing, what each row has under labels that are no fields."""

    @property
    def is_error_table(self) -> bool:
        """Whether the table has a code column, and the project does not exclude it."""
        return self.columns.index("code") is not None and not self.is_excluded

    @property
    def headings(self) -> tuple[str, ...]:
        """The texts of the heading row, without line breaks."""
        cells = self.heading_row.cells if self.heading_row else ()
        return tuple(" ".join(cell.text.split()) for cell in cells)

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.columns.fields)

    def texts(self, column: int) -> list[str]:
        """Return the texts of the filled cells in *column*."""
        return [row.cells[column].text for row in self.rows if row.cells[column].text]

    @property
    def overruled_status_columns(self) -> tuple[int, ...]:
        """The columns with a status heading whose cells are not statuses."""
        headings = self.headings
        return tuple(
            found.column
            for found in self.columns.overruled
            if self.columns.fields[found.column] == "other"
            and is_status_heading(headings[found.column])
        )

    @property
    def distinct_headings(self) -> tuple[str, ...]:
        """The headings; one that occurs again gets a number: ``Note``, ``Note (2)``.

        Without a text, they are ``Column 1``, ``Column 2`` and so on.
        """
        distinct: dict[str, None] = {}
        names = FreeNames(distinct, numbered="{name} ({number})")
        numbers = range(1, len(self.columns.fields) + 1)
        for number, heading in zip(numbers, self.headings or [""] * self.width, strict=True):
            distinct[names.find(heading or f"Column {number}")] = None
        return tuple(distinct)


def analyze_table(table: Table, service: ServiceSettings) -> AnalyzedTable:
    """Return *table* with its heading row and the fields of its columns."""
    table = divided(unfolded(upright(table)))
    heading_row, rows = _heading_row(table, service)
    columns = _columns(heading_row, rows, table.context, service)
    with_codes = _column_with_codes(heading_row, rows, columns, table.context)
    if heading_row is not None and with_codes is not None:
        heading_row = _with_cell_twice(heading_row, with_codes)
        rows = tuple(split(row, with_codes) for row in rows)
        columns = _with_codes_apart(columns, with_codes)
    cells = heading_row.cells if heading_row else ()
    known = set(_known_headings(heading_row, service) if heading_row else [])
    return AnalyzedTable(
        table=table,
        kind="table",
        heading_row=heading_row,
        columns=columns,
        rows=rows,
        is_excluded=table.context.section in service.exclude,
        unknown_columns=tuple(i for i, cell in enumerate(cells) if cell.text not in known),
    )


def _heading_row(table: Table, service: ServiceSettings) -> tuple[Row | None, tuple[Row, ...]]:
    """Return the heading row of *table*, if it has one, and its body rows."""
    if any(cell.text for row in table.headings for cell in row.cells):
        return _best_heading_row(table, service), table.rows
    if table.rows and _is_heading_row(table, service):
        return table.rows[0], table.rows[1:]
    return None, table.rows


def _is_heading_row(table: Table, service: ServiceSettings) -> bool:
    """Return whether the first row of *table*, a body row by its markup, has the headings.

    Either most of its cells are known headings and one is a code heading, or all are known headings
    and the cells below one of them are codes, perhaps only because of the titles.
    """
    first, rest = table.rows[0], table.rows[1:]
    texts = [cell.text for cell in first.cells]
    known = _known_headings(first, service)
    if any(map(is_code_heading, texts)) and 2 * len(known) > len(texts):
        return True
    if not all(text in known or is_code_heading_under_title(text) for text in texts):
        return False
    return _columns(first, rest, table.context, service).index("code") is not None


def _best_heading_row(table: Table, service: ServiceSettings) -> Row:
    """Return the heading row that gives the most fields, preferably with a code column.

    The candidates are the last row, the same with the cells above where it is blank, all rows
    joined, and the other rows without cells that span columns, because such a cell is not the
    heading of one column.
    """
    last = table.headings[-1]
    if len(table.headings) == 1:
        return last
    columns = list(zip(*(row.cells for row in table.headings), strict=True))
    joined = msgspec.structs.replace(last, cells=tuple(map(_joined_cells, columns)))
    filled = msgspec.structs.replace(last, cells=tuple(map(_lowest_cell, columns)))
    others = (row for row in table.headings[:-1] if len(set(map(id, row.cells))) == len(row.cells))
    best_other = max(others, key=lambda row: len(_known_headings(row, service)), default=last)

    def preference(row: Row) -> tuple[bool, int, bool]:
        fields = _columns(row, table.rows, table.context, service).fields
        has_code_heading = any(is_code_heading(cell.text) for cell in row.cells)
        return "code" in fields, len(fields) - fields.count("other"), has_code_heading

    return max((last, filled, joined, best_other), key=preference)


def _known_headings(row: Row, service: ServiceSettings) -> list[str]:
    """Return the texts of *row* that are headings in the vocabulary or in the configuration."""
    configured = {normalized(heading) for heading in service.columns}
    texts = (cell.text for cell in row.cells)
    return [text for text in texts if is_known(text) or normalized(text) in configured]


def _lowest_cell(cells: tuple[Cell, ...]) -> Cell:
    """Return the last of *cells* that is not blank, if there is one."""
    return next((cell for cell in reversed(cells) if cell.text), cells[-1])


def _joined_cells(cells: tuple[Cell, ...]) -> Cell:
    """Return one cell with the distinct texts of *cells*, from top to bottom."""
    texts = dict.fromkeys(cell.text for cell in cells if cell.text)
    first = next((cell for cell in cells if cell.text), cells[-1])
    return msgspec.structs.replace(first, text=" ".join(texts))


def _columns(
    heading_row: Row | None, rows: tuple[Row, ...], context: Context, service: ServiceSettings
) -> Columns:
    headings = tuple(cell.text for cell in heading_row.cells) if heading_row else ()
    cells = _filled_cells(headings, rows)
    return assign_fields(
        headings, cells, service.columns, context.titles, context.introduction, context.earlier
    )


def _column_with_codes(
    heading_row: Row | None, rows: tuple[Row, ...], columns: Columns, context: Context
) -> int | None:
    """Return the column whose cells are codes with texts, as in ``E_DISK: no disk``.

    It is the code column, or another one in a table of errors that has no code column.
    """
    if heading_row is None:
        return None
    headings = [cell.text for cell in heading_row.cells]
    cells = _filled_cells(tuple(headings), rows)
    code = columns.index("code")
    if code is not None:
        return code if begins_with_codes(cells[code]) else None
    evidence = evidence_of(context.titles, context.introduction, context.earlier)
    is_of_errors = evidence.topic in ("codes", "errors") or columns.index("http_status") is not None
    if not is_of_errors or list_members(headings, cells):
        return None
    texts = (
        index
        for index, field in enumerate(columns.fields)
        if field in ("message", "description", "type", "other")
    )
    return next((index for index in texts if begins_with_codes(cells[index])), None)


def _with_cell_twice(row: Row, column: int) -> Row:
    cells = (*row.cells[: column + 1], *row.cells[column:])
    return msgspec.structs.replace(row, cells=cells)


def _with_codes_apart(columns: Columns, column: int) -> Columns:
    """Return *columns* with a column of codes before that of the texts in *column*."""
    field = columns.fields[column]
    free = (text for text in ("message", "description") if columns.index(text) is None)
    if field not in ("message", "description"):
        field = next(free, "other")
    return Columns(
        fields=(*columns.fields[:column], "code", field, *columns.fields[column + 1 :]),
        overruled=tuple(
            msgspec.structs.replace(found, column=found.column + (found.column > column))
            for found in columns.overruled
        ),
        is_only_introduced=columns.is_only_introduced,
    )


def _filled_cells(headings: tuple[str, ...], rows: tuple[Row, ...]) -> list[list[str]]:
    """Return the texts of filled cells by column, without group rows and repeated headings."""
    width = len(headings or (rows[0].cells if rows else ()))
    cells: list[list[str]] = [[] for _ in range(width)]
    lone: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        if repeats_headings(row, headings):
            continue
        filled = _filled_places(row)
        is_alone = len(filled) == 1 and width > 1
        columns = lone if is_alone or has_one_text(row) else cells
        for index, text in filled:
            columns[index].append(text)
    # A column that is filled only in such rows, such as one of statuses, is no column of groups.
    return [own or alone for own, alone in zip(cells, lone, strict=True)]


def _filled_places(row: Row) -> list[tuple[int, str]]:
    """Return the index and text of each filled cell in *row* that does not span columns."""
    places = Counter(map(id, row.cells))
    return [
        (index, cell.text)
        for index, cell in enumerate(row.cells)
        if cell.text and places[id(cell)] == 1
    ]


def has_one_text(row: Row) -> bool:
    """Return whether all cells of *row* have the same text, as converters write a spanning cell.

    There must be at least three cells, because two equal ones may be a code and its message.
    """
    texts = {cell.text for cell in row.cells}
    return len(row.cells) >= 3 and len(texts) == 1 and bool(text_or_none(*texts))


def repeats_headings(row: Row, headings: tuple[str, ...]) -> bool:
    """Return whether *row* repeats the *headings* of its table."""
    return (
        bool(headings)
        and len(row.cells) == len(headings)
        and all(
            normalized(cell.text) == normalized(heading)
            for cell, heading in zip(row.cells, headings, strict=True)
        )
    )
