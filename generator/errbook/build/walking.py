"""The text files below directories, without those that git ignores or that others have written."""

import codecs
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from errbook.build import git
from errbook.diagnostics import Failure
from errbook.files import read_bytes
from errbook.text.marker import is_marked, may_be_marked

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_FOREIGN = frozenset(
    ".git .hg .svn .bzr .tox .nox .venv venv .eggs .errbook_cache .mypy_cache .pytest_cache "
    ".ruff_cache __pycache__ bower_components node_modules site-packages third_party vendor "
    "vendored _vendor changelog.d newsfragments releasenotes".split()
)
"""Directories of which the files are not the project's own code, or are about its past."""

_LOCKS = frozenset(
    "bun.lock Cargo.lock composer.lock errbook.lock flake.lock Gemfile.lock go.sum mix.lock "
    "npm-shrinkwrap.json package-lock.json packages.lock.json pdm.lock Pipfile.lock pnpm-lock.yaml "
    "poetry.lock pubspec.lock uv.lock yarn.lock .terraform.lock.hcl".split()
)
_HISTORIES = frozenset(("changelog", "changes", "history", "news", "release_notes", "releases"))
_HISTORY_SUFFIXES = frozenset(("", ".md", ".markdown", ".rst", ".txt", ".adoc"))
"""Names and suffixes of texts that are also about codes that were removed."""

_UNREAD_SUFFIXES = (
    *(".min.js", ".min.css", ".map", ".svg", ".lock", ".sum"),
    *(".har", ".jsonl", ".ndjson", ".log"),  # recordings
)
_MAX_BYTES = 5_000_000
_BEGINNING = 8_192
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LONG_LINES = 1_000
"""The characters per line that only programs write."""


def listed(paths: Iterable[str]) -> list[Path]:
    """Return the files *paths*, and those below the directories among them, each once, sorted.

    In a directory, files that git ignores, links, and vendored files are left out. Raises Failure
    for a path that does not exist.
    """
    files: dict[Path, None] = {}
    for name in paths:
        path = Path(name)
        if path.is_dir():
            files |= dict.fromkeys(
                path / below for below in _below(path) if _is_own(path / below, below)
            )
        elif path.exists():
            files[path] = None
        else:
            raise Failure(name, "no such file or directory", "check the path")
    return sorted(files)


def _below(directory: Path) -> Iterable[str]:
    """Yield the paths of the files below *directory*, relative to it, that git does not ignore."""
    is_chosen = git.output(directory, "check-ignore", "-q", str(directory.resolve())) is not None
    if git.is_repository(directory) and not is_chosen:  # git has no files below an ignored one
        options = ("--cached", "--others", "--exclude-standard", "--deduplicate")
        found = git.paths(directory, "ls-files", "-z", *options)
        if found is not None:
            return found
    return _walked(directory)


def _walked(top: Path) -> Iterator[str]:
    """Yield the files below *top*; the files .gitignore have the same effect as with git."""
    specs: dict[str, GitIgnoreSpec] = {}

    def is_ignored(path: str) -> bool:
        parent = path
        while parent:
            parent = parent.rstrip("/").rpartition("/")[0]
            if parent in specs:
                found = specs[parent].check_file(path[len(parent) :].lstrip("/"))
                if found.include is not None:
                    return found.include
        return False

    for name, directories, files in os.walk(top):
        place = Path(name).relative_to(top).as_posix()
        place = "" if place == "." else place
        if ".gitignore" in files:
            specs[place] = _spec(Path(name) / ".gitignore")
        prefix = f"{place}/" if place else ""
        directories[:] = [
            below
            for below in directories
            if below not in _FOREIGN and not is_ignored(f"{prefix}{below}/")
        ]
        yield from (f"{prefix}{file}" for file in files if not is_ignored(f"{prefix}{file}"))


def _spec(path: Path) -> "GitIgnoreSpec":
    """Return the patterns in the file at *path*; like git, without those that are not valid."""
    from pathspec import GitIgnoreSpec

    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    valid: list[str] = []
    for line in lines:
        with suppress(ValueError):
            GitIgnoreSpec.from_lines([line])
            valid.append(line)
    return GitIgnoreSpec.from_lines(valid)


def _is_own(path: Path, below: str) -> bool:
    """Return whether the file *path*, at *below* a given directory, may be the project's own."""
    *directories, name = below.split("/")
    return (
        _FOREIGN.isdisjoint(directories)
        and name not in _LOCKS
        and not name.lower().endswith(_UNREAD_SUFFIXES)
        and not (path.stem.lower() in _HISTORIES and path.suffix.lower() in _HISTORY_SUFFIXES)
        and not path.is_symlink()
        and path.is_file()
    )


def text_of(path: Path) -> str | None:
    """Return the text of the file at *path*; None if it is binary, minified or over 5 MB.

    Bytes that are not UTF-8 become replacement characters. Raises OSError.
    """
    if path.stat().st_size > _MAX_BYTES:
        return None
    content = read_bytes(path)
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8"
    if encoding == "utf-8" and b"\0" in content[:_BEGINNING]:
        return None
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    return None if len(text) > _LONG_LINES * (text.count("\n") + 10) else text


def is_generated(path: Path, text: str) -> bool:
    """Return whether errbook generated the file at *path*, which has this *text*."""
    if not may_be_marked(path.name):
        return False
    return is_marked(path.name, text[:_BEGINNING].replace("\r\n", "\n"))
