"""Reading the text of one cell: as nothing, as statuses or as codes."""

import re
from collections.abc import Collection
from typing import Literal

import msgspec

_NOTHING = frozenset({"-", "--", "—", "N/A", "n/a", "null", "None"})

_STATUS = re.compile(r"(?<!\d)(?<!^-)(?<!\s-)[1-5]\d\d(?!\d)")  # -404 is none
_STATUS_AND_CODE = re.compile(r"([1-5]\d\d)\s+([A-Za-z]\S*)")
_SEPARATOR_MARKS = r"\n,;/、，；"
_SEPARATOR = re.compile(rf" ?(?:[{_SEPARATOR_MARKS}]| (?:or|and) ) ?")
_SEPARATOR_OR_MARK = re.compile(rf" ?(?:[{_SEPARATOR_MARKS}|&](?: (?:or|and) )?| (?:or|and) ) ?")
_DOT = re.compile(r" ?\. ?")
_LOOKS_LIKE_CODE = re.compile(r"-\d+|(?=.*\d)[A-Za-z0-9][\w.-]*|[A-Z][A-Za-z0-9.]+")
_COMPOUND = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.:-][A-Za-z0-9]+)+")
"""A code such as ``disk_full``. With a slash, two are one code: ``app-auth/no-user``."""

_TIGHT_SLASH = re.compile(r"\S/|/\S")

_QUOTED = re.compile(r"([\"'`])((?:(?!\1).)+)\1|“([^”]+)”|‘([^’]+)’|「([^」]+)」", re.DOTALL)
_STAND_IN = re.compile(
    r"(?:any |all )?others?\b.*"
    r"|(?:(?:прочие|прочее|другие|sonstiges?|sonstige[rn]?|andere|alle anderen|autres?|tout autre"
    r"|otros?|cualquier otro|outros?|altri|altro)\b|其他|其它|その他|それ以外|기타).{0,30}"
    r"|otherwise|non-?zero|any other|anything else|everything else|default|else|and so on"
    r"|(?-i:[Ee]very|[Aa]ny|[Aa]ll|etc\.?|[Uu]nknown|[Vv]aries|[Ss]ee below|[Nn]o code)"
    r"|sonst|altres?|иное|другое|(?>.*?\(default\b).*\)"
    r"|(?-i:\(?[Rr]eserved\)?|\(?[Uu]nused\)?|\(?[Uu]nassigned\)?|\(?[Uu]ndefined\)?)"
    r"|\S{1,60}[_.-]\*|\*[_.-]\S{1,60}"
    r"|(?:any )?(?:negative|positive)(?: \w+)?"
    r"|(?>.*?\{\{).*\}\}.*|[\W_]+|\(none\)|tb[cd]"
    # Only n or x in a part, or x in place of the last digits.
    r"|(?:.*[._-])?(?:n{3,}|x{3,})(?:[._-].*)?|x{2}|\d(?:xx|\*\*)|\d+x{1,3}|[A-Z]+[._-]?\d+x{2,}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<prefix>\D*?)(?P<first>-?(?:0x[0-9a-f]{1,16}|\d{1,16}))"
    r"(?:\s*(?:-|–|—|\.{2,3}|…|~|～|〜|至|到)\s*|\s+(?:to|thru|through|bis|a|à|до)\s+)"
    r"(?P=prefix)?(?P<last>-?(?:0x[0-9a-f]{1,16}|\d{1,16}))",
    re.IGNORECASE,
)
_HYPHENATED = re.compile(r"\S*[A-Za-z]\S*-\d+-\d+|0\d-\d{3,}")
"""A code such as ``ERR-10-20``, which has hyphens before its numbers, too; or ``01-0020``."""

