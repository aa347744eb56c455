"""How the files on disk differ from the generated ones."""

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

from errbook.diagnostics import Failure
from errbook.files import read_bytes, with_lf
from errbook.text.marker import is_marked, may_be_marked

DRAFT = ".errbook-draft"
BACKUP = ".errbook-old"
"""The suffixes of files that exist only while errbook writes, if it has no directory for them."""

MOVE_AWAY = "move it away, or set another output directory"
"""What to do about a file that errbook would replace but did not write."""

_HEAD_SIZE = 2**20
"""The number of bytes to search for the marker, which may list many patterns."""


class FileChange(msgspec.Struct, frozen=True, kw_only=True):
    """One file that has to be written or removed. Line ends are ignored: both texts have LF."""

    path: str
    """Relative to the configuration."""

    old: str | None
    """The current text; None if the file is missing."""

    new: str | None
    """The generated text; None if the file is no longer generated."""

    cause: str = ""
    """Why the texts differ, as far as that is known."""

    @property
    def kind(self) -> str:
        """``missing``, ``orphaned``, ``modified``, or ``foreign``."""
        if self.old is None:
            return "missing"
        if self.new is None:
            return "orphaned"
        return "foreign" if self.is_foreign else "modified"

    @property
    def is_foreign(self) -> bool:
        """Whether errbook would replace a file that it did not write.

        An empty file may be replaced. The lock and ``py.typed`` have no marker, so that a file with
        one of these names is taken for errbook's.
        """
        if not self.old or not self.new:
            return False
        return is_marked(self.path, self.new) and not is_marked(self.path, self.old)

    def diff(self) -> str:
        """Return the change as a unified diff."""
        import difflib
        from io import StringIO

        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in difflib.unified_diff(
                list(StringIO(self.old or "")),  # splitlines() also splits at other characters
                list(StringIO(self.new or "")),
                f"a/{self.path}" if self.old is not None else "/dev/null",
                f"b/{self.path}" if self.new is not None else "/dev/null",
            )
        )


def changes(
    root: Path, files: Mapping[str, str], causes: Mapping[str, str] | None = None
) -> Iterator[FileChange]:
    """Yield the changes below *root* that make its files equal to *files*, path -> text.

    *causes* say why a file may differ, by path.
    """
    for path in sorted(files):
        old = _read(root, path)
        if old != files[path]:
            yield FileChange(
                path=path, old=old, new=files[path], cause=(causes or {}).get(path, "")
            )


def leftovers(root: Path, files: Collection[str], outputs: Collection[str]) -> Iterator[FileChange]:
    """Yield the removals of files with the marker that are no longer generated.

    The directories of *files* and the directories *outputs* of all targets are searched.
    """
    known = {PurePosixPath(path) for path in files}
    directories = {path.parent for path in known} | set(map(PurePosixPath, outputs))
    packages = {path.parent for path in known if path.name == "py.typed"}
    packages |= {package for output in outputs for package in _packages(root, output)}
    found = [
        path
        for path in sorted(_candidates(root, directories, packages) - known)
        if is_ours(root / path)
    ]
    if not found:
        return
    # Through links, a path may lead to a file that *files* has under another path.
    same = {identity(root / path) for path in known}
    for path in found:
        if identity(root / path) not in same:
            yield FileChange(path=str(path), old=_read(root, str(path)), new=None)


def _packages(root: Path, output: str) -> Iterator[PurePosixPath]:
    """Yield the packages in the directory *output* that errbook generated."""
    with suppress(OSError), os.scandir(root / output) as entries:
        for entry in entries:
            if is_marked("__init__.py", _head(Path(entry.path, "__init__.py"))):
                yield PurePosixPath(output, entry.name)


def _candidates(
    root: Path, directories: Collection[PurePosixPath], packages: Collection[PurePosixPath]
) -> set[PurePosixPath]:
    """Return the files in *directories* and *packages* that errbook may have generated.

    Only packages are searched recursively. They are entirely errbook's, while other directories may
    contain much else from the project.
    """
    found: set[PurePosixPath] = set()
    for directory in {*directories, *packages}:
        for folder, folders, names in os.walk(root / directory):
            if directory not in packages:
                folders.clear()
            place = directory / Path(folder).relative_to(root / directory).as_posix()
            found.update(place / name for name in names if _may_be_ours(name))
    return found


def _may_be_ours(name: str) -> bool:
    return may_be_marked(name) or name == "py.typed" or name.endswith((DRAFT, BACKUP))


def is_ours(path: Path) -> bool:
    """Return whether errbook wrote the file *path*, or, for an empty py.typed, its package."""
    if path.name.endswith((DRAFT, BACKUP)):  # left by a run that was killed
        return True
    if path.name == "py.typed":
        return not _head(path) and is_ours(path.with_name("__init__.py"))
    return is_marked(path.name, _head(path))


def _head(path: Path) -> str:
    """Return the beginning of the file at *path*, or "" if it cannot be read."""
    if not path.is_file():  # reading a pipe would block
        return ""
    with suppress(OSError), path.open("rb") as file:
        return _text(file.read(_HEAD_SIZE))
    return ""


def identity(path: Path) -> tuple[int, ...] | None:
    """Return a value that all paths of a file share until it is written; None if there is no file.

    The number of an inode alone would not do: a new file may get that of a deleted one.
    """
    with suppress(OSError):
        stat = path.stat()
        return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns
    return None


def _read(root: Path, path: str) -> str | None:
    """Return the text of the file; None if there is no such file."""
    try:
        return _text(read_bytes(root / path))
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        what = f"this file cannot be read ({error.strerror})"
        raise Failure(path, what, "check its permissions") from None


def _text(content: bytes) -> str:
    """Return *content* as text with LF. Invalid UTF-8 becomes text that errbook never writes."""
    return with_lf(content).decode(errors="replace")
