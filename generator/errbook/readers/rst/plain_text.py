"""The content of a docutils node as plain text."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from docutils import nodes

# An identifier with a line break after an underscore, which docutils takes for a reference.
_WRAPPED = re.compile(r"(?:\w+_\n)+\w+", re.ASCII)
_MARKS = (nodes.footnote_reference, nodes.citation_reference)
_SILENT = (nodes.system_message, nodes.Invisible, nodes.raw, *_MARKS)


def is_silent(node: nodes.Node) -> bool:
    """Tell whether *node* shows readers nothing; a target around a text shows the text."""
    is_inline_target = isinstance(node, nodes.target) and bool(node.children)
    is_label = isinstance(node, nodes.title) and isinstance(node.parent, nodes.Admonition)
    return is_label or (isinstance(node, _SILENT) and not is_inline_target)


def visible_children(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the children of *node* that show text.

    The space before a footnote's mark is dropped with the mark, unless a word follows directly.
    """
    children = node.children
    for child, mark, rest in zip_longest(children, children[1:], children[2:]):
        if isinstance(child, nodes.Text) and isinstance(mark, _MARKS):
            runs_on = rest is not None and rest.astext()[:1].isalnum()
            yield child if runs_on else nodes.Text(child.astext().rstrip())
        elif not is_silent(child):
            yield child


def as_plain_text(node: nodes.Node) -> str:
    """Return the text of *node*: paragraphs, list items and literal blocks joined by newlines.

    Whitespace is collapsed except in literal blocks; markup, list markers and the titles of
    admonitions are dropped.
    """
    return "\n".join(text for leaf in _leaves(node) if (text := _leaf_text(leaf)))


def _leaves(node: nodes.Node) -> Iterator[nodes.TextElement]:
    for child in node.children:
        if is_silent(child):
            continue
        if isinstance(child, nodes.TextElement):
            yield child
        elif (marker := lone_marker(child)) is not None:
            yield nodes.paragraph("", marker)
        else:
            yield from _leaves(child)


def lone_marker(node: nodes.Node) -> str | None:
    """Return the marker if *node* is a list of one empty item, as which docutils reads ``1.``."""
    if not isinstance(node, nodes.enumerated_list | nodes.bullet_list):
        return None
    if len(node.children) != 1 or node.children[0].children:
        return None
    if isinstance(node, nodes.bullet_list):
        return str(node.get("bullet", "-"))
    number = int(node.get("start", 1))
    ordinal = str(number) if node["enumtype"] == "arabic" else chr(ord("a") + number - 1)
    if node["enumtype"].startswith("upper"):
        ordinal = ordinal.upper()
    return f"{node['prefix']}{ordinal}{node['suffix']}"


def _leaf_text(leaf: nodes.TextElement) -> str:
    if isinstance(leaf, nodes.literal_block):
        return leaf.astext()
    if _WRAPPED.fullmatch(leaf.rawsource) and not _leads_somewhere(leaf):
        return " ".join(leaf.rawsource.split())
    return " ".join(_visible_text(leaf).split())


def _leads_somewhere(leaf: nodes.TextElement) -> bool:
    """Tell whether a reference in *leaf* has a target; one without is shown as written."""
    return leaf.document is not None and any(
        reference.get("refname") in leaf.document.nameids
        for reference in leaf.findall(nodes.reference)
    )


def _visible_text(node: nodes.Node) -> str:
    """Return the text of *node* without the marks of footnotes."""
    return "".join(
        child.astext() if isinstance(child, nodes.Text) else _visible_text(child)
        for child in visible_children(node)
    )
