"""The analyzer: from located cells to occurrences, and from a service's pages to its catalogue."""

from collections.abc import Iterable

import msgspec

from errbook.analyzer.envelopes import configured_envelope
from errbook.analyzer.examples import Example, error_examples, page_envelope
from errbook.analyzer.layouts import table_of
from errbook.analyzer.listings import ReadCodes, error_listings
from errbook.analyzer.rows import Documented, Skipped, resolved_rows
from errbook.analyzer.tables import AnalyzedTable, analyze_table
from errbook.analyzer.titles import mentions_errors
from errbook.analyzer.unread import Unread, unread_codes, unread_texts
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
    """The tables and listings of errors, in document order."""

    mentions_errors: bool
    """Whether a title of the page mentions errors."""

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
    in_lists = {id(found): table for found in document.listings if (table := table_of(found))}
    tables = tuple(
        analyze_table(table, service)
        for table in sorted((*document.tables, *in_lists.values()), key=lambda t: t.location)
    )
    error_tables = _without_repetitions(
        [_error_table(table, service) for table in tables if table.is_error_table]
    )
    read = {table.table.table.context.section for table in error_tables}
    listings = [
        listing
        for listing in document.listings
        if not (listing.context.is_in_cell and listing.context.section in read)
        and id(listing) not in in_lists
    ]
    listed = tuple(error_listings(listings, _read_codes(error_tables), service))
    error_tables += [_error_table(table, service) for table in listed if table.is_error_table]
    error_tables.sort(key=lambda found: found.table.table.location)
    codes = {item.code for table in error_tables for item in table.documented}
    unread = tuple(unread_codes((*tables, *listed), listings, codes))
    lines = {
        *(table.table.table.location.line for table in error_tables),
        *(place.location.line for place in unread),
        *(table.location.line for table in document.unread_tables),
        *(include.location.line for include in document.includes),
    }
    page_examples = tuple(error_examples(document.code_blocks, codes))
    return Page(
        path=document.path,
        tables=tables,
        error_tables=tuple(error_tables),
        mentions_errors=any(map(mentions_errors, document.titles)),
        unread_tables=document.unread_tables,
        examples=page_examples,
        envelope=page_envelope(page_examples, codes),
        includes=document.includes,
        unread_codes=(*unread, *unread_texts(document, lines, codes)),
        silences=document.silences,
    )


def _without_repetitions(tables: Iterable[ErrorTable]) -> list[ErrorTable]:
    """Return *tables* without those that only say which of the others' codes a function returns.

    Nothing but their introduction says that they have codes, and all of these stand in others.
    """
    codes = {
        item.code
        for table in tables
        if not table.table.columns.is_only_introduced
        for item in table.documented
    }
    return [
        table
        for table in tables
        if not table.table.columns.is_only_introduced
        or not codes.issuperset(item.code for item in table.documented)
    ]


def _read_codes(tables: Iterable[ErrorTable]) -> ReadCodes:
    found = [item for table in tables for item in table.documented]
    return ReadCodes(
        codes={item.code for item in found},
        names={item.occurrence.name for item in found if item.occurrence.name},
        titles={title for table in tables for title in table.table.table.context.titles},
    )


def _error_table(table: AnalyzedTable, service: ServiceSettings) -> ErrorTable:
    rows = list(resolved_rows(table, repeats_blanks=service.blank == "repeat"))
    return ErrorTable(
        table=table,
        documented=tuple(row for row in rows if isinstance(row, Documented)),
        skipped=tuple(row for row in rows if isinstance(row, Skipped)),
    )


def configured(catalogue: Catalogue, service: ServiceSettings) -> Catalogue:
    """Return *catalogue*, which another project wrote, as the settings of *service* want it."""
    has_title = service.title != service.id  # which is the default
    return Catalogue(
        service=service.id,
        title=service.title if has_title else catalogue.title,
        docs_url=service.docs_url or catalogue.docs_url,
        documents=catalogue.documents,
        envelope=configured_envelope(service) or catalogue.envelope,
        errors=tuple(
            Error(
                code=error.code,
                occurrences=_with_configured_retrying(
                    error.occurrences, service.retryable.get(error.code)
                ),
            )
            for error in catalogue.errors
        ),
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
