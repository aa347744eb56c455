"""errbook itself: where its templates lie, and what tells one state of it from another."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from errbook import __version__

_PACKAGE = Path(__file__).parent

# In a wheel the templates lie in the package, in a checkout two levels above it.
_PLACES = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")
TEMPLATES = next(place for place in _PLACES if place.is_dir())


def digest() -> str:
    """Return what differs as soon as errbook could make something else of the same input.

    It is of the sources and templates, of Python, and of the versions of whatever is installed.
    """
    state = sha256(f"{__version__} {sys.version} {' '.join(_installed())}".encode())
    for path in [*_files(_PACKAGE, (".py", ".json")), *_files(TEMPLATES, (".j2",))]:
        with open(path, "rb") as file:  # noqa: PTH123 - a Path for each takes longer
            state.update(sha256(file.read()).digest())
    return state.hexdigest()


def _files(directory: Path, endings: tuple[str, ...]) -> list[str]:
    return sorted(
        f"{folder}/{name}"
        for folder, _, names in os.walk(directory)
        for name in names
        if name.endswith(endings)
    )


def _installed() -> list[str]:
    """Return the names of what describes packages: ``black-26.1.0.dist-info``.

    importlib.metadata knows them, too, but its import takes as long as all else here.
    """

    def names() -> Iterator[str]:
        for place in sys.path:
            with suppress(OSError):
                yield from os.listdir(place)  # noqa: PTH208 - as above

    return sorted({name for name in names() if name.endswith("-info")})
