"""The checks: generators of diagnostics about a page, about all pages of a service, and its names.

What the analyzer meets while it decides (headings, cells that are no codes) it says itself.
"""

from collections.abc import Callable, Iterator, Sequence

from errbook.analyzer import Page
from errbook.diagnostics import Diagnostic, Location
from errbook.lint import codes, examples, names, statuses, tables, texts
from errbook.model import Catalogue
from errbook.naming import Names
from errbook.project.settings import ServiceSettings


def check_page(page: Page, service: ServiceSettings) -> Iterator[Diagnostic]:
    """Yield what is to be said of *page* by itself."""
    yield from tables.check_silences(page)
    yield from tables.check_near_misses(page, service)
    yield from tables.check_includes(page, service)
    yield from codes.check_sections(page)
    yield from statuses.check_differences(page)
    yield from statuses.check_registry(page)
    yield from texts.check_placeholders(page)
    yield from examples.check_validity(page)
    for table in page.error_tables:
        yield from tables.check_headless(table)
        yield from codes.check_spelling(table)
        yield from statuses.check_presence(table)
        yield from texts.check_texts(table)
        yield from texts.check_handlings(table)
        yield from texts.check_messages(table)


def check_pages(pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """Yield what is to be said of the *pages* of a service together."""
    items = [item for page in pages for item in page.documented]
    yield from codes.check_case(items)
    yield from codes.check_conflicts(items)
    yield from examples.check_codes(items, pages)


def check_names(
    catalogue: Catalogue,
    its_names: Names,
    service: ServiceSettings,
    locate: Callable[[str], Location],
) -> Iterator[Diagnostic]:
    """Yield what is to be said of *its_names*.

    *locate* finds the place of a code in the configuration.
    """
    yield from names.check_lost_names(catalogue, its_names)
    yield from names.check_curated_names(its_names, service, locate)
