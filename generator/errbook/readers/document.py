"""What a reader finds in a document: tables of located cells, and code blocks. No meaning yet."""

from typing import NamedTuple

from errbook.diagnostics import Diagnostic, Location


class Cell(NamedTuple):
    """One cell of a table. One that spans several places stands in each, the same object."""

    text: str
    """Paragraphs, list items and lines of literal blocks, joined by newlines; markup removed."""

    commonmark: str
    """The same content as CommonMark, markup kept."""

    location: Location
    """Where its text begins; in an empty cell, where text would."""


class Row(NamedTuple):
    """One row of a table: as many cells as the table has columns."""

    cells: tuple[Cell, ...]
    location: Location
    """Where the first text of the row begins that does not reach into it from above."""


class Table(NamedTuple):
    """One table of a document."""

    headings: tuple[Row, ...]
    """Its heading rows, as marked up; none in a table without a heading rule."""

    rows: tuple[Row, ...]
    section: str | None
    """The title of the section it stands in."""

    location: Location
    """Where its first text begins."""


class CodeBlock(NamedTuple):
    """A literal block, whatever its language."""

    text: str
    language: str
    """As the document names it, in lower case; empty where it does not."""

    location: Location


class Include(NamedTuple):
    """A directive that would put another file into the page, which is never read."""

    file: str
    section: str | None
    """The title of the section it stands in."""

    location: Location


class Silence(NamedTuple):
    """A comment that silences rules: ``.. errbook: ignore EB203``."""

    rules: tuple[str, ...]
    """Their ids, as written."""

    location: Location
    lines: range
    """Where they are silent."""


class Document(NamedTuple):
    """One source file, read."""

    path: str
    tables: tuple[Table, ...]
    code_blocks: tuple[CodeBlock, ...]
    includes: tuple[Include, ...]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with its markup."""
