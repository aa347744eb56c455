"""The reader for reStructuredText: turns docutils' tree and messages into a Document.

It uses only docutils' extension points (a parser's state classes and inliner), and reads no
settings, files or extensions from outside the document.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from docutils import frontend, nodes, utils
from docutils.parsers.rst import Parser
from docutils.utils import Reporter

from errbook.readers.document import Document, Include, UnreadTable
from errbook.readers.rst.directives import UNREADABLE
from errbook.readers.rst.quick import QuickParser
from errbook.readers.rst.reasons import reason
from errbook.readers.rst.sphinx import TolerantInliner, state_classes
from errbook.readers.tree import document_of
from errbook.readers.tree.origin import enclosing, section_title
from errbook.readers.tree.source_text import SourceText


def parse_document(text: str, path: str) -> Document:
    """Return the tables and code blocks of the reStructuredText *text*, located in *path*."""
    source = SourceText(text, path)
    parsed = parse(text, source)
    title = section_title(parsed.tree.next_node(nodes.section))
    return document_of(
        parsed.tree,
        source,
        titles=[title] if title else [],
        unread_tables=parsed.unread_tables,
        includes=parsed.includes,
    )


class Parsed(msgspec.Struct, frozen=True, kw_only=True):
    """A tree, and what docutils' messages say."""

    tree: nodes.document
    unread_tables: tuple[UnreadTable, ...]
    includes: tuple[Include, ...]


def parse(text: str, source: SourceText, first_line: int = 1) -> Parsed:
    """Parse *text*, which begins on *first_line* of *source*."""
    tree = utils.new_document(source.path, _settings(longest_line=len(text)))
    unread: list[UnreadTable] = []
    messages: list[nodes.system_message] = []

    def observe(message: nodes.system_message) -> None:
        messages.append(message)
        table = _unread_table(message, source)
        if table is not None and not _encloses_last(table, unread):
            unread.append(table)

    tree.reporter.attach_observer(observe)
    parser = QuickParser(inliner=TolerantInliner())
    parser.first_line = first_line
    parser.state_classes = state_classes
    parser.parse(text, tree)
    return Parsed(
        tree=tree, unread_tables=tuple(unread), includes=tuple(_includes(messages, source))
    )


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
        remedy=(
            "align its borders and texts"
            if is_malformed
            else "correct the directive, or write a grid table or a list-table"
        ),
        text="\n".join(child.astext() for child in message.children[1:]),
        location=source.first_text(message.get("line", 1)),
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
