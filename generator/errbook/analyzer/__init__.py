"""The analyzer: located cells become occurrences, and the pages of a service its catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass

from errbook.analyzer.envelopes import Example, envelope, examples
from errbook.analyzer.rows import Documented, documented
from errbook.analyzer.tables import AnalyzedTable, analyzed, heading_diagnostics
from errbook.diagnostics import Diagnostic
from errbook.document import Document
from errbook.model import Catalogue, Envelope, Error, Occurrence
from errbook.settings import ServiceSettings

__all__ = ["AnalyzedTable", "Documented", "Example", "Page", "analyze", "catalogue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What one document says about errors."""

    path: str
    tables: tuple[AnalyzedTable, ...]
    """All of its tables, error tables or not."""

    documented: tuple[Documented, ...]
    examples: tuple[Example, ...]
    """The bodies of error responses that it shows."""

    envelope: Envelope | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def has_error_table(self) -> bool:
        """One table at least is an error table."""
        return any(table.is_error_table for table in self.tables)


def analyze(document: Document, service: ServiceSettings) -> Page:
    """Return what *document* says about the errors of *service*."""
    tables = tuple(analyzed(table, service) for table in document.tables)
    found: list[Documented] = []
    diagnostics = list(document.diagnostics)
    for table in tables:
        if not table.is_error_table:
            continue
        diagnostics.extend(heading_diagnostics(table, service))
        for item in documented(table, repeats_blanks=service.blank == "repeat"):
            if isinstance(item, Documented):
                found.append(item)
            else:
                diagnostics.append(item)
    codes = {item.code for item in found}
    shown = tuple(examples(document.code_blocks, codes))
    return Page(
        path=document.path,
        tables=tables,
        documented=tuple(found),
        examples=shown,
        envelope=envelope(shown, codes),
        diagnostics=tuple(diagnostics),
    )


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
            Error(code=code, occurrences=tuple(found))
            for code, found in occurrences.items()
        ),
    )
