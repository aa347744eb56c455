"""The source of a service: its documents and its section of the lock."""

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
    """Path, relative to the configuration -> text, sorted by path."""

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
    """Return the paths of the documents of *service*, relative to *root*, sorted.

    Raises Failure for a pattern that matches nothing, and for an unprintable file name.
    """
    names: set[str] = set()
    for pattern in service.docs:
        # Path.glob does not support `../docs/*.rst`.
        matches = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207
        literal = [pattern] if _exists(root / pattern, pattern) else []
        found = [Path(name).as_posix() for name in literal or matches if not (root / name).is_dir()]
        if not found:
            is_directory = (root / pattern).is_dir()
            what = "this is a directory" if is_directory else "no such document"
            remedy = f"fix docs in [tool.errbook.service.{service.id}]"
            raise Failure(pattern, what, remedy)
        names.update(found)
    for name in names:
        if one_line(name) != name:
            raise Failure(
                name, "the file name has characters that cannot be seen", "rename the file"
            )
    return sorted(names)


def _exists(path: Path, name: str) -> bool:
    """Return whether there is a file or directory at *path*.

    Raises Failure, which names it *name*, if the directory cannot be searched.
    """
    try:
        return path.exists()
    except OSError as error:
        what = f"this file cannot be read ({error.strerror})"
        raise Failure(name, what, "check its path and permissions") from None
