"""The content of a docutils node as plain text."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from docutils import nodes

# An identifier with a line break after an underscore. docutils takes it for a reference.
_WRAPPED = re.compile(r"(?:\w+_\n)+\w+", re.ASCII)
_FOOTNOTE_MARKS = (nodes.footnote_reference, nodes.citation_reference)
_HIDDEN = (nodes.system_message, nodes.Invisible, nodes.raw, *_FOOTNOTE_MARKS)


def is_hidden(node: nodes.Node) -> bool:
    """Return whether readers see nothing of *node*; a target with text shows that text."""
    is_inline_target = isinstance(node, nodes.target) and bool(node.children)
    is_label = isinstance(node, nodes.title) and isinstance(node.parent, nodes.Admonition)
    return is_label or (isinstance(node, _HIDDEN) and not is_inline_target)


def visible_children(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield the visible children of *node*.

    A footnote mark is dropped, and the space before it too, unless a word follows directly.
    """
    children = node.children
    for child, mark, rest in zip_longest(children, children[1:], children[2:]):
        if isinstance(child, nodes.Text) and isinstance(mark, _FOOTNOTE_MARKS):
            runs_on = rest is not None and rest.astext()[:1].isalnum()
            yield child if runs_on else nodes.Text(child.astext().rstrip())
        elif not is_hidden(child):
            yield child


def as_plain_text(node: nodes.Node) -> str:
    """Return the text of *node*: paragraphs, list items and literal blocks joined by newlines.

    Whitespace is collapsed except in literal blocks; markup, list markers and the titles of
    admonitions are dropped.
    """
    return "\n".join(text for leaf in _leaves(node) if (text := _leaf_text(leaf)))


def _leaves(node: nodes.Node) -> Iterator[nodes.TextElement]:
    for child in node.children:
        if is_hidden(child):
            continue
        if isinstance(child, nodes.TextElement):
            yield child
        elif (marker := lone_marker(child)) is not None:
            yield nodes.paragraph("", marker)
        else:
            yield from _leaves(child)


def text_of_lines(block: nodes.line_block) -> list[nodes.Node]:
    """Return what is in the lines of *block*, with a line break after each."""
    return [
        node for line in block.findall(nodes.line) for node in (*line.children, nodes.Text("\n"))
    ]


def lone_marker(node: nodes.Node) -> str | None:
    """Return the marker if *node* is a list with one empty item. docutils reads ``1.`` as one."""
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
    if _WRAPPED.fullmatch(leaf.rawsource) and not _has_resolved_reference(leaf):
        return " ".join(leaf.rawsource.split())
    return " ".join(_visible_text(leaf).split())


def _has_resolved_reference(leaf: nodes.TextElement) -> bool:
    """Return whether a reference in *leaf* has a target."""
    return leaf.document is not None and any(
        reference.get("refname") in leaf.document.nameids
        for reference in leaf.findall(nodes.reference)
    )


_SUPERSCRIPTS = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
)
_MARK = re.compile(r"[0-9()a-z+=-]{1,4}")


def _visible_text(node: nodes.Node) -> str:
    """Return the text of *node* without footnote marks.

    A short superscript, which may be such a mark, is written with Unicode's superscripts.
    """
    text = "".join(
        child.astext() if isinstance(child, nodes.Text) else _visible_text(child)
        for child in visible_children(node)
    )
    if isinstance(node, nodes.superscript) and _MARK.fullmatch(text):
        return text.translate(_SUPERSCRIPTS)
    return text


_STRUCK = frozenset({"strike", "strikethrough", "line-through", "del", "s"})


def is_struck(node: nodes.Node) -> bool:
    """Return whether all visible text of *node* is struck through."""
    marked = (not _STRUCK.isdisjoint(inline["classes"]) for inline in node.findall(nodes.inline))
    return any(marked) and _is_struck(node)


def _is_struck(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Text):
        return not node.strip()
    if isinstance(node, nodes.Element) and not _STRUCK.isdisjoint(node["classes"]):
        return True
    return bool(node.astext().strip()) and all(map(_is_struck, visible_children(node)))
