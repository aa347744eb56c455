"""The tables and listings in docutils' tree, each with the titles and the paragraph before it."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import msgspec
from docutils import nodes

from errbook.readers.document import Context
from errbook.readers.tree.origin import DIRECTIVE, line_of, section_title
from errbook.readers.tree.plain_text import text_of_lines

_LISTINGS = (
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.definition_list,
    nodes.field_list,
    nodes.option_list,
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
    heading: str | None = None
    """The nearest line above that is no title but looks like one."""

    introduction: nodes.paragraph | None = None
    earlier: tuple[nodes.paragraph, ...] = ()
    is_in_cell: bool = False

    def context(self, caption: str | None = None) -> Context:
        titles = [caption, self.heading, *self.titles, *self.page_titles]
        return Context(
            section=self.section,
            titles=tuple(dict.fromkeys(title for title in titles if title)),
            introduction=self.introduction.astext() if self.introduction is not None else "",
            earlier="\n".join(" ".join(node.astext().split()) for node in self.earlier),
            is_in_cell=self.is_in_cell,
        )


def _contents(node: nodes.Element, place: _Place) -> Iterator[tuple[nodes.Element, Context]]:
    first = next((i for i, c in enumerate(node.children) if isinstance(c, nodes.section)), None)
    if first is not None:
        before = msgspec.structs.replace(place, introduction=None, earlier=())
        for child in node.children[:first]:
            if isinstance(child, nodes.paragraph):
                _note(before, child)
        yield node, before.context()
    for child in _with_runs(node):
        if isinstance(child, nodes.section):
            title = section_title(child)
            titles = (title, *place.titles) if title else place.titles
            yield from _contents(child, _Place(title, titles, place.page_titles))
        elif isinstance(child, nodes.table):
            caption = next((c.astext() for c in child.children if isinstance(c, nodes.title)), None)
            yield child, place.context(caption)
            yield from _contents(child, msgspec.structs.replace(place, is_in_cell=True))
            place.earlier = ()
        elif isinstance(child, nodes.definition_list_item | nodes.Admonition):
            titles = tuple(filter(None, (_own_title(child), *place.titles)))
            inner = msgspec.structs.replace(place, titles=titles, introduction=None, earlier=())
            yield from _contents(child, inner)
        elif isinstance(child, nodes.rubric):
            place.heading = child.astext()
        elif isinstance(child, nodes.paragraph):
            if _is_bold(child):
                place.heading = child.astext()
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


_MAX_HEADING = 100


def _is_bold(paragraph: nodes.paragraph) -> bool:
    """Return whether *paragraph* is one line in bold style, which readers take for a heading."""
    is_alone = len(paragraph.children) == 1 and isinstance(paragraph.children[0], nodes.strong)
    return is_alone and len(paragraph.astext()) <= _MAX_HEADING


_CODE = re.compile(
    r"(?:[^\W\d_]{1,20} ){0,2}\S{0,40}[\d_]\S{0,40}|(?:[A-Z][a-z]+){2,6}|[A-Z]{4,20}"
)
_HEADING_OF_CODE = re.compile(
    r"(?:(?:[^\W\d_]{1,20} ){0,2}[(\[]?\S{0,40}[\d_]\S{0,40}|(?:[A-Z][a-z]+){2,6}|[A-Z]{4,20})"
    r"(?:\s*[:：]\s.*|\s+[-–—]\s.*)?",
    re.DOTALL,
)
_BEGINS_WITH_CODE = re.compile(
    r"\s*\S{0,40}[\d_]\S{0,40}\s*[:：]\s|\s*\S{0,40}\d\S{0,40}\s+[-–—]\s"
)


def _with_runs(node: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the children of *node*, with lists and sections in place of what only looks like them.

    These are paragraphs, or lines of one, that each begin with a code; and text below such lines.
    """
    children = node.children
    headings = [i for i, child in enumerate(children) if _is_heading_of_code(child)]
    if len(headings) > 1 and all(end - start > 1 for start, end in pairwise(headings)):
        yield from children[: headings[0]]
        yield _sections_of(children, headings, node)
        return
    lines = (line for child in children for line in _lines_with_codes(child) or [child])
    for begins, run in groupby(lines, _begins_with_code):
        paragraphs = list(run)
        if begins and len(paragraphs) > 1:
            yield _list_of(paragraphs)
        else:
            yield from paragraphs


def _is_heading_of_code(node: nodes.Node) -> bool:
    """Return whether *node* is a short line that begins with a code in bold or code style."""
    if not isinstance(node, nodes.paragraph) or len(node.children) == 0:
        return False
    first = node.children[0]
    if not isinstance(first, nodes.strong | nodes.literal):
        return False
    text = node.astext()
    is_marked = _is_bold(node) or _CODE.fullmatch(first.astext())
    return bool(is_marked and len(text) <= _MAX_HEADING and _HEADING_OF_CODE.fullmatch(text))


def _sections_of(
    children: Sequence[nodes.Node], headings: Sequence[int], parent: nodes.Element
) -> nodes.compound:
    """Return sections with these *headings*, from the first one on; all nodes stay in the tree."""
    sections = nodes.compound()
    sections.parent = parent
    for start, end in zip(headings, [*headings[1:], len(children)], strict=True):
        paragraph = children[start]
        assert isinstance(paragraph, nodes.paragraph)
        section, title = nodes.section(), nodes.title()
        title.children = paragraph.children
        if _is_bold(paragraph):
            title.children = list(paragraph.children[0].children)
        section.children = [title, *children[start + 1 : end]]
        section.parent, title.parent = sections, section
        section.line = title.line = line_of(paragraph)
        sections.children.append(section)
    return sections


def _lines_with_codes(node: nodes.Node) -> Sequence[nodes.Node]:
    """Return the lines of *node* that begin with a code, if there are several, and no others.

    Lines below a code without a style go on with the text of that code. Below one with a style,
    they may be prose, in which such words stand at the beginning of lines by chance.
    """
    if not _begins_with_code(node) and not isinstance(node, nodes.line_block):
        return []
    joined: list[nodes.paragraph] = []
    for line in _lines(node):
        if _begins_with_code(line):
            joined.append(line)
        elif joined and isinstance(joined[-1].children[0], nodes.Text):
            joined[-1].children += [nodes.Text("\n"), *line.children]
        else:
            return []
    return joined if len(joined) > 1 else []


def _lines(node: nodes.Node) -> list[nodes.paragraph]:
    """Return the lines of *node* that are not blank, each as a paragraph."""
    lines: list[list[nodes.Node]] = [[]]
    for child in text_of_lines(node) if isinstance(node, nodes.line_block) else node.children:
        if not isinstance(child, nodes.Text):
            lines[-1].append(child)
            continue
        for number, text in enumerate(child.split("\n")):
            if number > 0:
                lines.append([])
            if text:
                lines[-1].append(nodes.Text(text))
    paragraphs: list[nodes.paragraph] = []
    for content in lines:
        if any(node.astext().strip() for node in content):
            paragraphs.append(nodes.paragraph())
            paragraphs[-1].children = content
            paragraphs[-1].line = line_of(node) + len(paragraphs) - 1
    return paragraphs


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
