"""Runs in the same project wait for each other."""

import os
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PATIENCE = 1  # seconds
_INTERVAL = 0.02  # seconds


@contextmanager
def exclusive(
    root: Path, waiting: Callable[[], None], *, shared: bool = False
) -> Generator[None, None, None]:
    """Keep other runs out of the project in the directory *root*; *shared* ones let others in.

    This is an advisory lock on the directory itself (flock, POSIX), so that it leaves no file, and
    ends with the process. *waiting* is called if another run has the lock for more than a second.
    Windows and some file systems do not have such locks; there, runs do not wait.
    """
    if sys.platform == "win32":
        yield
        return
    directory = os.open(root, os.O_RDONLY)
    try:
        with suppress(OSError):
            _acquire(directory, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, waiting)
        yield
    finally:
        os.close(directory)


def _acquire(directory: int, operation: int, waiting: Callable[[], None]) -> None:
    """Lock the open *directory*. Raises OSError if its file system has no locks."""
    assert sys.platform != "win32"
    begin = time.monotonic()
    while time.monotonic() - begin < _PATIENCE:
        try:
            fcntl.flock(directory, operation | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_INTERVAL)
        else:
            return
    waiting()
    fcntl.flock(directory, operation)
