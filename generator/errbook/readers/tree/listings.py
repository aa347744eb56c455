"""Lists, described objects and runs of sections from docutils' tree, which may list codes."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Literal

import msgspec
from docutils import nodes

from errbook.diagnostics import Location
from errbook.readers.document import Cell, Context, Item, Listing, ListingKind, Part
from errbook.readers.tree.origin import ARGUMENT, DIRECTIVE, line_of
from errbook.readers.tree.plain_text import as_plain_text, is_hidden, is_struck, text_of_lines
from errbook.readers.tree.prose import as_commonmark
from errbook.readers.tree.source_text import SourceText
from errbook.text.numbering import is_numbering

_KINDS: Mapping[type[nodes.Node], ListingKind] = {
    nodes.bullet_list: "list",
    nodes.enumerated_list: "list",
    nodes.definition_list: "definition list",
    nodes.field_list: "field list",
    nodes.option_list: "definition list",
    nodes.container: "directive",
    nodes.literal_block: "block",
    nodes.line_block: "block",
}
_DESCRIBED = ("macro", "data", "describe", "exception", "enumerator", "var", "constant", "object")
_ARGUMENTS = re.compile(r"(?<=\w)\s*\(.*\)$", re.DOTALL)
_Style = Literal["code", "bold", ""]
_BETWEEN = re.compile(r"\s*(?:[,/|]|\b(?:or|and)\b)?\s*")
# Possessive, because a code can be divided in many ways: nothing is tried again.
_CODE = r"(?=[\w.-]{0,40}[\d_])[\w.-]{1,80}+"
_CODES = re.compile(rf"\s*+{_CODE}(?:\s*+(?:[,/|]|\b(?:or|and)\b)\s*+{_CODE})++(?=[\s:：]|$)")
_PLAIN = r"[^\W\d_][^\W\d_A-Z]{0,19}"
_NUMBERED = re.compile(
    rf"\s*(?:{_PLAIN} )?{_PLAIN}(?: (?:[Nn][or]\.|[Nn]°))?[ :：#]{{1,2}}(?:-?\d{{1,20}}|{_CODE})"
    r"(?=\s*(?:[:：]|[-–—](?!\S)|$))"
)
_BEFORE_CODE = re.compile(rf"\s*(?:{_PLAIN} )?{_PLAIN}\s*[:：#]?\s*")
_WORD = re.compile(r"\s*[^\s:：]+(?::[^\s:：]+)*")
_BRACKETED = re.compile(r"\s*\[([^\s\[\]]{1,80})\]\s*")
_ORNAMENT = re.compile(r"\s*[^\w\s!-~]{1,4}(?=\s)")
_LAST_CODE = re.compile(
    rf"^(?P<text>.*\S)(?:\s*[(（\[](?P<code>(?:{_PLAIN}[ :]{{1,2}}){{0,2}}{_CODE})[)）\]]"
    rf"|\s+\[(?P<name>[a-z][a-z\d]*(?:-[a-z\d]+)*)\]"  # Missing return [return]
    rf"|\s+[/|–—-]\s+(?P<last>(?=[A-Z])(?=\w*\d){_CODE}))\s*$",  # Unreachable / W0101
    re.DOTALL,
)
_BEFORE_LAST = re.compile(r"\s*[:：(（\[–—-]*\s*$")
_MARK = re.compile(
    r"(.*[^\s:：.,])\s*([:：]|(?<!^\d)(?<!^\d\d)\.)|(-?\d+)(,)",
    re.DOTALL,  # ``0, if all is well``
)
_SEPARATOR = re.compile(r"\s*(?:->|=>|--(?!\S)|[:：=|→⇒]|[-–—](?!\S)|\.(?=\s|$))\s*")
_MAY_BE_CODE = re.compile(r"-?\S{0,80}(?:\d|_|\w[.-]\w|[a-z][A-Z])|[A-Z]{2}")
_IS_CODE = re.compile(r"\s*-?(?:\S{0,80}[\d_]|[A-Z]{2})")
_CODE_OF_PAGE = re.compile(r"\b[A-Z][A-Z0-9_.-]{0,40}\d{2}")
_NUMBER_OF_TITLE = re.compile(r"\s*(?:\d{1,2}\.)+(?:\d{1,2})?\s+")
_CODE_IN_CAPITALS = re.compile(r"(?=\S{0,40}[\d_])[A-Z][A-Z0-9_-]{2}")
_MAX_LABEL = 40
_MAX_ROWS = 20
_LABEL = re.compile(
    rf"\s*([^:：\s][^:：\n]{{0,{_MAX_LABEL}}}?)(?:\s*[:：]\s*|\s+[-–—](?:\s+|(?=[^\x00-\x7f])))"
)
_AFTER_LABEL = re.compile(r"\s*(?:[:：]|[-–—](?=\s))?\s*")


def listings(
    contents: Iterable[tuple[nodes.Element, Context]], source: SourceText
) -> Iterator[Listing]:
    """Yield the listings among *contents*; directives that follow each other are one listing.

    Lists whose terms cannot be codes are left out, and what stands below other titles, because
    reading texts takes time.
    """
    found = [
        (node, context)
        for node, context in contents
        if not isinstance(node, nodes.table) and (DIRECTIVE not in node or _describes(node))
    ]
    groups = [_Group(list(pairs)) for _, pairs in groupby(found, key=lambda pair: _key(*pair))]
    counts = Counter[object]()
    for group in groups:
        counts[group.level or id(group)] += group.codes
    for group in groups:
        may_be_codes = (
            counts[group.level or id(group)] > 1
            or group.kind == "directive"
            or group.is_page_of_code
        )
        if group.terms and (may_be_codes or group.kind == "section"):
            items = tuple(_item(*pair, source, with_parts=may_be_codes) for pair in group.terms)
            yield Listing(
                kind=group.kind,
                level=group.level,
                items=items,
                context=group.context,
                location=items[0].head.location,
            )


class _Group:
    """The nodes of one listing."""

    def __init__(self, pairs: Sequence[tuple[nodes.Element, Context]]) -> None:
        first, self.context = pairs[0]
        self.terms = [term for node, _ in pairs for term in _terms(node)]
        self.kind: ListingKind = _kind(first)
        self.level = _level(first) + 1 if self.kind == "section" else 0
        self.codes = sum(1 for pair in self.terms if _may_be_of_code(*pair))

    @property
    def is_page_of_code(self) -> bool:
        """Whether it is the page's only title, and has what may be a code: ``Error CX0029``."""
        is_page = self.level == 1 and len(self.terms) == 1
        return is_page and bool(_CODE_OF_PAGE.search(self.terms[0][1].astext()))


