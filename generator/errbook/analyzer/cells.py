"""Reading the text of one cell: as nothing, as statuses or as codes."""

import re
from collections.abc import Collection

import msgspec

_NOTHING = frozenset({"-", "--", "—", "N/A", "n/a", "null", "None"})

_STATUS = re.compile(r"(?<!\d)[1-5]\d\d(?!\d)")
_STATUS_AND_CODE = re.compile(r"([1-5]\d\d)\s+([A-Za-z]\S*)")
_SEPARATOR_MARKS = r"\n,;/、，；"
_SEPARATOR = re.compile(rf" ?(?:[{_SEPARATOR_MARKS}]| (?:or|and) ) ?")
_SEPARATOR_OR_MARK = re.compile(rf" ?(?:[{_SEPARATOR_MARKS}|&](?: (?:or|and) )?| (?:or|and) ) ?")
_DOT = re.compile(r" ?\. ?")
_LOOKS_LIKE_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][\w.-]*|[A-Z][A-Za-z0-9.]+")
_QUOTED = re.compile(r"([\"'`])((?:(?!\1).)+)\1|“([^”]+)”|‘([^’]+)’|「([^」]+)」", re.DOTALL)
_NOT_A_CODE = re.compile(
    r"(?:any |all )?others?\b.*|(?>.*?\{\{).*\}\}.*|[\W_]+|\(none\)|tb[cd]"
    # Stand-ins: a part that is only n or x, or x in place of the last digits.
    r"|(?:.*[._-])?(?:n{3,}|x{3,})(?:[._-].*)?|[1-5]xx|[A-Z]+[._-]?\d+x{2,}",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\S+ (?:to|through|-|–|~) \S+|\S+ ?(?:–|\.\.) ?\S+")
_MIN_WORDS_OF_SENTENCE = 5


def text_or_none(text: str) -> str | None:
    """Return *text*, or None if it means nothing, as ``-`` and ``N/A`` do."""
    return None if text in _NOTHING else text


def statuses_in(text: str) -> tuple[int, ...]:
    """Return the HTTP statuses in a cell: ``404/500`` has two, ``401Unauthorized`` one."""
    return tuple(dict.fromkeys(int(number) for number in _STATUS.findall(text)))


def status_and_code(text: str) -> tuple[tuple[int, ...], str]:
    """Split *text* into statuses and a code: ``404 FlavorNotFound`` has both."""
    match = _STATUS_AND_CODE.fullmatch(text)
    return ((int(match[1]),), match[2]) if match else ((), text)


def codes_in(text: str) -> tuple[str, ...]:
    """Return the error codes in a cell; an empty tuple if its text is not a code.

    ``VPC.0101/VPC.0102`` has two, ``DCS. 4855`` is ``DCS.4855``, ``Other errors`` has none.
    """
    if is_quoted(text):
        return (" ".join(_unquoted(text).split()),)
    lines = _collapsed_lines(text)
    parts = [_unquoted(part) for part in _SEPARATOR.split(lines) if part]
    if len(parts) < 2 or not all(map(_LOOKS_LIKE_CODE.fullmatch, parts)):
        code = " ".join(lines.split())
        closed = _DOT.sub(".", code)
        if " " not in closed:
            code = closed
        if len(code.split()) >= _MIN_WORDS_OF_SENTENCE:
            return ()
        parts = [code]
    return tuple(part for part in parts if not _NOT_A_CODE.fullmatch(part))


def apparent_codes(text: str) -> list[str]:
    """Split *text* at all separators, including ``|`` and ``&``.

    Unlike `codes_in`, this also splits if a part does not look like a code: ``bad_a,bad_b``.
    """
    if is_quoted(text):
        return [text]
    lines = _collapsed_lines(text)
    return [_unquoted(part) for part in _SEPARATOR_OR_MARK.split(lines) if part]


def is_quoted(text: str) -> bool:
    """Return whether the whole *text* is in quotes."""
    return bool(_QUOTED.fullmatch(text))


def is_range(text: str) -> bool:
    """Return whether *text* is a range of codes: ``0xC000 to 0xCFFF``."""
    return bool(_RANGE.fullmatch(text))


def _collapsed_lines(text: str) -> str:
    """Return *text* with single spaces; line breaks are kept."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _unquoted(text: str) -> str:
    quoted = _QUOTED.fullmatch(text)
    return next(filter(None, quoted.groups()[1:])) if quoted else text


def shape(code: str) -> str:
    """Return *code* with ``A`` for letters, ``0`` for digits: ``DSC_ERR_003`` is ``A_A_0``."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "0", code))


def collapsed_shape(code: str) -> str:
    """Return the shape of *code* without repetitions: ``BAD_DISK_NAME`` is ``A_A``."""
    return re.sub(r"([\W_]A)\1+", r"\1", shape(code))


class Looks(msgspec.Struct, frozen=True, kw_only=True):
    """What the codes of a column look like."""

    shapes: frozenset[str]
    first_letters: frozenset[str]
    most_words: int
    """The most words of a code without a digit; 0 if all have one."""

    @classmethod
    def of(cls, codes: Collection[str]) -> "Looks":
        """Return what *codes* look like."""
        return cls(
            shapes=frozenset(map(shape, codes)),
            first_letters=frozenset(map(_first_letters, codes)),
            most_words=max(
                (len(code.split()) for code in codes if not _has_digit(code)), default=0
            ),
        )

    def fit(self, text: str) -> bool:
        """Return whether *text* looks like one of the codes.

        A text with a digit must have the shape or the first letters of a code. A text without a
        digit must not have more words than one of the codes without a digit.
        """
        if not _has_digit(text):
            return len(text.split()) <= self.most_words
        return shape(text) in self.shapes or _first_letters(text) in self.first_letters


def _has_digit(text: str) -> bool:
    return re.search(r"\d", text) is not None


def _first_letters(text: str) -> str:
    letters = re.match(r"[^\W\d_]*", text)
    return letters[0] if letters else ""
