"""From the rows of an error table to occurrences: resolves blanks, groups and continuations."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from errbook.analyzer.cells import (
    Codes,
    Looks,
    codes_in,
    is_quoted,
    read_codes,
    status_and_code,
    statuses_in,
    text_or_none,
)
from errbook.analyzer.placeholders import parse_message
from errbook.analyzer.retrying import documented_retrying
from errbook.analyzer.success import calls_success
from errbook.analyzer.tables import AnalyzedTable, has_one_text, repeats_headings
from errbook.analyzer.vocabulary import yes_or_no
from errbook.diagnostics import Location
from errbook.http_status import is_only_statuses
from errbook.model import Occurrence, Prose, Retrying, is_error_status
from errbook.readers.document import Cell, Row

_KEPT_AS_EXTRA = ("other", "type")
"""Columns with these fields go to the occurrence's `extra`."""

_REPEATING = ("module", "http_status")
"""The fields whose blank cells repeat the cell above."""

_REPEATING_IF_CONFIGURED = ("message", "description", "handling")


class Documented(msgspec.Struct, frozen=True, kw_only=True):
    """One code, and one row that documents it."""

    code: str
    occurrence: Occurrence
    cells: Mapping[str, Cell]
    """Field -> the cell from which it was read, possibly in a row above."""


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """A row without a code, or a part of a code cell that is no code."""

    text: str | None
    """The text in the code column, which is not a code; None if the column is blank."""

    is_range: bool
    """Whether the text is a range of codes: ``3..99``."""

    http_status: int | None
    """The first HTTP status of the row."""

    location: Location


class _Above(msgspec.Struct):
    """What later rows need to know about the rows above."""

    group: str | None = None
    """The text of the group row."""

    cells: dict[str, Cell] = msgspec.field(default_factory=dict[str, Cell])
    """The last filled cell of each field."""

    codes: tuple[str, ...] | None = None
    """The codes of the last row: empty if it was skipped, None if there was none."""

    def repeated(self, fields: Collection[str]) -> dict[str, Cell]:
        return {field: self.cells[field] for field in fields if field in self.cells}


def resolved_rows(table: AnalyzedTable, *, repeats_blanks: bool) -> Iterator[Documented | Skipped]:
    """Yield the documented codes and the skipped rows of the error table *table*, in order.

    Blank modules and statuses repeat the cell above; with *repeats_blanks*, so do blank messages,
    descriptions and handlings.
    """
    if table.kind != "table":
        yield from _listed_rows(table)
        return
    repeating = _REPEATING + _REPEATING_IF_CONFIGURED if repeats_blanks else _REPEATING
    usual = _usual_codes(table)
    overruled = table.overruled_status_columns
    headings = table.headings
    above = _Above()
    for row in table.rows:
        own = _own_cells(row, table)
        if repeats_headings(row, headings):
            above = _Above()
        elif (group := _group(row, own, usual)) is not None:
            above = _Above(group=group)
        elif any(cell.text for cell in row.cells):
            status = own.get("http_status") or _first_filled(row, overruled)
            above.cells |= own
            if above.codes is None or status is not None or own.keys() & {"code", "module"}:
                cells = own | above.repeated(repeating)
                read = _codes(cells, table)
                above.codes = read.codes
                if read.dropped:
                    yield from _skipped_parts(read, cells["code"])
                elif not above.codes:
                    yield _row_without_code(row, status)
            else:  # it continues the row above, even if that was skipped
                cells = own | above.repeated([*repeating, "code"])
            if above.codes:
                extra = _extra(row, table)
                occurrence = _occurrence(row, cells, above.group, table, extra)
                yield from _documented(above.codes, occurrence, cells)


def _listed_rows(table: AnalyzedTable) -> Iterator[Documented | Skipped]:
    """Yield the codes of a listing, whose items do not depend on each other."""
    for row, labelled in zip(table.rows, table.labelled, strict=True):
        cells = _own_cells(row, table)
        read = _codes(cells, table)
        extra = {label: cell.text for label, cell in labelled.items()}
        yield from _skipped_parts(read, cells["code"])
        yield from _documented(read.codes, _occurrence(row, cells, None, table, extra), cells)


def _documented(
    codes: Sequence[str], occurrence: Occurrence, cells: dict[str, Cell]
) -> Iterator[Documented]:
    """Yield the *codes* of one row."""
    for code in codes:
        success = calls_success(code, occurrence.name, occurrence.explanation)
        yield Documented(
            code=code,
            occurrence=msgspec.structs.replace(occurrence, success=success),
            cells=cells,
        )


def _own_cells(row: Row, table: AnalyzedTable) -> dict[str, Cell]:
    """Return the row's filled cells by field."""
    return {
        field: cell
        for field, cell in zip(table.columns.fields, row.cells, strict=False)
        if cell.text and field not in _KEPT_AS_EXTRA
    }


class _UsualCodes(msgspec.Struct, frozen=True):
    """The cells with codes, except for those that are the only filled cell in their row."""

    looks: Looks
    has_bold: bool


def _usual_codes(table: AnalyzedTable) -> _UsualCodes | None:
    """Return the usual codes of *table*; None if there are none."""
    column = table.columns.index("code")
    assert column is not None
    headings = table.headings
    cells = [
        row.cells[column]
        for row in table.rows
        if codes_in(row.cells[column].text)
        and sum(1 for cell in row.cells if cell.text) > 1
        and not has_one_text(row)
        and not repeats_headings(row, headings)
    ]
    if not cells:
        return None
    return _UsualCodes(Looks.of([cell.text for cell in cells]), any(map(_is_bold, cells)))