def _kind(node: nodes.Element) -> ListingKind:
    for kind, name in _KINDS.items():
        if isinstance(node, kind):
            return name
    return "section"


def _describes(container: nodes.Element) -> bool:
    """Return whether *container* is a directive that describes an object: ``.. c:macro:: E_X``."""
    return container[DIRECTIVE].rpartition(":")[2] in _DESCRIBED


def _key(node: nodes.Element, context: Context) -> object:
    """Return a key that adjacent directives with the same titles share; others have their own."""
    return context.titles if DIRECTIVE in node else id(node)


def _level(node: nodes.Node) -> int:
    """Return the number of sections around *node*, and itself, if it is one."""
    level, ancestor = 0, node
    while ancestor is not None:
        level += isinstance(ancestor, nodes.section)
        ancestor = ancestor.parent
    return level


def _terms(node: nodes.Element) -> Iterator[tuple[nodes.Element, nodes.Element]]:
    """Yield the items of *node*, each with the element that names it."""
    if DIRECTIVE in node:
        yield node, nodes.term("", _ARGUMENTS.sub("", node[ARGUMENT]))
        return
    if isinstance(node, nodes.literal_block | nodes.line_block):
        lines = node.astext().split("\n") if isinstance(node, nodes.literal_block) else []
        lines += [line.astext() for line in node.children if isinstance(line, nodes.line)]
        yield from ((node, nodes.term("", line)) for line in lines if line.strip())
        return
    for child in node.children:
        if isinstance(child, nodes.section):
            title = child.next_node(nodes.title)
            if title is not None:
                yield child, title
        elif isinstance(child, nodes.option_list_item):
            yield child, nodes.term("", child.children[0].astext())
        elif isinstance(child, nodes.definition_list_item | nodes.field | nodes.list_item):
            term = child.children[0] if child.children else None
            if isinstance(term, nodes.term | nodes.field_name | nodes.paragraph):
                yield child, term


