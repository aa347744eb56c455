"""What the text of one cell says: nothing, statuses, codes, or no code at all."""

import re

_NOTHING = frozenset({"-", "--", "—", "N/A", "n/a", "null", "None"})

_STATUS = re.compile(r"(?<!\d)[1-5]\d\d(?!\d)")
_STATUS_AND_CODE = re.compile(r"([1-5]\d\d)\s+([A-Za-z]\S*)")
_SEPARATOR = re.compile(r"\s*(?:[\n,;/]|\s(?:or|and)\s)\s*")
_LOOKS_LIKE_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][\w.-]*|[A-Z][A-Za-z0-9.]+")
_QUOTED = re.compile(r"([\"'`])(.+)\1|[“‘](.+)[”’]|「(.+)」")
_NO_CODE = re.compile(r"other\b.*|.*\{\{.*\}\}.*|n{3,}|\?+|[1-5]xx", re.IGNORECASE)


def said(text: str) -> str | None:
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
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        return (" ".join(next(filter(None, quoted.groups()[1:])).split()),)
    parts = [part for part in _SEPARATOR.split(text) if part]
    if len(parts) > 1 and all(map(_LOOKS_LIKE_CODE.fullmatch, parts)):
        return tuple(parts)
    code = " ".join(text.split())
    if len(code.split()) >= 5 or _NO_CODE.fullmatch(code):
        return ()
    closed = re.sub(r"\s*\.\s*", ".", code)
    return (code if " " in closed else closed,)


def shape(code: str) -> str:
    """Return what *code* has in common with its like: ``DSC_ERR_003_001`` is ``A_A_0_0``."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(r"\d+", "0", code))
