"""The pipeline from documents to files, for a whole project."""

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import msgspec

from errbook.build import output
from errbook.build.cache import Cache
from errbook.build.incremental import Compiled, IncrementalBuild
from errbook.build.output import FileChange
from errbook.comparison import Change
from errbook.diagnostics import Diagnostic, Failure, Severity, in_order
from errbook.project import lock, sources
from errbook.project.lock import Lock, Section, SectionTexts
from errbook.project.settings import Ignore, ServiceSettings, Settings
from errbook.project.sources import Source
from errbook.targets.rendering import Rendering
from errbook.text.nearest import did_you_mean

if TYPE_CHECKING:
    from errbook.analysis import Analysis
    from errbook.build.compiler import Progress

_T = TypeVar("_T")
_NO_CACHE = Cache()


def no_progress(items: Sequence[_T], label: str) -> Iterable[_T]:  # noqa: ARG001
    """Return *items* without showing progress."""
    return items


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a run: findings, the changes to make, and the services that stay as they are.

    A service with findings of severity error, or one that cannot be compiled, keeps its files and
    its names. So do the shared files as long as there is such a service.
    """

    diagnostics: tuple[Diagnostic, ...]
    """The findings in the requested services, sorted by location."""

    failures: tuple[Failure, ...] = ()
    """The reasons why requested services could not be compiled."""

    stopped: tuple[str, ...] = ()
    """The ids of requested services whose files stay as they are."""

    renewed: tuple[str, ...] = ()
    """The ids of requested services whose files are in *changes*, or up to date."""

    others_stopped: tuple[str, ...] = ()
    """The ids of other services because of which the shared files stay as they are."""

    changes: tuple[FileChange, ...] = ()
    paths: tuple[str, ...] = ()
    """The paths of generated files and the lock, changed or not."""

    documents: int = 0
    """The number of documents of the services that were compiled."""

    without_codes: int = 0
    """How many of them have no error codes."""

    is_complete: bool = False
    """Whether these are all generated files of the project."""

    api: tuple[Change, ...] = ()
    """What the requested services' new outputs change for programs."""

    merged_lock: bool = False
    """Whether errbook.lock has the markers of a merge conflict, of which both sides are kept."""

    new_services: tuple[str, ...] = ()
    """The ids of requested services that had no names before."""


def run(
    settings: Settings,
    services: Iterable[str] = (),
    *,
    prune: bool = False,
    retire: bool = False,
    strict: bool = False,
    cache: Cache = _NO_CACHE,
    progress: "Progress" = no_progress,
) -> Outcome:
    """Compile all services, and return the changes to the files of *services*, or of all.

    With *prune*, retired codes lose their classes. With *retire*, codes of *services* are retired
    even if they may still be documented. With *strict*, warnings stop a service as errors do.
    Nothing is written except the *cache*. Raises Failure if the lock cannot be read, or if there is
    a mistake in the configuration.
    """
    wanted = _wanted(settings, services)
    locked = lock.load(settings, prune=prune)
    current = IncrementalBuild(settings, cache)
    retiring = wanted if retire else frozenset[str]()
    results = _compile(current, settings, locked, progress, wanted, prune=prune, retire=retiring)
    stopping = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    renderings: dict[str, Rendering] = {}
    renewed: dict[str, Compiled] = {}
    causes: dict[str, str] = {}
    for name, result in results.items():
        if isinstance(result, Failure) or result.rendering is None:
            continue
        if any(found.severity in stopping for found in result.diagnostics):
            continue
        renderings[name] = result.rendering
        causes |= dict.fromkeys(result.rendering.digests, _cause([result]))
        if name in wanted:
            renewed[name] = result
    stopped = [name for name in results if name not in renderings]
    outputs = [renderings[name] for name in renewed]
    if not stopped:
        outputs += current.indexes(renderings)
    current.save()
    texts = {path: text for rendering in outputs for path, text in rendering.texts.items()}
    texts[lock.NAME] = lock.render(_sections(locked, renewed))
    paths = {path for rendering in outputs for path in rendering.digests}
    causes = dict.fromkeys(texts, _cause(results.values())) | causes
    changes = list(output.changes(settings.root, texts, causes)) if outputs else []
    is_complete = not stopped and len(wanted) == len(results)
    if is_complete:
        directories = {options.output for options in settings.options.values()}
        changes.extend(output.leftovers(settings.root, paths, directories))
    requested = {name: result for name, result in results.items() if name in wanted}
    return Outcome(
        diagnostics=_diagnostics(requested, locked, settings),
        failures=_failures(requested, settings),
        stopped=tuple(name for name in stopped if name in wanted),
        renewed=tuple(renewed),
        others_stopped=tuple(name for name in stopped if name not in wanted),
        changes=tuple(changes),
        paths=(*sorted(paths), lock.NAME),
        documents=sum(result.documents for result in renewed.values()),
        without_codes=sum(result.without_codes for result in renewed.values()),
        is_complete=is_complete,
        api=tuple(change for result in renewed.values() for change in result.changes),
        merged_lock=locked.has_markers,
        new_services=tuple(name for name in requested if name not in locked.sections),
    )


def lint_all(
    settings: Settings, cache: Cache = _NO_CACHE, progress: "Progress" = no_progress
) -> tuple[tuple[Diagnostic, ...], tuple[Failure, ...]]:
    """Return the diagnostics of all services, and why services could not be compiled."""
    locked = lock.load(settings)
    current = IncrementalBuild(settings, cache)
    results = _compile(current, settings, locked, progress, wanted=None)
    return _diagnostics(results, locked, settings), _failures(results, settings)