_CODE_LABEL = re.compile(r"[ck]ode|\bkod|\bкод|[码碼]|コード|코드", re.IGNORECASE)


def _may_be_of_code(item: nodes.Element, term: nodes.Element) -> bool:
    """Return whether *item* may have a code: in its *term*, or under a label at its beginning."""
    if _may_begin_with_code(term):
        return True
    return isinstance(item, nodes.section) and any(
        _CODE_LABEL.search(child.astext()[:200])
        for child in item.children[1:4]
        if not isinstance(child, nodes.section | nodes.literal_block)
    )


def _may_begin_with_code(term: nodes.Element) -> bool:
    children = term.children[:2]
    if any(_style(child) == "code" for child in children) or _last_code(term):
        return True
    if any(_style(child) == "bold" and _NUMBERED.match(child.astext()) for child in children):
        return True
    text = term.astext()
    ornament = _ORNAMENT.match(text)
    text = text[ornament.end() if ornament else 0 :].lstrip(" [")
    numbered = _NUMBERED.match(text)
    return bool(_MAY_BE_CODE.match(text) or (numbered and not is_numbering(numbered[0].strip())))


def _item(
    item: nodes.Element, term: nodes.Element, source: SourceText, *, with_parts: bool
) -> Item:
    if isinstance(item, nodes.section):
        is_word = " " not in term.astext().strip()
        with_parts = with_parts and (is_word or _may_be_of_code(item, term))
    location = source.first_text(line_of(item))
    term = _with_joined_texts(term)
    last = _last_code(term)
    head, style, rest = last or _head(_without_ornament(term))
    separator, rest = _separated(rest)
    rest, *lines = _labelled_lines([*rest, *_classifiers(item)])
    cell = _cell([_paragraph(head)], location, is_term=True)
    if mark := _MARK.fullmatch(cell.text):
        cell = msgspec.structs.replace(cell, text=mark[1] or mark[3])
        separator = separator or mark[2] or mark[4]
    continued = (_continued(line, location) for line in lines)
    return Item(
        term=" ".join(term.astext().split()),
        head=cell,
        is_last=last is not None,
        style=style,
        separator=separator,
        rest=_cell([_paragraph(rest)], location),
        parts=tuple(chain(continued, _parts(_below(item), source))) if with_parts else (),
    )


def _with_joined_texts(term: nodes.Element) -> nodes.Element:
    """Return *term* with one text in place of adjacent ones, of which HTML has many."""
    runs = groupby(term.children, lambda child: isinstance(child, nodes.Text))
    joined = [
        child
        for is_text, run in runs
        for child in ([nodes.Text("".join(map(str, run)))] if is_text else run)
    ]
    if len(joined) == len(term.children):
        return term
    copy = term.__class__()
    copy.children = joined
    return copy


def _classifiers(item: nodes.Element) -> Iterator[nodes.Text]:
    """Yield what stands after `` : `` in the term of a definition in reStructuredText."""
    for child in item.children:
        if isinstance(child, nodes.classifier):
            yield nodes.Text(child.astext())


def _below(item: nodes.Element) -> Sequence[nodes.Node]:
    """Return what stands below the term of *item*."""
    if isinstance(item, nodes.literal_block | nodes.line_block):
        return ()
    if isinstance(item, nodes.definition_list_item | nodes.field | nodes.option_list_item):
        return item.children[-1].children
    return item.children if DIRECTIVE in item else item.children[1:]


_Head = tuple[Sequence[nodes.Node], _Style, Sequence[nodes.Node]]
"""The head of a term, its style, and the rest of the term."""


