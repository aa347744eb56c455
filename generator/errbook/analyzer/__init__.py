"""The analyzer: located cells become occurrences, and the pages of a service its catalogue."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from errbook.analyzer.envelopes import Example, envelope, examples
from errbook.analyzer.rows import Documented, documented
from errbook.analyzer.tables import AnalyzedTable, analyzed, heading_diagnostics
from errbook.diagnostics import Diagnostic
from errbook.model import Catalogue, Envelope, Error, Occurrence, Retrying
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Document, Include, Silence

__all__ = [
    "AnalyzedTable",
    "Documented",
    "ErrorTable",
    "Example",
    "Page",
    "analyze",
    "catalogue",
]


class Page(NamedTuple):
    """What one document says about errors."""

    path: str
    tables: tuple[AnalyzedTable, ...]
    """All of its tables, error tables or not."""

    error_tables: tuple["ErrorTable", ...]
    examples: tuple[Example, ...]
    """The bodies of error responses that it shows."""

    envelope: Envelope | None
    includes: tuple[Include, ...]
    silences: tuple[Silence, ...]
    diagnostics: tuple[Diagnostic, ...]
    """What was wrong while it was read."""

    @property
    def documented(self) -> tuple[Documented, ...]:
        """What its error tables document, in document order."""
        return tuple(item for table in self.error_tables for item in table.documented)


class ErrorTable(NamedTuple):
    """An error table, and what its rows document."""

    table: AnalyzedTable
    documented: tuple[Documented, ...]


def analyze(document: Document, service: ServiceSettings) -> Page:
    """Return what *document* says about the errors of *service*."""
    tables = tuple(analyzed(table, service) for table in document.tables)
    error_tables: list[ErrorTable] = []
    diagnostics = list(document.diagnostics)
    is_without_errors = not any(table.is_error_table for table in tables)
    for table in tables:
        diagnostics.extend(heading_diagnostics(table, service, is_without_errors=is_without_errors))
        if not table.is_error_table:
            continue
        read = list(documented(table, repeats_blanks=service.blank == "repeat"))
        diagnostics.extend(item for item in read if isinstance(item, Diagnostic))
        found = tuple(item for item in read if isinstance(item, Documented))
        error_tables.append(ErrorTable(table=table, documented=found))
    codes = {item.code for table in error_tables for item in table.documented}
    shown = tuple(examples(document.code_blocks, codes))
    return Page(
        path=document.path,
        tables=tables,
        error_tables=tuple(error_tables),
        examples=shown,
        envelope=envelope(shown, codes),
        includes=document.includes,
        silences=document.silences,
        diagnostics=tuple(diagnostics),
    )


def _configured(
    occurrences: Iterable[Occurrence], retryable: bool | None
) -> tuple[Occurrence, ...]:
    """Return *occurrences* as the project's own word on *retryable* has them, if there is one."""
    if retryable is None:
        return tuple(occurrences)
    said = Retrying(retryable=retryable, evidence="configuration")
    return tuple(replace(occurrence, retrying=said) for occurrence in occurrences)


def catalogue(pages: Iterable[Page], service: ServiceSettings) -> Catalogue:
    """Return the catalogue of *service* from its *pages*, which come in the order of their paths.

    The envelope is that of the first page that shows one.
    """
    pages = tuple(pages)
    occurrences: dict[str, list[Occurrence]] = {}
    for page in pages:
        for item in page.documented:
            occurrences.setdefault(item.code, []).append(item.occurrence)
    return Catalogue(
        service=service.id,
        title=service.title,
        docs_url=service.docs_url,
        documents=tuple(page.path for page in pages),
        envelope=next((page.envelope for page in pages if page.envelope), None),
        errors=tuple(
            Error(code=code, occurrences=_configured(found, service.retryable.get(code)))
            for code, found in occurrences.items()
        ),
    )
