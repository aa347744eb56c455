"""What `errbook audit` reads: the codes of the services, files, recordings and the baseline."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from errbook import catalogue_file
from errbook.audit import baseline, recordings, text_files
from errbook.audit.codes import Codes, ServiceCodes
from errbook.audit.facts import FileFacts
from errbook.audit.recordings import Response
from errbook.build import documented, walking
from errbook.build.cache import Cache
from errbook.build.compiler import Progress
from errbook.diagnostics import Failure, Location
from errbook.files import read_text
from errbook.project import sources
from errbook.project.settings import Settings
from errbook.text.nearest import did_you_mean

_CODE = re.compile(r'"code"\s*:\s*("(?:[^"\\]|\\.)+")')


class ReadFiles(msgspec.Struct, frozen=True, kw_only=True):
    """What the files of a project have."""

    facts: Mapping[str, FileFacts]
    """Path -> what the file has; only of files that have something."""

    paths: frozenset[str]
    """The paths of all files that were read."""

    lines: int
    skipped: int
    """How many files are not text, minified or too large."""

    failures: tuple[Failure, ...]
    """The files that cannot be read."""


def in_project(settings: Settings, cache: Cache, progress: Progress) -> tuple[ServiceCodes, ...]:
    """Return the codes of all services in *settings*.

    Raises Failure if one of them cannot be analyzed: its codes would seem to be undocumented.
    """
    services = documented.in_project(settings, cache, progress, with_catalogue=True)
    failures = [found for found in services.values() if isinstance(found, Failure)]
    if failures:
        failure, *more = failures
        failure.more = tuple(more)
        raise failure
    found: list[ServiceCodes] = []
    for name, known in services.items():
        if isinstance(known, Failure):
            continue
        given = settings.service(name).catalogue
        text = read_text(settings.root / given, given) if given else None
        found.append(_codes(bytes(known.catalogue).decode(), given, text))
    return tuple(found)


def in_files(paths: Iterable[str]) -> tuple[ServiceCodes, ...]:
    """Return the codes in the catalogue files *paths*.

    Raises Failure if a file is not a catalogue, or if two have the same service.
    """
    found: dict[str, ServiceCodes] = {}
    for path in paths:
        text = read_text(Path(path), path)
        codes = _codes(text, path, text)
        if codes.service in found:
            what = f"another file also has the service '{codes.service}'"
            raise Failure(path, what, "give one file for each service")
        found[codes.service] = codes
    return tuple(found.values())


def chosen(services: Sequence[ServiceCodes], names: Iterable[str]) -> tuple[ServiceCodes, ...]:
    """Return those of *services* that *names* name, or all. Raises Failure for an unknown name."""
    known = {service.service: service for service in services}
    wanted = tuple(names) or tuple(known)
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f"the services are {', '.join(known)}"
            raise Failure(name, "unknown service", hint)
    return tuple(known[name] for name in dict.fromkeys(wanted))


def _codes(text: str, path: str | None, file: str | None) -> ServiceCodes:
    """Return the codes in the catalogue *text*; *path* and *file* are its place and what it has."""
    catalogue = catalogue_file.read(text, path or "catalogue")
    places = {error.code: error.occurrences[0].location for error in catalogue.errors}
    if path is not None and file is not None:
        # The documents of a catalogue may be elsewhere.
        own: dict[str, Location] = {}
        line, counted = 1, 0
        for match in _CODE.finditer(file):
            line += file.count("\n", counted, match.start(1))
            counted = match.start(1)
            column = match.start(1) - file.rfind("\n", 0, match.start(1))
            place = Location(path=path, line=line, column=column)
            own.setdefault(json.loads(match[1]), place)
        places = {code: own.get(code, Location(path=path, line=1, column=1)) for code in places}
    return ServiceCodes(catalogue=catalogue, places=places)


def inputs(settings: Settings) -> Iterator[Path]:
    """Yield the files of *settings* that have codes without using them: documents and the like."""
    yield settings.root / settings.file
    for service in settings.services:
        everything = msgspec.structs.replace(service, exclude_docs=())
        for name in sources.documents(everything, settings.root):
            yield settings.root / name


def read_files(
    paths: Iterable[str],
    root: Path,
    excluded: Iterable[Path],
    codes: Codes,
    progress: Progress,
    *,
    lists_mentions: bool,
) -> ReadFiles:
    """Return what the files *paths*, and those below the directories among them, have.

    Their names are relative to *root*. Files *excluded* are not read.
    """
    left_out = {path.resolve() for path in excluded}
    facts: dict[str, FileFacts] = {}
    names: set[str] = set()
    counts: Counter[str] = Counter()
    failures: list[Failure] = []
    for path in progress(walking.listed(paths), "reading files"):
        if path.resolve() in left_out:
            continue
        name = shown(path, root)
        try:
            text = walking.text_of(path)
        except OSError as error:
            what = f"this file cannot be read ({error.strerror or error})"
            failures.append(Failure(name, what, "check its permissions"))
            continue
        if text is None:
            counts["skipped"] += 1
            continue
        if walking.is_generated(path, text) or baseline.is_baseline(text):
            continue
        names.add(name)
        counts["lines"] += text.count("\n") + (not text.endswith("\n"))
        found = text_files.read(name, text, codes, lists_mentions=lists_mentions)
        if found:
            facts[name] = found
    return ReadFiles(
        facts=dict(sorted(facts.items())),
        paths=frozenset(names),
        lines=counts["lines"],
        skipped=counts["skipped"],
        failures=tuple(failures),
    )


def shown(path: Path, root: Path) -> str:
    """Return the name of the file at *path*: relative to *root*, or absolute outside of it."""
    absolute = Path(os.path.normpath(path.absolute()))
    if absolute.is_relative_to(root.absolute()):
        return absolute.relative_to(root.absolute()).as_posix()
    return absolute.as_posix()


def recordings_in(paths: Iterable[str]) -> tuple[Path, ...]:
    """Return the recordings *paths*, and those in the directories among them, sorted.

    Raises Failure for a directory without recordings.
    """
    files: dict[Path, None] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in recordings.SUFFIXES)
            if not found:
                suffixes = ", ".join(sorted(recordings.SUFFIXES))
                what = f"this directory has no recordings ({suffixes})"
                raise Failure(name, what, "give the path of a recording")
            files |= dict.fromkeys(found)
        else:
            files[path] = None
    return tuple(files)


def read_responses(
    files: Iterable[Path], root: Path
) -> tuple[tuple[Response, ...], tuple[Failure, ...]]:
    """Return the responses in the recordings *files*, and why some cannot be read."""
    responses: list[Response] = []
    failures: list[Failure] = []
    for file in files:
        name = shown(file, root)
        try:
            for response in recordings.read(name, read_text(file, name)):
                responses.append(response)
        except Failure as failure:
            failures.append(failure)
    return tuple(responses), tuple(failures)
