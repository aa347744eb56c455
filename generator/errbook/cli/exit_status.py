"""How the command `errbook` ends."""

from enum import IntEnum


class ExitStatus(IntEnum):
    """What a script learns from a run."""

    CLEAN = 0
    FINDINGS = 1
    """There are diagnostics that count, or files that are not up to date."""

    FAILED = 2
    """errbook could not do its work."""

    BUG = 70
    """EX_SOFTWARE of sysexits.h."""

    INTERRUPTED = 130
    """128 and the number of SIGINT, as shells have it."""
