"""The exit statuses of the command `errbook`."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """The result of a run."""

    CLEAN = 0
    FINDINGS = 1
    """There are diagnostics that count, or outdated files."""

    FAILED = 2
    """errbook could not run: usage, configuration, or a document that cannot be read."""

    BUG = 70
    """EX_SOFTWARE in sysexits.h."""

    INTERRUPTED = 130
    """128 plus the number of SIGINT, as in shells."""
