"""The pipeline from documents to files, for a whole project."""

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
    """Return *items* without showing progress."""
    return items


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a run over all services: diagnostics, and the changes to make."""

    diagnostics: tuple[Diagnostic, ...]
    """Sorted by location."""

    changes: tuple[Change, ...] = ()
    """Empty after a failure."""

    files: int = 0
    """The number of generated files and the lock, changed or not."""

    failure: Failure | None
    """The reason why the run stopped, if it did; to be printed after the diagnostics."""


def run(
    settings: Settings,
    services: Iterable[str] = (),
    *,
    prune: bool = False,
    cache: Cache = _NO_CACHE,
    progress: "Progress" = no_progress,
) -> Outcome:
    """Compile all services, and return the changes to the files of *services*, or of all.

    Nothing is written except the *cache*. Raises Failure if reading or compiling fails.
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
    current.save()
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
    """Return the diagnostics of all services, and the failure that stopped the run, if any.

    The failure is to be printed last.
    """
    locked = lock.load(settings)
    compiled = IncrementalBuild(settings, cache).services(
        sources_of(settings.services, settings, locked), progress, wanted=None
    )
    return _diagnostics(compiled, locked, settings), _first_failure(compiled, settings)


def sources_of(
    services: Iterable[ServiceSettings], settings: Settings, locked: Lock
) -> list[Source]:
    """Return the sources of *services*. Raises Failure if a document cannot be read."""
    return [
        sources.read(service, settings.root, locked.sections.get(service.id, Section()))
        for service in services
    ]


def _first_failure(services: Mapping[str, Compiled], settings: Settings) -> Failure | None:
    for service in settings.services:
        if services[service.id].is_empty:
            return Failure(
                f"service '{service.id}'",
                f"its documents ({', '.join(service.docs)}) contain no error codes",
                "fix the findings above, or run errbook parse PATH to see what is read",
            )
    return None


def _diagnostics(
    services: Mapping[str, Compiled], locked: Lock, settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return all diagnostics, without repetitions for documents that services share."""
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
            remedy = did_you_mean(name, known) or f"configured services: {', '.join(known)}"
            raise Failure(settings.file, f"unknown service '{name}'", remedy)
    return frozenset(wanted)
