"""The only place that writes: files go to disk all together or not at all, or become a diff."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from errbook.diagnostics import Failure
from errbook.text.stamp import is_intact, is_stamped


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One file that is not as it should be."""

    path: str
    """Relative to the configuration."""

    old: str | None
    new: str | None
    """None for a file that is generated no more."""

    @property
    def reason(self) -> str:
        """What is the matter with the file, in a few words."""
        if self.old is None:
            return "missing"
        if is_stamped(self.old) and not is_intact(self.old):
            return "edited by hand"
        return "out of date" if self.new is not None else "no longer generated"

    def diff(self) -> str:
        """Return the change as a unified diff."""
        import difflib

        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in difflib.unified_diff(
                (self.old or "").splitlines(keepends=True),
                (self.new or "").splitlines(keepends=True),
                f"a/{self.path}" if self.old is not None else "/dev/null",
                f"b/{self.path}" if self.new is not None else "/dev/null",
            )
        )


def changes(root: Path, files: Mapping[str, str]) -> Iterator[Change]:
    """Yield what has to change below *root* for *files*, path -> text, to be there."""
    for path in sorted(files):
        old = _read(root, path)
        if old != files[path]:
            yield Change(path=path, old=old, new=files[path])


def leftovers(root: Path, files: Collection[str]) -> Iterator[Change]:
    """Yield the removal of generated files beside *files* that are not among them.

    One that was edited by hand is somebody's own, and stays.
    """
    endings: dict[PurePosixPath, set[str]] = {}
    for path in map(PurePosixPath, files):
        endings.setdefault(path.parent, set()).add(path.suffix)
    for directory, suffixes in sorted(endings.items()):
        folder = root / directory
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            path = directory / file.name
            if str(path) in files or file.suffix not in suffixes or not file.is_file():
                continue
            text = _read(root, str(path))
            if text is not None and is_intact(text):
                yield Change(path=str(path), old=text, new=None)


def write(root: Path, changes: Iterable[Change]) -> None:
    """Make *changes* below *root*: all of them, or none and raise Failure.

    New texts are written to drafts beside their files, and what was there is kept until the last
    draft has taken its place.
    """
    undo, backups = ExitStack(), ExitStack()
    path = ""
    drafts: list[tuple[str, Path, Path | None]] = []
    try:
        for change in changes:
            path = change.path
            target = (root / path).resolve()
            if target.is_dir():
                raise IsADirectoryError(0, "a directory is there")
            drafts.append((path, target, _draft(target, change.new, undo)))
        for path, target, draft in drafts:  # noqa: B007 - told if it fails
            _replace(target, draft, undo, backups)
    except OSError as error:
        undo.close()
        what = f"this file cannot be written ({error.strerror})"
        raise Failure(
            path, what, "nothing was written; make room for it or set another output"
        ) from None
    except BaseException:
        undo.close()
        raise
    finally:
        backups.close()


def _draft(target: Path, text: str | None, undo: ExitStack) -> Path | None:
    """Write *text* to a file beside *target* and return that; None if *target* is to go."""
    if text is None:
        return None
    for folder in _make_parents(target):
        undo.callback(_quietly, folder.rmdir)
    draft = target.with_name(f".{target.name}.errbook")
    undo.callback(_quietly, draft.unlink)
    draft.write_bytes(text.encode())
    return draft


def _replace(target: Path, draft: Path | None, undo: ExitStack, backups: ExitStack) -> None:
    """Put *draft* in the place of *target*, or remove it."""
    import shutil

    if target.exists():
        backup = target.with_name(f".{target.name}.errbook-old")
        backups.callback(_quietly, backup.unlink)
        shutil.copy2(target, backup)
        undo.callback(_quietly, partial(backup.replace, target))
        if draft is not None:
            shutil.copymode(target, draft)
    else:
        undo.callback(_quietly, target.unlink)
    if draft is not None:
        draft.replace(target)
    else:
        target.unlink()


def _quietly(action: Callable[[], object]) -> None:
    with suppress(OSError):
        action()


def _make_parents(target: Path) -> list[Path]:
    missing = [folder for folder in target.parents if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _read(root: Path, path: str) -> str | None:
    """Return the text of the file, None where there is none.

    What is not text in UTF-8 is surely none of ours, and differs from all that is.
    """
    try:
        return (root / path).read_bytes().decode(errors="replace")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    except OSError as error:
        what = f"this file cannot be read ({error.strerror})"
        raise Failure(path, what, "check its permissions") from None
