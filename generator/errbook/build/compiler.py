"""Compiling services, one after the other or in several processes: analysis, then rendering."""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from typing import Protocol, TypeVar

from errbook.analysis import Analysis, Document, MapDocuments, analyze_service
from errbook.analyzer import Page
from errbook.diagnostics import Failure
from errbook.project.settings import Settings
from errbook.project.sources import Source
from errbook.targets.rendering import Rendering, render_service

_T = TypeVar("_T")

_MAX_PROCESSES = 4
_MIN_SIZE_FOR_PROCESSES = 700_000  # characters of documents: with less, one process is faster
_SHARE_OF_ONE = 0.75  # of the text: with less in one service, sharing whole services is faster


class Progress(Protocol):
    """A progress reporter: wraps a sequence and yields its items."""

    def __call__(self, items: Sequence[_T], label: str) -> Iterable[_T]:
        """Yield *items*; *label* is shown to the user: ``compiling``."""
        ...


def compile_all(
    sources: Sequence[Source], function: Callable[..., _T], progress: Progress
) -> Iterator[_T]:
    """Yield the results of *function*, a `compile_service`, for *sources*, in their order.

    Several processes share the work if that is faster: each compiles services, or, where one
    service has most of the text, each reads documents. Raises Failure if one of them is killed.
    """
    sizes = [_size(source.documents.items()) for source in sources]
    cores = min(os.cpu_count() or 1, _MAX_PROCESSES)
    tracked = progress(sources, "compiling")
    if cores == 1 or sum(sizes) < _MIN_SIZE_FOR_PROCESSES or not sources:
        yield from map(function, tracked)
        return
    from errbook.build import processes

    results = (
        map(partial(function, map_documents=partial(_map_documents, cores=cores)), sources)
        if max(sizes) >= _SHARE_OF_ONE * sum(sizes)
        else processes.map_in_order(function, sources, min(len(sources), cores))
    )
    for source in tracked:
        try:
            yield next(results)
        except processes.Died:
            what = "the process that compiled it was killed"
            remedy = "check whether the machine has enough memory"
            raise Failure(f"service '{source.id}'", what, remedy) from None


def _size(documents: Iterable[Document]) -> int:
    return sum(len(text) for _, text in documents)


def _map_documents(
    function: Callable[[Document], Page], items: Sequence[Document], cores: int
) -> Iterable[Page]:
    """Return the results of *function* for *items*, computed in several processes if that pays."""
    if len(items) == 1 or _size(items) < _MIN_SIZE_FOR_PROCESSES:
        return map(function, items)
    from errbook.build import processes

    return processes.map_in_order(function, items, min(len(items), cores))


def compile_service(
    source: Source,
    settings: Settings,
    *,
    prune: bool,
    retire: Container[str] = (),
    render: bool,
    map_documents: MapDocuments = map,
) -> tuple[Analysis, Rendering | None] | Failure:
    """Return the analysis of *source* and, if *render*, its rendering, or why there is none.

    A service without errors has no rendering. *retire* are the services whose lost codes are
    retired.
    """
    try:
        is_retiring = source.id in retire
        analysis = analyze_service(source, settings, map_documents, prune=prune, retire=is_retiring)
        if not render or not analysis.catalogue.errors:
            return analysis, None
        return analysis, render_service(analysis, settings)
    except Failure as failure:
        return failure
