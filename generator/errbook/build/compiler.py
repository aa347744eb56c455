"""Compiling services, one after the other or in several processes: analysis, then rendering."""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from errbook.analysis import Analysis, analyze_service
from errbook.diagnostics import Failure
from errbook.project.settings import Settings
from errbook.project.sources import Source
from errbook.targets.rendering import Rendering, render_service

_T = TypeVar("_T")

_MAX_PROCESSES = 4
_MIN_SIZE_FOR_PROCESSES = 700_000  # characters of documents: with less, one process is faster


class Progress(Protocol):
    """A progress reporter: wraps a sequence and yields its items."""

    def __call__(self, items: Sequence[_T], label: str) -> Iterable[_T]:
        """Yield *items*; *label* is shown to the user: ``compiling``."""
        ...


def compile_all(
    sources: Sequence[Source], function: Callable[[Source], _T], progress: Progress
) -> Iterator[_T]:
    """Yield the results of *function* for *sources*, in their order.

    Several processes share the work if that is faster. Raises Failure if one of them is killed.
    """
    size = sum(len(text) for source in sources for text in source.documents.values())
    count = min(len(sources), os.cpu_count() or 1, _MAX_PROCESSES)
    tracked = progress(sources, "compiling")
    if count == 1 or size < _MIN_SIZE_FOR_PROCESSES:
        yield from map(function, tracked)
        return
    from errbook.build import processes

    results = processes.map_in_order(function, sources, count)
    for source in tracked:
        try:
            yield next(results)
        except processes.Died:
            what = "the process that compiled it was killed"
            remedy = "check whether the machine has enough memory"
            raise Failure(f"service '{source.id}'", what, remedy) from None


def compile_service(
    source: Source, settings: Settings, *, prune: bool, retire: Container[str] = (), render: bool
) -> tuple[Analysis, Rendering | None] | Failure:
    """Return the analysis of *source* and, if *render*, its rendering, or why there is none.

    A service without errors has no rendering. *retire* are the services whose lost codes are
    retired.
    """
    try:
        analysis = analyze_service(source, settings, prune=prune, retire=source.id in retire)
        if not render or not analysis.catalogue.errors:
            return analysis, None
        return analysis, render_service(analysis, settings)
    except Failure as failure:
        return failure
