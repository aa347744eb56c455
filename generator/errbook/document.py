"""What a reader finds in a document: tables of located cells, and code blocks. No meaning yet."""

from dataclasses import dataclass

from errbook.diagnostics import Diagnostic, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table. One that spans several places stands in each, the same object."""

    text: str
    """Paragraphs, list items and lines of literal blocks, joined by newlines; markup removed."""

    commonmark: str
    """The same content as CommonMark, markup kept."""

    location: Location
    """Where its text begins; in an empty cell, where text would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: as many cells as the table has columns."""

    cells: tuple[Cell, ...]
    location: Location
    """Where the first text of the row begins that does not reach into it from above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a document."""

    headings: tuple[Row, ...]
    """Its heading rows, as marked up; none in a table without a heading rule."""

    rows: tuple[Row, ...]
    section: str | None
    """The title of the section it stands in."""

    location: Location
    """Where its first text begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """A literal block, whatever its language."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A comment that silences rules: ``.. errbook: ignore EB203``."""

    rules: tuple[str, ...]
    """Their ids, as written."""

    location: Location
    lines: range
    """Where they are silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One source file, read."""

    path: str
    tables: tuple[Table, ...]
    code_blocks: tuple[CodeBlock, ...]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with its markup."""
