"""What tells one state of errbook itself from another."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from errbook import __version__
from errbook.targets import TEMPLATES

_PACKAGE = Path(__file__).parents[1]
_ENDINGS = {_PACKAGE: (".py", ".json"), TEMPLATES: (".j2", ".py", ".js", ".css")}
"""What to look at in which directory: bytecode, for one, depends on who imported what."""


def state() -> Iterator[str | bytes]:
    """Yield what differs as soon as errbook could make something else of the same input.

    It is its sources and templates, Python, and the versions of whatever is installed.
    """
    yield from (__version__, sys.version, *_installed())
    for directory, endings in _ENDINGS.items():
        for name, content in contents(directory, endings):
            yield from (name, content)


def contents(directory: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield the files below *directory*, through links too, with these *endings*: path and content.

    What cannot be read has no content.
    """
    for name, path in sorted(_files(str(directory), "")):
        if name.endswith(endings):
            content = b""
            with suppress(OSError), open(path, "rb", buffering=0) as file:  # noqa: PTH123
                content = file.read()
            yield name, content


def _files(directory: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield the relative and the full path of the files below *directory*.

    Every run does this, so it asks the system no more than it must: a Path for each file, and
    questions about each, would take several times as long. What is not a file (a pipe) would be
    waited for.
    """
    with suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            if entry.is_file():
                yield prefix + entry.name, entry.path
            elif entry.is_dir():
                yield from _files(entry.path, f"{prefix}{entry.name}/")


def _installed() -> list[str]:
    """Return the names of what describes packages: ``black-26.1.0.dist-info``.

    importlib.metadata knows them, too, but its import takes as long as all else here.
    """

    def names() -> Iterator[str]:
        for place in sys.path:
            with suppress(OSError):
                yield from os.listdir(place)  # noqa: PTH208 - as above

    return sorted({name for name in names() if name.endswith("-info")})
