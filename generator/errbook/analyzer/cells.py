"""What the text of one cell says: nothing, statuses, codes, or no code at all."""

import re
from collections.abc import Iterable

_NOTHING = frozenset({"-", "--", "—", "N/A", "n/a", "null", "None"})

_STATUS = re.compile(r"(?<!\d)[1-5]\d\d(?!\d)")
_STATUS_AND_CODE = re.compile(r"([1-5]\d\d)\s+([A-Za-z]\S*)")
_MARKS = r"\n,;/、，；"
_SEPARATOR = re.compile(rf" ?(?:[{_MARKS}]| (?:or|and) ) ?")
_SEPARATOR_OR_MARK = re.compile(rf" ?(?:[{_MARKS}|&](?: (?:or|and) )?| (?:or|and) ) ?")
_DOT = re.compile(r" ?\. ?")
_LOOKS_LIKE_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][\w.-]*|[A-Z][A-Za-z0-9.]+")
_QUOTED = re.compile(r"([\"'`])((?:(?!\1).)+)\1|“([^”]+)”|‘([^’]+)’|「([^」]+)」", re.DOTALL)
_NO_CODE = re.compile(
    r"(?:any |all )?others?\b.*|(?>.*?\{\{).*\}\}.*|[\W_]+|\(none\)|tb[cd]"
    # Stand-ins: a part of n or x alone, and x for the digits that follow.
    r"|(?:.*[._-])?(?:n{3,}|x{3,})(?:[._-].*)?|[1-5]xx|[A-Z]+[._-]?\d+x{2,}",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\S+ (?:to|through|-|–|~) \S+|\S+ ?(?:–|\.\.) ?\S+")
_WORDS_OF_A_SENTENCE = 5


def value(text: str) -> str | None:
    """Return *text*, or None where it is one of the spellings of nothing."""
    return None if text in _NOTHING else text


def statuses(text: str) -> tuple[int, ...]:
    """Return the HTTP statuses of a cell: ``404/500`` has two, ``401Unauthorized`` one."""
    return tuple(dict.fromkeys(int(number) for number in _STATUS.findall(text)))


def status_and_code(text: str) -> tuple[tuple[int, ...], str]:
    """Return the status before a code, and the code: ``404 FlavorNotFound`` has both."""
    match = _STATUS_AND_CODE.fullmatch(text)
    return ((int(match[1]),), match[2]) if match else ((), text)


def codes(text: str) -> tuple[str, ...]:
    """Return the error codes of a cell; none if what stands there is no code.

    ``VPC.0101/VPC.0102`` has two, ``DCS. 4855`` is ``DCS.4855``, ``Other errors`` has none.
    """
    if is_quoted(text):
        return (" ".join(_unquoted(text).split()),)
    lines = _lines(text)
    parts = [_unquoted(part) for part in _SEPARATOR.split(lines) if part]
    if len(parts) < 2 or not all(map(_LOOKS_LIKE_CODE.fullmatch, parts)):
        code = " ".join(lines.split())
        closed = _DOT.sub(".", code)
        code = code if " " in closed else closed
        if len(code.split()) >= _WORDS_OF_A_SENTENCE:
            return ()
        parts = [code]
    return tuple(part for part in parts if not _NO_CODE.fullmatch(part))


def apparent_codes(text: str) -> list[str]:
    """Return what stands between separators in *text*, and between ``|`` and ``&``.

    `codes` keeps a cell whole where a part does not look like a code by itself: ``bad_a,bad_b``.
    """
    if is_quoted(text):
        return [text]
    return [_unquoted(part) for part in _SEPARATOR_OR_MARK.split(_lines(text)) if part]


def is_quoted(text: str) -> bool:
    """Tell whether quotes stand around all of *text*."""
    return bool(_QUOTED.fullmatch(text))


def is_range(text: str) -> bool:
    """Tell whether *text* names the first and the last of many: ``0xC000 to 0xCFFF``."""
    return bool(_RANGE.fullmatch(text))


def _lines(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return next(filter(None, quoted.groups()[1:])) if quoted else text


def shape(code: str) -> str:
    """Return what *code* has in common with its like: ``DSC_ERR_003_001`` is ``A_A_0_0``."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "0", code))


def form(code: str) -> str:
    """Return the shape of *code* however many parts it has: ``BAD_DISK_NAME`` is ``A_A``."""
    return re.sub(r"([\W_]A)\1+", r"\1", shape(code))


def looks_like(text: str, codes: Iterable[str]) -> bool:
    """Tell whether *text* is a code by the look of other *codes*.

    With a digit it has the shape of one of them, or its first letters; without, there are others
    without a digit, and of no fewer words.
    """
    if not re.search(r"\d", text):
        words = len(text.split())
        return any(not re.search(r"\d", code) and words <= len(code.split()) for code in codes)
    return any(
        shape(text) == shape(code) or _first_letters(text) == _first_letters(code) for code in codes
    )


def _first_letters(text: str) -> str:
    letters = re.match(r"[^\W\d_]*", text)
    return letters[0] if letters else ""
