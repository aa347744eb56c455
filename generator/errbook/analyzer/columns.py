"""Finding the field of each table column: headings propose it, cells decide. A pure function."""

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from errbook.analyzer import vocabulary
from errbook.analyzer.cells import statuses_in, text_or_none
from errbook.analyzer.evidence import (
    has_status,
    hold_distinct_identifiers,
    holds_codes,
    holds_only_statuses,
    holds_registered_statuses,
    holds_statuses,
    is_code_in_capitals,
    is_identifier,
    is_surely_code,
    is_true_of_most,
    looks_like_code,
    say_error,
)
from errbook.analyzer.titles import (
    Evidence,
    evidence_of,
    introduces_errors,
    kinds_of_codes,
    mentions_codes,
    speaks_of_trouble,
)
from errbook.analyzer.vocabulary import normalized
from errbook.http_status import is_phrase
from errbook.model import is_error_status


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

    is_only_introduced: bool = False
    """Whether nothing but the introduction says that a column has codes."""

    def index(self, field: str) -> int | None:
        """Return the index of the column of *field*, if there is one."""
        return self.fields.index(field) if field in self.fields else None


def assign_fields(
    headings: Sequence[str],
    cells: Sequence[Sequence[str]],
    configured: Mapping[str, str],
    titles: Sequence[str] = (),
    introduction: str = "",
    earlier: str = "",
) -> Columns:
    """Return the fields of the columns with these *headings* and filled *cells*.

    *cells* has one sequence of texts per column. *configured* maps headings to the fields that the
    project configures; these are final. *titles* are those above the table, the nearest first;
    *introduction* is the paragraph before it, *earlier* those before that. Without *headings*, the
    cells alone decide, if the titles speak of codes.
    """
    evidence = evidence_of(titles, introduction, earlier)
    if not headings:
        return _fields_without_headings(cells, evidence)
    configured_fields = {normalized(heading): field for heading, field in configured.items()}
    columns = [
        _Column(normalized(heading), tuple(texts))
        for heading, texts in zip(headings, cells, strict=True)
    ]
    for column in columns:
        column.field = configured_fields.get(column.word, "")
    _settle_statuses(columns)
    _settle_codes(columns, evidence, titles, introduction)
    _settle_weak_statuses(columns)
    _settle_texts(columns)
    return Columns(
        fields=_without_repetitions(column.field for column in columns),
        overruled=tuple(
            Overruled(column=index, reason=column.reason, by=column.overruled_by)
            for index, column in enumerate(columns)
            if column.reason
        ),
        is_only_introduced=any(column.is_introduced for column in columns),
    )


def _without_repetitions(fields: Iterable[str]) -> tuple[str, ...]:
    """Return *fields* with ``other`` in place of each field that an earlier column has."""
    distinct: list[str] = []
    for field in fields:
        distinct.append("other" if field in distinct else field)
    return tuple(distinct)


_WEAK_STATUS_HEADINGS = vocabulary.CODE | {
    "code",
    "codes",
    "error",
    "errors",
    "response",
    "responses",
}
"""Headings of a status column if no column under a better heading has statuses."""

_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"-?(?:0x[0-9A-Fa-f]+|\d+)")
_NAME = re.compile(r"(?=.*_|.*[a-z][A-Z])\w+")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_VERSION_OR_DIGIT = re.compile(r"\d|\d+\.\d+")


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

    is_introduced: bool = False
    """Whether nothing but the introduction says that it has codes."""

    @property
    def has_statuses(self) -> bool:
        return holds_statuses(self.cells)

    @property
    def has_only_statuses(self) -> bool:
        return holds_only_statuses(self.cells)

    @property
    def has_codes(self) -> bool:
        return holds_codes(self.word, self.cells)

    @property
    def has_phrases(self) -> bool:
        """Whether the cells are the phrases of statuses: ``Not Found``, ``BAD_REQUEST``."""
        return bool(self.cells) and all(map(is_phrase, self.cells))

    @property
    def numbers_rows(self) -> bool:
        return counts_rows(self.word, self.cells)

    @property
    def may_be_codes(self) -> bool:
        """Whether the cells are distinct identifiers, and neither statuses nor values."""
        has_statuses = self.has_statuses or self.has_only_statuses
        return self.may_be_exits and not (has_statuses and holds_registered_statuses(self.cells))

    @property
    def may_be_exits(self) -> bool:
        """Whether the cells are distinct identifiers, but no values of a type."""
        return hold_distinct_identifiers(self.cells) and not any(
            normalized(cell) in vocabulary.NO_CODES for cell in self.cells
        )

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


