"""A cache of results for later runs, by the SHA-256 of their inputs.

Every entry contains its own digest, so that damaged ones are ignored. It is moved into place when
complete, so that runs can share a directory. After an error, the result is computed again.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from errbook.files import read_bytes

NAME = ".errbook_cache"

_MAX_SIZE = 256 * 2**20  # bytes of all entries
# Backup programs look for the second file: https://bford.info/cachedir/
_DIRECTORY_FILES = {
    ".gitignore": b"*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n",
}
_T = TypeVar("_T")


def digest(*parts: str | bytes | memoryview) -> str:
    """Return the SHA-256 of *parts*, which differs for ``ab, c`` and ``a, bc``."""
    state = sha256()
    for part in parts:
        # The name of a file may be invalid Unicode.
        content = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(content))
        state.update(content)
    return state.hexdigest()


class Cache:
    """A cache in a directory; without one, nothing is kept."""

    def __init__(self, directory: Path | None = None) -> None:
        # A subdirectory, because it also gets the files of `make_directory`.
        self.directory = None if directory is None else directory / "entries"

    def has(self, path: Path) -> bool:
        """Return whether the file at *path* belongs to the cache."""
        return self.directory is not None and path.resolve().is_relative_to(
            self.directory.resolve()
        )

    def get(self, key: str, kind: type[_T]) -> _T | None:
        """Return the entry for *key*, which is a *kind*; None if it is missing or damaged."""
        if self.directory is None:
            return None
        try:
            found, _, content = read_bytes(self.directory / key).partition(b"\n")
            if found.decode() == digest(key, content):
                return msgspec.json.decode(content, type=kind)
        except (OSError, ValueError, RecursionError):
            pass
        return None

    def put(self, entries: Mapping[str, msgspec.Struct]) -> None:
        """Add *entries*, which are by key, and remove the oldest ones if the cache is too large."""
        if self.directory is None:
            return
        with suppress(OSError, ValueError):  # the name of a file may be invalid Unicode
            make_directory(self.directory)
            for key, entry in entries.items():
                content = msgspec.json.encode(entry)
                _write(self.directory / key, digest(key, content).encode() + b"\n" + content)
            self._tidy(self.directory)

    def _tidy(self, directory: Path) -> None:
        entries = (path for path in directory.iterdir() if path.name not in _DIRECTORY_FILES)
        found = [(path.stat(), path) for path in entries]
        size = 0
        for stat, path in sorted(found, key=lambda pair: pair[0].st_mtime, reverse=True):
            size += stat.st_size
            if size > _MAX_SIZE:
                path.unlink()


def make_directory(directory: Path) -> None:
    """Create *directory*, if it is missing, with the files that keep git and backups out of it."""
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in _DIRECTORY_FILES.items():
        if not (directory / name).exists():
            _create_at_once(directory, name, content)


def _create_at_once(directory: Path, name: str, content: bytes) -> None:
    """Create a file that is complete as soon as it has a name: git never sees a draft of it."""
    try:
        unnamed = os.open(directory, os.O_TMPFILE | os.O_WRONLY, 0o666)
    except (AttributeError, OSError):  # only Linux has O_TMPFILE, and not on all file systems
        _write(directory / name, content)
        return
    try:
        os.write(unnamed, content)
        # The first path is absolute, so its directory does not matter. But without src_dir_fd,
        # Python calls link(2), which does not follow the link in /proc.
        os.link(f"/proc/self/fd/{unnamed}", directory / name, src_dir_fd=unnamed)
    except FileExistsError:
        pass
    finally:
        os.close(unnamed)


def remove_directory(directory: Path) -> None:
    """Remove *directory* and its parent if nothing but the files of `make_directory` is left."""
    if {path.name for path in directory.iterdir()} <= _DIRECTORY_FILES.keys():
        for path in directory.iterdir():
            path.unlink()
        directory.rmdir()
        directory.parent.rmdir()


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
