"""What a service is compiled from: its documents, looked up, and its lines of the lock."""

import glob
from collections.abc import Mapping
from pathlib import Path

import msgspec

from errbook.diagnostics import Failure
from errbook.project.lock import Section
from errbook.project.settings import ServiceSettings
from errbook.text.files import read_text


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a service is compiled from."""

    service: ServiceSettings
    documents: Mapping[str, str]
    """Text by path, relative to the configuration; sorted by path."""

    section: Section
    """Its lines of the lock."""

    @property
    def id(self) -> str:
        """The id of the service."""
        return self.service.id


def read(service: ServiceSettings, root: Path, section: Section) -> Source:
    """Return what *service* is compiled from, its lines of the lock being *section*.

    Raises Failure for a document that cannot be read, and as `documents` does.
    """
    texts = {name: read_text(root / name, name) for name in documents(service, root)}
    return Source(service=service, documents=texts, section=section)


def documents(service: ServiceSettings, root: Path) -> list[str]:
    """Return the paths of the documents of *service*, relative to *root*, sorted.

    Raises Failure for a pattern that finds none, and for a name that cannot be printed.
    """
    names: set[str] = set()
    for pattern in service.docs:
        # Path.glob does not support `../docs/*.rst`.
        matches = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207
        literal = [pattern] if (root / pattern).exists() else []
        found = [Path(name).as_posix() for name in literal or matches if not (root / name).is_dir()]
        if not found:
            remedy = f"mend docs of [tool.errbook.service.{service.id}]"
            raise Failure(pattern, "there is no such document", remedy)
        names.update(found)
    for name in names:
        if not name.isprintable():
            what = "the name of this file has characters that cannot be printed"
            raise Failure(name, what, "rename it")
    return sorted(names)
