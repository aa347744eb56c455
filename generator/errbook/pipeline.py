"""From documents to files: runs the stages one after the other, and collects what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Protocol, TypeVar

from errbook import analyzer, checks, naming, output, readers
from errbook.analyzer import Page
from errbook.checks import selection
from errbook.diagnostics import Diagnostic, Failure
from errbook.files import read_text
from errbook.model import Catalogue
from errbook.naming import Names, lock
from errbook.naming.lock import Lock, Table
from errbook.output import Change
from errbook.settings import LintSettings, ServiceSettings, Settings
from errbook.sources import documents

_T = TypeVar("_T")


class Track(Protocol):
    """What is told how far the work is: it passes the items of a loop on."""

    def __call__(self, items: Sequence[_T], label: str) -> Iterable[_T]:
        """Yield *items*, the work on which is called *label*."""


def _untold(items: Sequence[_T], label: str) -> Iterable[_T]:  # noqa: ARG001
    return items


_UNCONFIGURED = ServiceSettings(id="NAME", title="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run over all services found, and what it would write."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""

    changes: tuple[Change, ...]
    """None where the work failed."""

    files: int
    """How many files there are when the changes are made."""

    failure: Failure | None
    """Why errbook could not do its work, told after what it found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compiled:
    """The catalogues of a project, and what was said on the way to them."""

    services: tuple[tuple[Catalogue, Names], ...]
    lock: Mapping[str, Table]
    diagnostics: tuple[Diagnostic, ...]
    failure: Failure | None


def parse(path: Path, name: str, lint: LintSettings | None = None) -> Page:
    """Return what the document at *path*, called *name*, says by itself."""
    page = analyzer.analyze(readers.read(path, name), _UNCONFIGURED)
    said = _said_of_pages([page], _UNCONFIGURED)
    told = selection.told(said, [page], lint or LintSettings())
    return replace(page, diagnostics=told)


def run(
    settings: Settings,
    services: Iterable[str] = (),
    *,
    prune: bool = False,
    track: Track = _untold,
) -> Outcome:
    """Compile the documents of all services; propose the files of *services*, or of all.

    Nothing is written. Raises Failure where errbook cannot do its work.
    """
    wanted = _wanted(settings, services)
    compiled = _compile(settings, settings.services, prune=prune, track=track)
    if compiled.failure:
        return Outcome(
            diagnostics=compiled.diagnostics,
            changes=(),
            files=0,
            failure=compiled.failure,
        )
    generated = _render(compiled.services, wanted, settings, track)
    changes = list(
        output.changes(
            settings.root, generated | {lock.NAME: lock.render(compiled.lock)}
        )
    )
    if len(wanted) == len(settings.services):
        changes.extend(output.leftovers(settings.root, generated))
    return Outcome(
        diagnostics=compiled.diagnostics,
        changes=tuple(changes),
        files=len(generated) + 1,
        failure=None,
    )


def lint_all(
    settings: Settings, track: Track = _untold
) -> tuple[tuple[Diagnostic, ...], Failure | None]:
    """Return what is to be said of the documents and names of all services.

    With it comes why errbook could not do its work, if so, which is told after it.
    """
    compiled = _compile(settings, settings.services, track=track)
    return compiled.diagnostics, compiled.failure


def lint(
    paths: Mapping[Path, str], settings: Settings | None
) -> tuple[Diagnostic, ...]:
    """Return what is to be said of the documents *paths*, path -> name.

    A document that belongs to a service of *settings* is read with the others of that service.
    """
    found: list[Diagnostic] = []
    rest = {path.resolve(): (path, name) for path, name in paths.items()}
    if settings is not None:
        for service in settings.services:
            its = {
                (settings.root / name).resolve(): name
                for name in documents(service, settings.root)
            }
            own = {its[path]: rest.pop(path)[1] for path in its.keys() & rest.keys()}
            if own:
                said = _compile(settings, [service]).diagnostics
                found.extend(_renamed(d, own) for d in said if d.location.path in own)
    rules = settings.lint if settings else None
    for path, name in rest.values():
        found.extend(parse(path, name, rules).diagnostics)
    return selection.in_order(found)


