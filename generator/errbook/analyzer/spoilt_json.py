"""Examples that were JSON before somebody explained them: comments, dots, commas, bare words."""

import re
from collections.abc import Iterator

import msgspec

_TOKEN = re.compile(
    r"""
      (?P<string>"(?:\\.|[^"\\\n])*")
    | (?P<comment>//[^\n]*)
    | (?P<dots>\.{3}|…)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<number>-?\d[\d.eE+-]*)
    | (?P<blank>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE,
)
_LITERALS = frozenset({"true", "false", "null"})


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with a text, and at which of its characters."""

    reason: str
    at: int


def repaired(text: str) -> tuple[str, Fault | None]:
    """Return *text* without what keeps it from being JSON, and the first thing that did."""
    faults: list[Fault] = []
    pieces: list[str] = []
    ends_value = False
    comma: int | None = None
    """Where a comma stands that may be one too many."""
    for kind, piece, at in _tokens(text):
        if kind == "comment":
            faults.append(Fault("JSON has no comments", at))
        elif kind == "dots":
            faults.append(Fault("dots stand for what was left out", at))
        elif piece == ",":
            comma = at
        else:
            if comma is not None and piece in ("}", "]"):
                faults.append(Fault("there is a comma after the last member", comma))
            elif comma is not None:
                pieces.append(",")
            elif ends_value and kind in ("string", "word", "number"):
                faults.append(Fault("a comma is missing before this", at))
                pieces.append(",")
            comma = None
            if kind == "word" and piece not in _LITERALS:
                faults.append(Fault("this text has no quotes", at))
                piece = f'"{piece}"'
            pieces.append(piece)
            ends_value = kind != "mark" or piece in ("}", "]")
    return " ".join(pieces), faults[0] if faults else None


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield kind, text and place of all tokens but blanks."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "blank":
            yield kind, match[0], match.start()
