"""The reader for reStructuredText: turns docutils' tree and messages into a Document.

It uses only docutils' extension points (a parser's state classes and inliner), and reads no
settings, files or extensions from outside the document.
"""

import re
from collections.abc import Iterator
from typing import Any

from docutils import frontend, nodes, utils
from docutils.parsers.rst import Parser
from docutils.utils import Reporter

from errbook.readers.document import CodeBlock, Document, Include, UnreadTable
from errbook.readers.rst.contents import contents
from errbook.readers.rst.directives import UNREADABLE
from errbook.readers.rst.listings import listings
from errbook.readers.rst.origin import enclosing, line_of, section_title
from errbook.readers.rst.quick import QuickParser
from errbook.readers.rst.reasons import reason
from errbook.readers.rst.silences import silencing_comments
from errbook.readers.rst.source_text import SourceText
from errbook.readers.rst.sphinx import TolerantInliner, state_classes
from errbook.readers.rst.tables import located_table


def parse_document(text: str, path: str) -> Document:
    """Return the tables and code blocks of the reStructuredText *text*, located in *path*."""
    source = SourceText(text, path)
    tree = utils.new_document(path, _settings(longest_line=len(text)))
    unread: list[UnreadTable] = []
    messages: list[nodes.system_message] = []

    def observe(message: nodes.system_message) -> None:
        messages.append(message)
        table = _unread_table(message, source)
        if table is not None and not _encloses_last(table, unread):
            unread.append(table)

    tree.reporter.attach_observer(observe)
    parser = QuickParser(inliner=TolerantInliner())
    parser.state_classes = state_classes
    parser.parse(text, tree)
    unread.extend(_raw_tables(tree, source))
    found = tuple(contents(tree))
    document = Document(
        path=path,
        tables=tuple(
            located_table(node, source, context)
            for node, context in found
            if isinstance(node, nodes.table)
        ),
        listings=tuple(listings(found, source)),
        unread_tables=tuple(unread),
        code_blocks=tuple(_code_blocks(tree, source)),
        includes=tuple(_includes(messages, source)),
        silences=tuple(silencing_comments(tree, source)),
    )
    _free_tree(tree)
    return document


def _free_tree(tree: nodes.document) -> None:
    """Free the memory of *tree* now: its reference cycles would wait for garbage collection.

    Also, the parser's states keep some of the nodes until the next document.
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
        # Above all of docutils' levels, so that nothing is printed and nothing stops the parser.
        report_level=5,
        halt_level=5,
        # docutils refuses documents with longer lines, and the row of a wide table is one line.
        line_length_limit=longest_line + 1,
    )
    return settings


def _encloses_last(table: UnreadTable, unread: list[UnreadTable]) -> bool:
    """Return whether *table* is a directive whose malformed table is the last of *unread*."""
    last = unread[-1] if unread else None
    return (
        last is not None
        and last.is_malformed
        and not table.is_malformed
        and table.location.line < last.location.line
    )


# The messages about a table directive whose content is not a table.
_TABLE_DIRECTIVE = re.compile(r'"(table|list-table|csv-table)"|^' + UNREADABLE.format(".*"))


def _unread_table(message: nodes.system_message, source: SourceText) -> UnreadTable | None:
    """Return the table that cannot be read, if docutils' *message* reports one."""
    text = message.children[0].astext()
    is_malformed = text.startswith("Malformed table.")
    is_about_table = is_malformed or _TABLE_DIRECTIVE.search(text)
    if not is_about_table or message["level"] < Reporter.WARNING_LEVEL:
        return None
    return UnreadTable(
        is_malformed=is_malformed,
        reason=reason(text),
        text="\n".join(child.astext() for child in message.children[1:]),
        location=source.first_text(message.get("line", 1)),
    )


def _code_blocks(tree: nodes.document, source: SourceText) -> Iterator[CodeBlock]:
    """Yield the literal blocks of *tree*, except for those in docutils' messages."""
    for block in tree.findall(nodes.literal_block):
        if not isinstance(block.parent, nodes.system_message):
            yield CodeBlock(
                text=block.astext(),
                language=block.get("language", ""),
                location=source.first_text(block.line or 1),
            )


def _includes(messages: list[nodes.system_message], source: SourceText) -> Iterator[Include]:
    """Yield the ``include`` directives that docutils ignored according to *messages*."""
    for message in messages:
        text, *block = (child.astext() for child in message.children)
        if block and text == '"include" directive disabled.':
            yield Include(
                file=block[0].partition("::")[2].partition("\n")[0].strip(),
                section=section_title(enclosing(message, nodes.section)),
                location=source.first_text(message.get("line", 1)),
            )


def _raw_tables(tree: nodes.document, source: SourceText) -> Iterator[UnreadTable]:
    for raw in tree.findall(nodes.raw):
        if "<table" in raw.astext().lower():
            location = source.first_text(line_of(raw))
            yield UnreadTable(
                is_malformed=False,
                reason="it is raw HTML",
                text=raw.astext(),
                location=location,
            )
