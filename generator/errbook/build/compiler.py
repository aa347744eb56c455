"""One service: its documents and its lines of the lock become diagnostics, names and files."""

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple, Protocol, TypeVar

from errbook import analyzer, naming, readers
from errbook import lint as checks
from errbook.analyzer import Page
from errbook.diagnostics import Diagnostic, Failure
from errbook.lint import selection
from errbook.lint.selection import Selection
from errbook.project import lock
from errbook.project.settings import ServiceSettings, Settings
from errbook.project.sources import Source

_T = TypeVar("_T")
_UNCONFIGURED = ServiceSettings(id="NAME", docs=())

_MOST_PROCESSES = 4
_WORTH_PROCESSES = 700_000  # characters of documents: with less, one process is faster


class Track(Protocol):
    """What is told how far the work is: it passes the items of a loop on."""

    def __call__(self, items: Sequence[_T], label: str) -> Iterable[_T]:
        """Yield *items*, the work on which is called *label*."""


class Compiled(NamedTuple):
    """What became of a service."""

    section: str
    """What the lock will have of it."""

    diagnostics: tuple[Diagnostic, ...]
    is_settled: bool = False
    """With the new section in the lock nothing of this changes."""

    files: Mapping[str, str] = {}
    """Text by path, relative to the configuration."""

    summaries: Mapping[str, str] = {}
    """What the index of each target tells of it."""

    failure: Failure | None = None


def parse(text: str, name: str, rules: Selection) -> Page:
    """Return what the document with this *text*, called *name*, says by itself."""
    page = analyzer.analyze(readers.read(text, name), _UNCONFIGURED)
    said = _said_of_pages([page], _UNCONFIGURED)
    return page._replace(diagnostics=selection.told(said, [page], rules))


def compile_all(
    sources: Sequence[Source],
    settings: Settings,
    wanted: Container[str],
    *,
    prune: bool,
    track: Track,
) -> Iterator[Compiled]:
    """Yield what becomes of each of *sources*, in several processes where that is faster."""
    work = partial(compile_service, settings=settings, wanted=wanted, prune=prune)
    size = sum(len(text) for source in sources for text in source.documents.values())
    count = min(len(sources), os.cpu_count() or 1, _MOST_PROCESSES)
    tracked = track(sources, "compiling")
    if count == 1 or size < _WORTH_PROCESSES:
        yield from map(work, tracked)
        return
    from errbook.build import processes

    results = processes.map_in_order(work, sources, count)
    for source in tracked:
        try:
            yield next(results)
        except processes.Died:
            what = "the process that compiled it was stopped from outside"
            remedy = "there may be too little memory for it"
            raise Failure(f"service '{source.id}'", what, remedy) from None


def compile_service(
    source: Source, settings: Settings, wanted: Container[str], *, prune: bool
) -> Compiled:
    """Return what becomes of *source*, for the targets of *settings*; files if it is *wanted*.

    Raises Failure where errbook cannot do its work; where the documents have no error table, it is
    returned with what else there is to say.
    """
    rules = selection.resolve(settings.lint, settings.file)
    service = source.service
    pages = [
        analyzer.analyze(readers.read(text, name), service)
        for name, text in source.documents.items()
    ]
    locked, contradictions = lock.parse(source.section, lock.NAME)
    said = [*contradictions, *_said_of_pages(pages, service)]
    if not any(page.error_tables for page in pages):
        return Compiled(
            section=source.section.text,
            diagnostics=selection.told(said, pages, rules),
            failure=_no_error_table(service),
        )
    catalogue = analyzer.catalogue(pages, service)
    names = naming.assign(catalogue, curated=service.names, locked=locked, prune=prune)
    said.extend(checks.check_names(catalogue, names, service, settings.locate))
    targets = {name: _target(name) for name in settings.targets}
    files = {
        f"{settings.options[name].output}/{path}": text
        for name, target in targets.items()
        if service.id in wanted
        for path, text in target.render(catalogue, names, settings).items()
    }
    return Compiled(
        section=lock.render_section(names.entries),
        diagnostics=selection.told(said, pages, rules),
        is_settled=not contradictions and not names.lost,
        files=files,
        summaries={name: target.summary(catalogue, names) for name, target in targets.items()},
    )


def render_index(target: str, summaries: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the files of *target* that are over all services: text by path.

    *summaries* has what `compile_service` returned of each service, by its id.
    """
    files = _target(target).render_index(summaries, settings)
    return {f"{settings.options[target].output}/{path}": text for path, text in files.items()}


def _target(name: str) -> Any:
    return import_module(f"errbook.targets.{name}")


def _said_of_pages(pages: list[Page], service: ServiceSettings) -> Iterator[Diagnostic]:
    for page in pages:
        yield from page.diagnostics
        yield from checks.check_page(page, service)
    yield from checks.check_pages(pages)


def _no_error_table(service: ServiceSettings) -> Failure:
    return Failure(
        ", ".join(service.docs),
        f"no document of the service '{service.id}' has an error table",
        "check its docs, and look at what errbook parse makes of them",
    )
