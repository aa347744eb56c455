"""What a docutils node says: as plain text, and as CommonMark."""

import re
from collections.abc import Iterator

from docutils import nodes

from errbook.commonmark import code_span, escape

_SILENT = (
    nodes.system_message,
    nodes.Invisible,
    nodes.raw,
    nodes.footnote_reference,
    nodes.citation_reference,
)


def _is_silent(node: nodes.Node) -> bool:
    """Tell whether *node* is no text for readers; a target around a text is."""
    is_inline_target = isinstance(node, nodes.target) and bool(node.children)
    return isinstance(node, _SILENT) and not is_inline_target


def plain(node: nodes.Node) -> str:
    """Return the text of *node*: paragraphs, list items and literal blocks joined by newlines.

    Whitespace is collapsed but in literal blocks; markup, list markers and the titles of
    admonitions are dropped.
    """
    return "\n".join(text for leaf in _leaves(node) if (text := _leaf_text(leaf)))


def commonmark(node: nodes.Node) -> str:
    """Return the content of *node* as CommonMark, with its emphasis, code, links and lists."""
    return "\n\n".join(_blocks(node))


def _leaves(node: nodes.Node) -> Iterator[nodes.TextElement]:
    for child in node.children:
        if _is_silent(child) or _is_admonition_title(child):
            continue
        if isinstance(child, nodes.TextElement):
            yield child
        elif _is_lone_marker(child):
            yield nodes.paragraph("", _marker(child))
        else:
            yield from _leaves(child)


def _is_lone_marker(node: nodes.Node) -> bool:
    """Tell whether *node* is a list of one empty item: a text such as ``1.`` is taken for one."""
    return (
        isinstance(node, nodes.enumerated_list | nodes.bullet_list)
        and len(node.children) == 1
        and not node.children[0].children
    )


def _marker(node: nodes.Node) -> str:
    if not isinstance(node, nodes.enumerated_list):
        return str(getattr(node, "attributes", {}).get("bullet", "-"))
    number = int(node.get("start", 1))
    ordinal = (
        str(number) if node["enumtype"] == "arabic" else chr(ord("a") + number - 1)
    )
    if node["enumtype"].startswith("upper"):
        ordinal = ordinal.upper()
    return f"{node['prefix']}{ordinal}{node['suffix']}"


def _is_admonition_title(node: nodes.Node) -> bool:
    return isinstance(node, nodes.title) and isinstance(node.parent, nodes.Admonition)


def _leaf_text(leaf: nodes.TextElement) -> str:
    if isinstance(leaf, nodes.literal_block):
        return leaf.astext()
    return " ".join(_said(leaf).split())


def _said(node: nodes.Node) -> str:
    """Return the text in *node* that a reader sees as part of it: no marks of footnotes."""
    return "".join(
        child.astext() if isinstance(child, nodes.Text) else _said(child)
        for child in node.children
        if not _is_silent(child)
    )


def _blocks(node: nodes.Node) -> Iterator[str]:
    for child in node.children:
        if _is_silent(child) or _is_admonition_title(child):
            continue
        if isinstance(child, nodes.literal_block):
            yield _fenced(child.astext())
        elif isinstance(child, nodes.TextElement):
            if text := _inline(child):
                yield text
        elif isinstance(child, nodes.bullet_list | nodes.enumerated_list):
            yield _list(child)
        else:
            yield from _blocks(child)


def _list(node: nodes.Element) -> str:
    ordered = isinstance(node, nodes.enumerated_list)
    first = int(node.get("start", 1))
    items: list[str] = []
    for number, item in enumerate(node.children, first):
        marker = f"{number}. " if ordered else "- "
        indent = " " * len(marker)
        items.append(marker + commonmark(item).replace("\n", "\n" + indent))
    return re.sub(r"(?m)[ ]+$", "", "\n".join(items))


def _fenced(text: str) -> str:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"{fence}text\n{text}\n{fence}"


def _inline(node: nodes.Element) -> str:
    return " ".join("".join(_spans(node)).split())


def _spans(node: nodes.Element) -> Iterator[str]:
    for position, child in enumerate(node.children):
        if isinstance(child, nodes.Text):
            yield _escaped_text(child.astext(), begins_line=position == 0)
        elif isinstance(child, nodes.literal):
            yield code_span(" ".join(child.astext().split()))
        elif isinstance(child, nodes.strong | nodes.emphasis):
            mark = "**" if isinstance(child, nodes.strong) else "*"
            inner = "".join(_spans(child)).strip()
            yield f"{mark}{inner}{mark}" if inner else ""
        elif isinstance(child, nodes.reference) and _is_web(child.get("refuri", "")):
            target = child["refuri"].translate({ord("<"): "%3C", ord(">"): "%3E"})
            yield f"[{''.join(_spans(child))}](<{target}>)"
        elif isinstance(child, nodes.Element) and not _is_silent(child):
            yield from _spans(child)


def _escaped_text(text: str, *, begins_line: bool) -> str:
    """Return *text* escaped, with its outer blanks, which separate it from its neighbours."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    escaped = escape(words, begins_line=begins_line)
    return " " * text[0].isspace() + escaped + " " * text[-1].isspace()


def _is_web(uri: str) -> bool:
    return uri.startswith(("https://", "http://"))
