"""Signals that end a run, deferred while it must not be interrupted."""

import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def deferred() -> Generator[None, None, None]:
    """Deliver SIGINT, SIGTERM and SIGHUP afterwards; processes started meanwhile ignore them."""
    if sys.platform == "win32":  # which has no pthread_sigmask
        yield
        return
    ending = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
