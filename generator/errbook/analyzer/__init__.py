"""The analyzer: from located cells to occurrences, and from a service's pages to its catalogue."""

from collections.abc import Iterable

import msgspec

from errbook.analyzer.envelopes import configured_envelope
from errbook.analyzer.examples import Example, error_examples, page_envelope
from errbook.analyzer.rows import Documented, Skipped, resolved_rows
from errbook.analyzer.tables import AnalyzedTable, analyze_table
from errbook.analyzer.unread import Unread, unread_codes
from errbook.model import Catalogue, Envelope, Error, Occurrence, Retrying
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Document, Include, Silence, UnreadTable

__all__ = [
    "AnalyzedTable",
    "Documented",
    "ErrorTable",
    "Example",
    "Page",
    "Skipped",
    "analyze",
    "catalogue",
]


class ErrorTable(msgspec.Struct, frozen=True, kw_only=True):
    """An error table, and what its rows document."""

    table: AnalyzedTable
    documented: tuple[Documented, ...]
    skipped: tuple[Skipped, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """The errors, tables and examples of one document."""

    path: str
    tables: tuple[AnalyzedTable, ...]
    """All tables of the document."""

    error_tables: tuple[ErrorTable, ...]
    unread_tables: tuple[UnreadTable, ...]
    examples: tuple[Example, ...]
    """The example bodies of error responses."""

    envelope: Envelope | None
    includes: tuple[Include, ...]
    unread_codes: tuple[Unread, ...]
    """The places where codes may stand that were not read."""

    silences: tuple[Silence, ...]

    @property
    def documented(self) -> tuple[Documented, ...]:
        """The documented codes of all error tables, in document order."""
        return tuple(item for table in self.error_tables for item in table.documented)

    @property
    def unread(self) -> int:
        """The number of tables and includes that were not read."""
        return len(self.unread_tables) + len(self.includes)


def analyze(document: Document, service: ServiceSettings) -> Page:
    """Return the analysis of *document*, according to the configuration of *service*."""
    tables = tuple(analyze_table(table, service) for table in document.tables)
    error_tables = tuple(_error_table(t, service) for t in tables if t.is_error_table)
    codes = {item.code for table in error_tables for item in table.documented}
    page_examples = tuple(error_examples(document.code_blocks, codes))
    return Page(
        path=document.path,
        tables=tables,
        error_tables=error_tables,
        unread_tables=document.unread_tables,
        examples=page_examples,
        envelope=page_envelope(page_examples, codes),
        includes=document.includes,
        unread_codes=tuple(unread_codes(tables, document.listings, codes)),
        silences=document.silences,
    )


def _error_table(table: AnalyzedTable, service: ServiceSettings) -> ErrorTable:
    rows = list(resolved_rows(table, repeats_blanks=service.blank == "repeat"))
    return ErrorTable(
        table=table,
        documented=tuple(row for row in rows if isinstance(row, Documented)),
        skipped=tuple(row for row in rows if isinstance(row, Skipped)),
    )


def _with_configured_retrying(
    occurrences: Iterable[Occurrence], retryable: bool | None
) -> tuple[Occurrence, ...]:
    """Return *occurrences* with the configured value *retryable*, if there is one."""
    if retryable is None:
        return tuple(occurrences)
    retrying = Retrying(retryable=retryable, evidence="configuration")
    return tuple(msgspec.structs.replace(o, retrying=retrying) for o in occurrences)


def catalogue(pages: Iterable[Page], service: ServiceSettings) -> Catalogue:
    """Return the catalogue of *service* from its *pages*, which are sorted by path.

    The envelope is the configured one, or that of the first page that shows one.
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
        envelope=configured_envelope(service)
        or next((page.envelope for page in pages if page.envelope), None),
        errors=tuple(
            Error(
                code=code,
                occurrences=_with_configured_retrying(found, service.retryable.get(code)),
            )
            for code, found in occurrences.items()
        ),
    )
