"""JSON as documentation prints it: with comments, dots, words without quotes, or wrong commas."""

import json
import re
from collections.abc import Iterator

import msgspec

_TOKEN = re.compile(
    r"""
      (?P<string>"(?:\\.|[^"\\\n])*")
    | (?P<comment>//[^\n]*|\#[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)
    | (?P<dots>\.{2,}|…)
    | (?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.:|-]))
    | (?P<word><[^<>\n]*>|\$?\{\{?[\w.\ -]+\}\}?|\[[A-Za-z_][\w\ -]*\](?=\s*[,}])
        |[\w+-](?:[^\s,:\[\]{}"]|:(?=\d)|\ (?=[^\s,:\[\]{}"/\#.]))*)
    | (?P<whitespace>\s+)
    | (?P<mark>.)
    """,
    re.VERBOSE,
)
_LITERALS = frozenset({"true", "false", "null"})
_SCALARS = frozenset({"string", "word", "number"})
_CLOSING = frozenset({"}", "]"})


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
    """The repair of a text, token by token.

    Comments, dots and words without quotes are conventions of documentation, not faults.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.fault: Fault | None = None
        self._comma: _Token | None = None
        """A comma that is dropped if the next token is a closing bracket."""

        self._ends_value = False
        """Whether the last piece ends a value, so that a comma or a bracket must follow."""

        self._has_gap = False
        """Whether dots stand for members or items that are left out here."""

    def take(self, token: _Token) -> None:
        """Add *token* to the pieces, or drop it."""
        if token.kind == "dots" and self.pieces and self.pieces[-1] == ":":
            self.pieces.append("null")
            self._ends_value = True
        elif token.kind == "dots":
            self._has_gap = True
        elif token.text == "," and token.kind == "mark":
            self._comma = token
        elif token.kind != "comment":
            self._separate_from(token)
            self._append(token)

    def _separate_from(self, token: _Token) -> None:
        """Add a comma before *token* if JSON requires one."""
        if token.text in _CLOSING:
            if self._comma is not None and not self._has_gap:
                self._report("there is a comma before a closing bracket", self._comma)
        elif self._ends_value if self._has_gap else self._comma is not None:
            self.pieces.append(",")
        elif self._ends_value and token.kind in _SCALARS:
            self._report("a comma is missing before this", token)
            self.pieces.append(",")
        self._comma = None
        self._has_gap = False

    def _append(self, token: _Token) -> None:
        if token.kind == "word" and token.text not in _LITERALS:
            self.pieces.append(json.dumps(token.text))
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