def _last_code(term: nodes.Element) -> _Head | None:
    """Return the code at the end of the title *term*: ``Bad token (E17)``."""
    shown = [child for child in term.children if not is_hidden(child)]
    if not isinstance(term, nodes.title) or not shown or not isinstance(shown[0], nodes.Text):
        return None
    if _IS_CODE.match(shown[0]):
        return None
    if len(shown) == 1:
        found = _LAST_CODE.fullmatch(shown[0])
        code = (found["code"] or found["name"] or found["last"]) if found else None
        return ([nodes.Text(code)], "", [nodes.Text(found["text"])]) if found and code else None
    *before, code = shown[:-1] if shown[-1].astext().strip() in (")", "）", "]") else shown
    if _style(code) != "code" or len(before) != 1 or _BEFORE_CODE.fullmatch(shown[0]):
        return None
    return [code], "code", [nodes.Text(_BEFORE_LAST.sub("", shown[0]))]


def _without_ornament(term: nodes.Element) -> nodes.Element:
    """Return *term* without an emoji or a number before its text, or brackets around a word."""
    first = term.children[0] if term.children else None
    if not isinstance(first, nodes.Text):
        return term
    text = first.astext()
    if ornament := _ORNAMENT.match(text):
        text = text[ornament.end() :]
    if isinstance(term, nodes.title) and (number := _NUMBER_OF_TITLE.match(text)):
        is_before_code = len(term.children) > 1 and _style(term.children[1]) == "code"
        if _CODE_IN_CAPITALS.match(text, number.end()) or (is_before_code and number[0] == text):
            text = text[number.end() :]
    if bracketed := _BRACKETED.match(text):
        text = f"{bracketed[1]} {text[bracketed.end() :]}"
    if not text.strip():
        return _paragraph(term.children[1:])
    return _paragraph([nodes.Text(text), *term.children[1:]]) if text != first else term


def _head(term: nodes.Element) -> _Head:
    """Return the head of *term*, its style, and the rest of it."""
    end = 0
    style: _Style = ""
    for index, child in enumerate(term.children):
        if isinstance(child, nodes.Text):
            names_next = index == 0 and _BEFORE_CODE.fullmatch(child)
            if child.strip() and not (names_next or _BETWEEN.fullmatch(child)):
                break
        elif is_hidden(child):
            continue
        elif marked := _style(child):
            style = style or marked
            end = index + 1
        else:
            break
    if style:
        return term.children[:end], style, term.children[end:]
    text = next((child for child in term.children if not is_hidden(child)), None)
    if not isinstance(text, nodes.Text):  # a link, or another role
        return term.children[:1], "", term.children[1:]
    rest = term.children[term.children.index(text) + 1 :]
    words = _CODES.match(text) or _NUMBERED.match(text) or _WORD.match(text)
    end = words.end() if words else 0
    return [nodes.Text(text[:end])], "", [nodes.Text(text[end:]), *rest]


def _style(node: nodes.Node) -> _Style:
    """Return the style of *node*, or of the only node in it, as in a link or struck-through."""
    if isinstance(node, nodes.literal | nodes.title_reference):
        return "code"
    if isinstance(node, nodes.strong):
        return _style(node.children[0]) or "bold" if len(node.children) == 1 else "bold"
    is_wrapper = isinstance(node, nodes.reference | nodes.inline | nodes.emphasis)
    return _style(node.children[0]) if is_wrapper and len(node.children) == 1 else ""


def _separated(rest: Sequence[nodes.Node]) -> tuple[str, Sequence[nodes.Node]]:
    """Return the separator at the start of *rest*, and what follows it."""
    text = rest[0] if rest else None
    found = _SEPARATOR.match(text) if isinstance(text, nodes.Text) else None
    return (found[0].strip(), _cut(rest, found.end())) if found else ("", rest)


