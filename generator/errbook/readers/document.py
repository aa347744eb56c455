"""The result of reading: tables with located cells and code blocks, not yet interpreted."""

from typing import Literal

import msgspec

from errbook.diagnostics import Location

ListingKind = Literal["list", "definition list", "field list", "directive", "section", "block"]
"""A block is preformatted text, whose lines are the items."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a table. A cell that spans several positions is the same object in each."""

    text: str
    """Paragraphs, list items and lines of literal blocks, joined by newlines; markup removed."""

    commonmark: str
    """The same content as CommonMark, with its markup."""

    location: Location
    """Where the text begins, or would begin in an empty cell."""

    is_struck: bool = False
    """Whether the whole text is struck through."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table."""

    cells: tuple[Cell, ...]
    """One cell per column of the table."""

    location: Location
    """Where the row's first text begins; cells that span the row from above do not count."""

    surplus: int = 0
    """The number of cells beyond the last column, which Markdown drops."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader of the page sees before a table or a list."""

    section: str | None
    """The title of the enclosing section."""

    titles: tuple[str, ...]
    """The titles above it, the nearest first: its own, those of its sections, that of the page."""

    introduction: str
    """The text of the paragraph directly before it; empty if there is none."""

    earlier: str
    """The texts of the paragraphs before that, since the title or the last table, line by line."""

    is_in_cell: bool = False
    """Whether it is a part of a cell of a table."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table of a document."""

    headings: tuple[Row, ...]
    """The rows that are marked up as headings; often one, sometimes none."""

    rows: tuple[Row, ...]
    context: Context
    location: Location
    """Where the table's first text begins."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One block of what stands below a term."""

    kind: Literal["text", "item", "code", "heading", "field", "row", "box", "quote", "other"]
    """``item`` is an item of a list, ``heading`` the title of a section, ``field`` one of a list
    of fields, ``row`` that of a table with two columns, ``box`` an admonition, ``other`` something
    like a wider table, which is not a part of a description."""

    label: str
    """What stands before a colon or a dash: ``Cause``; of a heading, its text; or empty."""

    is_marked: bool
    """Whether the label is a heading, a title, the name of a field, or bold or italic."""

    whole: Cell
    rest: Cell
    """The content without the label."""

    is_continued: bool = False
    """Whether it is another line of the paragraph before it."""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One item of a listing. Its term is a title, an argument, or the first text of the item."""

    term: str
    """The whole term, as titles have it."""

    head: Cell
    """The text in code or bold style with which the term begins, or else its first word.

    Several are one head if only commas, slashes, ``or`` and ``and`` stand between them. Words that
    name a code belong to it: ``Error E17``.
    """

    is_last: bool
    """Whether the head stands at the end of the term instead: ``Bad token (E17)``."""

    style: Literal["code", "bold", ""]
    """How the head is written."""

    separator: str
    """What stands between the head and the rest: a colon, a dash, or nothing but space."""

    rest: Cell
    """The rest of the term."""

    parts: tuple[Part, ...]
    """What stands below the term."""


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """Something other than a table that may list codes."""

    kind: ListingKind
    level: int
    """The depth of the sections; 0 for other kinds."""

    items: tuple[Item, ...]
    context: Context
    location: Location


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section and the sections in it."""

    title: str
    lines: range
    location: Location


class UnreadTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table, or something that looks like one, that cannot be read."""

    is_malformed: bool
    """Whether the table is drawn with wrong borders."""

    reason: str
    remedy: str
    """What the author can do about it."""

    text: str
    """Its lines, as far as they are known."""

    location: Location


class CodeBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A literal block, whatever its language."""

    text: str
    language: str
    """The language that the document names, in lower case; empty without one."""

    location: Location


class Include(msgspec.Struct, frozen=True, kw_only=True):
    """A directive that would include another file. errbook never reads that file."""

    file: str
    section: str | None
    """The title of the enclosing section."""

    location: Location


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A comment that silences rules: ``.. errbook: ignore EB203``."""

    rules: tuple[str, ...]
    """Ids, names or beginnings of ids, as written; of a malformed comment, its whole text."""

    location: Location
    lines: range
    """The lines in which the rules report nothing."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one source file."""

    path: str
    titles: tuple[str, ...]
    """The titles of the page and of all its sections."""

    text: str
    """The whole source."""

    sections: tuple[Section, ...]
    """The page itself, under its first title, and its sections, in document order."""

    tables: tuple[Table, ...]
    listings: tuple[Listing, ...]
    unread_tables: tuple[UnreadTable, ...]
    code_blocks: tuple[CodeBlock, ...]
    includes: tuple[Include, ...]
    silences: tuple[Silence, ...]
