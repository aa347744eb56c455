"""Comments that silence rules, and the lines in which they do."""

import re
from collections.abc import Iterator

from docutils import nodes
from docutils.utils import Reporter

from errbook.readers.document import Silence
from errbook.readers.rst.origin import Origin, enclosing
from errbook.readers.rst.source_text import SourceText
from errbook.readers.rst.sphinx import ORIGIN

_COMMENT = re.compile(r"errbook:\s*ignore\s+(\S.*)", re.DOTALL)
_MEANT = re.compile(r"errbook\b", re.IGNORECASE)


def silences(tree: nodes.document, source: SourceText) -> Iterator[Silence]:
    """Yield the comments such as ``.. errbook: ignore EB203`` in *tree*.

    In a cell one holds for its row, before all text of the page for all of it, elsewhere for the
    table or block that follows. What is only like such a comment silences nothing.
    """
    for comment in tree.findall(nodes.comment):
        text = " ".join(comment.astext().split())
        if not _MEANT.match(text):
            continue
        match = _COMMENT.fullmatch(text)
        line = _line(comment, source)
        yield Silence(
            rules=tuple(re.split(r"[\s,]+", match[1])) if match else (text,),
            location=source.first_text(line),
            lines=_lines(comment, line, source) if match else range(0),
        )


def _line(comment: nodes.comment, source: SourceText) -> int:
    """Return the line of *comment*; docutils gives the one where it ends, or the next."""
    line = comment.line or 1
    return next((n for n in range(line, 0, -1) if _MEANT.search(source.line(n))), line)


def _lines(comment: nodes.comment, line: int, source: SourceText) -> range:
    row = enclosing(comment, nodes.row)
    if row is not None:
        return range(min(_numbers(row), default=line), max(_numbers(row), default=line) + 1)
    siblings = comment.parent.children
    index = siblings.index(comment)
    if isinstance(comment.parent, nodes.document) and all(map(_is_silent, siblings[:index])):
        return range(1, source.length + 1)
    reached = [n for node in _following(siblings[index + 1 :]) for n in _numbers(node)]
    return range(line, max(reached, default=line) + 1)


def _following(siblings: list[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield the block that comes first, and the example that it introduces, if it does."""
    shown = [node for node in siblings if not _is_silent(node)]
    yield from shown[:1]
    if len(shown) > 1 and isinstance(shown[0], nodes.paragraph):
        yield from (n for n in shown[1:2] if isinstance(n, nodes.literal_block))


def _is_silent(node: nodes.Node) -> bool:
    """Tell whether *node* is nothing that one would see on the page."""
    if isinstance(node, nodes.system_message):
        return bool(node["level"] < Reporter.WARNING_LEVEL)
    if isinstance(node, nodes.container):
        return not node.children
    # A list of fields before all text is the metadata of the page.
    return isinstance(node, nodes.Invisible | nodes.meta | nodes.field_list)


def _numbers(node: nodes.Node) -> Iterator[int]:
    """Yield the lines that *node* is known to reach."""
    for inner in node.findall(nodes.Element):
        origin: Origin | None = inner.get(ORIGIN)
        if origin is not None:
            yield origin.line
        if inner.line:
            yield inner.line + inner.rawsource.count("\n")
        if isinstance(inner, nodes.system_message):
            yield inner.get("line", 1) + inner.astext().count("\n")
