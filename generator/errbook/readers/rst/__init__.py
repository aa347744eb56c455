"""The reader for reStructuredText: docutils' tree becomes tables, rows and located cells.

It uses docutils' extension points only (a parser's state classes and inliner), and no setting, file
or extension from outside the document.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from docutils import frontend, nodes, utils
from docutils.parsers.rst import Parser
from docutils.utils import Reporter

from errbook.diagnostics import Location
from errbook.readers.document import Cell, CodeBlock, Document, Include, Row, Table, UnreadTable
from errbook.readers.rst import plain_text as text_of
from errbook.readers.rst.directives import UNREADABLE
from errbook.readers.rst.origin import Origin, enclosing
from errbook.readers.rst.prose import commonmark
from errbook.readers.rst.quick import QuickParser
from errbook.readers.rst.silences import silences
from errbook.readers.rst.source_text import SourceText
from errbook.readers.rst.sphinx import ORIGIN, TolerantInliner, state_classes


def parse_document(text: str, path: str) -> Document:
    """Return the tables and code blocks of the reStructuredText *text*, located in *path*."""
    source = SourceText(text, path)
    tree = utils.new_document(path, _settings(longest_line=len(text)))
    unread: list[UnreadTable] = []
    messages: list[nodes.system_message] = []

    def observe(message: nodes.system_message) -> None:
        messages.append(message)
        table = _unread_table(message, source)
        if table is not None and not _is_around_last(table, unread):
            unread.append(table)

    tree.reporter.attach_observer(observe)
    parser = QuickParser(inliner=TolerantInliner())
    parser.state_classes = state_classes
    parser.parse(text, tree)
    unread.extend(_raw_tables(tree, source))
    document = Document(
        path=path,
        tables=tuple(_tables(tree, source, section=None)),
        unread_tables=tuple(unread),
        code_blocks=tuple(
            CodeBlock(
                text=block.astext(),
                language=block.get("language", ""),
                location=source.first_text(block.line or 1),
            )
            for block in tree.findall(nodes.literal_block)
            if not isinstance(block.parent, nodes.system_message)
        ),
        includes=tuple(_includes(messages, source)),
        silences=tuple(silences(tree, source)),
    )
    _take_apart(tree)
    return document


def _take_apart(tree: nodes.document) -> None:
    """Free the memory of *tree* now, not when garbage is collected: nodes refer to their parents.

    The parser's states keep some of the nodes until the next document.
    """
    for node in list(tree.findall()):
        node.parent = None
        node.document = None  # type: ignore[assignment]
        if node.children:
            node.children = []


def _settings(longest_line: int) -> Any:
    settings = frontend.get_default_settings(Parser)
    vars(settings).update(
        file_insertion_enabled=False,
        raw_enabled=True,  # raw text is dropped later; raw files are never read
        syntax_highlight="none",
        # Above all of docutils' levels: nothing is printed, and nothing stops the parser.
        report_level=5,
        halt_level=5,
        # docutils refuses a document with a longer line, and a row of a wide table is one line.
        line_length_limit=longest_line + 1,
    )
    return settings


def _is_around_last(table: UnreadTable, unread: list[UnreadTable]) -> bool:
    """Tell whether *table* is the directive around the last of *unread*, a malformed table."""
    last = unread[-1] if unread else None
    return (
        last is not None
        and last.is_malformed
        and not table.is_malformed
        and table.location.line < last.location.line
    )


# docutils' messages about a table directive whose content is not a table.
_TABLE_DIRECTIVE = re.compile(r'"(table|list-table|csv-table)"|^' + UNREADABLE.format(".*"))


def _unread_table(message: nodes.system_message, source: SourceText) -> UnreadTable | None:
    """Return the table that is lost, if docutils' *message* reports one."""
    text = message.children[0].astext()
    kind, _, detail = text.partition("\n")
    is_malformed = kind == "Malformed table."
    if is_malformed:
        reason = detail.strip().rstrip(".") or "its borders do not meet"
    elif message["level"] < Reporter.WARNING_LEVEL or not _TABLE_DIRECTIVE.search(text):
        return None
    elif "access deactivated" in text:
        reason = "it stands in another file, and nothing outside of the page is read"
    else:
        reason = " ".join(text.split()).rstrip(".")
    return UnreadTable(
        is_malformed=is_malformed,
        reason=reason[0].lower() + reason[1:],
        location=source.first_text(message.get("line", 1)),
    )


def _includes(messages: list[nodes.system_message], source: SourceText) -> Iterator[Include]:
    """Yield the ``include`` directives that docutils ignored according to *messages*."""
    for message in messages:
        text, *block = (child.astext() for child in message.children)
        if block and text == '"include" directive disabled.':
            yield Include(
                file=block[0].partition("::")[2].partition("\n")[0].strip(),
                section=_title(enclosing(message, nodes.section)),
                location=source.first_text(message.get("line", 1)),
            )


