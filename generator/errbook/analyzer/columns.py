"""Which column of a table is what: headings propose, cells decide. Pure: texts in, fields out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from errbook.analyzer import vocabulary
from errbook.analyzer.cells import codes, is_quoted, is_range, status_and_code, value
from errbook.analyzer.vocabulary import normalized
from errbook.http_status import is_only_statuses


class Overruled(msgspec.Struct, frozen=True, kw_only=True):
    """A column whose cells overruled its heading."""

    column: int
    reason: str
    by: str
    """The first cell that is the reason, if one cell is."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns of a table are."""

    fields: tuple[str, ...]
    """One word for each column: one of settings.Column (none twice but ``other``), or ``type``."""

    overruled: tuple[Overruled, ...]
    """The columns whose cells overruled their heading, and why."""

    def index(self, name: str) -> int | None:
        """Return the index of the column that is *name*, if there is one."""
        return self.fields.index(name) if name in self.fields else None


_BEGINS_WITH_STATUS = re.compile(
    r"(http(/\d(\.\d)?)?\s+)?(status\s+)?[1-5]\d\d(?!\d)", re.IGNORECASE
)
_IDENTIFIER = re.compile(r"[\w.:/<>=+*-]*\w[\w.:/()*-]*")
_OF_CODES = re.compile(r".+code")
_PHRASE = re.compile(r"\w+( \w+){0,3}")
_LONGEST_CODE = 64


def arbitrate(
    headings: Sequence[str],
    cells: Sequence[Sequence[str]],
    configured: Mapping[str, str],
) -> Columns:
    """Return what the columns are that have these *headings* and these filled *cells*.

    *cells* has one sequence of texts for each column. *configured* gives the fields of headings of
    a project's own; it is asked first, and its word is final.
    """
    own = {normalized(heading): name for heading, name in configured.items()}
    columns = [
        _Column(normalized(heading), tuple(texts))
        for heading, texts in zip(headings, cells, strict=True)
    ]
    for column in columns:
        column.field = own.get(column.word, "")
    _find_statuses(columns)
    _find_codes(columns)
    _find_texts(columns)
    fields = [column.field for column in columns]
    return Columns(
        fields=tuple(f if f not in fields[:i] else "other" for i, f in enumerate(fields)),
        overruled=tuple(
            Overruled(column=i, reason=column.reason, by=column.overruled_by)
            for i, column in enumerate(columns)
            if column.reason
        ),
    )


def holds_statuses(cells: Sequence[str]) -> bool:
    """Tell whether the filled *cells* of a column look like HTTP statuses."""
    return _Column("", tuple(cells)).has_statuses


def holds_codes(heading: str, cells: Sequence[str]) -> bool:
    """Tell whether the filled *cells* below *heading* look like codes and not like statuses."""
    column = _Column(normalized(heading), tuple(cells))
    is_status = column.has_statuses or column.has_only_statuses
    return column.has_codes and not is_status


class _Column(msgspec.Struct):
    """One column while it is not yet settled what it is."""

    word: str
    """Its heading, normalized."""

    cells: tuple[str, ...]
    field: str = ""
    reason: str = ""
    """Why its cells overrule its heading."""

    overruled_by: str = ""
    """The first cell that does."""

    @property
    def has_statuses(self) -> bool:
        """Nine in ten of its cells begin with an HTTP status."""
        return _most([text for text in self.cells if value(text)], _begins_with_status)

    @property
    def has_only_statuses(self) -> bool:
        """Its cells are statuses and reason phrases, and nothing else."""
        return bool(self.cells) and all(map(is_only_statuses, self.cells))

    @property
    def has_codes(self) -> bool:
        """Its cells are short identifiers, or quoted; under a heading of codes, phrases, too.

        One cell of several may be something else: tables are often small.
        """
        cells = [text for text in self.cells if value(text) and codes(text)]
        holding = sum(map(self._is_of_codes, cells))
        return _most(cells, self._is_of_codes) or holding >= max(2, len(cells) - 1)

    def _is_of_codes(self, cell: str) -> bool:
        found = codes(status_and_code(cell)[1])
        return is_quoted(cell) or all(map(self._is_code, found))

    def _is_code(self, code: str) -> bool:
        return len(code) <= _LONGEST_CODE and bool(
            _IDENTIFIER.fullmatch(code)
            or is_range(code)
            or (_OF_CODES.fullmatch(self.word) and _PHRASE.fullmatch(code))
        )

    def take(self, name: str, reason: str = "") -> None:
        self.field, self.reason = name, reason


