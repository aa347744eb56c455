"""Comments that silence rules, and the lines that they cover."""

import re
from collections.abc import Iterator
from itertools import takewhile

from docutils import nodes
from docutils.utils import Reporter

from errbook.diagnostics import Location
from errbook.readers.document import Silence
from errbook.readers.tree.origin import ORIGIN, Origin, enclosing
from errbook.readers.tree.source_text import SourceText

_COMMENT = re.compile(r"errbook:\s*ignore\s+(\S.*)", re.DOTALL)
_TO_ERRBOOK = re.compile(r"errbook\b", re.IGNORECASE)


def silencing_comments(tree: nodes.document, source: SourceText) -> Iterator[Silence]:
    """Yield the comments such as ``.. errbook: ignore EB203`` in *tree*.

    A comment in a cell covers the row; a comment before all text covers the whole page; any other
    covers the table or block that follows. A comment to errbook with a typo silences nothing.
    """
    coverage = _Coverage(source)
    for comment in tree.findall(nodes.comment):
        text = " ".join(comment.astext().split())
        if not _TO_ERRBOOK.match(text):
            continue
        match = _COMMENT.fullmatch(text)
        line = _first_line(comment, source)
        yield Silence(
            rules=tuple(re.split(r"[\s,]+", match[1])) if match else (text,),
            location=source.first_text(line),
            lines=coverage.of(comment, line) if match else range(0),
        )


def _first_line(comment: nodes.comment, source: SourceText) -> int:
    """Return the line on which *comment* begins; docutils' line is the last one, or the next."""
    line = comment.line or 1
    lines_upwards = range(line, 0, -1)
    return next((n for n in lines_upwards if _TO_ERRBOOK.search(source.line(n))), line)


class _Coverage:
    """The lines that comments cover. Adjacent comments cover the same blocks, which are kept."""

    def __init__(self, source: SourceText) -> None:
        self._page = range(1, source.length + 1)
        self._blocks: dict[nodes.Node, list[nodes.Node]] = {}  # comment -> the blocks that follow
        self._before_all: set[nodes.Node] = set()  # comments before all text
        self._lines: dict[nodes.Node, range] = {}

    def of(self, comment: nodes.comment, line: int) -> range:
        """Return the lines that *comment*, which begins on *line*, covers."""
        row = enclosing(comment, nodes.row)
        if row is not None:
            return self._lines_of(row) or range(line, line + 1)
        if comment not in self._blocks:
            self._look_around(comment.parent)
        if comment in self._before_all:
            return self._page
        ends = (self._lines_of(block).stop for block in self._blocks[comment])
        return range(line, max([line + 1, *ends]))

    def _look_around(self, parent: nodes.Element) -> None:
        """Note for each comment in *parent* what comes before and after it."""
        following: list[nodes.Node] = []
        for node in reversed(parent.children):
            if isinstance(node, nodes.comment):
                self._blocks[node] = following[: 2 if _introduces_example(following) else 1]
            if not _is_invisible(node):
                following = [node, *following[:1]]
        if isinstance(parent, nodes.document):
            self._before_all.update(takewhile(_is_invisible, parent.children))

    def _lines_of(self, node: nodes.Node) -> range:
        """Return the lines from the first to the last one that *node* covers."""
        if node not in self._lines:
            covered = set(_covered_lines(node))
            self._lines[node] = range(min(covered), max(covered) + 1) if covered else range(0)
        return self._lines[node]


def _introduces_example(blocks: list[nodes.Node]) -> bool:
    """Return whether the first of *blocks* is a paragraph, and the next one its example."""
    kinds = (nodes.paragraph, nodes.literal_block)
    return len(blocks) == len(kinds) and all(map(isinstance, blocks, kinds))


def _is_invisible(node: nodes.Node) -> bool:
    """Return whether *node* does not appear on the published page."""
    if isinstance(node, nodes.system_message):
        return bool(node["level"] < Reporter.WARNING_LEVEL)
    if isinstance(node, nodes.container):
        return not node.children
    # A field list at the top of a page is its metadata.
    return isinstance(node, nodes.Invisible | nodes.meta | nodes.field_list)


def _covered_lines(node: nodes.Node) -> Iterator[int]:
    """Yield numbers of lines that *node* covers; not necessarily all of them."""
    for inner in node.findall(nodes.Element):
        origin: Origin | Location | None = inner.get(ORIGIN)
        if origin is not None:
            yield origin.line
        if inner.line:
            yield inner.line + inner.rawsource.count("\n")
        if isinstance(inner, nodes.system_message):
            yield inner.get("line", 1) + inner.astext().count("\n")
