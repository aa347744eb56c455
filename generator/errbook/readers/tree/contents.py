"""The tables and listings in docutils' tree, each with the titles and the paragraph before it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec
from docutils import nodes

from errbook.readers.document import Context
from errbook.readers.tree.origin import DIRECTIVE, line_of, section_title

_LISTINGS = (
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    nodes.field_list,
    nodes.line_block,
)
_UNSEEN = (nodes.Invisible, nodes.system_message, nodes.raw, nodes.target)


def contents(
    tree: nodes.document, titles: Sequence[str]
) -> Iterator[tuple[nodes.Element, Context]]:
    """Yield the tables, lists and described objects in *tree*, and the elements with sections.

    A table in a cell follows the table around it. *titles* are those of the page.
    """
    yield from _contents(tree, _Place(section=None, titles=(), page_titles=tuple(titles)))


class _Place(msgspec.Struct):
    """Where the walk through the tree is."""

    section: str | None
    titles: tuple[str, ...]
    page_titles: tuple[str, ...]
    introduction: nodes.paragraph | None = None
    earlier: tuple[nodes.paragraph, ...] = ()

    def context(self, caption: str | None = None) -> Context:
        titles = [caption, *self.titles, *self.page_titles]
        return Context(
            section=self.section,
            titles=tuple(dict.fromkeys(title for title in titles if title)),
            introduction=self.introduction.astext() if self.introduction is not None else "",
            earlier="\n".join(" ".join(node.astext().split()) for node in self.earlier),
        )


def _contents(node: nodes.Element, place: _Place) -> Iterator[tuple[nodes.Element, Context]]:
    if any(isinstance(child, nodes.section) for child in node.children):
        yield node, place.context()
    for child in _with_runs(node.children):
        if isinstance(child, nodes.section):
            title = section_title(child)
            titles = (title, *place.titles) if title else place.titles
            yield from _contents(child, _Place(title, titles, place.page_titles))
        elif isinstance(child, nodes.table):
            caption = next((c.astext() for c in child.children if isinstance(c, nodes.title)), None)
            yield child, place.context(caption)
            yield from _contents(child, msgspec.structs.replace(place))
            place.earlier = ()
        elif isinstance(child, nodes.definition_list_item | nodes.Admonition):
            titles = tuple(filter(None, (_own_title(child), *place.titles)))
            inner = msgspec.structs.replace(place, titles=titles, introduction=None, earlier=())
            yield from _contents(child, inner)
        elif isinstance(child, nodes.paragraph):
            _note(place, child)
            continue
        elif isinstance(child, nodes.literal_block):
            yield child, place.context()
        elif isinstance(child, nodes.Element) and not isinstance(child, nodes.TextElement):
            is_metadata = isinstance(child, nodes.field_list) and isinstance(node, nodes.document)
            if (isinstance(child, _LISTINGS) and not is_metadata) or DIRECTIVE in child:
                yield child, place.context()
            yield from _contents(child, msgspec.structs.replace(place))
        if not isinstance(child, _UNSEEN) and any(child.findall(nodes.Text)):
            _note(place, None)


def _own_title(node: nodes.Element) -> str | None:
    """Return the term of a definition, or the title of an admonition."""
    first = node.children[0] if node.children else None
    return first.astext() if isinstance(first, nodes.term | nodes.title) else None


_MOST_EARLIER = 5


def _note(place: _Place, paragraph: nodes.paragraph | None) -> None:
    """Make *paragraph* the introduction of what follows, and the one before it an earlier one."""
    if place.introduction is not None:
        place.earlier = (*place.earlier, place.introduction)[-_MOST_EARLIER:]
    place.introduction = paragraph


_CODE = re.compile(r"\S{0,40}[\d_]\S{0,40}")
_BEGINS_WITH_CODE = re.compile(
    r"\s*\S{0,40}[\d_]\S{0,40}\s*[:：]\s|\s*\S{0,40}\d\S{0,40}\s+[-–—]\s"
)


def _with_runs(children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Yield *children*, with a list in place of paragraphs that each begin with a code."""
    for begins, run in groupby(children, _begins_with_code):
        paragraphs = list(run)
        if begins and len(paragraphs) > 1:
            yield _list_of(paragraphs)
        else:
            yield from paragraphs


def _begins_with_code(node: nodes.Node) -> bool:
    if not isinstance(node, nodes.paragraph) or len(node.children) == 0:
        return False
    first = node.children[0]
    if isinstance(first, nodes.strong | nodes.literal):
        is_alone = len(node.children) == 1  # as a heading in bold style is
        return not is_alone and bool(_CODE.fullmatch(first.astext()))
    return bool(_BEGINS_WITH_CODE.match(node.astext()))


def _list_of(paragraphs: Sequence[nodes.Node]) -> nodes.bullet_list:
    """Return a list of *paragraphs*, which stay where they are in the tree."""
    items = nodes.bullet_list()
    for paragraph in paragraphs:
        item = nodes.list_item()
        item.children, item.line = [paragraph], line_of(paragraph)
        items.children.append(item)
    return items
