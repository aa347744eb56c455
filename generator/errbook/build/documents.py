"""The documents in a command's arguments: each is read with its service, or on its own."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from errbook import readers
from errbook.build import git
from errbook.build.cache import Cache
from errbook.build.incremental import Compiled, IncrementalBuild
from errbook.build.pipeline import no_progress, source_of
from errbook.diagnostics import Diagnostic, Failure, in_order
from errbook.files import read_text
from errbook.project import lock, sources
from errbook.project.lock import Lock
from errbook.project.settings import Settings
from errbook.project.sources import Source

if TYPE_CHECKING:
    from errbook.analyzer import Page


def expanded(paths: Iterable[str]) -> list[str]:
    """Return *paths* with the documents below directories in their place.

    Documents are known by their suffix; those that git ignores are left out. Raises Failure for a
    directory without documents.
    """
    documents: dict[str, None] = {}
    for path in paths:
        if Path(path).is_dir():
            found = _below(Path(path))
            if not found:
                raise Failure(path, "no document in this directory", "give the path of a document")
            documents |= dict.fromkeys((Path(path) / name).as_posix() for name in found)
        else:
            documents[path] = None
    return list(documents)


def _below(directory: Path) -> list[str]:
    """Return the paths of the documents below *directory*, relative to it, sorted."""
    files: Iterable[str] | None = None
    if git.is_repository(directory):
        options = ("--cached", "--others", "--exclude-standard", "--deduplicate")
        files = git.paths(directory, "ls-files", "-z", *options)
    if files is None:
        found = (path for path in directory.rglob("*") if path.is_file())
        files = (path.relative_to(directory).as_posix() for path in found)
    documents = filter(readers.is_document, files)
    return sorted(name for name in documents if (directory / name).is_file())


def lint(
    paths: Mapping[Path, str], settings: Settings | None, cache: Cache
) -> tuple[tuple[Diagnostic, ...], tuple[Failure, ...]]:
    """Return the diagnostics of the documents *paths*, path -> name, and the failures.

    A document that belongs to a service in *settings* is read with the service's other documents,
    or on its own if one of those cannot be read.
    """
    diagnostics: list[Diagnostic] = []
    failures: list[Failure] = []
    service_failures: list[Failure] = []
    remaining = {path.resolve(): (path, name) for path, name in paths.items()}
    if settings is not None:
        chosen, names, service_failures = _services_of(remaining, settings)
        results = IncrementalBuild(settings, cache).services(chosen, no_progress, wanted=None)
        failures += [result for result in results.values() if isinstance(result, Failure)]
        compiled = (result for result in results.values() if isinstance(result, Compiled))
        found = in_order(dict.fromkeys(d for result in compiled for d in result.diagnostics))
        diagnostics.extend(_renamed(d, names) for d in found if d.location.path in names)
    for path, name in remaining.values():
        try:
            diagnostics.extend(parse(path, name, settings)[1])
        except Failure as failure:
            failures.append(failure)
    # A service's failure is already among *failures* if its document was requested.
    return in_order(diagnostics), tuple(failures or service_failures)


def parse(
    path: Path, name: str, settings: Settings | None = None
) -> "tuple[Page, tuple[Diagnostic, ...]]":
    """Return the page and the diagnostics of the document at *path*, with the path name *name*.

    It is read on its own. *settings* choose the rules; without them, all rules are used.
    """
    from errbook import analysis
    from errbook.lint.selection import selected_rules

    rules = selected_rules(settings)
    return analysis.analyze_page(read_text(path, name), name, rules)


def _services_of(
    remaining: dict[Path, tuple[Path, str]], settings: Settings
) -> tuple[list[Source], dict[str, str], list[Failure]]:
    """Take the documents of services out of *remaining*, whose keys are resolved paths.

    Return the sources of these services, a mapping from the services' names of the documents to
    those in *remaining*, and the failures of services that cannot be read.
    """
    chosen: list[Source] = []
    names: dict[str, str] = {}
    failures: list[Failure] = []
    locked: Lock | None = None
    for service in settings.services:
        try:
            listed = sources.documents(service, settings.root)
        except Failure:  # the documents that are there are read on their own
            continue
        documents = {(settings.root / name).resolve(): name for name in listed}
        requested = documents.keys() & remaining.keys()
        if not requested:
            continue
        locked = locked or lock.load(settings)
        source = source_of(service, settings, locked)
        if isinstance(source, Failure):
            failures.append(source)
        else:
            chosen.append(source)
            names |= {documents[path]: remaining.pop(path)[1] for path in requested}
    return chosen, names, failures


def _renamed(diagnostic: Diagnostic, names: Mapping[str, str]) -> Diagnostic:
    location = msgspec.structs.replace(diagnostic.location, path=names[diagnostic.location.path])
    return msgspec.structs.replace(diagnostic, location=location)
