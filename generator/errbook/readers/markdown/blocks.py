"""From the block tokens of markdown-it to docutils' tree."""

import re
from collections.abc import Callable

import msgspec
from docutils import nodes
from markdown_it.token import Token

from errbook.diagnostics import Location
from errbook.readers.document import Include, UnreadTable
from errbook.readers.markdown import directives
from errbook.readers.markdown.html import HtmlReader, begin_term
from errbook.readers.markdown.inline import Inline
from errbook.readers.markdown.syntax import COMMENT, HTML_TABLE, parser
from errbook.readers.markdown.unread import (
    Unread,
    unread_code,
    unread_fence,
    unread_paragraph,
    width_of_row,
)
from errbook.readers.tree.origin import ARGUMENT, CELLS, DIRECTIVE, ORIGIN, enclosing, section_title
from errbook.readers.tree.source_text import SourceText


class Parsed(msgspec.Struct, kw_only=True):
    """A tree, and what is not in it."""

    tree: nodes.document
    front_matter: str = ""
    unread_tables: list[UnreadTable] = msgspec.field(default_factory=list[UnreadTable])
    includes: list[Include] = msgspec.field(default_factory=list[Include])


def parse(text: str, source: SourceText) -> Parsed:
    """Parse the Markdown *text* of *source*."""
    tree = nodes.document(None, None, source=source.path)  # type: ignore[arg-type]
    builder = _Builder(source, Parsed(tree=tree))
    builder.parse(text, 0, tree)
    return builder.parsed


_ELEMENTS: dict[str, Callable[[], nodes.Element]] = {
    "paragraph_open": nodes.paragraph,
    "bullet_list_open": nodes.bullet_list,
    "ordered_list_open": lambda: nodes.enumerated_list(enumtype="arabic", prefix="", suffix="."),
    "list_item_open": nodes.list_item,
    "blockquote_open": nodes.block_quote,
    "dl_open": nodes.definition_list,
    "dt_open": nodes.term,
    "dd_open": nodes.definition,
    "thead_open": nodes.thead,
    "tbody_open": nodes.tbody,
    "tr_open": nodes.row,
    "th_open": nodes.entry,
    "td_open": nodes.entry,
    "admonition_open": nodes.container,
    "admonition_title_open": nodes.rubric,
    "footnote_block_open": nodes.comment,  # the notes are no part of the text
    "footnote_open": nodes.container,
}
_HEADING_ID = re.compile(r"\s*(?:\{:?\s*[#.][^{}]*\}|\[#[\w-]+\])\s*$")
_PARTIAL = re.compile(
    r"import\s+\w+\s+from\s+[\"'](?P<module>.+\.mdx?)[\"']"
    r"|(?:-+8<-+|\{!)\s*[\"']?(?P<snippet>[^\"'\n!]+)"
    r"|\{[{%][<%#]?-?\s*(?:include|readfile|import|include_relative|render)\s+(?:file=)?[\"']?"
    r"(?P<template>[^\"'\s%}>]+)"
    r"|\[!INCLUDE\s*\[[^\]]*\]\((?P<docfx>[^)\s]+)"
    r"|<!--\s*@include:\s*(?P<comment>[^\s>]+?)\s*-->",
    re.IGNORECASE,
)
"""What includes a file in MDX, MkDocs, Jekyll, Hugo, mdBook, DocFX and VitePress."""

_TAB = re.compile(r"^( *)===[!+]? (?=[\"'])", re.MULTILINE)
"""The beginning of a tab in MkDocs, whose content is indented like that of an admonition."""


