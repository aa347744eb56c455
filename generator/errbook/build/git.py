"""What git knows about files. Without git, or outside a repository, it knows nothing."""

import subprocess
from pathlib import Path


def is_repository(directory: Path) -> bool:
    """Return whether *directory* is in a repository."""
    resolved = directory.resolve()
    return any((parent / ".git").exists() for parent in (resolved, *resolved.parents))


def paths(directory: Path, *arguments: str) -> set[str] | None:
    """Return the paths that git prints in *directory*, separated by NUL; None if it fails."""
    command = ["git", *arguments]
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    return set(filter(None, done.stdout.decode(errors="surrogateescape").split("\0")))