def _settle_codes(
    columns: Sequence[_Column], evidence: Evidence, titles: Sequence[str], introduction: str
) -> None:
    """Settle the code column: an exact heading, or a weaker one with codes below it.

    If all cells below the exact heading are statuses, a weaker heading is preferred.
    """
    if _has_field(columns, "code"):
        return
    exact = _with_heading(columns, vocabulary.CODE)
    not_statuses = [
        column
        for column in exact
        if not (column.has_only_statuses and holds_registered_statuses(column.cells))
    ]
    weaker = _weaker(columns, evidence) or (_identifiers(columns) if exact else [])
    if not_statuses:
        not_statuses[0].settle("code")
    elif exact and weaker:
        weaker[0].settle("code", "its cells are codes, while those under 'Error Code' are statuses")
    elif exact:
        exact[0].settle("code")
    elif weaker and _is_about_errors(weaker[0], columns, evidence, introduction):
        weaker[0].settle("code")
    else:
        _settle_codes_under_title(columns, evidence, titles)
        _settle_misplaced_codes(columns)


def _weaker(columns: Sequence[_Column], evidence: Evidence) -> list[_Column]:
    """Return the columns with codes below a weaker heading, best first."""
    by_heading = _with_heading(columns, vocabulary.CODE_OF_ERRORS | vocabulary.CODE_OF_ANYTHING)
    compound = (c for c in _unsettled(columns) if vocabulary.is_compound_of_code(c.word))
    by_heading += [column for column in compound if column not in by_heading]
    if _has_field(columns, "http_status") or _weak_status_columns(columns):
        words = vocabulary.CODE_BESIDE_STATUSES
        if not _have_error_statuses(columns):
            words -= vocabulary.OF_ANYTHING_BESIDE_STATUSES
        by_heading += _with_heading(columns, words)
    found = [
        column
        for column in by_heading
        if column.has_codes
        and not _is_of_statuses(column, evidence)
        and not (column.word in vocabulary.OF_ANYTHING_BESIDE_STATUSES and column.has_phrases)
    ]
    return sorted(found, key=lambda column: column.numbers_rows)


def _identifiers(columns: Sequence[_Column]) -> list[_Column]:
    """Return the columns that may be codes under a title of codes, if these look like codes."""
    return [
        column
        for column in _unsettled(columns)
        if column.word in vocabulary.CODE_UNDER_TITLE
        and column.may_be_codes
        and is_true_of_most(column.cells, looks_like_code)
    ]


def _is_about_errors(
    code: _Column, columns: Sequence[_Column], evidence: Evidence, introduction: str
) -> bool:
    """Return whether something besides the heading of *code* says that the table lists errors.

    That is the heading itself (``Exit Code``), a title, the introduction, another column, or cells
    such as ``ERR_NO_DISK``.
    """
    if vocabulary.is_of_errors(code.word):
        return True
    if evidence.topic == "codes":
        return not _names_other_things(code, columns)
    if evidence.topic in ("errors", "statuses") and _report_trouble(columns):
        return True
    if vocabulary.CODES_OF_OUTCOMES.search(evidence.title):
        return True
    if vocabulary.is_of_outcomes(code.word) and _report_trouble(columns):
        return True
    if evidence.topic == "errors" and is_true_of_most(code.cells, looks_like_code):
        return True
    return (
        introduces_errors(introduction, evidence)
        or (
            vocabulary.ERRORS_IN_TITLES.search(evidence.title)  # ``Error object``
            and any(column.word in vocabulary.TEXTS["message"] for column in columns)
            and _report_trouble(columns)
        )
        or any(vocabulary.is_only_of_errors(column.word) for column in columns)
        or _have_error_statuses(columns)
        or (code.word in vocabulary.CODE_BESIDE_STATUSES and _has_field(columns, "http_status"))
        or say_error(code.cells)
    )


def _names_other_things(code: _Column, columns: Sequence[_Column]) -> bool:
    """Return whether the only column beside *code* is headed by what has codes: ``Language``."""
    others = [column.word for column in columns if column is not code]
    return len(others) == 1 and bool(
        vocabulary.names_other_things(others[0]) and not vocabulary.text_fields(others[0])
    )