_OPEN_RANGE = re.compile(
    r"\w{0,12}[-_]?\d+ ?\+(?: ?[A-Za-z].{0,30})?|(?:code |код |错误码)?[<>≤≥]=? ?-?\d+"
    r"|-?\d+ (?:or|and|und) (?:more|above|higher|greater|up|less|below|lower|höher|mehr)"
    r"|(?:above|below|over) \d+|\d+-|-?(?:errno|E[A-Z]+NO)"
    r"|.{0,10}(?:大于|小于|等于).{0,10}|\d+(?:以上|以下|及以上)",
    re.IGNORECASE,
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_FOOTNOTE_MARKS = re.compile(
    rf"(?<=[\w)\]])(?<!_) ?(?:\*{{1,3}}\)?|[†‡§¶]+\)?|[{_SUPERSCRIPTS}]+\)?)$"
)
_ORNAMENT = re.compile(r"^[^\w\s!-~]{1,4}\s+(?=\w)")
"""An emoji before a code."""

_LABEL = re.compile(r"(?<=\S)\s+\[[^\[\]]*\]$")
_MIN_WORDS_OF_SENTENCE = 5

NotACode = Literal["range", "stand-in", "phrase"]
"""Why a text in a code column is no code: ``3..99``, ``otherwise``, ``Contact your operator``."""


class Codes(msgspec.Struct, frozen=True):
    """The codes in a cell, and the parts of the cell that are none."""

    codes: tuple[str, ...]
    dropped: tuple[tuple[str, NotACode], ...] = ()


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
    return read_codes(text).codes


def read_codes(text: str) -> Codes:
    """Return the error codes in a cell, and its other parts: ``3, 5, 10..99`` has two and one."""
    if is_quoted(text):
        return Codes((" ".join(_unquoted(text).split()),))
    lines = _collapsed_lines(text)
    parts = [_part(part) for part in _SEPARATOR.split(lines) if part]

    has_tight_slash = bool(_TIGHT_SLASH.search(text))

    def looks_like_code(part: str) -> bool:
        is_compound = not has_tight_slash and _COMPOUND.fullmatch(part)
        return bool(is_compound or _LOOKS_LIKE_CODE.fullmatch(part))

    kinds: dict[str, NotACode | None] = {part: _not_a_code(part) for part in parts}
    codes = [part for part in parts if kinds[part] is None and looks_like_code(part)]
    dropped: list[tuple[str, NotACode]] = [
        (part, kind) for part in parts if (kind := kinds[part]) is not None
    ]
    is_list = len(parts) > 1 and len(codes) + len(dropped) == len(parts)
    if not is_list or (not codes and all(kind == "phrase" for _, kind in dropped)):
        whole = _closed(_without_marks(" ".join(lines.split())))
        kind = _not_a_code(whole, at_least=_MIN_WORDS_OF_SENTENCE)
        if kind is not None:
            return Codes((), ((whole, kind),))
        codes, dropped = [_unquoted(whole)], []
    return Codes(tuple(codes), tuple(dropped))


def _part(text: str) -> str:
    return _unquoted(_without_marks(text))


def _closed(code: str) -> str:
    """Return *code* without the spaces next to its dots, if it then has no spaces."""
    closed = _DOT.sub(".", code)
    return code if " " in closed else closed


def _without_marks(text: str) -> str:
    """Return *text* without what may follow a code: ``7*``, ``1 [UserRequest]``, ``E17:``."""
    text = _ORNAMENT.sub("", text.rstrip(":： ")) or text
    return _FOOTNOTE_MARKS.sub("", _LABEL.sub("", text)) or text


def _not_a_code(text: str, at_least: int = 2) -> NotACode | None:
    """Return why *text* is no code; *at_least* so many words are a phrase."""
    if is_range(text):
        return "range"
    if _STAND_IN.fullmatch(text):
        return "stand-in"
    return "phrase" if len(text.split()) >= at_least else None


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
    """Return whether *text* is a range of codes: ``0xC000 to 0xCFFF``, ``128+N``, ``>= 3``."""
    if _OPEN_RANGE.fullmatch(text):
        return True
    match = _RANGE.fullmatch(text)
    return (
        match is not None
        and _number(match["first"]) < _number(match["last"])
        and not _HYPHENATED.fullmatch(text)
    )


def _number(text: str) -> int:
    """Return the number in *text* without its sign: ranges of negative numbers count down."""
    return abs(int(text, 16 if "x" in text.lower() else 10))


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
