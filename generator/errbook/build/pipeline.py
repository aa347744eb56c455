"""From documents to files, for a whole project."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from errbook.build import output
from errbook.build.cache import Cache
from errbook.build.incremental import Compiled, IncrementalBuild
from errbook.build.output import Change
from errbook.diagnostics import Diagnostic, Failure, in_order
from errbook.project import lock, sources
from errbook.project.lock import Lock, Section
from errbook.project.settings import ServiceSettings, Settings
from errbook.project.sources import Source
from errbook.text.files import read_text
from errbook.text.nearest import did_you_mean

if TYPE_CHECKING:
    from errbook.analyzer import Page
    from errbook.build.compiler import Progress

_T = TypeVar("_T")
_NO_CACHE = Cache()


def _no_progress(items: Sequence[_T], label: str) -> Iterable[_T]:  # noqa: ARG001
    return items


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a run over all services found, and what it would write."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""

    changes: tuple[Change, ...] = ()
    """None where the work failed."""

    files: int = 0
    """How many files there are when the changes are made."""

    failure: Failure | None
    """Why errbook could not do its work; printed after the diagnostics."""


def run(
    settings: Settings,
    services: Iterable[str] = (),
    *,
    prune: bool = False,
    cache: Cache = _NO_CACHE,
    progress: "Progress" = _no_progress,
) -> Outcome:
    """Compile the documents of all services; propose the files of *services*, or of all.

    Nothing is written but the *cache*. Raises Failure where errbook cannot do its work.
    """
    wanted = _wanted(settings, services)
    locked = lock.load(settings, prune=prune)
    current = IncrementalBuild(settings, cache)
    compiled = current.services(
        _sources(settings.services, settings, locked), progress, wanted, prune=prune
    )
    diagnostics = _diagnostics(compiled, locked, settings)
    failure = _first_failure(compiled, settings)
    if failure:
        return Outcome(diagnostics=diagnostics, failure=failure)
    renderings = {name: c.rendering for name, c in compiled.items() if c.rendering is not None}
    indexes = list(current.indexes(renderings))
    current.remember()
    outputs = [*(renderings[name] for name in sorted(wanted)), *indexes]
    texts = {path: text for rendering in outputs for path, text in rendering.texts.items()}
    texts[lock.NAME] = lock.render({**locked.gone, **{n: c.section for n, c in compiled.items()}})
    paths = {path for rendering in outputs for path in rendering.digests}
    changes = list(output.changes(settings.root, texts))
    if len(wanted) == len(settings.services):
        changes.extend(output.leftovers(settings.root, paths))
    return Outcome(
        diagnostics=diagnostics, changes=tuple(changes), files=len(paths) + 1, failure=None
    )


def lint_all(
    settings: Settings, cache: Cache = _NO_CACHE, progress: "Progress" = _no_progress
) -> tuple[tuple[Diagnostic, ...], Failure | None]:
    """Return what the rules report about the documents and names of all services.

    The failure that stopped the run, if any, is to be printed last.
    """
    locked = lock.load(settings)
    sources = _sources(settings.services, settings, locked)
    compiled = IncrementalBuild(settings, cache).services(sources, progress, wanted=None)
    return _diagnostics(compiled, locked, settings), _first_failure(compiled, settings)


def lint(
    paths: Mapping[Path, str], settings: Settings | None, cache: Cache = _NO_CACHE
) -> tuple[tuple[Diagnostic, ...], tuple[Failure, ...]]:
    """Return what the rules report about the documents *paths*, path -> name, and the unreadable.

    A document that belongs to a service of *settings* is read with the others of that service; by
    itself where one of these cannot be read.
    """
    diagnostics: list[Diagnostic] = []
    failures: list[Failure] = []
    beside: list[Failure] = []
    rest = {path.resolve(): (path, name) for path, name in paths.items()}
    if settings is not None:
        chosen, names, beside = _services_of(rest, settings)
        compiled = IncrementalBuild(settings, cache).services(chosen, _no_progress, wanted=None)
        found = in_order(dict.fromkeys(d for c in compiled.values() for d in c.diagnostics))
        diagnostics.extend(_renamed(d, names) for d in found if d.location.path in names)
    for path, name in rest.values():
        try:
            diagnostics.extend(parse(path, name, settings)[1])
        except Failure as failure:
            failures.append(failure)
    # What kept a service from being read is reported already if it was asked for.
    return in_order(diagnostics), tuple(failures or beside)


def parse(
    path: Path, name: str, settings: Settings | None = None
) -> "tuple[Page, tuple[Diagnostic, ...]]":
    """Return what the document at *path*, called *name*, says by itself.

    *settings* say which rules are on; without them all are.
    """
    from errbook import analysis
    from errbook.lint.selection import selection

    rules = selection(settings)
    return analysis.analyze_page(read_text(path, name), name, rules)


def _services_of(
    rest: dict[Path, tuple[Path, str]], settings: Settings
) -> tuple[list[Source], dict[str, str], list[Failure]]:
    """Take from *rest* the documents of services, which are by their resolved paths.

    Return these services, the names of the documents by what their service calls them, and why
    others could not be read.
    """
    chosen: list[Source] = []
    names: dict[str, str] = {}
    failures: list[Failure] = []
    locked: Lock | None = None
    for service in settings.services:
        documents = {
            (settings.root / name).resolve(): name
            for name in sources.documents(service, settings.root)
        }
        asked = documents.keys() & rest.keys()
        if not asked:
            continue
        locked = locked or lock.load(settings)
        try:
            chosen += _sources([service], settings, locked)
        except Failure as failure:
            failures.append(failure)
        else:
            names |= {documents[path]: rest.pop(path)[1] for path in asked}
    return chosen, names, failures


def _sources(
    services: Iterable[ServiceSettings], settings: Settings, locked: Lock
) -> list[Source]:
    return [
        sources.read(service, settings.root, locked.sections.get(service.id, Section()))
        for service in services
    ]


def _first_failure(services: Mapping[str, Compiled], settings: Settings) -> Failure | None:
    for service in settings.services:
        if services[service.id].is_empty:
            return Failure(
                ", ".join(service.docs),
                f"no document of the service '{service.id}' has an error table",
                "check its docs, and look at what errbook parse makes of them",
            )
    return None


def _renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    location = msgspec.structs.replace(
        diagnostic.location, path=names[diagnostic.location.path]
    )
    return msgspec.structs.replace(diagnostic, location=location)


def _diagnostics(
    services: Mapping[str, Compiled], locked: Lock, settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return all diagnostics, once where several services share a document."""
    found = [d for service in services.values() for d in service.diagnostics]
    if locked.gone_conflicts:
        from errbook import analysis

        found += analysis.diagnose_lock(locked.gone_conflicts, settings)
    return in_order(dict.fromkeys(found))


def _wanted(settings: Settings, services: Iterable[str]) -> frozenset[str]:
    known = [service.id for service in settings.services]
    wanted = tuple(services) or known
    for name in wanted:
        if name not in known:
            remedy = did_you_mean(name, known) or f"it has {', '.join(known)}"
            raise Failure(settings.file, f"there is no service '{name}'", remedy)
    return frozenset(wanted)
