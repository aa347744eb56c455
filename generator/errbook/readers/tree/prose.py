"""The content of a docutils node as CommonMark that all renderers show in the same way."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from docutils import nodes

from errbook.readers.tree.plain_text import is_hidden, lone_marker, visible_children
from errbook.text.commonmark import BREAK, code_lines, code_span, entity, escape, link_target

_MARKS = {"strong": "**", "emphasis": "_"}
# Linters reject these link texts because they do not describe the target.
_VAGUE_LABELS = ("click here", "here", "link", "more")


def as_commonmark(node: nodes.Node) -> str:
    """Return the content of *node* as CommonMark, including emphasis, code, links and lists."""
    return "\n\n".join(filter(None, _blocks(node)))


def _blocks(node: nodes.Node) -> Iterator[str]:
    shown = (child for child in node.children if not is_hidden(child))
    # Adjacent lists of the same kind are one list in CommonMark.
    for kind, children in groupby(shown, type):
        if _is_list(kind):
            yield "\n".join(_list_lines(list(children)))
        else:
            for child in children:
                yield from _block(child)


def _block(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.literal_block):
        yield _fenced(node.astext())
    elif isinstance(node, nodes.TextElement):
        yield _not_all_bold(_inline(node))
    else:
        yield from _blocks(node)


def _is_list(kind: type) -> bool:
    return issubclass(kind, nodes.bullet_list | nodes.enumerated_list)


def _list_lines(lists: list[nodes.Node]) -> Iterator[str]:
    """Yield the lines of *lists*, joined into one list."""
    if (marker := lone_marker(lists[0])) is not None and len(lists) == 1:
        yield escape(marker)
        return
    first = int(getattr(lists[0], "attributes", {}).get("start", 1))
    # Linters only accept ordered lists that begin with 0 or 1.
    ordered = isinstance(lists[0], nodes.enumerated_list) and first in (0, 1)
    items = (list(_item_lines(item)) for one in lists for item in one.children)
    for number, lines in enumerate(filter(None, items), first):
        marker = f"{number}. " if ordered else "- "
        yield marker + lines[0]
        yield from (" " * len(marker) + line for line in lines[1:])


def _item_lines(item: nodes.Node) -> Iterator[str]:
    """Yield the lines of a list item, with line breaks between its blocks.

    Python-Markdown does not support several blocks in one item.
    """
    lines: list[str] = []
    for child in item.children:
        if is_hidden(child):
            continue
        if _is_list(type(child)):
            lines += _list_lines([child])
            continue
        if isinstance(child, nodes.literal_block):
            new = code_lines(child.astext()).split("\n")
        elif isinstance(child, nodes.TextElement):
            new = [_inline(child)]
        else:
            new = list(_item_lines(child))
        if lines and any(new) and not lines[-1].endswith("  "):
            lines[-1] += BREAK.rstrip("\n")
        lines += filter(None, new)
    yield from lines


def _fenced(text: str) -> str:
    lines = [line.rstrip() for line in text.expandtabs().splitlines()]
    if all(line.lstrip().startswith("$ ") for line in lines if line):
        return code_lines(text)  # linters reject code blocks in which every line has a prompt
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return "\n".join((f"{fence}text", *lines, fence))


def _not_all_bold(paragraph: str) -> str:
    """Write the last letter as an entity if the whole *paragraph* is bold or emphasized.

    Linters would take such a paragraph for a heading.
    """
    match = re.fullmatch(r"(\*\*|_)((?:(?!\1).)*[A-Za-z0-9])(\1)", paragraph)
    if match is None:
        return paragraph
    mark, text = match[1], match[2]
    return f"{mark}{text[:-1]}{entity(text[-1])}{mark}"


class _Span(msgspec.Struct, frozen=True):
    """A piece of a paragraph."""

    kind: str
    """``text``, ``link``, ``code``, ``strong`` or ``emphasis``."""

    text: str
    """CommonMark without the marks of *kind*; for code, the plain text."""


def _inline(node: nodes.Element) -> str:
    return " ".join(_as_markup(_spans(node)).split())


def _spans(node: nodes.Element, *, links: bool = True) -> Iterator[_Span]:
    for position, child in enumerate(visible_children(node)):
        if isinstance(child, nodes.Text):
            begins_line = position == 0
            escaped = _escaped_text(child.astext(), begins_line=begins_line, links=links)
            yield _Span("text", escaped)
        elif isinstance(child, nodes.literal):
            yield _Span("code", " ".join(child.astext().split()))
        elif isinstance(child, nodes.strong | nodes.emphasis):
            kind = "strong" if isinstance(child, nodes.strong) else "emphasis"
            yield _Span(kind, _as_markup(_spans(child, links=links)).strip())
        elif isinstance(child, nodes.reference) and _is_web(child.get("refuri", "")):
            label = _as_markup(_spans(child, links=False))
            if label.lower() in _VAGUE_LABELS:
                label = label[:-1] + entity(label[-1])
            yield _Span("link", f"[{label}]({link_target(child['refuri'])})")
        elif isinstance(child, nodes.Element):
            yield from _spans(child, links=links)


def _as_markup(spans: Iterable[_Span]) -> str:
    """Return the markup of *spans*, merging adjacent ones of the same kind."""
    merged = [
        _Span(kind, "".join(span.text for span in same))
        for kind, same in groupby((s for s in spans if s.text), lambda span: span.kind)
    ]
    before: list[_Span | None] = [None, *merged]
    after: list[_Span | None] = [*merged[1:], None]
    return "".join(map(_span_markup, before, merged, after))


def _span_markup(before: _Span | None, span: _Span, after: _Span | None) -> str:
    """Return the markup of *span* between its neighbors."""
    if span.kind == "code":
        return code_span(span.text)
    if span.kind == "text":
        return _text_beside_marks(before, span.text, after)
    mark = _MARKS.get(span.kind, "")
    return f"{mark}{span.text}{mark}"


def _text_beside_marks(before: _Span | None, text: str, after: _Span | None) -> str:
    """Return *text* with entities for outer letters that would disable an adjacent mark."""
    if after is not None and _disables(text[-1], after, after.text[0]):
        text = text[:-1] + entity(text[-1])
    if before is not None and _disables(text[0], before, before.text[-1]):
        text = entity(text[0]) + text[1:]
    return text


def _disables(letter: str, span: _Span, inside: str) -> bool:
    """Return whether the mark of *span* is plain text between *letter* and *inside*.

    CommonMark 0.31, section 6.2.
    """
    is_word = not letter.isspace() and (letter.isalnum() or not letter.isascii())
    mark = _MARKS.get(span.kind)
    return is_word and mark is not None and (mark == "_" or not inside.isalnum())


def _escaped_text(text: str, *, begins_line: bool, links: bool) -> str:
    """Return *text* escaped, with whitespace at either end collapsed to one space."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    escaped = escape(words, begins_line=begins_line, links=links)
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return before + escaped + after


def _is_web(uri: str) -> bool:
    return uri.startswith(("https://", "http://"))