def _title(section: nodes.section | None) -> str | None:
    title = section.next_node(nodes.title) if section is not None else None
    return title.astext() if title else None


def _raw_tables(tree: nodes.document, source: SourceText) -> Iterator[UnreadTable]:
    for raw in tree.findall(nodes.raw):
        if "<table" in raw.astext().lower():
            location = source.first_text(_line_of(raw))
            yield UnreadTable(is_malformed=False, reason="it is raw HTML", location=location)


def _tables(node: nodes.Element, source: SourceText, section: str | None) -> Iterator[Table]:
    """Yield the tables below *node*, nested ones too, whose text also belongs to their cell."""
    for child in node.children:
        if isinstance(child, nodes.table):
            yield _table(child, source, section)
            yield from _tables(child, source, section)
        elif isinstance(child, nodes.section):
            yield from _tables(child, source, _title(child))
        elif isinstance(child, nodes.Element):
            yield from _tables(child, source, section)


def _table(table: nodes.table, source: SourceText, section: str | None) -> Table:
    group = next(child for child in table.children if isinstance(child, nodes.tgroup))
    columns = sum(isinstance(child, nodes.colspec) for child in group.children)
    parts: dict[type[nodes.Element], tuple[Row, ...]] = {}
    for part in group.children:
        if isinstance(part, nodes.thead | nodes.tbody):
            parts[type(part)] = tuple(_rows(part, columns, source))
    headings, rows = parts.get(nodes.thead, ()), parts.get(nodes.tbody, ())
    first = next(iter((*headings, *rows)), None)
    return Table(
        headings=headings,
        rows=rows,
        section=section,
        location=first.location if first else source.first_text(_line_of(table)),
    )


class _Overhang(msgspec.Struct, frozen=True):
    """A cell that spans rows further down."""

    cell: Cell
    rows: int
    """How many of them are still to come; at least one."""


def _rows(part: nodes.Element, columns: int, source: SourceText) -> Iterator[Row]:
    """Yield the rows of *part*, a spanning cell in every place that it spans."""
    overhangs: dict[int, _Overhang] = {}  # by column
    for row in part.children:
        entries = (entry for entry in row.children if isinstance(entry, nodes.entry))
        cells, own = _row_cells(entries, columns, overhangs, source)
        with_text = [cell for cell in own if cell.text]
        location = min(
            (cell.location for cell in with_text or own or cells),
            default=source.first_text(_line_of(row)),
        )
        missing = columns - len(cells)
        cells += [Cell(text="", commonmark="", location=location)] * missing
        yield Row(cells=tuple(cells), location=location)


def _row_cells(
    entries: Iterator[nodes.entry],
    columns: int,
    overhangs: dict[int, _Overhang],
    source: SourceText,
) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of a row, and those of them that do not span it from above.

    The *overhangs* of the rows above become those for the row below.
    """
    cells: list[Cell] = []
    own: list[Cell] = []
    while len(cells) < columns:
        column = len(cells)
        above = overhangs.pop(column, None)
        if above is not None:
            if above.rows > 1:
                overhangs[column] = _Overhang(above.cell, above.rows - 1)
            cells.append(above.cell)
            continue
        entry = next(entries, None)
        if entry is None:
            break
        cell = _cell(entry, source)
        own.append(cell)
        for _ in range(1 + entry.get("morecols", 0)):
            if entry.get("morerows"):
                overhangs[len(cells)] = _Overhang(cell, entry["morerows"])
            cells.append(cell)
    return cells, own


def _cell(entry: nodes.entry, source: SourceText) -> Cell:
    return Cell(
        text=text_of.plain(entry),
        commonmark=commonmark(entry),
        location=_location(entry, source),
    )


def _location(entry: nodes.entry, source: SourceText) -> Location:
    origin: Origin | None = entry.get(ORIGIN)
    if origin is not None:
        return source.find(origin.line, origin.words, source.indent(origin.border) + origin.width)
    for node in entry.findall(nodes.TextElement):
        if node.line:
            return source.find(node.line, node.rawsource.partition("\n")[0])
    # A text such as ``-`` was read as an empty list, which has no text.
    for inner in entry.findall(nodes.Element):
        if inner is not entry and inner.line:
            return source.find(inner.line, text_of.plain(entry))
    return source.first_text(_line_of(entry))


def _line_of(node: nodes.Node) -> int:
    """Return the line of *node* or of its nearest ancestor for which docutils has one."""
    ancestor: nodes.Node | None = node
    while ancestor is not None:
        if ancestor.line:
            return ancestor.line
        ancestor = ancestor.parent
    return 1