def _parts(content: Iterable[nodes.Node], source: SourceText) -> Iterator[Part]:
    for node in content:
        if is_hidden(node):
            continue
        location = source.first_text(line_of(node))
        if isinstance(node, nodes.paragraph):
            yield from _lines_parts(node, location)
        elif isinstance(node, nodes.line_block):
            yield from _lines_parts(_paragraph(text_of_lines(node)), location)
        elif isinstance(node, nodes.bullet_list | nodes.enumerated_list):
            yield from (
                _item_part(item, number, source.first_text(line_of(item)))
                for number, item in enumerate(node.children, node.get("start", 1))
                if isinstance(item, nodes.list_item) and item.children
            )
        elif isinstance(node, nodes.literal_block):
            cell = _cell([node], location)
            yield Part(kind="code", label="", is_marked=False, whole=cell, rest=cell)
        elif isinstance(node, nodes.section):
            title = node.next_node(nodes.title)
            if title is not None:
                cell = _cell([title], location)
                yield Part(kind="heading", label=cell.text, is_marked=True, whole=cell, rest=cell)
            yield from _parts(node.children[1:], source)
        elif isinstance(node, nodes.field_list | nodes.definition_list):
            for field in node.children:
                if not field.children or isinstance(field, nodes.definition_list):
                    continue  # in HTML
                place = source.first_text(line_of(field))
                yield Part(
                    kind="field",
                    label=field.children[0].astext(),
                    is_marked=True,
                    whole=_cell([field], place),
                    rest=_cell([field.children[-1]], place),
                )
        elif isinstance(node, nodes.table):
            yield from _rows_of(node, source) or [_other(location)]
        elif isinstance(node, nodes.block_quote):
            if node.children:
                yield _box("quote", node.children, location)
        elif isinstance(node, nodes.rubric):
            cell = _cell([node], location)
            yield Part(kind="heading", label=cell.text, is_marked=True, whole=cell, rest=cell)
        elif isinstance(node, nodes.container | nodes.Admonition):
            if _title_of_box(node) is not None:
                yield _box("box", node.children, location)
            else:
                yield from _parts(node.children, source)
        elif isinstance(node, nodes.Element) and not isinstance(node, nodes.title):
            yield _other(location)


def _other(location: Location) -> Part:
    empty = Cell(text="", commonmark="", location=location)
    return Part(kind="other", label="", is_marked=False, whole=empty, rest=empty)


def _rows_of(table: nodes.table, source: SourceText) -> list[Part]:
    """Return the rows of *table*, each with its first cell as the label, if it has two columns."""
    rows = list(table.findall(nodes.row))
    parts: list[Part] = []
    for row in rows:
        if len(row.children) != 2 or len(rows) > _MAX_ROWS:
            return []
        name, value = row.children
        assert isinstance(name, nodes.Element) and isinstance(value, nodes.Element)
        cell = _cell(value.children, source.first_text(line_of(row)))
        parts.append(
            Part(
                kind="row",
                label=as_plain_text(name),
                is_marked=not isinstance(row.parent, nodes.thead),
                whole=cell,
                rest=cell,
            )
        )
    return parts


def _title_of_box(node: nodes.Element) -> nodes.Element | None:
    first = node.children[0] if node.children else None
    return first if isinstance(first, nodes.rubric | nodes.title) else None


def _box(kind: Literal["box", "quote"], content: Sequence[nodes.Node], location: Location) -> Part:
    """Return the part with a quotation or an admonition, whose title is the label."""
    first, *more = content
    label, rest = "", list(content)
    if isinstance(first, nodes.rubric | nodes.title):
        label, rest = first.astext(), more
    elif isinstance(first, nodes.paragraph):
        label, _, line = _labelled(first.children)
        rest = [_paragraph(line), *more] if label else rest
    return Part(
        kind=kind,
        label=label,
        is_marked=True,
        whole=_cell(content, location),
        rest=_cell(rest, location),
    )


def _lines_parts(paragraph: nodes.Element, location: Location) -> Iterator[Part]:
    """Yield *paragraph* as parts, cut before each line that begins with a label or marked text."""
    first, *others = _labelled_lines(_with_joined_texts(paragraph).children)
    yield _text_part(first, [], location)
    yield from (_continued(lines, location) for lines in others)


def _continued(lines: Sequence[nodes.Node], location: Location) -> Part:
    return msgspec.structs.replace(_text_part(lines, [], location), is_continued=True)


