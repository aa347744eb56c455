"""What looks like a table in Markdown, but is none on GitHub, and why."""

import re
from itertools import pairwise

import msgspec

_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_LOOSE_DELIMITERS = re.compile(r"[\s|:=+—–-]*[|+][\s|:=+—–-]*")
_PIPED = re.compile(r"\s*\|.*\|\s*")
_BORDER = re.compile(r"\s*\+[-=]+(?:\+[-=]+)+\+\s*")
_PIPE = re.compile(r"(?<!\\)\|")


class Unread(msgspec.Struct, frozen=True):
    """Why something is no table, and what to do about it."""

    reason: str
    remedy: str


_DRAWN = Unread("Markdown has no tables drawn with '+'", "write it with '|' and a delimiter row")
_WITHOUT_DELIMITERS = Unread(
    "it has no delimiter row", "write one, such as '| --- | --- |', below its headings"
)
_WRONG_DELIMITERS = Unread(
    "its delimiter row has characters other than '-', ':' and '|'",
    "write it as in '| --- | --- |'",
)
_INDENTED = Unread("it is indented by four spaces or more, so it is code", "indent it less")


_IN_JSON = Unread("it is a block in JSON", "write it with '|' and a delimiter row")
_IN_OPEN_FENCE = Unread("it is in a code block that has no end", "end the code block")


def unread_paragraph(text: str) -> Unread | None:
    """Return why the paragraph *text* is no table, if it looks like one."""
    if text.startswith("[block:parameters]"):
        return _IN_JSON
    if "|" not in text and "+-" not in text:
        return None
    lines = text.split("\n")
    if sum(1 for line in lines if _BORDER.fullmatch(line)) > 1:
        return _DRAWN
    for heading, line in pairwise(lines):
        if "|" not in line and "|" not in heading:
            continue
        if _DELIMITERS.fullmatch(line) and "|" in heading:
            return _wrong_width(_width(line), _width(heading))
        if _PIPED.fullmatch(heading) and _LOOSE_DELIMITERS.fullmatch(line):
            return _WRONG_DELIMITERS
    if len(lines) > 2 and all(map(_PIPED.fullmatch, lines)):
        return _WITHOUT_DELIMITERS
    return None


def _wrong_width(delimiters: int, headings: int) -> Unread | None:
    if delimiters == headings:
        return None
    return Unread(
        f"its delimiter row has {_cells(delimiters)}, but its heading row has {_cells(headings)}",
        "give both the same number of cells",
    )


def unread_code(text: str) -> Unread | None:
    """Return why the indented *text* is no table, if it looks like one."""
    heading, _, rest = text.strip().partition("\n")
    delimiters = rest.partition("\n")[0]
    is_table = "|" in heading and "-" in delimiters and _DELIMITERS.fullmatch(delimiters)
    return _INDENTED if is_table else None


def unread_fence(text: str) -> Unread | None:
    """Return why there is no table in the code block *text*, which has no end, if it has one."""
    lines = text.split("\n")
    is_table = any("|" in line and _DELIMITERS.fullmatch(line) for line in lines)
    return _IN_OPEN_FENCE if is_table else None


def width_of_row(line: str) -> int:
    """Return the number of cells that are written in *line*, a row of a table."""
    return _width(line.lstrip("> \t"))


def _width(line: str) -> int:
    """Return the number of cells in *line*."""
    return len(_PIPE.split(line.strip().removeprefix("|").removesuffix("|")))


def _cells(count: int) -> str:
    return f"{count} {'cell' if count == 1 else 'cells'}"
