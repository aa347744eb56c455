"""A kind of change, and the registration of its check."""

from collections.abc import Callable, Iterator
from enum import StrEnum

import msgspec

from errbook.comparison.state import CodeState, State
from errbook.diagnostics import Location


class Level(StrEnum):
    """What a change means for programs, most important first."""

    BREAKING = "breaking"
    DEPRECATION = "deprecation"
    ADDITION = "addition"
    TEXT = "text"

    @property
    def version(self) -> str:
        """The part of a semantic version that such a change raises."""
        return {Level.BREAKING: "major", Level.TEXT: "patch"}.get(self, "minor")

    def is_at_least(self, other: "Level") -> bool:
        """Return whether this level is *other* or a more important one."""
        levels = list(Level)
        return levels.index(self) <= levels.index(other)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """The values that a check found to be different."""

    old: str | None = None
    new: str | None = None
    shown: tuple[str | None, str | None] | None = None
    """What people see in place of *old* and *new*."""

    old_location: Location | None = None
    new_location: Location | None = None


class ChangeRule(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of change that errbook reports."""

    id: str
    """Permanent: ``EB703``. 70x and 71x break programs, 72x are deprecations, 73x additions, 74x
    texts.
    """

    name: str
    level: Level
    label: str
    """What happened, after a number or before a class: ``with different params``."""

    why: str
    """What the change means for programs, in Markdown."""

    example: str
    """An edit that makes such a change, as a diff."""


CodeCheck = Callable[[CodeState, CodeState], Iterator[Difference]]
"""A function that yields the differences of one kind between two states of a code."""

ServiceCheck = Callable[[State | None, State | None], Iterator[Difference]]
"""A function that does so for two states of a service. None: there is no such service."""

CODE_CHECKS: dict[ChangeRule, CodeCheck] = {}
SERVICE_CHECKS: dict[ChangeRule, ServiceCheck] = {}


def code_change(
    id: str,  # noqa: A002 - the name that users know
    name: str,
    level: Level,
    label: str,
    *,
    why: str,
    example: str,
) -> Callable[[CodeCheck], CodeCheck]:
    """Register the decorated check of a code as a kind of change with these attributes."""

    def register(check: CodeCheck) -> CodeCheck:
        rule = ChangeRule(id=id, name=name, level=level, label=label, why=why, example=example)
        CODE_CHECKS[rule] = check
        return check

    return register


def service_change(
    id: str,  # noqa: A002 - the name that users know
    name: str,
    level: Level,
    label: str,
    *,
    why: str,
    example: str,
) -> Callable[[ServiceCheck], ServiceCheck]:
    """Register the decorated check of a service as a kind of change with these attributes."""

    def register(check: ServiceCheck) -> ServiceCheck:
        rule = ChangeRule(id=id, name=name, level=level, label=label, why=why, example=example)
        SERVICE_CHECKS[rule] = check
        return check

    return register
