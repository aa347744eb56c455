"""Lists, described objects and runs of sections from docutils' tree, which may list codes."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from docutils import nodes

from errbook.readers.document import Context, Item, Listing
from errbook.readers.rst.directives import ARGUMENT, DIRECTIVE
from errbook.readers.rst.origin import line_of, section_title
from errbook.readers.rst.source_text import SourceText

_KINDS = {
    nodes.bullet_list: "list",
    nodes.definition_list: "definition list",
    nodes.field_list: "field list",
    nodes.container: "directive",
}
_DESCRIBED = ("macro", "data", "describe", "exception", "enumerator", "var", "constant", "object")


def listings(
    contents: Iterable[tuple[nodes.Element, Context]], source: SourceText
) -> Iterator[Listing]:
    """Yield the listings among *contents*; directives that follow each other are one listing."""
    found = [
        (node, context)
        for node, context in contents
        if not isinstance(node, nodes.table) and (DIRECTIVE not in node or _describes(node))
    ]
    for _, group in groupby(found, key=lambda pair: _group(*pair)):
        nodes_, contexts = zip(*group, strict=True)
        items = tuple(item for node in nodes_ for item in _items(node, source))
        if items:
            kind = next((k for t, k in _KINDS.items() if isinstance(nodes_[0], t)), "section")
            yield Listing(kind=kind, items=items, context=contexts[0], location=items[0].location)


def _describes(container: nodes.Element) -> bool:
    """Return whether *container* is a directive that describes an object: ``.. c:macro:: E_X``."""
    return container[DIRECTIVE].rpartition(":")[2] in _DESCRIBED


def _group(node: nodes.Element, context: Context) -> object:
    """Return a key that adjacent directives with the same titles share; others have their own."""
    return context.titles if DIRECTIVE in node else id(node)


def _items(node: nodes.Element, source: SourceText) -> Iterator[Item]:
    if DIRECTIVE in node:
        yield Item(term=node[ARGUMENT], location=source.first_text(line_of(node)))
        return
    for child in node.children:
        term = _term(child)
        if term:
            yield Item(term=term, location=source.first_text(line_of(child)))


def _term(node: nodes.Node) -> str | None:
    """Return the text that comes first in an item, or the title of a section."""
    if isinstance(node, nodes.section):
        return section_title(node)
    if isinstance(node, nodes.definition_list_item | nodes.field):
        return node.children[0].astext()
    if not isinstance(node, nodes.list_item) or not node.children:
        return None
    paragraph = node.children[0]
    first = paragraph.children[0] if paragraph.children else None
    if isinstance(first, nodes.literal | nodes.strong | nodes.title_reference):
        return first.astext()
    return None
