"""From documents to files, for a whole project."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from errbook.build import output
from errbook.build.cache import Cache, Entry
from errbook.build.incremental import Made, Work
from errbook.build.output import Change
from errbook.diagnostics import Diagnostic, Failure, in_order
from errbook.project import lock, sources
from errbook.project.lock import Section
from errbook.project.settings import ServiceSettings, Settings
from errbook.project.sources import Source
from errbook.text.files import read_text
from errbook.text.nearest import did_you_mean

if TYPE_CHECKING:
    from errbook.analyzer import Page
    from errbook.build.compiler import Track
    from errbook.lint.selection import Selection

_T = TypeVar("_T")
_FORGETFUL = Cache()


def _untold(items: Sequence[_T], label: str) -> Iterable[_T]:  # noqa: ARG001
    return items


class Outcome(NamedTuple):
    """What a run over all services found, and what it would write."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""

    changes: tuple[Change, ...]
    """None where the work failed."""

    files: int
    """How many files there are when the changes are made."""

    failure: Failure | None
    """Why errbook could not do its work, told after what it found."""


def parse(path: Path, name: str, rules: "Selection | None" = None) -> "Page":
    """Return what the document at *path*, called *name*, says by itself."""
    from errbook.build import compiler
    from errbook.lint.selection import EVERYTHING

    return compiler.parse(read_text(path, name), name, rules or EVERYTHING)


def run(
    settings: Settings,
    services: Iterable[str] = (),
    *,
    prune: bool = False,
    cache: Cache = _FORGETFUL,
    track: "Track" = _untold,
) -> Outcome:
    """Compile the documents of all services; propose the files of *services*, or of all.

    Nothing is written but the *cache*. Raises Failure where errbook cannot do its work.
    """
    wanted = _wanted(settings, services)
    sections, gone = _locked(settings, prune=prune)
    work = Work(settings, cache)
    compiled = work.services(
        _sources(settings.services, settings, sections), track, wanted, prune=prune
    )
    diagnostics = _said([*compiled.values(), *gone.values()])
    failure = _first_failure(compiled)
    if failure:
        return Outcome(diagnostics=diagnostics, changes=(), files=0, failure=failure)
    made = [
        *(compiled[name] for name in sorted(wanted)),
        *(work.index(target, compiled) for target in settings.targets),
    ]
    work.remember()
    texts = {path: text for part in made for path, text in part.texts.items()}
    texts[lock.NAME] = lock.render(
        {name: service.section for name, service in (gone | compiled).items()}
    )
    paths = {path for part in made for path in part.entry.files}
    changes = list(output.changes(settings.root, texts))
    if len(wanted) == len(settings.services):
        changes.extend(output.leftovers(settings.root, paths))
    return Outcome(
        diagnostics=diagnostics,
        changes=tuple(changes),
        files=len(paths) + 1,
        failure=None,
    )


def lint_all(
    settings: Settings, cache: Cache = _FORGETFUL, track: "Track" = _untold
) -> tuple[tuple[Diagnostic, ...], Failure | None]:
    """Return what is to be said of the documents and names of all services.

    With it comes why errbook could not do its work, if so, which is told after it.
    """
    sections, gone = _locked(settings, prune=False)
    compiled = Work(settings, cache).services(
        _sources(settings.services, settings, sections), track
    )
    return _said([*compiled.values(), *gone.values()]), _first_failure(compiled)


def lint(
    paths: Mapping[Path, str], settings: Settings | None, cache: Cache = _FORGETFUL
) -> tuple[tuple[Diagnostic, ...], tuple[Failure, ...]]:
    """Return what is to be said of the documents *paths*, path -> name, and what cannot be read.

    A document that belongs to a service of *settings* is read with the others of that service; by
    itself where one of these cannot be read.
    """
    found: list[Diagnostic] = []
    failures: list[Failure] = []
    beside: list[Failure] = []
    rest = {path.resolve(): (path, name) for path, name in paths.items()}
    if settings is not None:
        chosen, names, beside = _services_of(rest, settings)
        compiled = Work(settings, cache).services(chosen, _untold) if chosen else {}
        said = _said(compiled.values())
        found.extend(_renamed(d, names) for d in said if d.location.path in names)
    rules = _rules(settings) if settings and rest else None
    for path, name in rest.values():
        try:
            found.extend(parse(path, name, rules).diagnostics)
        except Failure as failure:
            failures.append(failure)
    # What kept a service from being read is told already if it was asked for.
    return in_order(found), tuple(failures or beside)


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
    sections: dict[str, Section] | None = None
    for service in settings.services:
        its = {
            (settings.root / name).resolve(): name
            for name in sources.documents(service, settings.root)
        }
        asked = its.keys() & rest.keys()
        if not asked:
            continue
        if sections is None:
            sections, _ = _locked(settings, prune=False)
        try:
            chosen += _sources([service], settings, sections)
        except Failure as failure:
            failures.append(failure)
        else:
            names |= {its[path]: rest.pop(path)[1] for path in asked}
    return chosen, names, failures


def _sources(
    services: Iterable[ServiceSettings],
    settings: Settings,
    sections: Mapping[str, Section],
) -> list[Source]:
    return [
        sources.read(service, settings.root, sections.get(service.id, Section()))
        for service in services
    ]


def _first_failure(services: Mapping[str, Made]) -> Failure | None:
    return next((s.failure for s in services.values() if s.failure), None)


def _rules(settings: Settings) -> "Selection":
    from errbook.lint import selection

    return selection.resolve(settings.lint, settings.file)


def _renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    path = names[diagnostic.location.path]
    return diagnostic._replace(location=diagnostic.location._replace(path=path))


def _said(services: Iterable[Made]) -> tuple[Diagnostic, ...]:
    """Return what is to be said of *services*: once of a document that several share."""
    said = (found for service in services for found in service.entry.diagnostics)
    return in_order(dict.fromkeys(said))


def _wanted(settings: Settings, services: Iterable[str]) -> frozenset[str]:
    known = [service.id for service in settings.services]
    wanted = tuple(services) or known
    for name in wanted:
        if name not in known:
            remedy = did_you_mean(name, known) or f"it has {', '.join(known)}"
            raise Failure(settings.file, f"there is no service '{name}'", remedy)
    return frozenset(wanted)


def _locked(settings: Settings, *, prune: bool) -> tuple[dict[str, Section], dict[str, Made]]:
    """Return what the lock has of the services, and what it will have of those that are gone."""
    path = settings.root / lock.NAME
    text = read_text(path, lock.NAME) if path.exists() else ""
    sections = lock.split(text, lock.NAME)
    gone: dict[str, Made] = {}
    for name in sorted(sections.keys() - {service.id for service in settings.services}):
        table, said = lock.parse(sections.pop(name), lock.NAME)
        if not all(entry.pruned for entry in table.values()):
            if not prune:
                raise Failure(
                    lock.NAME,
                    f"the service '{name}' has names here and is not in {settings.file}",
                    "configure it again, or give up its names with errbook generate --prune",
                )
            table = {
                code: entry._replace(retired=False, pruned=True) for code, entry in table.items()
            }
        gone[name] = Made(
            entry=Entry(diagnostics=said),
            texts={},
            section=lock.render_section(table),
        )
    return sections, gone
