"""HTML in Markdown: tables with spans, headings, comments, and the text of other elements."""

import re
from collections.abc import Callable
from html import unescape
from itertools import takewhile

import msgspec
from docutils import nodes
from markdown_it import MarkdownIt

from errbook.readers.markdown.inline import Inline, text_of_component
from errbook.readers.tree.origin import ORIGIN
from errbook.readers.tree.source_text import SourceText

# The lengths are limited so that a tag without an end costs no search through the whole page.
_MARKUP = re.compile(
    r"(?P<comment><!--|\{/\*)|<(?P<end>/?)(?P<name>[A-Za-z][\w.:-]{0,99})"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"]{0,2000}\"|'[^']{0,2000}'){0,2000})>"
)
_COMMENT_ENDS = {"<!--": "-->", "{/*": "*/}"}
_SPAN = re.compile(r"\b(row|col)span\s*=[\s\"'{]*(\d{1,4})", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_MAX_COLUMNS = 100
_CELLS = frozenset({"td", "th"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_BLOCKS = frozenset(
    {"article", "aside", "blockquote", "center", "details", "figure", "section"}
    | {"header", "footer", "hr", "main", "nav"}
)
_HIDDEN = frozenset({"script", "style", "template", "svg"})
_LISTS: dict[str, Callable[[], nodes.Element]] = {
    "dl": nodes.definition_list,
    "ul": nodes.bullet_list,
    "ol": lambda: nodes.enumerated_list(enumtype="arabic", prefix="", suffix="."),
}
_LIST_NODES = (nodes.definition_list, nodes.bullet_list, nodes.enumerated_list)
_ITEMS = frozenset({"dt", "dd", "li"})
_HEADING = re.compile(r"h([1-6])")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3})[`~]*[\w+-]*[ \t]*$", re.MULTILINE)

Heading = Callable[[int, int, list[nodes.Node]], nodes.Element]
"""A function of a heading's level, line and content; returns where the text below it goes."""


class _Flow(msgspec.Struct):
    """An element that is open, and its text so far."""

    parent: nodes.Element
    content: Inline


class _Cell(msgspec.Struct):
    entry: nodes.entry
    is_heading: bool
    rows: int
    columns: int


class _Part(msgspec.Struct):
    """The rows of a ``thead``, a ``tbody``, a ``tfoot``, or of a table without such parts."""

    is_head: bool
    rows: list[list[_Cell]]


class _Table(msgspec.Struct):
    line: int
    depth: int
    """The number of open elements around it."""

    parts: list[_Part]
    caption: nodes.title | None = None


class HtmlReader:
    """Appends the content of HTML to nodes."""

    def __init__(self, source: SourceText, markdown: MarkdownIt, heading: Heading) -> None:
        """Headings outside of tables are given to *heading*."""
        self._source = source
        self._markdown = markdown
        self._heading = heading
        self._line = 1
        self._flows: list[_Flow] = []
        self._tables: list[_Table] = []

    def read(self, text: str, line: int, parent: nodes.Element) -> None:
        """Append the content of *text*, which begins on *line*, to *parent*."""
        self._line = line
        self._open(parent)
        position = 0
        without_end: set[str] = set()
        hidden = ""
        while found := _MARKUP.search(text, position):
            if not hidden:
                self._add_text(text[position : found.start()])
            self._line += text.count("\n", position, found.start())
            position = found.end()
            if opening := found["comment"]:
                end = -1
                if opening not in without_end:
                    end = text.find(_COMMENT_ENDS[opening], position)
                if end < 0:
                    without_end.add(opening)
                    continue
                self._add_comment(text[position:end])
                position = end + len(_COMMENT_ENDS[opening])
            elif hidden:
                hidden = "" if found["name"].lower() == hidden and found["end"] else hidden
            elif found["name"].lower() in _HIDDEN:
                is_open = not found["end"] and not found["attributes"].endswith("/")
                hidden = found["name"].lower() if is_open else ""
            else:
                self._add_tag(found["name"].lower(), bool(found["end"]), found["attributes"])
                self._flows[-1].content.add_text(text_of_component(found[0]))
            self._line += text.count("\n", found.start(), position)
        self._add_text(text[position:])
        while self._tables:
            self._end_table()
        while self._flows:
            self._close()

    def _open(self, parent: nodes.Element) -> None:
        self._flows.append(_Flow(parent, Inline(self._line)))

    def _close(self) -> nodes.Element:
        """Close the innermost element, and return it."""
        self._flush()
        return self._flows.pop().parent

    def _flush(self) -> None:
        """Append the text so far as paragraphs."""
        flow = self._flows[-1]
        if isinstance(flow.parent, nodes.title | nodes.term | nodes.rubric):
            flow.parent.extend(flow.content.all)
        elif not isinstance(flow.parent, _LIST_NODES):
            flow.parent.extend(flow.content.paragraphs(self._line))
        flow.content = Inline(self._line)

    def _add_text(self, raw: str) -> None:
        text = raw.strip()
        flow = self._flows[-1]
        if not text:
            if raw:
                flow.content.add_text(" ")
            return
        if isinstance(flow.parent, nodes.entry) and ORIGIN not in flow.parent:
            begin = raw.index(text[0])
            line = self._line + raw.count("\n", 0, begin)
            flow.parent[ORIGIN] = self._source.find(line, text.partition("\n")[0])
            flow.parent.line = line
        if raw[0].isspace():
            flow.content.add_text(" ")
        if _BLANK_LINE.search(raw):
            # After a blank line, Markdown begins.
            for chunk in _BLANK_LINE.split(_FENCE.sub("", text)):
                flow.content.break_line()
                for token in self._markdown.parseInline(chunk.strip()):
                    flow.content.add_tokens(token.children or [])
        else:
            flow.content.add_text(unescape(text))
        if raw[-1].isspace():
            flow.content.add_text(" ")

    def _add_comment(self, text: str) -> None:
        comment = nodes.comment("", text)
        comment.line = self._line + text.count("\n")
        self._flows[-1].parent.append(comment)

    def _add_tag(self, name: str, is_end: bool, attributes: str) -> None:
        level = _HEADING.fullmatch(name)
        if name == "table":
            self._end_table() if is_end else self._begin_table()
        elif self._tables and name in _PARTS | _CELLS | {"tr", "caption"}:
            self._add_part_of_table(name, is_end, attributes)
        elif name in _LISTS or name in _ITEMS:
            self._add_list(name, is_end)
        elif level and not self._tables:
            self._add_heading(int(level[1]), is_end)
        elif name == "pre":
            self._flush()
        elif name == "summary":
            self._add_summary(is_end)
        elif level or name in _BLOCKS:
            self._flows[-1].content.break_line()
        elif name == "a" and not is_end and (target := _HREF.search(attributes)):
            self._flows[-1].content.begin_link(unescape(target[1]))
        elif name == "a" and is_end:
            self._flows[-1].content.end_link()
        else:
            self._flows[-1].content.add_tag(name, is_end=is_end)

    def _add_heading(self, level: int, is_end: bool) -> None:
        is_open = isinstance(self._flows[-1].parent, nodes.title)
        if is_end and is_open:
            title = self._close()
            parent = self._heading(level, title.line or self._line, title.children)
            self._flows[-1].parent = parent
        elif not is_end and not is_open:
            self._flush()
            title = nodes.title()
            title.line = self._line
            self._open(title)

    def _add_summary(self, is_end: bool) -> None:
        is_open = isinstance(self._flows[-1].parent, nodes.rubric)
        if is_end and is_open:
            self._close()
        elif not is_end and not is_open:
            self._flush()
            rubric = nodes.rubric()
            rubric.line = self._line
            self._flows[-1].parent.append(rubric)
            self._open(rubric)

    def _add_list(self, name: str, is_end: bool) -> None:
        """Begin or end a list or one of its items, whose end may be implied."""
        if name in _LISTS and not is_end:
            self._flush()
            items = _LISTS[name]()
            items.line = self._line
            self._flows[-1].parent.append(items)
            self._open(items)
            return
        kind = nodes.definition_list if name in ("dl", "dt", "dd") else _LIST_NODES
        outer = self._tables[-1].depth if self._tables else 0
        parents = [flow.parent for flow in self._flows[outer:]]
        if not any(isinstance(parent, kind) for parent in parents):
            return
        while not isinstance(self._flows[-1].parent, kind):
            self._close()
        if name in _LISTS:
            self._close()
        elif not is_end:
            self._begin_item(name, self._flows[-1].parent)

    def _begin_item(self, name: str, items: nodes.Element) -> None:
        if name == "dt":
            term = begin_term(items)
            term.parent.line = term.parent.line or self._line
            self._open(term)
            return
        if name == "li" or not items.children:
            item = nodes.list_item() if name == "li" else nodes.definition_list_item()
            item.line = self._line
            items.append(item)
        part = items.children[-1]
        assert isinstance(part, nodes.Element)
        if name == "dd":
            part.append(nodes.definition())
            part = part.children[-1]
            assert isinstance(part, nodes.Element)
        self._open(part)

    def _begin_table(self) -> None:
        self._flush()
        self._tables.append(
            _Table(
                line=self._line,
                depth=len(self._flows),
                parts=[_Part(is_head=False, rows=[])],
            )
        )

    def _add_part_of_table(self, name: str, is_end: bool, attributes: str) -> None:
        table = self._tables[-1]
        self._end_cell()
        if is_end:
            if name in _PARTS:
                table.parts.append(_Part(is_head=False, rows=[]))
        elif name in _PARTS:
            table.parts.append(_Part(is_head=name == "thead", rows=[]))
        elif name == "tr":
            table.parts[-1].rows.append([])
        elif name == "caption":
            table.caption = nodes.title()
            self._open(table.caption)
        else:
            spans = {kind.lower(): int(count) for kind, count in _SPAN.findall(attributes)}
            cell = _Cell(
                entry=nodes.entry(),
                is_heading=name == "th",
                rows=spans.get("row", 1),
                columns=min(max(spans.get("col", 1), 1), _MAX_COLUMNS),
            )
            if not table.parts[-1].rows:
                table.parts[-1].rows.append([])
            table.parts[-1].rows[-1].append(cell)
            cell.entry.line = self._line
            self._open(cell.entry)

    def _end_cell(self) -> None:
        """Close the table's cell or caption that is open, if there is one."""
        while len(self._flows) > self._tables[-1].depth:
            self._close()

    def _end_table(self) -> None:
        if not self._tables:
            return
        self._end_cell()
        table = _table_node(self._tables.pop())
        if table is not None:
            self._flows[-1].parent.append(table)


def begin_term(items: nodes.Element) -> nodes.term:
    """Return a new term at the end of the definition list *items*.

    A term after one without a definition is the same, because both have the next definition.
    """
    last = items.children[-1] if items.children else None
    if isinstance(last, nodes.definition_list_item) and len(last.children) == 1:
        term = last.children[0]
        if isinstance(term, nodes.term):
            term.append(nodes.Text(", "))
            return term
    term = nodes.term()
    items.append(nodes.definition_list_item("", term))
    return term


def _table_node(table: _Table) -> nodes.table | None:
    """Return *table* as docutils represents it; None if it has no cells."""
    parts = [part for part in table.parts if any(part.rows)]
    if not parts:
        return None
    first, *rest = parts
    if first.is_head and rest:
        head, body = first.rows, [part.rows for part in rest]
    else:
        # Without a ``thead``, the first rows that only have headings are the head.
        head = list(takewhile(lambda row: all(cell.is_heading for cell in row), first.rows))
        if len(head) == len(first.rows) and not rest:
            head = head[:1]
        body = [first.rows[len(head) :], *(part.rows for part in rest)]
    parts_of_rows = [head, *body]
    natural = max(map(_natural_width, (row for rows in parts_of_rows for row in rows)))
    width = max(_set_spans(rows, natural) for rows in parts_of_rows)
    node = nodes.table()
    node.line = table.line
    if table.caption is not None:
        node.append(table.caption)
    group = nodes.tgroup(cols=width)
    group.extend(nodes.colspec(colwidth=1) for _ in range(width))
    if head:
        group.append(nodes.thead("", *map(_row_node, head)))
    group.append(nodes.tbody("", *(_row_node(row) for rows in body for row in rows)))
    node.append(group)
    return node


def _row_node(row: list[_Cell]) -> nodes.row:
    node = nodes.row("", *(cell.entry for cell in row))
    node.line = row[0].entry.line if row else None
    return node


def _natural_width(row: list[_Cell]) -> int:
    """Return the columns of *row* if its last cell spans none: ``colspan="100"`` means the rest."""
    return sum(cell.columns for cell in row[:-1]) + len(row[-1:])


def _set_spans(rows: list[list[_Cell]], natural: int) -> int:
    """Set the spans of the cells in *rows*, which end with the rows, and return the width.

    No span goes beyond the *natural* width of the table.
    """
    overhangs: dict[int, int] = {}  # column -> rows below that a cell from above still spans
    width = 0
    for index, row in enumerate(rows):
        column = 0
        below: dict[int, int] = {}
        for position, cell in enumerate(row):
            while overhangs.get(column):
                column += 1
            cell.columns = max(1, min(cell.columns, natural - column))
            if column + cell.columns > _MAX_COLUMNS:
                del row[position:]
                break
            remaining = len(rows) - index - 1
            more_rows = remaining if cell.rows == 0 else min(cell.rows - 1, remaining)
            cell.entry["morecols"] = cell.columns - 1
            if more_rows:
                cell.entry["morerows"] = more_rows
            below |= dict.fromkeys(range(column, column + cell.columns), more_rows)
            column += cell.columns
        width = max(width, column, *(c + 1 for c, left in overhangs.items() if left))
        overhangs = {c: left - 1 for c, left in overhangs.items() if left} | below
    return width
