"""JSON as documentation prints it: with comments, dots, missing or extra commas, bare words."""

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
    | (?P<whitespace>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE,
)
_LITERALS = frozenset({"true", "false", "null"})
_SCALARS = frozenset({"string", "word", "number"})
_CLOSING = frozenset({"}", "]"})
_DROPPED = {
    "comment": "JSON has no comments",
    "dots": "dots are not JSON",
}
"""Kind of a token that JSON does not have -> the fault to report."""


class Fault(msgspec.Struct, frozen=True):
    """The reason why a text is not valid."""

    reason: str
    index: int
    """The index of the first wrong character."""


class _Token(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    """The name of the token's group in `_TOKEN`."""

    text: str
    index: int


def repaired(text: str) -> tuple[str, Fault | None]:
    """Return *text* repaired as far as possible, and its first fault."""
    repair = _Repair()
    for token in _tokens(text):
        repair.take(token)
    return " ".join(repair.pieces), repair.fault


class _Repair:
    """The repair of a text, token by token."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.fault: Fault | None = None
        self._comma: _Token | None = None
        """A comma that is dropped if the next token is a closing bracket."""

        self._ends_value = False
        """Whether the last piece ends a value, so that a comma or a bracket must follow."""

    def take(self, token: _Token) -> None:
        """Add *token* to the pieces, or drop it."""
        if token.kind in _DROPPED:
            self._report(_DROPPED[token.kind], token)
        elif token.text == ",":
            self._comma = token
        else:
            self._separate_from(token)
            self._append(token)

    def _separate_from(self, token: _Token) -> None:
        """Add a comma before *token* if JSON requires one."""
        if self._comma is None:
            if self._ends_value and token.kind in _SCALARS:
                self._report("a comma is missing before this", token)
                self.pieces.append(",")
        elif token.text in _CLOSING:
            self._report("there is a comma before a closing bracket", self._comma)
        else:
            self.pieces.append(",")
        self._comma = None

    def _append(self, token: _Token) -> None:
        if token.kind == "word" and token.text not in _LITERALS:
            self._report("this word needs double quotes", token)
            self.pieces.append(f'"{token.text}"')
        else:
            self.pieces.append(token.text)
        self._ends_value = token.kind != "mark" or token.text in _CLOSING

    def _report(self, reason: str, token: _Token) -> None:
        if self.fault is None:
            self.fault = Fault(reason, token.index)


def _tokens(text: str) -> Iterator[_Token]:
    """Yield all tokens except whitespace."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind != "whitespace":
            yield _Token(kind=kind, text=match[0], index=match.start())
