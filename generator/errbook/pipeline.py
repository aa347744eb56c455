"""From documents to files: runs the stages one after the other, and collects what they say."""

import glob
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from itertools import chain
from pathlib import Path

from errbook import analyzer, checks, naming, output, readers
from errbook.analyzer import Page
from errbook.diagnostics import Diagnostic, Failure, Severity
from errbook.files import read_text
from errbook.model import Catalogue
from errbook.naming import Names, lock
from errbook.naming.lock import Lock
from errbook.output import Change
from errbook.settings import ServiceSettings, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run over all services found, and what it would write."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""

    changes: tuple[Change, ...]
    files: int
    """How many files there are when the changes are made."""

    def has(self, *severities: Severity) -> bool:
        """Tell whether a diagnostic has one of *severities*."""
        return any(diagnostic.severity in severities for diagnostic in self.diagnostics)


def parse(path: Path, name: str) -> Page:
    """Return what the document at *path*, called *name*, says, without any configuration."""
    return analyzer.analyze(
        readers.read(path, name), ServiceSettings(id="NAME", title="")
    )


def run(
    settings: Settings, services: Iterable[str] = (), *, prune: bool = False
) -> Outcome:
    """Compile the documents of all services; propose the files of *services*, or of all.

    Nothing is written. Raises Failure where errbook cannot do its work.
    """
    wanted = _wanted(settings, services)
    locked = _lock(settings, prune=prune)
    diagnostics = list(locked.diagnostics)
    tables = dict(locked.tables)
    compiled: list[tuple[Catalogue, Names]] = []
    for service in settings.services:
        pages = _pages(service, settings.root)
        catalogue = analyzer.catalogue(pages, service)
        names = naming.assign(
            catalogue,
            curated=service.names,
            locked=tables.get(service.id, {}),
            prune=prune,
        )
        tables[service.id] = names.entries
        compiled.append((catalogue, names))
        diagnostics.extend(chain.from_iterable(page.diagnostics for page in pages))
        diagnostics.extend(checks.check(catalogue, names, service, settings.file))
    generated = _render(compiled, wanted, settings)
    changes = list(
        output.changes(settings.root, generated | {lock.NAME: lock.render(tables)})
    )
    if len(wanted) == len(settings.services):
        changes.extend(output.leftovers(settings.root, generated))
    kept = (found for found in diagnostics if found.rule.id not in settings.ignore)
    return Outcome(
        diagnostics=tuple(
            sorted(kept, key=lambda found: (found.location, found.rule.id))
        ),
        changes=tuple(changes),
        files=len(generated) + 1,
    )


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
    gone = sorted(locked.tables.keys() - {service.id for service in settings.services})
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


def _pages(service: ServiceSettings, root: Path) -> list[Page]:
    pages = [
        analyzer.analyze(readers.read(root / name, name), service)
        for name in _documents(service, root)
    ]
    if not any(page.has_error_table for page in pages):
        raise Failure(
            ", ".join(service.docs),
            f"no document of the service '{service.id}' has an error table",
            "check its docs, and look at what errbook parse makes of them",
        )
    return pages


def _documents(service: ServiceSettings, root: Path) -> list[str]:
    names: set[str] = set()
    for pattern in service.docs:
        # Path.glob has no way up: `../docs/*.rst`.
        matches = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207
        found = [
            Path(name).as_posix() for name in matches if not (root / name).is_dir()
        ]
        if not found:
            remedy = f"mend docs of [tool.errbook.service.{service.id}]"
            raise Failure(pattern, "there is no such document", remedy)
        names.update(found)
    return sorted(names)


def _render(
    compiled: list[tuple[Catalogue, Names]], wanted: frozenset[str], settings: Settings
) -> dict[str, str]:
    """Return the files of the *wanted* services, and those that are over all, by their paths."""
    files: dict[str, str] = {}
    for name in settings.targets:
        target = import_module(f"errbook.targets.{name}")
        rendered = dict(target.render_index(compiled, settings))
        for catalogue, names in compiled:
            if catalogue.service in wanted:
                rendered |= target.render(catalogue, names, settings)
        directory = settings.outputs[name]
        files |= {f"{directory}/{path}": text for path, text in rendered.items()}
    return files