def _group(row: Row, own: dict[str, Cell], usual: _UsualCodes | None) -> str | None:
    """Return the text of *row* if it is a group heading, which documents no error."""
    cell = _only_cell(row)
    if cell is None:
        return None
    spans_all_columns = len(row.cells) > 1 and all(place is cell for place in row.cells)
    is_heading = spans_all_columns or own.keys() == {"module"}
    if not is_heading and (has_one_text(row) or (own.keys() == {"code"} and usual)):
        is_heading = not _looks_usual(cell, usual)
    return " ".join(cell.text.split()) if is_heading else None


def _only_cell(row: Row) -> Cell | None:
    """Return the only filled cell of *row*, or the first one if all have the same text."""
    filled = {id(cell): cell for cell in row.cells if cell.text}
    if len(filled) == 1 or has_one_text(row):
        return next(iter(filled.values()))
    return None


def _looks_usual(cell: Cell, usual: _UsualCodes | None) -> bool:
    """Return whether the lone *cell* looks like the *usual* codes of its column.

    ``Neutral`` looks like ``Failure_Loop``, ``**Teradata**`` does not look like ``DSC_ERR_003``.
    """
    if is_quoted(cell.text):
        return True
    if usual is None or (_is_bold(cell) and not usual.has_bold):
        return False
    return usual.looks.fit(cell.text)


def _is_bold(cell: Cell) -> bool:
    return cell.commonmark.startswith("**")


def _codes(cells: dict[str, Cell], table: AnalyzedTable) -> Codes:
    cell = cells.get("code")
    if cell is None or text_or_none(cell.text) is None:
        return Codes(())
    if _has_status_column(table):
        return read_codes(cell.text)
    statuses, text = status_and_code(cell.text)
    is_error = any(map(is_error_status, statuses))
    if statuses and not is_error and is_only_statuses(cell.text):  # ``200 OK``
        return Codes(())
    return read_codes(text)


def _http_status(cells: dict[str, Cell], table: AnalyzedTable) -> tuple[int, ...]:
    """Return the statuses in the status column, or before the code if there is no such column."""
    if _has_status_column(table):
        return statuses_in(_text(cells, "http_status") or "")
    http_status, _ = status_and_code(cells["code"].text)
    return http_status


def _has_status_column(table: AnalyzedTable) -> bool:
    return table.columns.index("http_status") is not None


def _first_filled(row: Row, columns: tuple[int, ...]) -> Cell | None:
    """Return the first filled cell of *row* in *columns*."""
    return next((row.cells[i] for i in columns if row.cells[i].text), None)


def _skipped_parts(read: Codes, cell: Cell) -> Iterator[Skipped]:
    for text, reason in read.dropped:
        yield Skipped(
            text=text, is_range=reason == "range", http_status=None, location=cell.location
        )


def _row_without_code(row: Row, status: Cell | None) -> Skipped:
    if status is not None and (statuses := statuses_in(status.text)):
        http_status, location = statuses[0], status.location
    else:
        http_status, location = None, row.location
    return Skipped(text=None, is_range=False, http_status=http_status, location=location)


def _extra(row: Row, table: AnalyzedTable) -> dict[str, str]:
    """Return the texts in the columns without a field, by heading."""
    return {
        heading: cell.text
        for heading, field, cell in zip(
            table.distinct_headings, table.columns.fields, row.cells, strict=False
        )
        if field in _KEPT_AS_EXTRA and cell.text
    }


def _occurrence(
    row: Row,
    cells: dict[str, Cell],
    group: str | None,
    table: AnalyzedTable,
    extra: Mapping[str, str],
) -> Occurrence:
    message = _message(cells, table)
    return Occurrence(
        http_status=_http_status(cells, table),
        module=_module(cells, group),
        name=_name(cells),
        message=parse_message(message) if message else None,
        description=_prose(cells, "description"),
        handling=_prose(cells, "handling"),
        retrying=_retrying(cells) or documented_retrying(_text(cells, "handling"), message),
        extra=extra,
        section=table.table.context.section,
        location=row.location,
        success=False,
        withdrawn=cells["code"].is_struck,
    )


def _text(cells: dict[str, Cell], field: str) -> str | None:
    """Return the text of *field*; None if there is no cell, or if its text means nothing."""
    return text_or_none(cells[field].text) if field in cells else None


_SAMPLE = 50
_NAME_IN_MESSAGES = re.compile(r"[A-Z][A-Za-z0-9]*")


def _message(cells: dict[str, Cell], table: AnalyzedTable) -> str | None:
    """Return the message; ``None`` is one among names: ``None``, ``Unknown``, ``BadName``."""
    message = _text(cells, "message")
    column = table.columns.index("message")
    if message is None and "message" in cells and cells["message"].text == "None":
        assert column is not None
        texts = [text for row in table.rows[:_SAMPLE] if (text := row.cells[column].text)]
        if len(texts) > 2 and all(map(_NAME_IN_MESSAGES.fullmatch, texts)):
            return "None"
    return message


def _name(cells: dict[str, Cell]) -> str | None:
    name = _text(cells, "name")
    return " ".join(name.split()) if name else None


def _retrying(cells: dict[str, Cell]) -> Retrying | None:
    """Return the advice in a column of yes and no."""
    text = _text(cells, "retryable")
    retryable = yes_or_no(text) if text else None
    if text is None or retryable is None:
        return None
    return Retrying(retryable=retryable, evidence=f"retryable: {' '.join(text.split())}")


def _prose(cells: dict[str, Cell], field: str) -> Prose | None:
    text = _text(cells, field)
    return Prose(text=text, commonmark=cells[field].commonmark) if text else None


def _module(cells: dict[str, Cell], group: str | None) -> str | None:
    """Return the module from the module column, or else the *group*."""
    if "module" not in cells:
        return group
    module = _text(cells, "module")
    return " ".join(module.split()) if module else None
