"""Analysis: from a service's documents and lock section to a catalogue, names and diagnostics.

Nothing is written. Every command that needs a catalogue gets it here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from errbook import analyzer, catalogue_file, lint, naming, readers
from errbook.analyzer import Page
from errbook.analyzer.losses import Loss, losses
from errbook.diagnostics import Diagnostic, Severity
from errbook.lint.rule import Facts
from errbook.lint.selection import Selection, selected_rules
from errbook.model import Catalogue
from errbook.naming import Names
from errbook.project import lock
from errbook.project.lock import LockConflict
from errbook.project.settings import Ignore, ServiceSettings, Settings
from errbook.project.sources import Source

Document = tuple[str, str]
"""The name and the text of a document."""

MapDocuments = Callable[[Callable[[Document], Page], Sequence[Document]], Iterable[Page]]
"""The builtin `map`, or a function that does its work in several processes."""

_UNCONFIGURED = ServiceSettings(id="NAME", docs=())


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """The result of analyzing one service."""

    catalogue: Catalogue
    """It has no errors if no row of the documents has a code."""

    names: Names
    unread: Mapping[str, int]
    """Path of each input with codes -> the number of its tables and includes not read."""

    diagnostics: tuple[Diagnostic, ...]
    """Sorted by location."""

    used_ignores: frozenset[str]
    """The keys of the project's ignores that cover a finding."""

    @property
    def has_errors(self) -> bool:
        """Whether a diagnostic prevents the service's outputs from being written."""
        return any(d.severity == Severity.ERROR for d in self.diagnostics)

    @property
    def is_settled(self) -> bool:
        """Whether the same documents with the updated lock would give the same analysis."""
        return not self.names.lost and not self.has_errors


def analyze_service(
    source: Source,
    settings: Settings,
    map_documents: MapDocuments,
    *,
    prune: bool = False,
    retire: bool = False,
) -> Analysis:
    """Return the analysis of *source*; with *prune*, retired codes lose their classes.

    With *retire*, codes are retired even if they may still be documented. Raises Failure if a
    document cannot be read, or if errbook did not write the lock.
    """
    rules = selected_rules(settings)
    service = source.service
    locked, conflicts = lock.parse(source.section, lock.NAME)
    known = lock.parse_documents(source.section, lock.NAME)
    pages: tuple[Page, ...] = ()
    if service.catalogue:
        catalogue = _given_catalogue(source)
        unread = dict.fromkeys(source.documents, 0) if catalogue.errors else {}
        # It has every code that its documents have, so none is lost.
        lost: tuple[Loss, ...] = ()
    else:
        read = partial(_page, service=service)
        pages = tuple(map_documents(read, list(source.documents.items())))
        catalogue = analyzer.catalogue(pages, service)
        unread = {page.path: page.unread for page in pages if page.documented}
        lost = () if retire else losses(locked, known, pages, source.documents)
    names = naming.assign(
        catalogue, curated=service.names, locked=locked, prefix=service.prefix, prune=prune
    )
    facts = Facts(
        service=service,
        settings=settings,
        pages=pages,
        names=names if catalogue.errors else None,
        lock_conflicts=conflicts,
        losses=lost,
    )
    diagnosis = lint.diagnose(facts, rules)
    return Analysis(
        catalogue=catalogue,
        names=names,
        unread=unread,
        diagnostics=diagnosis.diagnostics,
        used_ignores=diagnosis.used_ignores,
    )


def _page(document: Document, service: ServiceSettings) -> Page:
    name, text = document
    return analyzer.analyze(readers.read_document(text, name), service)


def _given_catalogue(source: Source) -> Catalogue:
    """Return the catalogue that *source* has instead of documents.

    Raises Failure if the file is not a catalogue.
    """
    ((path, text),) = source.documents.items()
    return analyzer.configured(catalogue_file.read(text, path), source.service)


def analyze_page(text: str, name: str, rules: Selection) -> tuple[Page, tuple[Diagnostic, ...]]:
    """Return the page with this *text* and path *name*, and its diagnostics.

    No project is needed. Raises Failure if the page cannot be read.
    """
    page = _page((name, text), _UNCONFIGURED)
    facts = Facts(
        service=_UNCONFIGURED, settings=None, pages=(page,), names=None, lock_conflicts=()
    )
    return page, lint.diagnose(facts, rules).diagnostics


def diagnose_project(
    settings: Settings, conflicts: tuple[LockConflict, ...], unused_ignores: tuple[Ignore, ...]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics that belong to no service.

    They are about *conflicts* in the lock, and *unused_ignores* in the configuration.
    """
    facts = Facts(
        service=_UNCONFIGURED,
        settings=settings,
        pages=(),
        names=None,
        lock_conflicts=conflicts,
        unused_ignores=unused_ignores,
    )
    return lint.diagnose(facts, selected_rules(settings)).diagnostics
