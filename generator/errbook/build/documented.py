"""What `errbook explain` searches and shows: the errors of a project, or of catalogue files.

The cache keeps it, so that an answer needs no analysis as long as nothing changes on which the
analysis depends. Imports inside functions keep such a run fast.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from errbook.build.cache import Cache
from errbook.build.incremental import IncrementalBuild
from errbook.build.pipeline import analyzed, source_of
from errbook.diagnostics import Failure
from errbook.files import read_text
from errbook.project import lock
from errbook.project.settings import Settings
from errbook.project.sources import Source

if TYPE_CHECKING:
    from errbook.analysis import Analysis
    from errbook.build.compiler import Progress


class Documented(msgspec.Struct, frozen=True, kw_only=True):
    """The errors of one service."""

    table: str
    """The lookup table of the generated package, which is searched."""

    catalogue: msgspec.Raw
    """The catalogue with the names, as JSON; ``null`` if only the table was wanted."""


def in_project(
    settings: Settings, cache: Cache, progress: "Progress", *, with_catalogue: bool
) -> Mapping[str, Documented | Failure]:
    """Return the errors of all services by id, or the reason why they are not known.

    Reading a catalogue takes time, so it is there only if wanted. Raises Failure if the lock cannot
    be read.
    """
    suffix = "catalogue" if with_catalogue else "table"
    locked = lock.load(settings)
    current = IncrementalBuild(settings, cache)
    services: dict[str, Documented | Failure] = {}
    stale: list[Source] = []
    for service in settings.services:
        source = source_of(service, settings, locked)
        if isinstance(source, Failure):
            services[service.id] = source
        elif known := cache.get(f"{current.key(source)}.{suffix}", Documented):
            services[service.id] = known
        else:
            stale.append(source)
    if stale:
        analyses = _analyses(stale, settings, cache, current, progress)
        for source in stale:
            analysis = analyses[source.id]
            if isinstance(analysis, Failure):
                services[source.id] = analysis
                continue
            documented = _documented(analysis, settings, with_catalogue=with_catalogue)
            services[source.id] = documented
            current.keep(f"{current.key(source)}.{suffix}", documented)
        current.save()
    return services


def in_files(paths: Iterable[str]) -> Mapping[str, Documented]:
    """Return the errors in the catalogue files *paths*, by the id of the service.

    Raises Failure if a file is not a catalogue, or if two have the same service.
    """
    from errbook.targets import catalogue
    from errbook.targets.python import lookup

    services: dict[str, Documented] = {}
    for path in paths:
        text = read_text(Path(path), path)
        file = catalogue.read(text, path)
        if file.service in services:
            what = f"another file also has the service '{file.service}'"
            raise Failure(path, what, "give one file for each service")
        table = lookup.table(file, file.names.enum, file.entries({}))
        services[file.service] = Documented(table=table, catalogue=msgspec.Raw(text.encode()))
    return services


def _analyses(
    sources: Iterable[Source],
    settings: Settings,
    cache: Cache,
    current: IncrementalBuild,
    progress: "Progress",
) -> "Mapping[str, Analysis | Failure]":
    """Return the analyses of *sources*: those that an earlier run has kept, or new ones."""
    from errbook.analysis import Analysis

    kept: dict[str, Analysis | Failure] = {}
    stale: list[Source] = []
    for source in sources:
        if analysis := cache.get(f"{current.key(source)}.analysis", Analysis):
            kept[source.id] = analysis
        else:
            stale.append(source)
    return kept | analyzed(stale, settings, progress) if stale else kept


def _documented(analysis: "Analysis", settings: Settings, *, with_catalogue: bool) -> Documented:
    from errbook.targets import catalogue
    from errbook.targets.python import lookup

    names = analysis.names
    content = catalogue.content(analysis, settings) if with_catalogue else None
    return Documented(
        table=lookup.table(analysis.catalogue, names.enum, names.entries),
        catalogue=msgspec.Raw(msgspec.json.encode(content)),
    )
