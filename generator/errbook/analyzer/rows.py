"""The rows of an error table become occurrences: blanks, groups and continuations are resolved."""

from collections.abc import Iterator, Mapping

import msgspec

from errbook.analyzer.cells import codes, is_quoted, looks_like, status_and_code, statuses, value
from errbook.analyzer.placeholders import message
from errbook.analyzer.retrying import documented_retrying
from errbook.analyzer.tables import AnalyzedTable, has_one_text, repeats
from errbook.diagnostics import Location
from errbook.model import Occurrence, Prose
from errbook.readers.document import Cell, Row


class Documented(msgspec.Struct, frozen=True, kw_only=True):
    """One code, and one row that documents it."""

    code: str
    occurrence: Occurrence
    cells: Mapping[str, Cell]
    """What its fields were read from, repeated cells too."""


class SkippedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that documents no error, because it has no code."""

    text: str | None
    """What its code column has instead of a code; None where that is blank."""

    http_status: int | None
    """Its first HTTP status."""

    location: Location


class _Above(msgspec.Struct):
    """What the rows above left for the blanks below."""

    group: str | None = None
    cells: dict[str, Cell] = msgspec.field(default_factory=dict)
    codes: tuple[str, ...] = ()
    is_skipped: bool = False
    """The row above has no code: what continues it is skipped with it."""


def documented(table: AnalyzedTable, *, repeats_blanks: bool) -> Iterator[Documented | SkippedRow]:
    """Yield, in order, what the rows of the error table *table* document, and the skipped ones.

    Blank modules and statuses repeat; with *repeats_blanks* messages, descriptions and handlings
    do, too.
    """
    repeating = ["module", "http_status"]
    if repeats_blanks:
        repeating += ["message", "description", "handling"]
    usual = _usual_codes(table)
    overruled = table.overruled_statuses
    headings = table.headings
    above = _Above()
    for row in table.rows:
        own = {
            name: cell
            for name, cell in zip(table.columns.fields, row.cells, strict=False)
            if cell.text and name not in ("other", "type")
        }
        if repeats(row, headings):
            above = _Above()
        elif (group := _group(row, own, usual)) is not None:
            above = _Above(group=group)
        elif any(cell.text for cell in row.cells):
            status = own.get("http_status") or _filled(row, overruled)
            says_more = not (own.keys() & {"code", "module"} or status)
            continues = says_more and above.codes
            above.cells |= own
            repeated = [*repeating, "code"] if continues else repeating
            cells = own | {k: above.cells[k] for k in repeated if k in above.cells}
            if not continues:
                above.codes = _codes(cells, table)
                if not above.codes and not (says_more and above.is_skipped):
                    yield _skipped(row, own, status)
                above.is_skipped = not above.codes
            occurrence = _occurrence(row, cells, above.group, table)
            for code in above.codes:
                yield Documented(
                    code=code,
                    occurrence=_with_status_before_code(occurrence, cells, table),
                    cells=cells,
                )


def _usual_codes(table: AnalyzedTable) -> tuple[Cell, ...]:
    """Return the cells of codes that do not stand alone in their row."""
    column = table.columns.index("code")
    assert column is not None
    headings = table.headings
    return tuple(
        row.cells[column]
        for row in table.rows
        if codes(row.cells[column].text)
        and sum(bool(cell.text) for cell in row.cells) > 1
        and not has_one_text(row)
        and not repeats(row, headings)
    )


def _group(row: Row, own: dict[str, Cell], usual: tuple[Cell, ...]) -> str | None:
    """Return the text of *row* if it is the heading of a group and documents no error."""
    same = has_one_text(row)
    distinct = {id(cell): cell for cell in row.cells if cell.text}
    if len(distinct) != 1 and not same:
        return None
    cell = next(iter(distinct.values()))
    spans_all = len(row.cells) > 1 and all(place is cell for place in row.cells)
    spanned = same and not _is_like(cell, usual)
    lone_code = own.keys() == {"code"} and bool(usual) and not _is_like(cell, usual)
    if spans_all or spanned or own.keys() == {"module"} or lone_code:
        return " ".join(cell.text.split())
    return None


def _is_like(cell: Cell, usual: tuple[Cell, ...]) -> bool:
    """Tell whether the lone *cell* looks like the *usual* codes of its column.

    ``**Teradata**`` does not among ``DSC_ERR_003_001``, ``Neutral`` does among ``Failure_Loop``.
    """
    if is_quoted(cell.text):
        return True
    if _is_bold(cell) and not any(map(_is_bold, usual)):
        return False
    return looks_like(cell.text, [other.text for other in usual])


def _is_bold(cell: Cell) -> bool:
    return cell.commonmark.startswith("**")


def _codes(cells: dict[str, Cell], table: AnalyzedTable) -> tuple[str, ...]:
    cell = cells.get("code")
    if cell is None or value(cell.text) is None:
        return ()
    text = cell.text
    if table.columns.index("http_status") is None:
        _, text = status_and_code(text)
    return codes(text)


def _filled(row: Row, columns: tuple[int, ...]) -> Cell | None:
    """Return the first filled cell of *row* in *columns*."""
    return next((row.cells[i] for i in columns if row.cells[i].text), None)


def _skipped(row: Row, own: dict[str, Cell], status: Cell | None) -> SkippedRow:
    code = own.get("code")
    if code is not None and value(code.text) is not None:
        text = " ".join(code.text.split())
        return SkippedRow(text=text, http_status=None, location=code.location)
    if status is not None and (known := statuses(status.text)):
        return SkippedRow(text=None, http_status=known[0], location=status.location)
    return SkippedRow(text=None, http_status=None, location=row.location)


def _occurrence(
    row: Row, cells: dict[str, Cell], group: str | None, table: AnalyzedTable
) -> Occurrence:
    def text(name: str) -> str | None:
        return value(cells[name].text) if name in cells else None

    def prose(name: str) -> Prose | None:
        plain = text(name)
        return (plain and Prose(text=plain, commonmark=cells[name].commonmark)) or None

    message_text = text("message")
    module = text("module")
    return Occurrence(
        http_status=statuses(text("http_status") or ""),
        module=group if "module" not in cells else module and " ".join(module.split()),
        message=message(message_text) if message_text else None,
        description=prose("description"),
        handling=prose("handling"),
        retrying=documented_retrying(text("handling"), message_text),
        extra={
            heading: cell.text
            for heading, name, cell in zip(
                table.distinct_headings, table.columns.fields, row.cells, strict=False
            )
            if name in ("other", "type") and cell.text
        },
        section=table.table.section,
        location=row.location,
    )


def _with_status_before_code(
    occurrence: Occurrence, cells: dict[str, Cell], table: AnalyzedTable
) -> Occurrence:
    if table.columns.index("http_status") is not None or "code" not in cells:
        return occurrence
    http_status, _ = status_and_code(cells["code"].text)
    return msgspec.structs.replace(occurrence, http_status=http_status)
