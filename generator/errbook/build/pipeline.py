"""From documents to files, for a whole project."""

from collections.abc import Iterable, Mapping, Sequence
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
from errbook.text.nearest import did_you_mean

if TYPE_CHECKING:
    from errbook.build.compiler import Progress

_T = TypeVar("_T")
_NO_CACHE = Cache()


def no_progress(items: Sequence[_T], label: str) -> Iterable[_T]:  # noqa: ARG001
    """Return *items*: nothing is shown."""
    return items


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a run over all services found, and what it would write."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""

    changes: tuple[Change, ...] = ()
    """Empty where the work failed."""

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
    progress: "Progress" = no_progress,
) -> Outcome:
    """Compile the documents of all services; propose the files of *services*, or of all.

    Nothing is written but the *cache*. Raises Failure where errbook cannot do its work.
    """
    wanted = _wanted(settings, services)
    locked = lock.load(settings, prune=prune)
    current = IncrementalBuild(settings, cache)
    compiled = current.services(
        sources_of(settings.services, settings, locked), progress, wanted, prune=prune
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
        directories = {options.output for options in settings.options.values()}
        changes.extend(output.leftovers(settings.root, paths, directories))
    return Outcome(
        diagnostics=diagnostics, changes=tuple(changes), files=len(paths) + 1, failure=None
    )


def lint_all(
    settings: Settings, cache: Cache = _NO_CACHE, progress: "Progress" = no_progress
) -> tuple[tuple[Diagnostic, ...], Failure | None]:
    """Return what the rules report about the documents and names of all services.

    The failure that stopped the run, if any, is to be printed last.
    """
    locked = lock.load(settings)
    compiled = IncrementalBuild(settings, cache).services(
        sources_of(settings.services, settings, locked), progress, wanted=None
    )
    return _diagnostics(compiled, locked, settings), _first_failure(compiled, settings)


def sources_of(
    services: Iterable[ServiceSettings], settings: Settings, locked: Lock
) -> list[Source]:
    """Return what *services* are compiled from. Raises Failure for an unreadable document."""
    return [
        sources.read(service, settings.root, locked.sections.get(service.id, Section()))
        for service in services
    ]


def _first_failure(services: Mapping[str, Compiled], settings: Settings) -> Failure | None:
    for service in settings.services:
        if services[service.id].is_empty:
            return Failure(
                ", ".join(service.docs),
                f"the documents of the service '{service.id}' contain no error codes",
                "check its docs setting, and run errbook parse to see what is read",
            )
    return None


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
            remedy = did_you_mean(name, known) or f"the services are {', '.join(known)}"
            raise Failure(settings.file, f"unknown service '{name}'", remedy)
    return frozenset(wanted)
