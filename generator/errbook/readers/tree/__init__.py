"""From a tree of docutils' nodes to a Document: what the readers of all languages share."""

from collections.abc import Iterator, Sequence

from docutils import nodes

from errbook.readers.document import CodeBlock, Document, Include, Section, UnreadTable
from errbook.readers.tree.contents import contents
from errbook.readers.tree.listings import listings
from errbook.readers.tree.origin import enclosing, line_of, section_title
from errbook.readers.tree.silences import silencing_comments
from errbook.readers.tree.source_text import SourceText
from errbook.readers.tree.tables import located_table


def document_of(
    tree: nodes.document,
    source: SourceText,
    *,
    titles: Sequence[str],
    unread_tables: Sequence[UnreadTable],
    includes: Sequence[Include],
) -> Document:
    """Return the Document with the content of *tree*, which was parsed from *source*.

    *titles* are those of the page. The tree is broken up.
    """
    found = tuple(contents(tree, titles))
    document = Document(
        path=source.path,
        titles=(*titles, *filter(None, map(section_title, tree.findall(nodes.section)))),
        text=source.text,
        sections=tuple(_sections(tree, source, titles)),
        tables=tuple(
            located_table(node, source, context)
            for node, context in found
            if isinstance(node, nodes.table)
        ),
        listings=tuple(listings(found, source)),
        unread_tables=(*unread_tables, *_raw_tables(tree, source)),
        code_blocks=tuple(_code_blocks(tree, source)),
        includes=tuple(includes),
        silences=tuple(silencing_comments(tree, source)),
    )
    _free_tree(tree)
    return document


def _sections(tree: nodes.document, source: SourceText, titles: Sequence[str]) -> Iterator[Section]:
    """Yield the page and its sections; each ends where the next one of its level begins."""
    if titles:
        whole = range(1, source.length + 1)
        yield Section(title=titles[0], lines=whole, location=source.first_text(1))
    open_sections: list[tuple[nodes.section, int]] = []
    found: list[tuple[int, str, int]] = []
    ends: dict[int, int] = {}
    for section in tree.findall(nodes.section):
        line = line_of(section)
        while open_sections and enclosing(section, nodes.section) is not open_sections[-1][0]:
            ends[open_sections.pop()[1]] = line
        open_sections.append((section, len(found)))
        found.append((line, section_title(section) or "", len(found)))
    for line, title, number in found:
        lines = range(line, ends.get(number, source.length + 1))
        yield Section(title=title, lines=lines, location=source.first_text(line))


def _free_tree(tree: nodes.document) -> None:
    """Free the memory of *tree* now: its reference cycles would wait for garbage collection.

    Also, docutils' states keep some of the nodes until the next document.
    """
    for node in list(tree.findall()):
        node.parent = None
        node.document = None  # type: ignore[assignment]
        if node.children:
            node.children = []


def _code_blocks(tree: nodes.document, source: SourceText) -> Iterator[CodeBlock]:
    """Yield the literal blocks of *tree*, except for those in docutils' messages."""
    for block in tree.findall(nodes.literal_block):
        if not isinstance(block.parent, nodes.system_message):
            yield CodeBlock(
                text=block.astext(),
                language=block.get("language", ""),
                location=source.first_text(block.line or 1),
            )


def _raw_tables(tree: nodes.document, source: SourceText) -> Iterator[UnreadTable]:
    for raw in tree.findall(nodes.raw):
        if "<table" in raw.astext().lower():
            yield UnreadTable(
                is_malformed=False,
                reason="it is raw HTML",
                remedy="write a grid table or a list-table",
                text=raw.astext(),
                location=source.first_text(line_of(raw)),
            )
