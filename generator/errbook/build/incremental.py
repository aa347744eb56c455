"""What has to be made anew: the rest is known of an earlier run, and is on disk.

An output is up to date if the cache knows what comes of its input, and the files are just that.
Time stamps say nothing.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from errbook.build import cache
from errbook.build import fingerprint as package
from errbook.build.cache import Cache, Entry, digest
from errbook.diagnostics import Failure
from errbook.project.settings import Settings, TemplateOptions
from errbook.project.sources import Source

if TYPE_CHECKING:
    from errbook.build.compiler import Track


class Made(NamedTuple):
    """What is generated of a service, or over all services by a target."""

    entry: Entry
    texts: Mapping[str, str]
    """The files by path; none where they are on disk already, or not wanted."""

    section: str = ""
    """The lines that the lock will have of the service."""

    failure: Failure | None = None


class Work:
    """One run over a project."""

    def __init__(self, settings: Settings, known: Cache) -> None:
        self._settings = settings
        self._cache = known
        self._state = self._project()
        self._learnt: dict[str, Entry] = {}

    def services(
        self,
        sources: Sequence[Source],
        track: "Track",
        wanted: Container[str] = (),
        *,
        prune: bool = False,
    ) -> dict[str, Made]:
        """Return what is made of the services of *sources*, by id; files of those *wanted* alone.

        Raises Failure where errbook cannot do its work.
        """
        services: dict[str, Made] = {}
        for source in sources:
            known = None if prune else self._cache.get(self._key(source))
            if known and (source.id not in wanted or self._is_on_disk(known)):
                text = source.section.text
                services[source.id] = Made(entry=known, texts={}, section=text)
        unknown = [source for source in sources if source.id not in services]
        if unknown:
            services |= self._compiled(unknown, track, wanted, prune=prune)
        return {source.id: services[source.id] for source in sources}

    def _compiled(
        self,
        sources: list[Source],
        track: "Track",
        wanted: Container[str],
        *,
        prune: bool,
    ) -> Iterator[tuple[str, Made]]:
        from errbook.build import compiler

        work = compiler.compile_all(sources, self._settings, wanted, prune=prune, track=track)
        for source, compiled in zip(sources, work, strict=True):
            entry = cache.entry_of(compiled.files, compiled.diagnostics, compiled.summaries)
            if compiled.is_settled and source.id in wanted:
                # The next run finds the new section in the lock.
                self._learnt[self._key(source, compiled.section)] = entry
            yield source.id, Made(
                entry=entry,
                texts=compiled.files,
                section=compiled.section,
                failure=compiled.failure,
            )

    def index(self, target: str, services: Mapping[str, Made]) -> Made:
        """Return what *target* makes over all *services*, which are by id."""
        told = ((name, s.entry.summary_digests[target]) for name, s in services.items())
        key = digest(self._state, target, *chain.from_iterable(told))
        known = self._cache.get(key)
        if known and self._is_on_disk(known):
            return Made(entry=known, texts={})
        from errbook.build import compiler

        summaries = {name: s.entry.summaries[target] for name, s in services.items()}
        texts = compiler.render_index(target, summaries, self._settings)
        self._learnt[key] = cache.entry_of(texts)
        return Made(entry=self._learnt[key], texts=texts)

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
        return digest(settings.file, settings.text, *package.state(), *own)

    def _own_templates(self) -> Iterator[str | bytes]:
        for options in self._settings.options.values():
            directory = options.templates if isinstance(options, TemplateOptions) else None
            if directory is None:
                continue
            place = self._settings.root / directory
            for name, content in package.contents(place, ("",)):
                if not self._cache.has(place / name):
                    yield from (f"{directory}/{name}", content)

    def _key(self, source: Source, section: str | None = None) -> str:
        """Return the key of *source*, with *section* as its lines of the lock."""
        lines = source.section.text if section is None else section
        documents = chain.from_iterable(source.documents.items())
        return digest(self._state, source.id, lines, *documents)

    def _is_on_disk(self, entry: Entry) -> bool:
        try:
            return all(
                sha256((self._settings.root / path).read_bytes()).hexdigest() == its
                for path, its in entry.files.items()
            )
        except OSError:
            return False
