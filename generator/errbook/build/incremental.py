"""Incremental builds: only what has changed since an earlier run is compiled again.

An output is up to date if the cache has the result for its input, and the files on disk match it.
Timestamps are not used. Imports inside functions keep a run fast if nothing has changed.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from errbook.build import fingerprint
from errbook.build.cache import Cache, digest
from errbook.diagnostics import Diagnostic
from errbook.files import read_bytes, with_lf
from errbook.project import lock
from errbook.project.settings import Settings
from errbook.project.sources import Source
from errbook.targets.rendering import Rendering, render_index, render_service

if TYPE_CHECKING:
    from errbook.analysis import Analysis
    from errbook.build.compiler import Progress


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """The result of compiling one service."""

    diagnostics: tuple[Diagnostic, ...]
    section: str
    """The service's lines in the new lock."""

    is_empty: bool
    """Whether the documents contain no error codes."""

    rendering: Rendering | None
    """None for an empty service, and in a run that renders nothing."""


class IncrementalBuild:
    """The compilation of a project in one run."""

    def __init__(self, settings: Settings, cache: Cache) -> None:
        self._settings = settings
        self._cache = cache
        self._state = self._project()
        self._new_results: dict[str, msgspec.Struct] = {}

    def services(
        self,
        sources: Sequence[Source],
        progress: "Progress",
        wanted: Container[str] | None,
        *,
        prune: bool = False,
    ) -> dict[str, Compiled]:
        """Return the results of compiling *sources*, by service.

        All files of the services in *wanted* are on disk or in the result; if it is None, nothing
        is rendered. Raises Failure if a service cannot be compiled.
        """
        services: dict[str, Compiled] = {}
        for source in sources:
            known = None if prune else self._known(source, wanted)
            if known is not None:
                services[source.id] = known
        stale = [source for source in sources if source.id not in services]
        if stale:
            services |= self._compiled(stale, progress, wanted is not None, prune)
        return {source.id: services[source.id] for source in sources}

    def _known(self, source: Source, wanted: Container[str] | None) -> Compiled | None:
        """Return the result of an earlier run for *source*; missing files are rendered again."""
        key = self._key(source, source.section.text)
        known = self._cache.get(f"{key}.compiled", Compiled)
        if known is not None and self._is_current(known.rendering, source.id, wanted):
            return _saved(known)
        if known is None or wanted is None:
            return None
        from errbook.analysis import Analysis

        analysis = self._cache.get(f"{key}.analysis", Analysis)
        if analysis is None:
            return None
        return self._keep(source, analysis, render_service(analysis, self._settings))

    def _is_current(
        self, rendering: Rendering | None, service: str, wanted: Container[str] | None
    ) -> bool:
        """Return whether nothing in the *rendering* of *service* has to be rendered again."""
        if wanted is None:
            return True
        return rendering is not None and (service not in wanted or self._is_on_disk(rendering))

    def _compiled(
        self, sources: list[Source], progress: "Progress", render: bool, prune: bool
    ) -> Iterator[tuple[str, Compiled]]:
        from errbook.build import compiler

        compile_one = partial(
            compiler.compile_service,
            settings=self._settings,
            prune=prune,
            render=render,
        )
        results = compiler.compile_all(sources, compile_one, progress)
        for source, (analysis, rendering) in zip(sources, results, strict=True):
            yield source.id, self._keep(source, analysis, rendering)

    def _keep(self, source: Source, analysis: "Analysis", rendering: Rendering | None) -> Compiled:
        """Return the result of compiling *source*, and keep it for later runs."""
        compiled = Compiled(
            diagnostics=analysis.diagnostics,
            section=lock.render_section(analysis.names.entries),
            is_empty=not analysis.catalogue.errors,
            rendering=rendering,
        )
        if analysis.is_settled and not compiled.is_empty:
            # The next run finds the new section in the lock.
            key = self._key(source, compiled.section)
            self._new_results[f"{key}.analysis"] = analysis
            self._new_results[f"{key}.compiled"] = _saved(compiled)
        return compiled

    def indexes(self, services: Mapping[str, Rendering]) -> Iterator[Rendering]:
        """Yield, for each target, the files that are shared by all *services*, which are by id."""
        for target in self._settings.targets:
            entries = {
                name: rendering.entries[target]
                for name, rendering in services.items()
                if target in rendering.entries
            }
            if entries:
                yield self._index(target, entries)

    def _index(self, target: str, entries: Mapping[str, msgspec.Raw]) -> Rendering:
        parts: list[str | memoryview] = []
        for name, raw in entries.items():
            parts += [name, memoryview(raw)]
        key = f"{digest(self._state, target, *parts)}.index"
        known = self._cache.get(key, Rendering)
        if known is not None and self._is_on_disk(known):
            return _without_texts(known)
        rendering = render_index(target, entries, self._settings)
        self._new_results[key] = _without_texts(rendering)
        return rendering

    def save(self) -> None:
        """Save the new results to the cache, unless an input was edited during the run."""
        if self._new_results and self._state == self._project():
            self._cache.put(self._new_results)

    def _project(self) -> str:
        """Return the digest of everything on which all outputs depend; empty without a cache."""
        if self._cache.directory is None:
            return ""
        settings = self._settings
        own = self._own_templates()
        return digest(settings.file, settings.text, *fingerprint.state(), *own)

    def _own_templates(self) -> Iterator[str | bytes]:
        for directory in self._settings.own_templates.values():
            place = self._settings.root / directory
            for name, content in fingerprint.contents(place):
                if not self._cache.has(place / name):
                    yield from (f"{directory}/{name}", content)

    def _key(self, source: Source, section: str) -> str:
        """Return the key of *source* with *section* as the service's lines in the lock."""
        documents = chain.from_iterable(source.documents.items())
        return digest(self._state, source.id, section, *documents)

    def _is_on_disk(self, rendering: Rendering) -> bool:
        root = self._settings.root
        try:
            return all(
                sha256(with_lf(read_bytes(root / path))).hexdigest() == expected
                for path, expected in rendering.digests.items()
            )
        except OSError:
            return False


def _saved(compiled: Compiled) -> Compiled:
    """Return the part of *compiled* that the cache keeps. Texts from a cache are never written."""
    rendering = _without_texts(compiled.rendering) if compiled.rendering else None
    return msgspec.structs.replace(compiled, rendering=rendering)


def _without_texts(rendering: Rendering) -> Rendering:
    """Return *rendering* without its texts, which are on disk, or are rendered again."""
    return msgspec.structs.replace(rendering, texts={})