# A lower-case letter goes on with a sentence: ``for the\nfollowing reason: no disk is left``.
_LABELLED_LINE = re.compile(rf"(?=\n[ \t]*+[^\W\d_a-z][^:：\n]{{0,{_MAX_LABEL}}}[:：](?!//))")


def _labelled_lines(content: Sequence[nodes.Node]) -> Iterator[list[nodes.Node]]:
    """Yield *content*, cut before each line that begins with a label or with marked text.

    The line break stays before the label.
    """
    lines: list[nodes.Node] = []
    for node in content:
        before = lines[-1] if lines else None
        begins_line = isinstance(before, nodes.Text) and before.rstrip(" ").endswith("\n")
        if begins_line and isinstance(node, nodes.strong | nodes.emphasis):
            yield lines
            lines = []
        if not isinstance(node, nodes.Text):
            lines.append(node)
            continue
        first, *labelled = _LABELLED_LINE.split(node)
        lines += [nodes.Text(first)] if first else []
        for text in labelled:
            yield lines
            lines = [nodes.Text(text)]
    yield lines


def _item_part(item: nodes.list_item, number: int, location: Location) -> Part:
    first, *rest = item.children
    if isinstance(first, nodes.paragraph):
        part = _text_part(first.children, rest, location)
    else:
        part = _text_part([], item.children, location)
    items: nodes.Element = nodes.bullet_list()
    if isinstance(item.parent, nodes.enumerated_list):
        items = nodes.enumerated_list(enumtype="arabic", prefix="", suffix=".", start=number)
    alone = nodes.list_item()
    alone.children, items.children = item.children, [alone]
    whole = _cell([items], location)
    rest_of_it = part.rest if part.label else whole
    return msgspec.structs.replace(part, kind="item", whole=whole, rest=rest_of_it)


def _text_part(line: Sequence[nodes.Node], more: Sequence[nodes.Node], location: Location) -> Part:
    """Return the part with the text *line*, and *more* blocks below it in the same item."""
    label, is_marked, rest = _labelled(line)
    whole = _cell([_paragraph(line), *more], location)
    return Part(
        kind="text",
        label=label,
        is_marked=is_marked,
        whole=whole,
        rest=_cell([_paragraph(rest), *more], location) if label else whole,
    )


def _labelled(line: Sequence[nodes.Node]) -> tuple[str, bool, Sequence[nodes.Node]]:
    """Return the label at the start of *line*, whether it is marked, and what follows it.

    Only a label in bold style may stand without a colon or a dash.
    """
    if not line:
        return "", False, line
    first, rest = line[0], line[1:]
    if isinstance(first, nodes.strong | nodes.emphasis):
        label = first.astext().strip()
        following = rest[0].astext() if rest else ""
        after = _AFTER_LABEL.match(following)
        is_alone = isinstance(first, nodes.strong) and not following.strip()
        is_closed = label.endswith((":", "：")) or is_alone or bool(after and after[0].strip())
        if is_closed and len(label) <= _MAX_LABEL:
            return label.rstrip(":： "), True, _cut(rest, after.end() if after else 0)
    elif isinstance(first, nodes.Text):
        found = _LABEL.match(first)
        if found and not first.startswith("//", found.end()):
            return found[1], False, _cut(line, found.end())
    return "", False, line


def _cut(line: Sequence[nodes.Node], length: int) -> Sequence[nodes.Node]:
    """Return *line* without the first *length* characters of its text."""
    if not line or not isinstance(line[0], nodes.Text):
        return line
    return [nodes.Text(line[0][length:]), *line[1:]]


def _paragraph(content: Sequence[nodes.Node]) -> nodes.paragraph:
    """Return a paragraph with *content*, which stays where it is in the tree."""
    paragraph = nodes.paragraph()
    paragraph.children = list(content)
    return paragraph


def _cell(content: Sequence[nodes.Node], location: Location, *, is_term: bool = False) -> Cell:
    holder = nodes.container()
    holder.children = list(content)
    return Cell(
        text=as_plain_text(holder),
        commonmark=as_commonmark(holder),
        location=location,
        is_struck=is_term and is_struck(holder),
    )
