"""Python source: where its strings and comments are, and which of them are about errors."""

import ast
import io
import re
import tokenize
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

import msgspec

_LAYOUT = {
    tokenize.NL,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.COMMENT,
}
_OPENING = {"FSTRING_START", "TSTRING_START"}
_CLOSING = {"FSTRING_END", "TSTRING_END"}
"""Since Python 3.12 an f-string is several tokens; before, it is a string like others."""

_QUOTES = re.compile("""[A-Za-z]*(\"{3}|'{3}|\"|')""")

_ERROR_SUFFIXES = ("Error", "Exception", "Fault")


class Spans:
    """Parts of a text that do not overlap, in order."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = tuple(spans)

    def __contains__(self, index: int) -> bool:
        """Return whether *index* is in one of the parts."""
        position = bisect(self.spans, (index, float("inf"))) - 1
        return position >= 0 and index < self.spans[position][1]


class PythonSource(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The parts of a Python file."""

    strings: Spans
    """The strings that are values: not docstrings, which are statements of their own."""

    comments: Spans
    docstrings: Spans
    seams: Spans
    """What stands between the texts of adjacent strings, which are one: ``"VPN." "0001"``."""

    def without_comments(self, text: str) -> str:
        """Return *text*, the whole file, with spaces for its comments and docstrings."""
        parts: list[str] = []
        end = 0
        for start, stop in sorted((*self.comments.spans, *self.docstrings.spans)):
            parts += [text[end:start], " " * (stop - start)]
            end = stop
        return "".join((*parts, text[end:]))

    def joined(self, text: str) -> str:
        """Return *text*, the whole file, without the seams."""
        stops = (*(start for start, _ in self.seams.spans), len(text))
        return "".join(text[start:stop] for (_, start), stop in zip(self._kept, stops, strict=True))

    def index(self, joined: int) -> int:
        """Return the index in the file of what is at the index *joined* without the seams."""
        start, original = self._kept[bisect(self._kept, (joined, float("inf"))) - 1]
        return original + joined - start

    @cached_property
    def _kept(self) -> tuple[tuple[int, int], ...]:
        """Where the parts between the seams begin: without the seams, and in the file."""
        parts = [(0, 0)]
        removed = 0
        for start, end in self.seams.spans:
            parts.append((start - removed, end))
            removed += end - start
        return tuple(parts)


def read(text: str) -> PythonSource:
    """Return the parts of the Python file *text*; if it is not valid, those before the mistake."""
    index = _indexer(text)
    strings: list[tuple[int, int]] = []
    docstrings: list[tuple[int, int]] = []
    comments: list[tuple[int, int]] = []
    seams: list[tuple[int, int]] = []
    statement: list[tuple[int, int]] = []
    is_only_strings, is_adjacent = True, False
    begin, depth = 0, 0
    for token in _tokens(text):
        kind, start, end = tokenize.tok_name[token.type], index(*token.start), index(*token.end)
        if token.type == tokenize.COMMENT:
            comments.append((start, end))
            continue
        if token.type in _LAYOUT or (depth > 0 and kind not in (*_OPENING, *_CLOSING)):
            continue
        if kind in _OPENING:
            begin, depth = (start if depth == 0 else begin), depth + 1
        elif kind in _CLOSING:
            depth -= 1
        elif token.type == tokenize.STRING:
            begin = start
        if depth > 0:
            continue
        is_string = kind in _CLOSING or token.type == tokenize.STRING
        if is_string and is_adjacent:
            seams.append(_seam(text, statement[-1], begin))
        is_adjacent = is_string
        if is_string:
            statement.append((begin, end))
        elif token.type in (tokenize.NEWLINE, tokenize.ENDMARKER) or token.string == ";":
            (docstrings if is_only_strings else strings).extend(statement)
            statement, is_only_strings = [], True
        else:
            is_only_strings = False
    (docstrings if is_only_strings else strings).extend(statement)
    return PythonSource(
        strings=Spans(sorted(strings)),
        comments=Spans(comments),
        docstrings=Spans(docstrings),
        seams=Spans(seams),
    )


def _seam(text: str, first: tuple[int, int], second: int) -> tuple[int, int]:
    """Return what stands between the texts of the string *first* and of the one at *second*."""
    closing = len(_quotes(text, first[0])[1])
    return first[1] - closing, second + len(_quotes(text, second)[0])


def error_codes(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines in which the Python file *text* uses strings as codes of errors, and these.

    A string is in a ``raise`` statement, is an argument of a class such as ``ApiError``, or is
    compared for equality with something of the exception that an ``except`` clause has caught.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        for constant in _error_codes(node):
            yield constant.lineno, str(constant.value)


def _error_codes(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings that *node* itself uses as codes of errors."""
    if isinstance(node, ast.Raise) and node.exc is not None:
        yield from _strings(node.exc)
    elif isinstance(node, ast.Call) and _name(node.func).endswith(_ERROR_SUFFIXES):
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            yield from _strings(argument)
    elif isinstance(node, ast.ExceptHandler) and node.name:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Compare) and isinstance(inner.ops[0], ast.Eq | ast.In):
                sides = (inner.left, inner.comparators[0])
                if any(_mentions(side, node.name) for side in sides):
                    for side in sides:
                        yield from _strings(side)


def _strings(node: ast.AST) -> Iterator[ast.Constant]:
    """Yield the strings in *node*, except for those that are compared with something there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    if not isinstance(node, ast.Compare):
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(inner, ast.Name) and inner.id == name for inner in ast.walk(node))


def _name(node: ast.expr) -> str:
    """Return the last part of a dotted name; empty for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text).readline)
    except (tokenize.TokenError, SyntaxError):
        return


def _quotes(text: str, start: int) -> re.Match[str]:
    """Return the prefix and the quotes of the string at *start*."""
    found = _QUOTES.match(text, start)
    assert found, "a string begins with quotes"
    return found


def _indexer(text: str) -> Callable[[int, int], int]:
    """Return a function that turns a line, from 1, and a column, from 0, into an index."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def index(line: int, column: int) -> int:
        return starts[line - 1] + column

    return index
