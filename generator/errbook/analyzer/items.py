"""What an item of a listing says about its code: the rest of its term and what stands below."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

import msgspec

from errbook.analyzer import vocabulary
from errbook.analyzer.evidence import has_marks_of_code, is_surely_code
from errbook.analyzer.vocabulary import normalized
from errbook.diagnostics import Location
from errbook.http_status import is_only_statuses
from errbook.readers.document import Cell, Item, ListingKind, Part
from errbook.text.commonmark import escape


def with_text(cell: Cell, text: str) -> Cell:
    """Return *cell* with *text*, which has no markup."""
    return msgspec.structs.replace(cell, text=text, commonmark=escape(text))


def empty(location: Location) -> Cell:
    """Return an empty cell at *location*."""
    return Cell(text="", commonmark="", location=location)


class Contents(msgspec.Struct):
    """What an item says about its code."""

    fields: dict[str, Cell]
    extra: dict[str, Cell]

    def add(self, field: str | None, label: str, cell: Cell) -> None:
        """Add *cell*; if another has its field, it is kept under its label."""
        if not cell.text:
            return
        if field is not None and field not in self.fields:
            self.fields[field] = cell
        elif label and label not in self.extra:
            self.extra[label] = cell


def contents_of(item: Item, codes: Cell, status: Cell | None, kind: ListingKind) -> Contents:
    """Return the fields of an *item* of a listing of this *kind*, whose head has these *codes*.

    They are the rest of its term, what stands below, and the labelled parts. *status* is a part of
    the head.
    """
    contents = Contents(fields={"code": codes}, extra={})
    if status is not None:
        contents.add("http_status", "", status)
    lines = list(takewhile(_goes_on, item.parts))
    rest = _in_one_paragraph(item.rest, lines)
    parts = _with_joined_lines(item.parts[len(lines) :])
    found, rest = _split_status(rest)
    if number := _NUMBER.match(rest.text):
        contents.add(None, "Number", with_text(rest, number[1] or number[2]))
        rest = _without(rest, number[0], rest.text[number.end() :])
    if found is not None:
        contents.add("http_status", "", found)
    for field, label, cell in _pairs(rest):
        contents.add(field, label, cell)
        rest = empty(rest.location)
    below, labelled = _below(parts)
    is_described = any(field == "description" for field, _, _ in labelled)
    if kind == "list" and not is_described:
        if rest.text:
            below.insert(0, rest)
    else:
        contents.add("message", "", rest)
    if kind == "section" and not rest.text and parts and parts[0].kind == "code":
        contents.add("message", "", parts[0].whole)
    for field, label, cells in [("description", "", below), *labelled]:
        if cells:
            contents.add(field, label, _joined(cells))
    return contents


_NUMBER = re.compile(
    r"(-?\d+|0x[0-9A-Fa-f]+)$|[(\[](-?\d+|0x[0-9A-Fa-f]+)[)\]](?:\s*[:：]|\s+[-–—](?=\s))\s*"
)
"""The number of a name, ``ENOENT (2)``, whose brackets may be gone."""

_PAIR = re.compile(r"[;,]\s*([^\W\d][\w ]{0,30}?)\s*:\s+([^;,:]{1,80})(?=[;,]|$)")


def _pairs(rest: Cell) -> list[tuple[str | None, str, Cell]]:
    """Return the labelled values of which *rest* consists: ``; Symbol: ER_NO; SQLSTATE: HY000``."""
    found = list(_PAIR.finditer(rest.text))
    if "".join(pair[0] for pair in found) != rest.text:
        return []
    return [(_field_of(normalized(p[1])), p[1], with_text(rest, p[2])) for p in found]


_STATUS = re.compile(
    r"(?:HTTP(?: status)?(?: code)?:? )?[1-5]\d\d(?: [^\W\d][^()\[\]]*)?", re.IGNORECASE
)
_HTTP_STATUS = re.compile(
    r"HTTP(?: status)?(?: code)?:? [1-5]\d\d(?: [^\W\d_ ]+){0,4}", re.IGNORECASE
)
_STATUS_FIRST = re.compile(
    r"(HTTP(?: status)?(?: code)?:? [1-5]\d\d)\s*(?:[:：]|[-–—](?=\s))\s*(?=\S)", re.IGNORECASE
)
_BRACKETS = re.compile(
    r"^[(\[]([^()\[\]]*)[)\]](?:\s*[:：]|\s+[-–—](?=\s))?\s*|\s*[(\[]([^()\[\]]*)[)\]]$"
)


def _split_status(rest: Cell) -> tuple[Cell | None, Cell]:
    """Return the HTTP status that is *rest*, begins it or is in brackets, and the other text."""
    if first := _STATUS_FIRST.match(rest.text):
        return with_text(rest, first[1]), with_text(rest, rest.text[first.end() :])
    if _STATUS.fullmatch(rest.text) and is_only_statuses(rest.text):
        return rest, empty(rest.location)
    for found in _BRACKETS.finditer(rest.text):
        inner = found[1] or found[2] or ""
        is_status = _STATUS.fullmatch(inner)
        if is_status or found[0] == rest.text:  # the title is in brackets: ``E17 (NO_DISK)``
            without = rest.text[: found.start()] + rest.text[found.end() :]
            text = without if is_status else inner
            status = msgspec.structs.replace(rest, text=inner, commonmark=inner)
            return status if is_status else None, _without(rest, found[0], text)
    return None, rest


def _without(cell: Cell, part: str, text: str) -> Cell:
    """Return *cell* with *text*, and with the CommonMark without *part* if it has that."""
    commonmark = cell.commonmark
    if commonmark.startswith(part):
        commonmark = commonmark[len(part) :]
    elif commonmark.endswith(part):
        commonmark = commonmark[: -len(part)]
    return msgspec.structs.replace(cell, text=text, commonmark=commonmark or text)


_Labelled = tuple[str | None, str, list[Cell]]
"""The field of a label, the label, and what it labels."""


def _below(parts: Sequence[Part]) -> tuple[list[Cell], list[_Labelled]]:
    """Return the texts that are the description, and the labelled texts.

    The description ends at the first block of another kind, and at the first label.
    """
    description: list[Cell] = []
    labelled: list[_Labelled] = []
    current: list[Cell] | None = description
    if parts and parts[0].kind == "code":
        parts = parts[1:]
    parts, columns = _with_columns(parts)
    labelled += columns
    rows = [part for part in parts if part.kind == "row"]
    has_fields = 2 * sum(1 for row in rows if label_field(row)) >= len(rows)
    has_labelled_items = any(part.kind == "item" and label_field(part) for part in parts)
    for part in parts:
        if part.kind == "item" and is_surely_code(_FIRST_WORD.sub("", part.whole.text)):
            continue  # it is about another code
        field = label_field(part)
        if part.kind == "text" and _HTTP_STATUS.fullmatch(part.whole.text):
            labelled.append(("http_status", "", [part.whole]))
            continue
        if part.kind == "heading" and has_marks_of_code(part.label):
            break  # a section of its own
        if part.kind in ("box", "quote"):
            if field is not None:
                labelled.append((field, part.label, [part.rest]))
            elif part.kind == "box" and current is not None:
                current.append(part.rest)
            elif part.kind == "quote" and not part.label and current is description:
                current = None if description else current
                description += [] if description else [part.rest]
            continue
        if part.kind == "row" and not (has_fields and part.is_marked) and not field:
            current = current if has_fields else None
            continue
        is_label = (
            part.is_marked if part.kind != "item" else has_labelled_items and bool(part.label)
        )
        if is_label or field is not None:
            current = [part.rest] if part.kind != "heading" else []
            labelled.append((field, part.label, current))
            if field in _LINES and part.kind == "text":
                current = description
        elif part.kind == "other" or (part.kind == "code" and current is description):
            current = None
        elif current is not None:
            current.append(part.whole)
    return [cell for cell in description if cell.text], labelled


def _with_joined_lines(parts: Iterable[Part]) -> list[Part]:
    """Return *parts* with the lines of a paragraph that have no labels as one part."""
    runs: list[list[Part]] = []
    for part in parts:
        if runs and _goes_on(part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [
        msgspec.structs.replace(
            first,
            whole=_in_one_paragraph(first.whole, lines),
            rest=_in_one_paragraph(first.rest, lines),
        )
        for first, *lines in runs
    ]


def _goes_on(part: Part) -> bool:
    """Return whether *part* goes on with the line before it: it has no label."""
    return part.is_continued and not part.is_marked and not label_field(part)


def _in_one_paragraph(first: Cell, lines: Sequence[Part]) -> Cell:
    """Return *first* with the text of *lines* at its end."""
    if not lines:
        return first
    cells = [first, *(line.whole for line in lines)]
    return msgspec.structs.replace(
        first,
        text=" ".join(cell.text for cell in cells).strip(),
        commonmark=" ".join(cell.commonmark for cell in cells).strip(),
    )


def _with_columns(parts: Sequence[Part]) -> tuple[Sequence[Part], list[_Labelled]]:
    """Return *parts* without tables whose headings name fields, and what is in their columns."""
    others: list[Part] = []
    columns: list[_Labelled] = []
    current: Sequence[_Labelled] = ()
    for part in parts:
        is_heading = part.kind == "row" and not part.is_marked
        if is_heading or part.kind != "row":
            current = _columns(part) if is_heading else ()
            columns += current
        if not current:
            others.append(part)
        elif not is_heading:
            texts = with_text(part.whole, part.label), part.rest
            for (_, _, cells), text in zip(current, texts, strict=True):
                cells.append(text)
    return others, columns


def _columns(heading: Part) -> Sequence[_Labelled]:
    """Return two empty columns if both texts of the *heading* row name fields."""
    first, second = (_field_of(normalized(text)) for text in (heading.label, heading.whole.text))
    if first is None or second is None:
        return ()
    other = second if second != first else None
    return (first, heading.label, []), (other, heading.whole.text, [])


_FIRST_WORD = re.compile(r"^[-*\d.]* |(?<=\w)[:：]?\s.*", re.DOTALL)
"""What is not the first word of an item."""

_LINES = ("message", "name", "http_status", "module", "retryable")
"""The fields of one line; a paragraph after it is not a part of it."""

_TOO_PLAIN = frozenset(
    "note notes error name title type remark remarks comment comments code".split()
)
"""Words that begin a sentence with a colon more often than they are labels."""


def label_field(part: Part) -> str | None:
    """Return the field that the label of *part* names; None if it has none."""
    word = normalized(part.label)
    if not word or (not part.is_marked and (word in _TOO_PLAIN or not part.rest.text)):
        return None
    return _field_of(word)


def _field_of(word: str) -> str | None:
    """Return the field that the normalized label *word* names; None if it names none."""
    if word in vocabulary.LABELS_OF_MESSAGES:
        return "message"
    if word in vocabulary.NAME:
        return "name"
    if word in vocabulary.RETRYABLE:
        return "retryable"
    if vocabulary.STATUS.fullmatch(word) and word != "code":
        return "http_status"
    return next((field for field in vocabulary.text_fields(word) if field != "type"), None)


_ITEM = re.compile(r"- |\d+\. ")


def _joined(cells: Sequence[Cell]) -> Cell:
    """Return one cell with the content of *cells*, of which there is at least one."""
    cells = [cell for cell in cells if cell.text] or cells[:1]
    if len(cells) == 1:
        return cells[0]
    commonmark = cells[0].commonmark
    for above, cell in pairwise(cells):
        are_items = _ITEM.match(above.commonmark) and _ITEM.match(cell.commonmark)
        commonmark += ("\n" if are_items else "\n\n") + cell.commonmark
    text = "\n".join(cell.text for cell in cells if cell.text)
    return Cell(text=text, commonmark=commonmark, location=cells[0].location)