def _find_statuses(columns: Iterable[_Column]) -> None:
    """Settle the status column: nine in ten begin with a status; an HTTP heading comes first."""
    if _with(columns, "http_status"):
        return
    headed = [
        column
        for column in _open(columns)
        if vocabulary.STATUS.fullmatch(column.word)
        and column.word != "code"
        and column.has_statuses
    ]
    if headed:
        min(headed, key=lambda c: not c.word.startswith("http")).take("http_status")


def _find_codes(columns: Sequence[_Column]) -> None:
    """Settle the code column, and the status column where it shows only now."""
    if not _with(columns, "code"):
        exact = _headed(columns, vocabulary.CODE)
        true = [column for column in exact if not column.has_only_statuses]
        weaker = _weaker(columns)
        if true:
            true[0].take("code")
        elif exact and weaker:
            weaker[0].take("code", "its cells are codes, those under 'Error Code' are statuses")
        elif exact or weaker:
            (exact or weaker)[0].take("code")
        else:
            _find_misplaced_codes(columns)
    if not _with(columns, "http_status"):
        for column in _open(columns):
            if column.word in _SAY_STATUS and column.has_only_statuses:
                column.take("http_status", "all of its cells are HTTP statuses")
                return


_SAY_STATUS = vocabulary.CODE | {"code", "codes", "error", "response"}
"""Headings under which statuses are found where no better heading has them."""


def _weaker(columns: Sequence[_Column]) -> list[_Column]:
    """Return the columns of codes that are headed so if their cells agree, the best first."""
    by_heading = _headed(columns, vocabulary.CODE_IF_CELLS_AGREE)
    if _with(columns, "http_status") or any(
        column.word in _SAY_STATUS and column.has_only_statuses for column in _open(columns)
    ):
        by_heading += _headed(columns, vocabulary.CODE_BESIDE_STATUSES)
    return [
        column
        for column in by_heading
        if column.has_codes
        and not (column.word in vocabulary.CODE_BESIDE_STATUSES and column.has_statuses)
        and not (column.word in ("code", "codes") and column.has_only_statuses)
    ]


def _find_misplaced_codes(columns: Sequence[_Column]) -> None:
    """Settle a column of codes under the heading of a status, without any status in it.

    They have digits, as ``4001`` has: words there say how something is, not what went wrong.
    """
    for column in _open(columns):
        if (
            vocabulary.STATUS.fullmatch(column.word)
            and column.has_codes
            and _most(column.cells, _HAS_DIGIT.search)
            and not any(map(_begins_with_status, column.cells))
        ):
            column.take("code", "its cells are no HTTP statuses")
            return


_HAS_DIGIT = re.compile(r"\d")


def _find_texts(columns: Sequence[_Column]) -> None:
    """Settle all that is left by its headings; what a field's first column has, no other gets."""
    for column in _open(columns):
        column.field = next(
            (
                name
                for name, words in vocabulary.TEXTS.items()
                if column.word in words and not _with(columns, name)
            ),
            "other",
        )
    for column in columns:
        if column.field != "other":
            continue
        if column.word in vocabulary.MESSAGE_IF_NO_OTHER and not _with(columns, "message"):
            column.field = "message"
        else:
            _say_why_other(column, columns)


def _say_why_other(column: _Column, columns: Sequence[_Column]) -> None:
    """Say why *column* is not what its heading says, if nothing else is."""
    if _with(columns, "code"):
        is_status = vocabulary.STATUS.fullmatch(column.word)
        if is_status and not _with(columns, "http_status"):
            column.reason = "fewer than nine in ten of its cells begin with an HTTP status"
            column.overruled_by = next(
                (c for c in column.cells if value(c) and not _begins_with_status(c)), ""
            )
    elif column.word in vocabulary.CODE_IF_CELLS_AGREE:
        column.reason = "its cells are no codes"


def _open(columns: Iterable[_Column]) -> list[_Column]:
    return [column for column in columns if not column.field]


def _with(columns: Iterable[_Column], name: str) -> bool:
    return any(column.field == name for column in columns)


def _headed(columns: Iterable[_Column], words: frozenset[str]) -> list[_Column]:
    """Return the open columns with these headings, those with more distinct values first."""
    found = [column for column in _open(columns) if column.word in words]
    return sorted(found, key=lambda column: -len(set(column.cells)))


def _begins_with_status(cell: str) -> bool:
    return bool(_BEGINS_WITH_STATUS.match(cell))


def _most(cells: Sequence[str], is_so: Callable[[str], object]) -> bool:
    """Tell whether *is_so* holds for nine in ten of *cells*, and for one at least."""
    holding = sum(1 for cell in cells if is_so(cell))
    return holding > 0 and holding * 10 >= len(cells) * 9
