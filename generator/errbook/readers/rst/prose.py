"""What a docutils node says, as CommonMark that all renderers show in the same way.

Where they differ, the form is taken that none of them takes for anything else.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import msgspec
from docutils import nodes

from errbook.readers.rst.plain_text import audible, is_silent, lone_marker
from errbook.text.commonmark import BREAK, code_lines, code_span, entity, escape, link_target

_MARKS = {"strong": "**", "emphasis": "_"}
_SAYS_NOTHING = (
    "click here",
    "here",
    "link",
    "more",
)  # of a link: linters look for these


def commonmark(node: nodes.Node) -> str:
    """Return the content of *node* as CommonMark, with its emphasis, code, links and lists."""
    return "\n\n".join(filter(None, _blocks(node)))


def _blocks(node: nodes.Node) -> Iterator[str]:
    shown = (child for child in node.children if not is_silent(child))
    # Lists of one kind that follow each other would be one list to a reader of CommonMark.
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
        yield _no_heading(_inline(node))
    else:
        yield from _blocks(node)


def _is_list(kind: type) -> bool:
    return issubclass(kind, nodes.bullet_list | nodes.enumerated_list)


def _list_lines(lists: list[nodes.Node]) -> Iterator[str]:
    """Yield the lines of *lists* as those of one."""
    if (marker := lone_marker(lists[0])) is not None and len(lists) == 1:
        yield escape(marker)
        return
    first = int(getattr(lists[0], "attributes", {}).get("start", 1))
    # Linters allow an ordered list to begin with 0 or 1 alone.
    ordered = isinstance(lists[0], nodes.enumerated_list) and first in (0, 1)
    items = (list(_item_lines(item)) for one in lists for item in one.children)
    for number, lines in enumerate(filter(None, items), first):
        marker = f"{number}. " if ordered else "- "
        yield marker + lines[0]
        yield from (" " * len(marker) + line for line in lines[1:])


def _item_lines(item: nodes.Node) -> Iterator[str]:
    """Yield the lines of a list item: its blocks are parted by line breaks.

    An item of several blocks is none to Python-Markdown.
    """
    lines: list[str] = []
    for child in item.children:
        if is_silent(child):
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
        return code_lines(text)  # linters want commands that are shown alone without the prompt
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return "\n".join((f"{fence}text", *lines, fence))


def _no_heading(paragraph: str) -> str:
    """Return *paragraph* so that it is no heading to linters, which one all in bold letters is."""
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
    """As CommonMark, without the marks of its kind; code as it is."""


def _inline(node: nodes.Element) -> str:
    return " ".join(_joined(_spans(node)).split())


def _spans(node: nodes.Element, *, links: bool = True) -> Iterator[_Span]:
    for position, child in enumerate(audible(node)):
        if isinstance(child, nodes.Text):
            begins_line = position == 0
            yield _Span("text", _text(child.astext(), begins_line=begins_line, links=links))
        elif isinstance(child, nodes.literal):
            yield _Span("code", " ".join(child.astext().split()))
        elif isinstance(child, nodes.strong | nodes.emphasis):
            kind = "strong" if isinstance(child, nodes.strong) else "emphasis"
            yield _Span(kind, _joined(_spans(child, links=links)).strip())
        elif isinstance(child, nodes.reference) and _is_web(child.get("refuri", "")):
            label = _joined(_spans(child, links=False))
            if label.lower() in _SAYS_NOTHING:
                label = label[:-1] + entity(label[-1])
            yield _Span("link", f"[{label}]({link_target(child['refuri'])})")
        elif isinstance(child, nodes.Element):
            yield from _spans(child, links=links)


def _joined(spans: Iterable[_Span]) -> str:
    """Return *spans* side by side, neighbours of one kind as one.

    A letter that touches a mark which would be none beside it is written as an entity.
    """
    merged = [
        _Span(kind, "".join(span.text for span in same))
        for kind, same in groupby((s for s in spans if s.text), lambda span: span.kind)
    ]
    texts = [code_span(span.text) if span.kind == "code" else span.text for span in merged]
    for at, span in enumerate(merged):
        mark = _MARKS.get(span.kind)
        if mark is None:
            continue
        inner = span.text
        texts[at] = f"{mark}{inner}{mark}"
        if at > 0 and merged[at - 1].kind == "text" and _clashes(texts[at - 1][-1], mark, inner[0]):
            texts[at - 1] = texts[at - 1][:-1] + entity(texts[at - 1][-1])
        if at + 1 < len(merged) and merged[at + 1].kind == "text":
            after = texts[at + 1]
            if _clashes(after[0], mark, inner[-1]):
                texts[at + 1] = entity(after[0]) + after[1:]
    return "".join(texts)


def _clashes(outside: str, mark: str, inside: str) -> bool:
    """Tell whether *mark* is none between these characters (CommonMark 0.31, section 6.2)."""
    is_word = not outside.isspace() and (outside.isalnum() or not outside.isascii())
    return is_word and (mark == "_" or not inside.isalnum())


def _text(text: str, *, begins_line: bool, links: bool) -> str:
    """Return *text* escaped, with its outer blanks, which separate it from its neighbours."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    escaped = escape(words, begins_line=begins_line, links=links)
    return " " * text[0].isspace() + escaped + " " * text[-1].isspace()


def _is_web(uri: str) -> bool:
    return uri.startswith(("https://", "http://"))
