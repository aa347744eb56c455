"""The states that `errbook diff` compares: a project as it is, a revision of it, catalogues."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from errbook import catalogue_file
from errbook.build import compiler, pipeline, revisions
from errbook.comparison import State
from errbook.diagnostics import Diagnostic, Failure, Severity
from errbook.files import read_text
from errbook.project import configuration, lock
from errbook.project.settings import Settings
from errbook.project.sources import Source

if TYPE_CHECKING:
    from errbook.analysis import Analysis

States = Mapping[str, State]
"""Service -> its state."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """The old or the new one of the states that are compared."""

    states: States
    commit: str | None = None
    """The commit that has the documents; None if they are nowhere, or in no commit yet."""

    is_one_file: bool = False
    """Whether it is one catalogue, which says nothing about other services."""


def of_project(settings: Settings, progress: compiler.Progress) -> States:
    """Return the states of the services in *settings*.

    Raises Failure if one of them cannot be compiled.
    """
    # A service that is no longer configured is a change to report, although its names are kept.
    locked = lock.load(settings, prune=True)
    sources: list[Source] = []
    for service in settings.services:
        source = pipeline.source_of(service, settings, locked)
        if isinstance(source, Failure):
            raise source
        sources.append(source)
    compile_one = partial(compiler.compile_service, settings=settings, prune=False, render=False)
    states: dict[str, State] = {}
    for source, result in zip(
        sources, compiler.compile_all(sources, compile_one, progress), strict=True
    ):
        if isinstance(result, Failure):
            raise result
        analysis, _ = result
        _check(analysis, source)
        states[source.id] = State(
            entries=analysis.names.entries,
            catalogue=analysis.catalogue,
            prefix=analysis.names.prefix,
        )
    return states


def of_revision(
    revision: str,
    directory: Path,
    name: str | None,
    load: Callable[[Path], Settings],
    progress: compiler.Progress,
) -> Side:
    """Return the states of the project in *directory* in a git *revision*.

    *name* is the name of the configuration file; None: errbook.toml or pyproject.toml. Raises
    Failure, whose place begins with the revision, if it cannot be compiled.
    """
    commit = revisions.commit_of(revision, directory)
    try:
        with revisions.checked_out(commit, directory) as copy:
            path = copy / name if name else configuration.find_in(copy)
            if path is None:
                remedy = "choose a later revision"
                raise Failure("errbook.toml", "this revision has no configuration", remedy)
            return Side(states=of_project(load(path), progress), commit=commit)
    except Failure as failure:
        for each in (failure, *failure.more):
            each.place = f"{revision}: {each.place}"
        raise


def of_catalogues(path: Path, name: str) -> Side:
    """Return the states in the catalogue at *path*, or in all of a directory; *name* is shown.

    Raises Failure if a file is not a catalogue, or if there is none.
    """
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        what = "there is no catalogue in this directory"
        raise Failure(name, what, "give the directory with errbook's JSON files")
    states: dict[str, State] = {}
    for file in files:
        shown = f"{name.rstrip('/')}/{file.name}" if path.is_dir() else name
        catalogue = catalogue_file.read(read_text(file, shown), shown)
        if catalogue.service in states:
            what = f"there is another catalogue of the service '{catalogue.service}'"
            raise Failure(shown, what, "remove one of them")
        states[catalogue.service] = State(
            entries=catalogue.entries({}), catalogue=catalogue, prefix=catalogue.prefix
        )
    return Side(states=states, is_one_file=not path.is_dir())


def _check(analysis: "Analysis", source: Source) -> None:
    """Raise Failure if the outputs for *source* could not be written."""
    errors = [d for d in analysis.diagnostics if d.severity == Severity.ERROR]
    if errors:
        failure, *more = map(_failure, errors)
        failure.more = tuple(more)
        raise failure
    if not analysis.catalogue.errors:
        raise pipeline.without_codes(source.service)


def _failure(diagnostic: Diagnostic) -> Failure:
    what = f"{diagnostic.message} [{diagnostic.rule}]"
    return Failure(str(diagnostic.location), what, diagnostic.hint)
