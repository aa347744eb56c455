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
    INTERRUPTED = 130
