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
from errbook.comparison import Change
from errbook.diagnostics import Diagnostic, Failure
from errbook.files import read_bytes, with_lf
from errbook.project import lock
from errbook.project.lock import SectionTexts
from errbook.project.settings import Settings
from errbook.project.sources import Source
from errbook.targets.rendering import Rendering, render_index, render_service

if TYPE_CHECKING:
    from errbook.analysis import Analysis
    from errbook.build.compiler import Progress
    from errbook.catalogue_file import CatalogueFile


class Compiled(msgspec.Struct, frozen=True, kw_only=True):
    """The result of compiling one service."""

    diagnostics: tuple[Diagnostic, ...]
    section: SectionTexts
    """The service's lines in the new lock."""

    documents: int
    """The number of documents."""

    without_codes: int
    """How many of them have no error codes."""

    rendering: Rendering | None
    """None for an empty service, and in a run that renders nothing."""

    used_ignores: frozenset[str]
    """The keys of the project's ignores that cover a finding."""

    changes: tuple[Change, ...] = ()
    """What changed for programs since the committed state; empty if nothing was rendered."""

    is_documented_anew: bool | None = None
    """Whether the catalogue differs from the committed one; None if that is not known."""

    @property
    def is_empty(self) -> bool:
        """Whether the documents contain no error codes."""
        return self.without_codes == self.documents


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
        retire: Container[str] = (),
    ) -> dict[str, Compiled | Failure]:
        """Return the results of compiling *sources*, by service, or why that was not possible.

        All files of the services in *wanted* are on disk or in the result; if it is None, nothing
        is rendered.
        """
        services: dict[str, Compiled | Failure] = {}
        for source in sources:
            known = None if prune or source.id in retire else self._known(source, wanted)
            if known is not None:
                services[source.id] = known
        stale = [source for source in sources if source.id not in services]
        if stale:
            is_rendered = wanted is not None
            services |= self._compiled(
                stale, progress, prune=prune, retire=retire, render=is_rendered
            )
        return {source.id: services[source.id] for source in sources}

    def _known(self, source: Source, wanted: Container[str] | None) -> Compiled | Failure | None:
        """Return the result of an earlier run for *source*; missing files are rendered again."""
        key = self._key(source, source.section.texts)
        known = self._cache.get(f"{key}.compiled", Compiled)
        if known is not None and self._is_current(known.rendering, source.id, wanted):
            is_compared = "catalogue" in self._settings.targets and source.id in (wanted or ())
            return msgspec.structs.replace(
                _saved(known), is_documented_anew=False if is_compared else None
            )
        if known is None or wanted is None:
            return None
        from errbook.analysis import Analysis

        analysis = self._cache.get(f"{key}.analysis", Analysis)
        if analysis is None:
            return None
        try:
            return self._keep(source, analysis, render_service(analysis, self._settings))
        except Failure as failure:
            return failure

    def _is_current(
        self, rendering: Rendering | None, service: str, wanted: Container[str] | None
    ) -> bool:
        """Return whether nothing in the *rendering* of *service* has to be rendered again."""
        if wanted is None:
            return True
        return rendering is not None and (service not in wanted or self._is_on_disk(rendering))

    def _compiled(
        self,
        sources: list[Source],
        progress: "Progress",
        *,
        prune: bool,
        retire: Container[str],
        render: bool,
    ) -> Iterator[tuple[str, Compiled | Failure]]:
        from errbook.build import compiler

        compile_one = partial(
            compiler.compile_service,
            settings=self._settings,
            prune=prune,
            retire=retire,
            render=render,
        )
        results = compiler.compile_all(sources, compile_one, progress)
        for source, result in zip(sources, results, strict=True):
            if isinstance(result, Failure):
                yield source.id, result
            else:
                yield source.id, self._keep(source, *result)

    def _keep(self, source: Source, analysis: "Analysis", rendering: Rendering | None) -> Compiled:
        """Return the result of compiling *source*, and keep it for later runs."""
        committed = self._committed(source.id) if rendering else None
        compiled = Compiled(
            diagnostics=analysis.diagnostics,
            section=SectionTexts(
                lock.render_codes(analysis.names.entries),
                lock.render_documents(analysis.unread),
            ),
            documents=len(source.documents),
            without_codes=len(source.documents) - len(analysis.unread),
            rendering=rendering,
            used_ignores=analysis.used_ignores,
            changes=_changes(source, committed, analysis) if rendering else (),
            is_documented_anew=_differs(committed, analysis),
        )
        if analysis.is_settled and not compiled.is_empty:
            # The next run finds the new section in the lock.
            key = self._key(source, compiled.section)
            self._new_results[f"{key}.analysis"] = analysis
            self._new_results[f"{key}.compiled"] = _saved(compiled)
        return compiled

    def _committed(self, service: str) -> "CatalogueFile | None":
        """Return the catalogue of *service* on disk, if there is one that can be read."""
        from errbook import catalogue_file

        path = f"{self._settings.options['catalogue'].output}/{service}.json"
        try:
            text = with_lf(read_bytes(self._settings.root / path)).decode()
            return catalogue_file.read(text, path)
        except (OSError, ValueError, Failure):
            return None

    def key(self, source: Source) -> str:
        """Return a text that changes whenever anything on which the result depends changes."""
        return self._key(source, source.section.texts)

    def keep(self, name: str, entry: msgspec.Struct) -> None:
        """Keep *entry* for later runs as `save` does; its *name* begins with a key."""
        self._new_results[name] = entry

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

    def _key(self, source: Source, section: SectionTexts) -> str:
        """Return the key of *source* with *section* as the service's lines in the lock."""
        documents = chain.from_iterable(source.documents.items())
        return digest(self._state, source.id, section.codes, section.documents, *documents)

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
    return msgspec.structs.replace(
        compiled, rendering=rendering, changes=(), is_documented_anew=None
    )


def _differs(committed: "CatalogueFile | None", analysis: "Analysis") -> bool | None:
    return None if committed is None else not committed.documents_same(analysis.catalogue)


def _changes(
    source: Source, committed: "CatalogueFile | None", analysis: "Analysis"
) -> tuple[Change, ...]:
    """Return what changes for programs from the committed state to *analysis*.

    Without a committed catalogue, the lock tells what the names were.
    """
    from errbook import comparison

    entries, _ = lock.parse(source.section, lock.NAME)
    old = comparison.State(entries=entries, catalogue=None)
    if committed is not None:
        old = comparison.State(
            entries=committed.entries(entries), catalogue=committed, prefix=committed.prefix
        )
    new = comparison.State(
        entries=analysis.names.entries, catalogue=analysis.catalogue, prefix=analysis.names.prefix
    )
    return comparison.compare(old, new, source.id)


def _without_texts(rendering: Rendering) -> Rendering:
    """Return *rendering* without its texts, which are on disk, or are rendered again."""
    return msgspec.structs.replace(rendering, texts={})
