"""What a reader finds in a document: tables of located cells, and code blocks. No meaning yet."""

import msgspec

from errbook.diagnostics import Location


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a table. One that spans several places stands in each, the same object."""

    text: str
    """Paragraphs, list items and lines of literal blocks, joined by newlines; markup removed."""

    commonmark: str
    """The same content as CommonMark, markup kept."""

    location: Location
    """Where its text begins; in an empty cell, where text would."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a table: as many cells as the table has columns."""

    cells: tuple[Cell, ...]
    location: Location
    """Where the first text of the row begins that does not reach into it from above."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table of a document."""

    headings: tuple[Row, ...]
    """Its heading rows, as marked up; empty in a table without a heading rule."""

    rows: tuple[Row, ...]
    section: str | None
    """The title of the section it stands in."""

    location: Location
    """Where its first text begins."""


class UnreadTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table, or what looks like one, that cannot be read."""

    is_malformed: bool
    """It is drawn, and its borders are wrong."""

    reason: str
    location: Location


class CodeBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A literal block, whatever its language."""

    text: str
    language: str
    """As the document names it, in lower case; empty where it does not."""

    location: Location


class Include(msgspec.Struct, frozen=True, kw_only=True):
    """A directive that would put another file into the page, which is never read."""

    file: str
    section: str | None
    """The title of the section it stands in."""

    location: Location


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A comment that silences rules: ``.. errbook: ignore EB203``."""

    rules: tuple[str, ...]
    """Their ids, as written."""

    location: Location
    lines: range
    """Where they are silent."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One source file, read."""

    path: str
    tables: tuple[Table, ...]
    unread_tables: tuple[UnreadTable, ...]
    code_blocks: tuple[CodeBlock, ...]
    includes: tuple[Include, ...]
    silences: tuple[Silence, ...]
