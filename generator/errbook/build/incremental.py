"""What has to be compiled again: the rest is known from an earlier run, and is on disk.

An output is up to date if the cache knows what comes of its input, and the files are just that.
Time stamps say nothing.
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
from errbook.project import lock
from errbook.project.settings import Settings, TemplateOptions
from errbook.project.sources import Source
from errbook.targets.rendering import Rendering, render_index

if TYPE_CHECKING:
    from errbook.build.compiler import Progress


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """What a run needs to know about one service."""

    diagnostics: tuple[Diagnostic, ...]
    section: str
    """The lines that the lock will have of it."""

    is_empty: bool
    """Its documents have no errors."""

    rendering: Rendering | None
    """None for an empty service, and in a run that writes nothing."""


class _Diagnosed(msgspec.Struct, frozen=True):
    """The part of an analysis that a run needs where nothing changed: the rest is not decoded."""

    diagnostics: tuple[Diagnostic, ...]


class Run:
    """One run over a project."""

    def __init__(self, settings: Settings, cache: Cache) -> None:
        self._settings = settings
        self._cache = cache
        self._state = self._project()
        self._learnt: dict[str, msgspec.Struct] = {}

    def services(
        self,
        sources: Sequence[Source],
        progress: "Progress",
        wanted: Container[str] | None,
        *,
        prune: bool = False,
    ) -> dict[str, Compiled]:
        """Return what is compiled from *sources*, by service.

        Of the services *wanted* all files are on disk or in the result. None is for a run that
        writes nothing. Raises Failure where errbook cannot do its work.
        """
        services: dict[str, Compiled] = {}
        for source in () if prune else sources:
            known = self._known(source, wanted)
            if known is not None:
                services[source.id] = known
        stale = [source for source in sources if source.id not in services]
        if stale:
            services |= self._compiled(stale, progress, wanted is not None, prune)
        return {source.id: services[source.id] for source in sources}

    def _known(self, source: Source, wanted: Container[str] | None) -> Compiled | None:
        """Return what an earlier run compiled from *source*, if its files are as they should be."""
        key = self._key(source, source.section.text)
        analysis = self._cache.get(f"{key}.analysis", _Diagnosed)
        if analysis is None:
            return None
        rendering = None
        if wanted is not None:
            rendering = self._cache.get(f"{key}.rendering", Rendering)
            if rendering is None or (source.id in wanted and not self._is_on_disk(rendering)):
                return None
        return Compiled(
            diagnostics=analysis.diagnostics,
            section=source.section.text,
            is_empty=False,
            rendering=rendering,
        )

    def _compiled(
        self, sources: list[Source], progress: "Progress", is_rendered: bool, prune: bool
    ) -> Iterator[tuple[str, Compiled]]:
        from errbook.build import compiler

        work = partial(
            compiler.compile_service,
            settings=self._settings,
            prune=prune,
            is_rendered=is_rendered,
        )
        results = compiler.compile_all(sources, work, progress)
        for source, (analysis, rendering) in zip(sources, results, strict=True):
            section = lock.render_section(analysis.names.entries)
            is_empty = not analysis.catalogue.errors
            if analysis.is_settled and not is_empty:
                # The next run finds the new section in the lock.
                key = self._key(source, section)
                self._learnt[f"{key}.analysis"] = analysis
                self._learn(f"{key}.rendering", rendering)
            yield source.id, Compiled(
                diagnostics=analysis.diagnostics,
                section=section,
                is_empty=is_empty,
                rendering=rendering,
            )

    def indexes(self, services: Mapping[str, Rendering]) -> Iterator[Rendering]:
        """Yield the files of each target about all *services*, which are by id."""
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
            return known
        rendering = render_index(target, entries, self._settings)
        self._learn(key, rendering)
        return rendering

    def _learn(self, key: str, rendering: Rendering | None) -> None:
        if rendering is not None:  # texts are not kept: what has to be written is compiled
            self._learnt[key] = msgspec.structs.replace(rendering, texts={})

    def remember(self) -> None:
        """Keep what is known by now, unless what it depends on was edited during the run."""
        if self._learnt and self._state == self._project():
            self._cache.put(self._learnt)

    def _project(self) -> str:
        """Return the digest of all that every output depends on; nothing where none is kept."""
        if self._cache.directory is None:
            return ""
        settings = self._settings
        own = self._own_templates()
        return digest(settings.file, settings.text, *fingerprint.state(), *own)

    def _own_templates(self) -> Iterator[str | bytes]:
        for options in self._settings.options.values():
            directory = options.templates if isinstance(options, TemplateOptions) else None
            if directory is None:
                continue
            place = self._settings.root / directory
            for name, content in fingerprint.contents(place, ("",)):
                if not self._cache.has(place / name):
                    yield from (f"{directory}/{name}", content)

    def _key(self, source: Source, section: str) -> str:
        """Return the key of *source*, with *section* as its lines of the lock."""
        documents = chain.from_iterable(source.documents.items())
        return digest(self._state, source.id, section, *documents)

    def _is_on_disk(self, rendering: Rendering) -> bool:
        root = self._settings.root
        try:
            return all(
                sha256((root / path).read_bytes().replace(b"\r\n", b"\n")).hexdigest() == digest
                for path, digest in rendering.digests.items()
            )
        except OSError:
            return False
