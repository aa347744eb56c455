"""What a reader returns: tables of located cells and code blocks, whatever they mean."""

import msgspec

from errbook.diagnostics import Location


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a table. One that spans several places is the same object in each of them."""

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
    """Where the row's first text begins, apart from cells that span it from above."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table of a document."""

    headings: tuple[Row, ...]
    """The rows that are marked up as headings; often one, sometimes none."""

    rows: tuple[Row, ...]
    section: str | None
    """The title of the section around it."""

    location: Location
    """Where its first text begins."""


class UnreadTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table, or something that looks like one, that cannot be read."""

    is_malformed: bool
    """It is drawn with wrong borders."""

    reason: str
    location: Location


class CodeBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A literal block, whatever its language."""

    text: str
    language: str
    """The document's name for it, in lower case; empty without one."""

    location: Location


class Include(msgspec.Struct, frozen=True, kw_only=True):
    """A directive that would include another file, which is never read."""

    file: str
    section: str | None
    """The title of the section around it."""

    location: Location


class Silence(msgspec.Struct, frozen=True, kw_only=True):
    """A comment that silences rules: ``.. errbook: ignore EB203``."""

    rules: tuple[str, ...]
    """Their ids, as written."""

    location: Location
    lines: range
    """Those in which they report nothing."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one source file."""

    path: str
    tables: tuple[Table, ...]
    unread_tables: tuple[UnreadTable, ...]
    code_blocks: tuple[CodeBlock, ...]
    includes: tuple[Include, ...]
    silences: tuple[Silence, ...]