def _have_error_statuses(columns: Sequence[_Column]) -> bool:
    """Return whether a column of statuses has those of errors in more than half of its cells."""
    of_statuses = [column for column in columns if column.field == "http_status"]
    return any(
        2 * sum(1 for cell in column.cells if any(map(is_error_status, statuses_in(cell))))
        > len(column.cells)
        for column in (*of_statuses, *_weak_status_columns(columns))
    )


def _report_trouble(columns: Iterable[_Column]) -> bool:
    """Return whether the texts in one of *columns* report that something went wrong."""
    return any(speaks_of_trouble(column.cells) for column in columns)


def _settle_codes_under_title(
    columns: Sequence[_Column], evidence: Evidence, titles: Sequence[str]
) -> None:
    """Settle the first column of distinct identifiers that may be codes under a title of codes."""
    if _has_field(columns, "code") or evidence.topic not in ("codes", "statuses", "errors"):
        return
    if _are_members(columns):
        return
    kinds = kinds_of_codes(evidence.title)
    words = vocabulary.CODE_UNDER_TITLE | kinds
    if evidence.topic == "errors":
        words = vocabulary.CODE_UNDER_TITLE & vocabulary.ERROR_ALONE
    is_exit = vocabulary.PROGRAM_EXITS.search(evidence.title)  # which is no HTTP status
    candidates = [
        column
        for column in _unsettled(columns)
        if column.word in words
        and (column.may_be_codes or (is_exit and column.may_be_exits))
        and not (column.word in vocabulary.OF_ANYTHING_BESIDE_STATUSES and column.has_phrases)
    ]
    sure = [c for c in columns if is_true_of_most(c.cells, is_surely_code) and c.may_be_codes]
    for column in sorted(candidates, key=lambda column: column.numbers_rows):
        if sure and column not in sure and not any(map(looks_like_code, column.cells)):
            continue  # a word beside a code: ``F01  Overcurrent``
        if (
            (evidence.topic == "codes" and mentions_codes(evidence.title))
            or _report_trouble(columns)
            or say_error(column.cells)
            or (column.word in kinds and vocabulary.CODES_OF_OUTCOMES.search(evidence.title))
            or (column.word in kinds and column in sure)
        ):
            column.settle("code", f"its cells are identifiers, under '{evidence.title}'")
            column.is_introduced = evidence.title not in titles
            return


def counts_rows(heading: str, cells: Sequence[str]) -> bool:
    """Return whether *heading* is ``No.`` or the like, and the *cells* below it count the rows."""
    if normalized(heading) not in vocabulary.ROW_NUMBERS:
        return False
    return list(cells) == [str(number) for number in range(1, len(cells) + 1)]


