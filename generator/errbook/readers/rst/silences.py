"""Comments that silence rules, and the lines that they cover."""

import re
from collections.abc import Iterator

from docutils import nodes
from docutils.utils import Reporter

from errbook.readers.document import Silence
from errbook.readers.rst.origin import Origin, enclosing
from errbook.readers.rst.source_text import SourceText
from errbook.readers.rst.sphinx import ORIGIN

_COMMENT = re.compile(r"errbook:\s*ignore\s+(\S.*)", re.DOTALL)
_TO_ERRBOOK = re.compile(r"errbook\b", re.IGNORECASE)


def silencing_comments(tree: nodes.document, source: SourceText) -> Iterator[Silence]:
    """Yield the comments such as ``.. errbook: ignore EB203`` in *tree*.

    A comment in a cell covers the row; a comment before all text covers the whole page; any other
    covers the table or block that follows. A comment to errbook with a typo silences nothing.
    """
    for comment in tree.findall(nodes.comment):
        text = " ".join(comment.astext().split())
        if not _TO_ERRBOOK.match(text):
            continue
        match = _COMMENT.fullmatch(text)
        line = _first_line(comment, source)
        yield Silence(
            rules=tuple(re.split(r"[\s,]+", match[1])) if match else (text,),
            location=source.first_text(line),
            lines=_silenced_lines(comment, line, source) if match else range(0),
        )


def _first_line(comment: nodes.comment, source: SourceText) -> int:
    """Return the line on which *comment* begins; docutils' line is the last one, or the next."""
    line = comment.line or 1
    lines_upwards = range(line, 0, -1)
    return next((n for n in lines_upwards if _TO_ERRBOOK.search(source.line(n))), line)


def _silenced_lines(comment: nodes.comment, line: int, source: SourceText) -> range:
    row = enclosing(comment, nodes.row)
    if row is not None:
        covered = set(_covered_lines(row))
        return range(min(covered, default=line), max(covered, default=line) + 1)
    siblings = comment.parent.children
    index = siblings.index(comment)
    before, after = siblings[:index], siblings[index + 1 :]
    if isinstance(comment.parent, nodes.document) and all(map(_is_invisible, before)):
        return range(1, source.length + 1)
    covered = {n for node in _following_blocks(after) for n in _covered_lines(node)}
    return range(line, max(covered, default=line) + 1)


def _following_blocks(siblings: list[nodes.Node]) -> list[nodes.Node]:
    """Return the first visible block; if it is a paragraph, with the example that follows it."""
    visible = [node for node in siblings if not _is_invisible(node)]
    introduces_example = (
        len(visible) > 1
        and isinstance(visible[0], nodes.paragraph)
        and isinstance(visible[1], nodes.literal_block)
    )
    return visible[:2] if introduces_example else visible[:1]


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
        origin: Origin | None = inner.get(ORIGIN)
        if origin is not None:
            yield origin.line
        if inner.line:
            yield inner.line + inner.rawsource.count("\n")
        if isinstance(inner, nodes.system_message):
            yield inner.get("line", 1) + inner.astext().count("\n")
