"""What a reader sees of an HTML page: its headings, and the text below each."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "p div section article main ul ol li dl dt dd table thead tbody tr td th pre blockquote hr br"
    " h1 h2 h3 h4 h5 h6".split()
)
_MARKS = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code"}
_HARMLESS = _BLOCKS | _MARKS.keys() | {"a", "span", "html", "body", "head", "meta", "title"}


@dataclass
class Part:
    """A heading and what stands below it. The first part of a page has no heading."""

    level: int = 0
    heading: str = ""
    text: str = ""
    anchors: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Target and text."""

    marks: list[tuple[str, str]] = field(default_factory=list)
    """``strong``, ``em`` or ``code``, and the text in it."""

    strange: list[str] = field(default_factory=list)
    """Tags that Markdown without inline HTML does not become."""


def parts(html: str) -> list[Part]:
    """Return the parts of *html* in order, with whitespace collapsed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for part in reader.parts:
        part.heading, part.text = collapsed(part.heading), collapsed(part.text)
    return reader.parts


def collapsed(text: str) -> str:
    """Return *text* with single spaces between its words."""
    return " ".join(text.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts = [Part()]
        self._is_heading = self._is_hidden = False
        self._anchors: list[str] = []
        # The open tags: name, kind of mark or link target, and text so far.
        self._open: list[tuple[str, str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        identity = attributes.get("id")
        if re.fullmatch("h[1-6]", tag):
            self.parts.append(Part(level=int(tag[1]), anchors=self._anchors))
            self._anchors = []
            self._is_heading = True
            if identity:
                self.parts[-1].anchors.append(identity)
        elif identity:
            self._anchors.append(identity)
        part = self.parts[-1]
        if tag in ("title", "head"):
            self._is_hidden = True
        elif tag not in _HARMLESS:
            part.strange.append(tag)
        if tag in _BLOCKS:
            self.handle_data(" ")
        is_code = "literal" in (attributes.get("class") or "").split()  # as docutils writes it
        kind = attributes.get("href") or _MARKS.get(tag) or ("code" if is_code else "")
        if tag in _MARKS or tag in ("a", "span"):
            self._open.append((tag, kind, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("title", "head"):
            self._is_hidden = False
        if re.fullmatch("h[1-6]", tag):
            self._is_heading = False
        elif tag in _BLOCKS:
            self.handle_data(" ")
        if self._open and self._open[-1][0] == tag:
            _, kind, text = self._open.pop()
            found = (kind, collapsed("".join(text)))
            if tag == "a":
                self.parts[-1].links.append(found)
            elif kind:
                self.parts[-1].marks.append(found)

    def handle_data(self, data: str) -> None:
        if self._is_hidden:
            return
        if self._is_heading:
            self.parts[-1].heading += data
        else:
            self.parts[-1].text += data
        for _, _, text in self._open:
            text.append(data)
