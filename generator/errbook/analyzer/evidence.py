"""Evidence from the cells of one column: whether they are HTTP statuses, or codes."""

import re
from collections.abc import Callable, Sequence

from errbook.analyzer.cells import (
    codes_in,
    is_quoted,
    is_range,
    read_codes,
    status_and_code,
    statuses_in,
    text_or_none,
)
from errbook.http_status import PHRASES, is_only_statuses
from errbook.model import is_error_status

_BEGINS_WITH_STATUS = re.compile(
    r"([<>≥≤]=? ?)?(http(/\d(\.\d)?)?\s+)?(status\s+)?[1-5]\d\d(?!\d)", re.IGNORECASE
)
_ENDS_WITH_STATUS = re.compile(r"[(\[（][1-5]\d\d[)\]）]$")
_NO_STATUS = re.compile(r"0|[1-5](?:xx|XX|\*\*)")
_NAMES_ERROR = re.compile(
    r"(?i:err?|error)[_.:-].*|.*_(?i:err|error)(_.*)?|(\w+\.)*[A-Z]\w*(Error|Exception|Fault|Failure)"
    r"|(urn:|https?://)\S*[/:](problem|error)s?[/:][\w-]+"
)
_SAYS_ERROR = re.compile(rf"{_NAMES_ERROR.pattern}|E[-_]?\d{{2,}}")
_IDENTIFIER = re.compile(r"%?[\w.:/<>=+*-]*\w[\w.:/()*-]*")
_HEADING_OF_CODES = re.compile(r".+code")
_PHRASE = re.compile(r"\w+( \w+){0,3}")
_MAX_CODE_LENGTH = 64


def holds_statuses(cells: Sequence[str]) -> bool:
    """Return whether at least nine in ten of the filled *cells* have an HTTP status at an end."""
    return is_true_of_most([text for text in cells if _is_something(text)], has_status)


def holds_only_statuses(cells: Sequence[str]) -> bool:
    """Return whether all filled *cells* consist of statuses and reason phrases."""
    filled = [text for text in cells if _is_something(text)]
    return bool(filled) and all(map(is_only_statuses, filled))


def holds_registered_statuses(cells: Sequence[str]) -> bool:
    """Return whether the numbers in *cells* are statuses: three in four registered, one an error.

    Where words stand beside a number, these need not be errors: ``200 OK``.
    """
    numbers = {status for text in cells for status in statuses_in(text)}
    registered = numbers & PHRASES.keys()
    has_errors = any(map(is_error_status, registered)) or not any(map(str.isdigit, cells))
    return has_errors and 4 * len(registered) >= 3 * len(numbers)


def _is_something(text: str) -> bool:
    """Return whether *text* is neither a mark of nothing, nor 0 or ``5xx``, which are no status."""
    return text_or_none(text) is not None and not _NO_STATUS.fullmatch(text)


def holds_codes(heading: str, cells: Sequence[str]) -> bool:
    """Return whether the filled *cells* below the normalized *heading* look like codes.

    Codes are short identifiers, or quoted, or, under a code heading, short phrases. In a table with
    fewer than ten rows, one cell may be something else.
    """

    def is_code(code: str) -> bool:
        return len(code) <= _MAX_CODE_LENGTH and bool(
            _IDENTIFIER.fullmatch(code)
            or is_range(code)
            or (_HEADING_OF_CODES.fullmatch(heading) and _PHRASE.fullmatch(code))
        )

    def has_codes(cell: str) -> bool:
        return is_quoted(cell) or all(map(is_code, codes_in(status_and_code(cell)[1])))

    with_text = [text for text in cells if text_or_none(text) and codes_in(text)]
    count = sum(map(has_codes, with_text))
    return _is_most(count, len(with_text)) or count >= max(2, len(with_text) - 1)


def has_status(cell: str) -> bool:
    """Return whether *cell* has an HTTP status at an end: ``HTTP/1.1 404``, ``Not Found (404)``."""
    return bool(_BEGINS_WITH_STATUS.match(cell) or _ENDS_WITH_STATUS.search(cell))


def hold_distinct_identifiers(cells: Sequence[str]) -> bool:
    """Return whether nine in ten of *cells* have an identifier of their own.

    A single one must look like a code.
    """
    cells = [text for text in cells if not stands_for_others(text)]
    identifiers = {text for text in cells if is_identifier(text)}
    is_enough = len(identifiers) > 1 or all(map(looks_like_code, identifiers))
    return is_enough and _is_most(len(identifiers), len(cells))


def stands_for_others(cell: str) -> bool:
    """Return whether *cell* has nothing but ranges and stand-ins: ``3..99``, ``other``."""
    read = read_codes(cell)
    return not read.codes and all(reason != "phrase" for _, reason in read.dropped)


def is_identifier(cell: str) -> bool:
    """Return whether *cell* has one word that may be a code or a name."""
    codes = codes_in(cell)
    return bool(codes) and all(
        len(code) <= _MAX_CODE_LENGTH and _IDENTIFIER.fullmatch(code) for code in codes
    )


_IN_CAPITALS = re.compile(r"(?=.*[\d_-])%?[A-Z][A-Z0-9]*(?:[_.-][A-Z0-9]+)*")
_LONG_NUMBER = re.compile(r"-?\d{3,}|0x[0-9A-Fa-f]+")
_MARKED = re.compile(
    r"-?\d+|0[xX][0-9a-fA-F]+|%?(?=.*_)[^\W_][\w.:-]*[^\W_]|%?[^\W\d_]+[-._:]?\d[\w.:-]*"
    r"|\d+[-._:]?[^\W\d_][\w.:-]*|\d+([-.:]\d+)+"
)


def is_code_in_capitals(word: str) -> bool:
    """Return whether *word* is a code wherever it stands: ``E17``, ``NO_DISK``, ``NO-DISK``."""
    return bool(_IN_CAPITALS.fullmatch(word))


def is_surely_code(word: str) -> bool:
    """Return whether *word* is a code in capitals or a number of three digits or more."""
    return is_code_in_capitals(word) or bool(_LONG_NUMBER.fullmatch(word))


def has_marks_of_code(word: str) -> bool:
    """Return whether *word* is a number, or has digits or underscores: ``17``, ``no_disk``."""
    return bool(_MARKED.fullmatch(word))


_CODE_LIKE = re.compile(r"(?=.*[\d_.-]|.*[a-z][A-Z]).+")


def looks_like_code(word: str) -> bool:
    """Return whether *word* cannot be taken for plain text: ``17``, ``E_DISK``, ``NoDisk``."""
    return bool(_CODE_LIKE.fullmatch(word)) and is_identifier(word)


def say_error(cells: Sequence[str]) -> bool:
    """Return whether at least half of *cells* say that they are errors: ``ERR_X``, ``IOError``."""
    return bool(cells) and 2 * sum(1 for cell in cells if _SAYS_ERROR.fullmatch(cell)) >= len(cells)


def name_errors(cells: Sequence[str]) -> bool:
    """Return whether all *cells* name errors; ``E17``, which may be a lamp, does not."""
    return bool(cells) and all(map(_NAMES_ERROR.fullmatch, cells))


def is_true_of_most(cells: Sequence[str], predicate: Callable[[str], object]) -> bool:
    """Return whether *predicate* holds for at least nine in ten of *cells*, but not for none."""
    return _is_most(sum(1 for cell in cells if predicate(cell)), len(cells))


def _is_most(count: int, total: int) -> bool:
    return count > 0 and count * 10 >= total * 9
