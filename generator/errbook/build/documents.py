"""Documents that a user names: each is read with its service, or by itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from errbook.build.cache import Cache
from errbook.build.incremental import IncrementalBuild
from errbook.build.pipeline import no_progress, sources_of
from errbook.diagnostics import Diagnostic, Failure, in_order
from errbook.project import lock, sources
from errbook.project.lock import Lock
from errbook.project.settings import Settings
from errbook.project.sources import Source
from errbook.text.files import read_text

if TYPE_CHECKING:
    from errbook.analyzer import Page


def lint(
    paths: Mapping[Path, str], settings: Settings | None, cache: Cache
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
        compiled = IncrementalBuild(settings, cache).services(chosen, no_progress, wanted=None)
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
    from errbook.lint.selection import selected_rules

    rules = selected_rules(settings)
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
            chosen += sources_of([service], settings, locked)
        except Failure as failure:
            failures.append(failure)
        else:
            names |= {documents[path]: rest.pop(path)[1] for path in asked}
    return chosen, names, failures


def _renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    location = msgspec.structs.replace(diagnostic.location, path=names[diagnostic.location.path])
    return msgspec.structs.replace(diagnostic, location=location)
