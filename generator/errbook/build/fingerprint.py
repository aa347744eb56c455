"""The inputs of a run outside the project: errbook's code and templates, Python, packages."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from errbook import __version__
from errbook.targets import TEMPLATES

_PACKAGE = Path(__file__).parents[1]


def state() -> Iterator[str | bytes]:
    """Yield everything outside a project that can change its outputs.

    This is errbook's code and templates, Python, and the versions of all installed packages.
    """
    yield from (__version__, sys.version, *_installed())
    for directory in (_PACKAGE, TEMPLATES):
        for name, content in contents(directory):
            yield from (name, content)


def contents(directory: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of the files below *directory*, following links.

    Bytecode is left out, because it depends on earlier imports. An unreadable file is empty.
    """
    for name, path in sorted(_files(str(directory), "")):
        content = b""
        with suppress(OSError), open(path, "rb", buffering=0) as file:  # noqa: PTH123
            content = file.read()
        yield name, content


def _files(directory: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the relative and the full path of the files below *directory*.

    Every run does this, so it uses scandir; pathlib takes several times as long. Pipes are left
    out, because reading one would block.
    """
    with suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            if entry.is_file():
                yield prefix + entry.name, entry.path
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path, f"{prefix}{entry.name}/")


def _installed() -> list[str]:
    """Return the names of the directories that describe packages: ``black-26.1.0.dist-info``.

    importlib.metadata would list them, too, but importing it takes as long as everything else here.
    """

    def names() -> Iterator[str]:
        for place in sys.path:
            with suppress(OSError):
                yield from os.listdir(place)  # noqa: PTH208 - as above

    return sorted({name for name in names() if name.endswith("-info")})