class _Builder:
    """Appends what tokens say to a tree."""

    def __init__(self, source: SourceText, parsed: Parsed) -> None:
        self.parsed = parsed
        self._source = source
        self._markdown = parser(is_mdx=source.path.endswith(".mdx"))
        self._first = 0
        """The number of lines before the text that is being parsed."""

        self._open: list[nodes.Element] = []
        self._cursor = 0
        """The index in the line of a table at which the next cell is searched."""

    def parse(self, text: str, first: int, parent: nodes.Element) -> None:
        """Append the content of *text*, which *first* lines precede, to *parent*."""
        before = self._first, self._open
        self._first, self._open = first, [parent]
        # The plug-in for containers looks at the character after an empty last line.
        text = _TAB.sub(r"\1!!! tab ", text)
        for token in self._markdown.parse(f"{text}\n"):
            self._add(token)
        self._first, self._open = before

    def _line(self, token: Token) -> int:
        return self._first + token.map[0] + 1 if token.map else 1

    def _append(self, node: nodes.Node, line: int) -> None:
        node.line = line
        self._open[-1].append(node)

    def _add(self, token: Token) -> None:
        kind = token.type
        if kind == "inline":
            self._add_inline(token)
        elif token.nesting > 0:
            self._begin(token)
        elif token.nesting < 0:
            self._end(token)
        elif kind in ("fence", "colon_fence"):
            self._add_fence(token)
        elif kind == "code_block":
            self._add_code(token)
        elif kind in ("html_block", HTML_TABLE):
            self._note_include(token)
            reader = HtmlReader(self._source, self._markdown, self._add_heading)
            reader.read(token.content, self._line(token), self._open[-1])
        elif kind == COMMENT:
            self._append(nodes.comment("", token.content), self._line(token))
        elif kind == "hr":
            self._append(nodes.transition(), self._line(token))
        elif kind == "front_matter":
            self.parsed.front_matter = token.content

    def _begin(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            title = self._begin_section(int(token.tag[1]), self._line(token))
            self._open.append(title)
            return
        if kind == "table_open":
            table, group = nodes.table(), nodes.tgroup()
            self._append(table, self._line(token))
            table.append(group)
            self._open += [table, group]
            return
        node = _ELEMENTS.get(kind, nodes.container)()
        if kind == "ordered_list_open" and token.attrGet("start") is not None:
            node["start"] = int(token.attrGet("start") or 1)
        elif kind == "tr_open":
            self._cursor = 0
            node[CELLS] = width_of_row(self._source.line(self._line(token)))
        elif kind == "dt_open":
            node = begin_term(self._open[-1])
            assert isinstance(node.parent, nodes.Element)
            node.parent.line = node.parent.line or self._line(token)
            self._open += [node.parent, node]
            return
        elif kind == "dd_open":
            items = self._open[-1].children
            last = items[-1] if items else None
            if isinstance(last, nodes.definition_list_item):
                self._open.append(last)
        if token.map:
            node.line = self._line(token)
        self._open[-1].append(node)
        self._open.append(node)

    def _end(self, token: Token) -> None:
        node = self._open.pop()
        if token.type in ("dt_close", "dd_close") and isinstance(
            self._open[-1], nodes.definition_list_item
        ):
            self._open.pop()
        elif token.type == "table_close":
            self._end_table(node)
            self._open.pop()  # the table around the tgroup
        elif token.type == "footnote_block_close":
            node.parent.remove(node)

    def _begin_section(self, level: int, line: int) -> nodes.Element:
        """Append a section, and return its title.

        A heading in a list or a quotation begins no section.
        """
        while isinstance(self._open[-1], nodes.section) and self._open[-1]["level"] >= level:
            self._open.pop()
        if len(self._open) > 1 and not isinstance(self._open[-1], nodes.section):
            rubric = nodes.rubric()
            self._append(rubric, line)
            return rubric
        section, title = nodes.section(level=level), nodes.title()
        title.line = line
        self._append(section, line)
        section.append(title)
        self._open.append(section)
        return title

    def _add_heading(self, level: int, line: int, content: list[nodes.Node]) -> nodes.Element:
        """Append a heading in HTML, and return the element to which what follows belongs."""
        self._begin_section(level, line).extend(content)
        return self._open[-1]

    def _end_table(self, group: nodes.Element) -> None:
        width = len(group.children[0].children[0].children)
        group.children[0:0] = [nodes.colspec(colwidth=1) for _ in range(width)]

    def _add_inline(self, token: Token) -> None:
        parent = self._open[-1]
        if isinstance(parent, nodes.entry):
            self._add_cell(token, parent)
            return
        parent.rawsource = token.content
        content = Inline(self._first + token.map[1] if token.map else 1)
        content.add_tokens(token.children or [])
        parent.extend(content.all)
        if isinstance(parent, nodes.title):
            _remove_id(parent)
        elif isinstance(parent, nodes.paragraph):
            line = self._line(token)
            self._note_include(token)
            self._report(unread_paragraph(token.content), token.content, line)

    def _note_include(self, token: Token) -> None:
        if partial := _PARTIAL.match(token.content):
            self._include(next(filter(None, partial.groups())), self._line(token))

    def _add_cell(self, token: Token, entry: nodes.entry) -> None:
        line = self._line(token)
        entry.line = line
        entry[ORIGIN] = self._cell_location(token.content, line)
        content = Inline(line)
        content.add_tokens(token.children or [])
        entry.extend(content.paragraphs(line))

    def _cell_location(self, text: str, line: int) -> Location:
        """Return where *text*, the next cell of the table's row on *line*, begins."""
        raw = self._source.line(line)
        written = text.replace("|", r"\|")
        index = raw.find(written, self._cursor) if text else -1
        if index < 0:
            bar = raw.find("|", self._cursor)
            index = min(bar + 2, len(raw)) if bar >= 0 else len(raw)
            self._cursor = max(bar + 1, self._cursor)
        else:
            self._cursor = index + len(written)
        return Location(path=self._source.path, line=line, column=index + 1)

    def _add_code(self, token: Token, language: str = "") -> None:
        is_fenced = token.type != "code_block"
        block = nodes.literal_block(token.content, token.content.rstrip("\n"), language=language)
        self._append(block, self._line(token) + is_fenced)
        if not is_fenced:
            self._report(unread_code(token.content), token.content, self._line(token))
        elif token.map and not self._is_closed(token):
            self._report(unread_fence(token.content), token.content, self._line(token))

    def _is_closed(self, fence: Token) -> bool:
        """Return whether *fence* has an end, rather than going on to that of the text."""
        assert fence.map is not None
        last = self._source.line(self._first + fence.map[1]).strip("> \t")
        return last.startswith(fence.markup) and fence.map[1] - fence.map[0] > 1

    def _report(self, unread: Unread | None, text: str, line: int) -> None:
        if unread is not None:
            self.parsed.unread_tables.append(
                UnreadTable(
                    is_malformed=True,
                    reason=unread.reason,
                    remedy=unread.remedy,
                    text=text,
                    location=self._source.first_text(line),
                )
            )

    def _include(self, file: str, line: int) -> None:
        around = self._open[-1]
        section = around if isinstance(around, nodes.section) else enclosing(around, nodes.section)
        self.parsed.includes.append(
            Include(
                file=file.strip(),
                section=section_title(section),
                location=self._source.first_text(line),
            )
        )

    def _add_fence(self, token: Token) -> None:
        directive = directives.directive(token.info)
        if directive is None and token.type == "fence":
            language = re.match(r"[\w+#-]*", token.info.strip(" {.").lower())
            self._add_code(token, language[0] if language else "")
            return
        name, argument = directive or ("", token.info.strip())
        line = self._line(token)
        if name in directives.CODE:
            self._add_code(token, argument.lower())
        elif name == "include":
            self._include(argument, line)
        elif name in directives.IN_RST:
            self._add_rst(name, argument, token.content, line)
        elif name not in directives.WITHOUT_TEXT:
            container = nodes.container()
            if name:
                container[DIRECTIVE], container[ARGUMENT] = name, argument
            self._append(container, line)
            if title := directives.title(token.info):
                container.append(nodes.rubric("", title))
            text = directives.without_options(token.content)
            self.parse(text, line, container)
            table = next((c for c in container.children if isinstance(c, nodes.table)), None)
            if name == "table" and argument and table is not None:
                table.insert(0, nodes.title("", argument))

    def _add_rst(self, name: str, argument: str, text: str, line: int) -> None:
        """Append the content of a directive in reStructuredText that begins on *line*."""
        from errbook.readers import rst

        if name in directives.EVAL_RST:
            parsed = rst.parse(text, self._source, line + 1)
        else:
            parsed = rst.parse(directives.as_rst(name, argument, text), self._source, line)
        container = nodes.container()
        self._append(container, line)
        container.extend(parsed.tree.children)
        self.parsed.unread_tables += parsed.unread_tables
        self.parsed.includes += parsed.includes


def _remove_id(title: nodes.Element) -> None:
    """Remove what follows a heading's text: ``{#its-id}``, and comments."""
    title.children = [node for node in title.children if not isinstance(node, nodes.comment)]
    last = title.children[-1] if title.children else None
    if isinstance(last, nodes.Text):
        title.children[-1] = nodes.Text(_HEADING_ID.sub("", last))
