"""What git knows about files and revisions. Without git, or outside a repository: nothing."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path


def is_repository(directory: Path) -> bool:
    """Return whether *directory* is in a repository."""
    resolved = directory.resolve()
    return any((parent / ".git").exists() for parent in (resolved, *resolved.parents))


def paths(directory: Path, *arguments: str) -> set[str] | None:
    """Return the paths that git prints in *directory*, separated by NUL; None if it fails."""
    printed = output(directory, *arguments)
    return None if printed is None else set(filter(None, printed.split("\0")))


def line(directory: Path, *arguments: str) -> str | None:
    """Return the line that git prints in *directory*; None if it fails or prints nothing."""
    printed = output(directory, *arguments)
    return printed.rstrip("\n") or None if printed is not None else None


def output(
    directory: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    text: str = "",
) -> str | None:
    """Return what git prints in *directory*, with more of an *environment*; None if it fails.

    It reads *text*.
    """
    command = ["git", *arguments]
    variables = {**os.environ, **(environment or {})}
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=directory,
            capture_output=True,
            check=True,
            env=variables,
            input=text.encode(errors="surrogateescape"),
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode(errors="surrogateescape")
