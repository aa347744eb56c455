"""From the inline tokens of markdown-it to docutils' nodes."""

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape

from docutils import nodes
from markdown_it.token import Token

from errbook.readers.markdown.syntax import COMMENT

_OPEN: dict[str, Callable[[Token], nodes.Element]] = {
    "strong_open": lambda _: nodes.strong(),
    "em_open": lambda _: nodes.emphasis(),
    "s_open": lambda _: nodes.inline(classes=["strike"]),
    "link_open": lambda token: nodes.reference(refuri=str(token.attrGet("href") or "")),
}
_TAGS: dict[str, Callable[[], nodes.Element]] = {
    **dict.fromkeys(("b", "strong"), nodes.strong),
    **dict.fromkeys(("i", "em"), nodes.emphasis),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), nodes.literal),
    **dict.fromkeys(("s", "del", "strike"), lambda: nodes.inline(classes=["strike"])),
    "sup": nodes.superscript,
}
"""The tags whose meaning is kept; other tags are dropped."""

_BREAKS = frozenset({"br", "p", "li", "ul", "ol", "dl", "dt", "dd", "div", "pre", "tr"})
"""The tags that begin a line."""

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_HTML_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ROLE = re.compile(
    r"\{(?:ref|doc|term|any|numref|abbr|code|literal|download|(?:py|c|cpp|http|js|rst|std):[\w-]+)\}$"
)
_TITLED = re.compile(r"(.*\S)\s*<[^<>]+>", re.DOTALL)


_COMPONENT = re.compile(r"<[A-Z][\w.]*\s[^<>]*/>")
_TEXT = re.compile(r"\b(?:text|label|title|children|code|name)=(?:\"([^\"]*)\"|'([^']*)')")


def text_of_component(tag: str) -> str:
    """Return the text that an empty component shows: ``<Badge type="tip" text="E17" />``."""
    text = _TEXT.search(tag) if _COMPONENT.fullmatch(tag) else None
    return unescape(text[1] or text[2] or "") if text else ""


class Inline:
    """The content of a paragraph, a title or a cell, line by line."""

    def __init__(self, last_line: int) -> None:
        self._last_line = last_line
        self.lines: list[list[nodes.Node]] = [[]]
        self._open: list[nodes.Element] = []

    def add_tokens(self, tokens: Sequence[Token]) -> None:
        """Add what *tokens* of markdown-it contain."""
        for token in tokens:
            kind = token.type
            if kind == "text":
                self.add_text(token.content)
            elif kind == "code_inline":
                self._add_code(token.content)
            elif kind in ("softbreak", "hardbreak"):
                self.add_text("\n")
            elif kind in _OPEN:
                self._push(_OPEN[kind](token))
            elif kind.endswith("_close"):
                self._pop()
            elif kind == "html_inline":
                self._add_html(token.content)
            elif kind == COMMENT:
                self.add_comment(token.content)
            elif kind == "footnote_ref":
                self._append(nodes.footnote_reference())

    def add_text(self, text: str) -> None:
        """Add *text* as it is."""
        if text:
            self._append(nodes.Text(text))

    def add_comment(self, text: str) -> None:
        """Add a comment, which may silence rules."""
        comment = nodes.comment("", text)
        comment.line = self._last_line
        self._append(comment)

    def add_tag(self, name: str, *, is_end: bool) -> None:
        """Add the HTML tag *name*; an end tag closes the last element of its kind."""
        name = name.lower()
        if name in _BREAKS:
            self.break_line()
        elif name not in _TAGS:
            return
        elif not is_end:
            self._push(_TAGS[name]())
        elif self._open and isinstance(self._open[-1], type(_TAGS[name]())):
            self._pop()

    def begin_link(self, target: str) -> None:
        """Begin a link to *target*."""
        self._push(nodes.reference(refuri=target))

    def end_link(self) -> None:
        """End the link that is open, if there is one."""
        if self._open and isinstance(self._open[-1], nodes.reference):
            self._pop()

    def break_line(self) -> None:
        """Begin a line; inside of other markup, only a space separates it."""
        if self._open:
            self.add_text("\n")
        elif self.lines[-1]:
            self.lines.append([])

    def paragraphs(self, line: int) -> Iterator[nodes.paragraph]:
        """Yield a paragraph at *line* for each line that has text."""
        for content in self.lines:
            if any(node.astext().strip() for node in content):
                paragraph = nodes.paragraph()
                paragraph.line = line
                paragraph.extend(content)
                yield paragraph

    @property
    def all(self) -> list[nodes.Node]:
        """The content of all lines, separated by line breaks."""
        joined: list[nodes.Node] = []
        for line in self.lines:
            if joined and line:
                joined.append(nodes.Text("\n"))
            joined += line
        return joined

    def _add_html(self, html: str) -> None:
        comment = _HTML_COMMENT.fullmatch(html)
        tag = _TAG.match(html)
        if comment:
            self.add_comment(comment[1])
        elif tag:
            self.add_tag(tag[2], is_end=bool(tag[1]))
            self.add_text(text_of_component(html))

    def _add_code(self, text: str) -> None:
        """Add code; after MyST's ``{ref}``, it is a reference with a text and perhaps a target."""
        children = self._open[-1].children if self._open else self.lines[-1]
        before = children[-1] if children else None
        role = _ROLE.search(before) if isinstance(before, nodes.Text) else None
        if role is None:
            self._append(nodes.literal(text, text))
            return
        titled = _TITLED.fullmatch(text)
        children[-1] = nodes.Text(role.string[: role.start()])
        self._append(nodes.inline("", titled[1] if titled else text))

    def _push(self, node: nodes.Element) -> None:
        self._append(node)
        self._open.append(node)

    def _pop(self) -> None:
        if self._open:
            self._open.pop()

    def _append(self, node: nodes.Node) -> None:
        if self._open:
            self._open[-1].append(node)
        else:
            self.lines[-1].append(node)
