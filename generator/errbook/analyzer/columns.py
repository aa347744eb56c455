"""Finding the field of each table column: headings propose it, cells decide. A pure function."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from errbook.analyzer import vocabulary
from errbook.analyzer.cells import text_or_none
from errbook.analyzer.evidence import (
    begins_with_status,
    holds_codes,
    holds_only_statuses,
    holds_statuses,
    is_true_of_most,
)
from errbook.analyzer.vocabulary import normalized


class Overruled(msgspec.Struct, frozen=True, kw_only=True):
    """A column whose cells overruled its heading."""

    column: int
    reason: str
    by: str
    """The text of the first cell that contradicts the heading; empty if no single cell does."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of a table's columns."""

    fields: tuple[str, ...]
    """One per column: a settings.Column or ``type``; only ``other`` occurs more than once."""

    overruled: tuple[Overruled, ...]
    """The columns whose cells overruled their heading, and why."""

    def index(self, field: str) -> int | None:
        """Return the index of the column of *field*, if there is one."""
        return self.fields.index(field) if field in self.fields else None


def assign_fields(
    headings: Sequence[str],
    cells: Sequence[Sequence[str]],
    configured: Mapping[str, str],
) -> Columns:
    """Return the fields of the columns with these *headings* and filled *cells*.

    *cells* has one sequence of texts per column. *configured* maps headings to the fields that the
    project configures; these are final.
    """
    configured_fields = {normalized(heading): field for heading, field in configured.items()}
    columns = [
        _Column(normalized(heading), tuple(texts))
        for heading, texts in zip(headings, cells, strict=True)
    ]
    for column in columns:
        column.field = configured_fields.get(column.word, "")
    _settle_statuses(columns)
    _settle_codes(columns)
    _settle_weak_statuses(columns)
    _settle_texts(columns)
    return Columns(
        fields=_without_repetitions(column.field for column in columns),
        overruled=tuple(
            Overruled(column=index, reason=column.reason, by=column.overruled_by)
            for index, column in enumerate(columns)
            if column.reason
        ),
    )


def _without_repetitions(fields: Iterable[str]) -> tuple[str, ...]:
    """Return *fields* with ``other`` in place of each field that an earlier column has."""
    distinct: list[str] = []
    for field in fields:
        distinct.append("other" if field in distinct else field)
    return tuple(distinct)


_WEAK_STATUS_HEADINGS = vocabulary.CODE | {"code", "codes", "error", "response"}
"""Headings of a status column if no column under a better heading has statuses."""

_DIGIT = re.compile(r"\d")


class _Column(msgspec.Struct):
    """One column, while the fields of the table are being settled."""

    word: str
    """The heading, normalized."""

    cells: tuple[str, ...]
    field: str = ""
    """Empty until it is settled."""

    reason: str = ""
    """Why the cells overrule the heading; empty if they do not."""

    overruled_by: str = ""
    """See `Overruled.by`."""

    @property
    def has_statuses(self) -> bool:
        return holds_statuses(self.cells)

    @property
    def has_only_statuses(self) -> bool:
        return holds_only_statuses(self.cells)

    @property
    def has_codes(self) -> bool:
        return holds_codes(self.word, self.cells)

    def settle(self, field: str, reason: str = "") -> None:
        self.field, self.reason = field, reason


def _settle_statuses(columns: Iterable[_Column]) -> None:
    """Settle the status column: statuses under a status heading, preferably one with ``HTTP``."""
    if _has_field(columns, "http_status"):
        return
    headed = [
        column
        for column in _unsettled(columns)
        if vocabulary.STATUS.fullmatch(column.word)
        and column.word != "code"
        and column.has_statuses
    ]
    if headed:
        of_http = (column for column in headed if column.word.startswith("http"))
        next(of_http, headed[0]).settle("http_status")


