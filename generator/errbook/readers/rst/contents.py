"""The tables and listings in docutils' tree, each with the titles and the paragraph before it."""

from collections.abc import Iterator

import msgspec
from docutils import nodes

from errbook.readers.document import Context
from errbook.readers.rst.directives import DIRECTIVE
from errbook.readers.rst.origin import section_title

_LISTS = (nodes.bullet_list, nodes.definition_list, nodes.field_list)
_UNSEEN = (nodes.Invisible, nodes.system_message, nodes.raw, nodes.target)


def contents(tree: nodes.document) -> Iterator[tuple[nodes.Element, Context]]:
    """Yield the tables, lists and described objects in *tree*, and the elements with sections.

    A table in a cell follows the table around it.
    """
    page_title = section_title(tree.next_node(nodes.section))
    yield from _contents(tree, _Place(section=None, titles=(), page_title=page_title))


class _Place(msgspec.Struct):
    """Where the walk through the tree is."""

    section: str | None
    titles: tuple[str, ...]
    page_title: str | None
    introduction: nodes.paragraph | None = None

    def context(self, caption: str | None = None) -> Context:
        titles = [caption, *self.titles, self.page_title]
        return Context(
            section=self.section,
            titles=tuple(dict.fromkeys(title for title in titles if title)),
            introduction=self.introduction.astext() if self.introduction is not None else "",
        )


def _contents(node: nodes.Element, place: _Place) -> Iterator[tuple[nodes.Element, Context]]:
    if sum(isinstance(child, nodes.section) for child in node.children) > 1:
        yield node, place.context()
    for child in node.children:
        if isinstance(child, nodes.section):
            title = section_title(child)
            titles = (title, *place.titles) if title else place.titles
            yield from _contents(child, _Place(title, titles, place.page_title))
        elif isinstance(child, nodes.table):
            caption = next((c.astext() for c in child.children if isinstance(c, nodes.title)), None)
            yield child, place.context(caption)
            yield from _contents(child, msgspec.structs.replace(place))
        elif isinstance(child, nodes.paragraph):
            place.introduction = child
            continue
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.TextElement):
            if isinstance(child, _LISTS) or DIRECTIVE in child:
                yield child, place.context()
            yield from _contents(child, msgspec.structs.replace(place))
        if not isinstance(child, _UNSEEN) and any(child.findall(nodes.Text)):
            place.introduction = None
