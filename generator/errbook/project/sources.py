"""The source of a service: its documents, or its catalogue, and its section of the lock."""

import glob
from collections.abc import Mapping
from pathlib import Path

import msgspec

from errbook.diagnostics import Failure
from errbook.files import read_text
from errbook.project.lock import Section
from errbook.project.settings import ServiceSettings
from errbook.text.visible import one_line


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of a service and its section of the lock."""

    service: ServiceSettings
    documents: Mapping[str, str]
    """Path, relative to the configuration -> text, sorted by path. It may be a catalogue alone."""

    section: Section

    @property
    def id(self) -> str:
        """The service's id."""
        return self.service.id


def read(service: ServiceSettings, root: Path, section: Section) -> Source:
    """Return the source of *service*, whose section of the lock is *section*.

    Raises Failure for a document that cannot be read, and where `documents` does.
    """
    texts = {name: read_text(root / name, name) for name in documents(service, root)}
    return Source(service=service, documents=texts, section=section)


def documents(service: ServiceSettings, root: Path) -> list[str]:
    """Return the paths of the documents of *service*, or of its catalogue, relative to *root*.

    They are sorted.
    A pattern with ``**`` does not follow links that lead out of its directory, and no file is
    listed twice. Raises Failure for a pattern that matches nothing, and for a file name with
    invisible characters.
    """
    if service.catalogue:
        return [service.catalogue]
    names: dict[Path, str] = {}
    excluded = {name for pattern in service.exclude_docs for name in _matches(pattern, root)}
    for pattern in service.docs:
        found = _matches(pattern, root)
        if not found:
            is_directory = (root / pattern).is_dir()
            what = "this is a directory" if is_directory else "no such document"
            remedy = f"fix docs of the service '{service.id}'"
            raise Failure(pattern, what, remedy)
        for name in sorted(set(found) - excluded, key=_by_depth):
            names.setdefault((root / name).resolve(), name)
    for name in names.values():
        if one_line(name) != name:
            raise Failure(name, "the file name has invisible characters", "rename the file")
    if not names:
        what = "exclude_docs excludes every document"
        raise Failure(f"service '{service.id}'", what, "fix it in the configuration")
    return sorted(names.values())


def _by_depth(name: str) -> tuple[int, str]:
    """Return a sort key by which the shortest of several paths of a file comes first."""
    return name.count("/"), name


def _matches(pattern: str, root: Path) -> list[str]:
    """Return the paths of the files that *pattern* matches, relative to *root*."""
    if _exists(root / pattern, pattern):
        names = [pattern]
    else:
        # Path.glob does not support `../docs/*.rst`.
        names = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207
    files = [Path(name).as_posix() for name in names if not (root / name).is_dir()]
    if "**" not in pattern:
        return files
    start = (root / pattern.partition("**")[0].rpartition("/")[0]).resolve()
    return [name for name in files if (root / name).resolve().is_relative_to(start)]


def _exists(path: Path, name: str) -> bool:
    """Return whether there is a file or directory at *path*.

    Raises Failure, which names it *name*, if the directory cannot be searched.
    """
    try:
        return path.exists()
    except OSError as error:
        what = f"this file cannot be read ({error.strerror})"
        raise Failure(name, what, "check its path and permissions") from None