def _settle_codes(columns: Sequence[_Column]) -> None:
    """Settle the code column: an exact heading, or a weaker one with codes below it.

    If all cells below the exact heading are statuses, a weaker heading is preferred.
    """
    if _has_field(columns, "code"):
        return
    exact = _with_heading(columns, vocabulary.CODE)
    not_statuses = [column for column in exact if not column.has_only_statuses]
    weaker = _weaker(columns)
    if not_statuses:
        not_statuses[0].settle("code")
    elif exact and weaker:
        weaker[0].settle("code", "its cells are codes, while those under 'Error Code' are statuses")
    elif exact or weaker:
        (exact or weaker)[0].settle("code")
    else:
        _settle_misplaced_codes(columns)


def _weaker(columns: Sequence[_Column]) -> list[_Column]:
    """Return the columns with codes below a weaker heading, best first."""
    by_heading = _with_heading(columns, vocabulary.CODE_IF_CELLS_AGREE)
    if _has_field(columns, "http_status") or _weak_status_columns(columns):
        by_heading += _with_heading(columns, vocabulary.CODE_BESIDE_STATUSES)
    return [column for column in by_heading if column.has_codes and not _is_of_statuses(column)]


def _is_of_statuses(column: _Column) -> bool:
    """Return whether a *column* under a weaker heading has statuses rather than codes."""
    if column.word in ("code", "codes"):
        return column.has_only_statuses
    return column.word in vocabulary.CODE_BESIDE_STATUSES and column.has_statuses


def _settle_misplaced_codes(columns: Sequence[_Column]) -> None:
    """Settle a column under a status heading that has codes, as in ``4001``, but no status.

    Most of its cells must have digits, because words under such a heading are states, not errors.
    """
    for column in _unsettled(columns):
        if (
            vocabulary.STATUS.fullmatch(column.word)
            and column.has_codes
            and is_true_of_most(column.cells, _DIGIT.search)
            and not any(map(begins_with_status, column.cells))
        ):
            column.settle("code", "its cells are not HTTP statuses")
            return


def _settle_weak_statuses(columns: Sequence[_Column]) -> None:
    """Settle a status column whose weak heading the code column did not need."""
    if _has_field(columns, "http_status"):
        return
    late = _weak_status_columns(columns)
    if late:
        late[0].settle("http_status", "all of its cells are HTTP statuses")


def _weak_status_columns(columns: Sequence[_Column]) -> list[_Column]:
    """Return the unsettled columns under weak headings in which all cells are statuses."""
    return [
        column
        for column in _unsettled(columns)
        if column.word in _WEAK_STATUS_HEADINGS and column.has_only_statuses
    ]


def _settle_texts(columns: Sequence[_Column]) -> None:
    """Settle all other columns by their headings; a field goes to the first column that fits."""
    for column in _unsettled(columns):
        column.settle(_text_field(column, columns))
    for column in columns:
        if column.field != "other":
            continue
        if column.word in vocabulary.MESSAGE_IF_NO_OTHER and not _has_field(columns, "message"):
            column.field = "message"
        else:
            _explain_other(column, columns)


def _text_field(column: _Column, columns: Sequence[_Column]) -> str:
    for field, words in vocabulary.TEXTS.items():
        if column.word in words and not _has_field(columns, field):
            return field
    return "other"


def _explain_other(column: _Column, columns: Sequence[_Column]) -> None:
    """Explain why *column* lacks the field of its heading, unless another column has that field."""
    if _has_field(columns, "code"):
        is_status = vocabulary.STATUS.fullmatch(column.word)
        if is_status and not _has_field(columns, "http_status"):
            column.reason = "fewer than nine in ten of its cells begin with an HTTP status"
            others = (c for c in column.cells if text_or_none(c) and not begins_with_status(c))
            column.overruled_by = next(others, "")
    elif column.word in vocabulary.CODE_IF_CELLS_AGREE:
        column.reason = "its cells are not codes"


def _unsettled(columns: Iterable[_Column]) -> list[_Column]:
    """Return the columns whose field is not settled."""
    return [column for column in columns if not column.field]


def _has_field(columns: Iterable[_Column], field: str) -> bool:
    return any(column.field == field for column in columns)


def _with_heading(columns: Iterable[_Column], words: frozenset[str]) -> list[_Column]:
    """Return the unsettled columns with these headings, the most distinct cells first."""
    headed = [column for column in _unsettled(columns) if column.word in words]
    return sorted(headed, key=lambda column: -len(set(column.cells)))