def list_members(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    """Return whether the table with these *headings* and *cells*, by column, lists members.

    These are the members of a body, or parameters.
    """
    words = map(normalized, headings or [""] * len(cells))
    return _are_members(_Column(w, tuple(c)) for w, c in zip(words, cells, strict=True))


def _are_members(columns: Iterable[_Column]) -> bool:
    """Return whether the table lists the members of a body, or parameters, rather than errors."""
    return any(
        column.word in vocabulary.OF_MEMBERS
        or is_true_of_most(column.cells, lambda cell: normalized(cell) in vocabulary.DATA_TYPES)
        or any(names_a_member(cell) for cell in column.cells)
        for column in columns
    )


def names_a_member(cell: str) -> bool:
    """Return whether *cell* names the member of a body with a code or a message."""
    word = normalized(cell)
    is_code = word in vocabulary.CODE or word == "code"
    return is_code or (word in vocabulary.TEXTS["message"] and word.endswith(("message", "msg")))


def _fields_without_headings(cells: Sequence[Sequence[str]], evidence: Evidence) -> Columns:
    """Return the fields of columns without headings; all are ``other`` without good evidence.

    The first column of distinct identifiers has the codes, the longest texts are the description.
    """
    columns = [_Column("", tuple(texts)) for texts in cells]
    candidates = [column for column in columns if column.may_be_codes]
    are_sure = bool(candidates) and is_true_of_most(candidates[0].cells, is_code_in_capitals)
    is_list = (
        evidence.topic == "codes"
        or (evidence.topic == "errors" and are_sure)
        or (evidence.topic == "statuses" and _report_trouble(columns))
    )
    names_fields = bool(columns) and is_true_of_most(columns[0].cells, vocabulary.is_known)
    is_list = is_list and not names_fields and not _are_members(columns)
    if is_list and candidates and len(columns) > 1:
        candidates[0].field = "code"
        statuses = [c for c in _unsettled(columns) if c.has_statuses]
        for column in statuses[:1]:
            column.field = "http_status"
        texts = sorted(_unsettled(columns), key=lambda column: -sum(map(len, column.cells)))
        for column in texts[:1]:
            column.field = "description"
    return Columns(fields=tuple(column.field or "other" for column in columns), overruled=())


def _is_of_statuses(column: _Column, evidence: Evidence) -> bool:
    """Return whether a *column* under a weaker heading has statuses rather than codes."""
    if column.word in vocabulary.CODE_ALONE:
        is_of_codes = evidence.topic == "codes" or vocabulary.CODES_OF_OUTCOMES.search(
            evidence.title
        )
        may_be_codes = is_of_codes and not holds_registered_statuses(column.cells)
        return column.has_only_statuses and not may_be_codes
    return column.word in vocabulary.CODE_BESIDE_STATUSES and column.has_statuses


def _settle_misplaced_codes(columns: Sequence[_Column]) -> None:
    """Settle a column under a status heading that has codes, as in ``4001``, but no status.

    Most of its cells must have digits, because words under such a heading are states, not errors.
    """
    if _has_field(columns, "code"):
        return
    for column in _unsettled(columns):
        if (
            vocabulary.STATUS.fullmatch(column.word)
            and column.word not in vocabulary.CODE_OF_ANYTHING
            and column.has_codes
            and is_true_of_most(column.cells, _DIGIT.search)
            and not any(map(has_status, column.cells))
            and not any(map(_VERSION_OR_DIGIT.fullmatch, column.cells))
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
    has_code = _has_field(columns, "code")
    for column in _unsettled(columns):
        if has_code and _has_names(column, columns):
            column.settle("other" if _has_field(columns, "name") else "name")
        elif has_code and column.word in vocabulary.RETRYABLE and _say_yes_or_no(column.cells):
            column.settle("retryable")
        else:
            column.settle(_text_field(column, columns))
    for column in columns:
        if column.field != "other":
            continue
        if column.word in vocabulary.MESSAGE_IF_NO_OTHER and not _has_field(columns, "message"):
            column.field = "message"
        else:
            _explain_other(column, columns)


def _text_field(column: _Column, columns: Sequence[_Column]) -> str:
    for field in vocabulary.text_fields(column.word):
        if not _has_field(columns, field):
            return field
    return "other"


def _has_names(column: _Column, columns: Sequence[_Column]) -> bool:
    """Return whether *column* has the programmer's names of the codes beside it.

    ``Error`` is the heading of names if these are identifiers in capitals beside numbers, and
    ``Reason`` if they cannot be taken for plain text.
    """
    if column.word in vocabulary.ERROR_ALONE:
        codes = next(other.cells for other in columns if other.field == "code")
        are_numbers = is_true_of_most(codes, _NUMBER.fullmatch)
        return are_numbers and is_true_of_most(column.cells, _CONSTANT.fullmatch)
    if column.word in vocabulary.TEXTS["description"]:
        return is_true_of_most(column.cells, _NAME.fullmatch)
    return column.word in vocabulary.NAME and _are_names(column.cells)


def _are_names(cells: Sequence[str]) -> bool:
    return is_true_of_most(list(filter(text_or_none, cells)), is_identifier)


def _say_yes_or_no(cells: Sequence[str]) -> bool:
    return is_true_of_most(cells, lambda cell: vocabulary.yes_or_no(cell) is not None)


def _explain_other(column: _Column, columns: Sequence[_Column]) -> None:
    """Explain why *column* lacks the field of its heading, unless another column has that field."""
    if _has_field(columns, "code"):
        is_status = vocabulary.STATUS.fullmatch(column.word) and column.word != "code"
        if is_status and not _has_field(columns, "http_status"):
            column.reason = "fewer than 90 % of its cells begin with an HTTP status"
            others = (c for c in column.cells if text_or_none(c) and not has_status(c))
            column.overruled_by = next(others, "")
    elif not column.has_codes and (
        column.word in vocabulary.CODE_OF_ERRORS or column.word in ("code", "codes")
    ):
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