_Results = Mapping[str, Compiled | Failure]
"""Id of a service -> the result of compiling it, or why that was not possible."""


def _compile(
    current: IncrementalBuild,
    settings: Settings,
    locked: Lock,
    progress: "Progress",
    wanted: Container[str] | None,
    *,
    prune: bool = False,
    retire: Container[str] = (),
) -> _Results:
    """Return the results for all services; *wanted* is that of `IncrementalBuild.services`."""
    read = {service.id: source_of(service, settings, locked) for service in settings.services}
    sources = [source for source in read.values() if isinstance(source, Source)]
    compiled = current.services(sources, progress, wanted, prune=prune, retire=retire)
    failures = {name: found for name, found in read.items() if isinstance(found, Failure)}
    results = {name: failures.get(name) or compiled[name] for name in read}
    for result in results.values():
        if isinstance(result, Failure) and result.place == settings.file:
            raise result  # a mistake in the configuration, which is not about one service
    return results


def _failures(results: _Results, settings: Settings) -> tuple[Failure, ...]:
    """Return why services in *results* have no outputs, apart from their diagnostics."""
    failures: list[Failure] = []
    for service in settings.services:
        result = results.get(service.id)
        if isinstance(result, Failure):
            failures.append(result)
        elif result is not None and result.is_empty:
            failures.append(without_codes(service))
    return tuple(failures)


def without_codes(service: ServiceSettings) -> Failure:
    """Return the failure to compile *service*, whose documents contain no error codes."""
    what = f"its documents ({', '.join(service.inputs)}) contain no error codes"
    remedy = "run errbook parse PATH to see what is read"
    return Failure(f"service '{service.id}'", what, remedy)


def analyses(
    settings: Settings, services: Iterable[str] = (), progress: "Progress" = no_progress
) -> dict[str, "Analysis | Failure"]:
    """Return the analyses of *services*, or of all, by id; nothing is rendered.

    A service that cannot be analyzed, or has no error codes, has the reason instead. Raises Failure
    if the lock cannot be read, or if there is a mistake in the configuration.
    """
    wanted = _wanted(settings, services)
    locked = lock.load(settings)
    requested = [service for service in settings.services if service.id in wanted]
    read = {service.id: source_of(service, settings, locked) for service in requested}
    sources = [source for source in read.values() if isinstance(source, Source)]
    found = analyzed(sources, settings, progress)
    return {
        name: source if isinstance(source, Failure) else found[name]
        for name, source in read.items()
    }


def analyzed(
    sources: Sequence[Source], settings: Settings, progress: "Progress" = no_progress
) -> dict[str, "Analysis | Failure"]:
    """Return the analysis of each of *sources* by id, or the reason why there is none."""
    from errbook.build import compiler

    compile_one = partial(compiler.compile_service, settings=settings, prune=False, render=False)
    results = compiler.compile_all(sources, compile_one, progress)
    found: dict[str, Analysis | Failure] = {}
    for source, result in zip(sources, results, strict=True):
        if isinstance(result, Failure):
            found[source.id] = result
        else:
            analysis, _ = result
            has_codes = bool(analysis.catalogue.errors)
            found[source.id] = analysis if has_codes else without_codes(source.service)
    return found


def source_of(service: ServiceSettings, settings: Settings, locked: Lock) -> Source | Failure:
    """Return the source of *service*, or why a document cannot be read."""
    section = locked.sections.get(service.id, Section())
    try:
        return sources.read(service, settings.root, section)
    except Failure as failure:
        return failure


def _cause(results: Iterable[Compiled | Failure]) -> str:
    """Return why a file that depends on *results* is modified."""
    anew = {result.is_documented_anew for result in results if isinstance(result, Compiled)}
    if True in anew:
        return "the documents changed"
    if None in anew:
        return "the documents changed, or it was edited by hand"
    return "edited by hand, or written by another version"


def _sections(locked: Lock, renewed: Mapping[str, Compiled]) -> dict[str, SectionTexts]:
    """Return the lines of the new lock by service; the sections of others than *renewed* stay."""
    sections = {name: section.texts for name, section in locked.sections.items()}
    return {**locked.gone, **sections, **{n: result.section for n, result in renewed.items()}}


def _diagnostics(results: _Results, locked: Lock, settings: Settings) -> tuple[Diagnostic, ...]:
    """Return all diagnostics, without repetitions for documents that services share."""
    compiled = [result for result in results.values() if isinstance(result, Compiled)]
    found = [diagnostic for result in compiled for diagnostic in result.diagnostics]
    unused: tuple[Ignore, ...] = ()
    if len(compiled) == len(settings.services):
        used = {key for result in compiled for key in result.used_ignores}
        unused = tuple(i for i in settings.lint.ignores if i.key not in used)
    if locked.gone_conflicts or unused:
        from errbook import analysis

        found += analysis.diagnose_project(settings, locked.gone_conflicts, unused)
    return in_order(dict.fromkeys(found))


def _wanted(settings: Settings, services: Iterable[str]) -> frozenset[str]:
    known = [service.id for service in settings.services]
    wanted = tuple(services) or known
    for name in wanted:
        if name not in known:
            remedy = did_you_mean(name, known) or f"configured services: {', '.join(known)}"
            raise Failure(settings.file, f"unknown service '{name}'", remedy)
    return frozenset(wanted)
