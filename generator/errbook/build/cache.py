"""Results that runs keep for later ones, by the SHA-256 of their inputs.

An entry has a digest of itself, so that a damaged one is not believed, and is moved to its place
when it is complete, so that runs may share a directory. Errors are ignored: the work is done again.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

NAME = ".errbook_cache"

_MOST = 256 * 2**20  # bytes of all entries
# The second is what backups look for: https://bford.info/cachedir/
_AROUND = {
    ".gitignore": b"*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n",
}
_T = TypeVar("_T")


def digest(*parts: str | bytes | memoryview) -> str:
    """Return the SHA-256 of *parts*: ``ab, c`` and ``a, bc`` have different ones."""
    state = sha256()
    for part in parts:
        # The name of a file need not be text.
        content = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(content))
        state.update(content)
    return state.hexdigest()


class Cache:
    """The entries below a directory; without one nothing is kept."""

    def __init__(self, directory: Path | None = None) -> None:
        # A directory of its own, because the files in it keep git and backups away from it.
        self.directory = None if directory is None else directory / "entries"

    def has(self, path: Path) -> bool:
        """Tell whether the file at *path* is one of the cache."""
        return self.directory is not None and path.resolve().is_relative_to(
            self.directory.resolve()
        )

    def get(self, key: str, kind: type[_T]) -> _T | None:
        """Return the entry of *key*, put there as a *kind*; None where there is no sound one."""
        if self.directory is None:
            return None
        try:
            found, _, content = (self.directory / key).read_bytes().partition(b"\n")
            if found.decode() == digest(key, content):
                return msgspec.json.decode(content, type=kind)
        except (OSError, ValueError, RecursionError):
            pass
        return None

    def put(self, entries: Mapping[str, msgspec.Struct]) -> None:
        """Keep *entries*, by key, and remove the oldest if there are too many."""
        if self.directory is None:
            return
        with suppress(OSError, ValueError):  # the name of a file may be no text
            self.directory.mkdir(parents=True, exist_ok=True)
            for name, content in _AROUND.items():
                if not (self.directory / name).exists():
                    _write(self.directory / name, content)
            for key, entry in entries.items():
                content = msgspec.json.encode(entry)
                _write(self.directory / key, digest(key, content).encode() + b"\n" + content)
            self._tidy(self.directory)

    def _tidy(self, directory: Path) -> None:
        entries = (path for path in directory.iterdir() if path.name not in _AROUND)
        found = [(path.stat(), path) for path in entries]
        size = 0
        for stat, path in sorted(found, key=lambda pair: pair[0].st_mtime, reverse=True):
            size += stat.st_size
            if size > _MOST:
                path.unlink()


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