def _renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    path = names[diagnostic.location.path]
    return replace(diagnostic, location=replace(diagnostic.location, path=path))


def _compile(
    settings: Settings,
    chosen: Sequence[ServiceSettings],
    *,
    prune: bool = False,
    track: Track = _untold,
) -> _Compiled:
    locked = _lock(settings, prune=prune)
    said = list(locked.diagnostics)
    tables = dict(locked.tables)
    services: list[tuple[Catalogue, Names]] = []
    read: list[Page] = []
    failure: Failure | None = None
    for service in track(chosen, "reading"):
        pages = [
            analyzer.analyze(readers.read(settings.root / name, name), service)
            for name in documents(service, settings.root)
        ]
        read.extend(pages)
        said.extend(_said_of_pages(pages, service))
        if not any(page.error_tables for page in pages):
            failure = failure or _no_error_table(service)
            continue
        catalogue = analyzer.catalogue(pages, service)
        names = naming.assign(
            catalogue,
            curated=service.names,
            locked=tables.get(service.id, {}),
            prune=prune,
        )
        tables[service.id] = names.entries
        services.append((catalogue, names))
        said.extend(checks.check_names(catalogue, names, service, settings.locate))
    return _Compiled(
        services=tuple(services),
        lock=tables,
        diagnostics=selection.told(said, read, settings.lint),
        failure=failure,
    )


def _said_of_pages(pages: list[Page], service: ServiceSettings) -> Iterator[Diagnostic]:
    for page in pages:
        yield from page.diagnostics
        yield from checks.check_page(page, service)
    yield from checks.check_pages(pages)


def _wanted(settings: Settings, services: Iterable[str]) -> frozenset[str]:
    known = [service.id for service in settings.services]
    wanted = tuple(services) or known
    for name in wanted:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            remedy = (
                f"did you mean '{close[0]}'?" if close else f"it has {', '.join(known)}"
            )
            raise Failure(settings.file, f"there is no service '{name}'", remedy)
    return frozenset(wanted)


def _lock(settings: Settings, *, prune: bool) -> Lock:
    path = settings.root / lock.NAME
    locked = Lock({})
    if path.exists():
        locked = lock.parse(read_text(path, lock.NAME), lock.NAME)
    configured = {service.id for service in settings.services}
    gone = [
        service
        for service, table in sorted(locked.tables.items())
        if service not in configured and not all(e.pruned for e in table.values())
    ]
    if gone and not prune:
        raise Failure(
            lock.NAME,
            f"the service '{gone[0]}' has names here and is not in {settings.file}",
            "configure it again, or give up its names with errbook generate --prune",
        )
    tables = dict(locked.tables)
    for service in gone:
        tables[service] = {
            code: replace(entry, retired=False, pruned=True)
            for code, entry in tables[service].items()
        }
    return replace(locked, tables=tables)


def _no_error_table(service: ServiceSettings) -> Failure:
    return Failure(
        ", ".join(service.docs),
        f"no document of the service '{service.id}' has an error table",
        "check its docs, and look at what errbook parse makes of them",
    )


def _render(
    compiled: Sequence[tuple[Catalogue, Names]],
    wanted: frozenset[str],
    settings: Settings,
    track: Track,
) -> dict[str, str]:
    """Return the files of the *wanted* services, and those that are over all, by their paths."""
    targets = [
        (settings.outputs[name], import_module(f"errbook.targets.{name}"))
        for name in settings.targets
    ]
    chosen = [pair for pair in compiled if pair[0].service in wanted]
    files: dict[str, str] = {}
    for directory, target in targets:
        for path, text in target.render_index(compiled, settings).items():
            files[f"{directory}/{path}"] = text
    for catalogue, names in track(chosen, "rendering"):
        for directory, target in targets:
            for path, text in target.render(catalogue, names, settings).items():
                files[f"{directory}/{path}"] = text
    return files
