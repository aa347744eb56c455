"""What changed between two states of a service's API, as programs that use it see it."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

import msgspec

from errbook.comparison import breaking, compatible, texts
from errbook.comparison.rule import (
    CODE_CHECKS,
    SERVICE_CHECKS,
    ChangeRule,
    Difference,
    Level,
)
from errbook.comparison.state import CodeState, State
from errbook.text.visible import short_line

__all__ = ["RULES", "THEMES", "Change", "ChangeRule", "Level", "State", "compare", "compare_all"]

THEMES = (breaking, compatible, texts)
"""The modules with kinds of changes. Importing them registers the kinds."""

RULES: tuple[ChangeRule, ...] = tuple(
    sorted((*CODE_CHECKS, *SERVICE_CHECKS), key=lambda rule: rule.id)
)
"""All kinds of changes, in the order of their ids, in which changes are listed."""

_RULES_BY_ID = {rule.id: rule for rule in RULES}


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between two states."""

    id: str
    service: str
    code: str | None
    """None if the change is about the whole service."""

    class_name: str | None
    """In the new state, or, if the class was removed, in the old one."""

    difference: Difference
    accepted: str | None = None
    """Why the project accepts the change; None if it does not."""

    @property
    def rule(self) -> ChangeRule:
        """The kind of change."""
        return _RULES_BY_ID[self.id]

    @property
    def level(self) -> Level:
        """What such a change means for programs."""
        return self.rule.level

    @property
    def fingerprint(self) -> str:
        """A short text that is the same for the same change, wherever it is documented."""
        difference = self.difference
        parts = (self.id, self.service, self.code, difference.old, difference.new)
        return sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:12]

    @property
    def values(self) -> tuple[str | None, str | None]:
        """The old and the new value that people see, each in one short line."""
        shown = self.difference.shown or (self.difference.old, self.difference.new)
        before, after = map(_short, shown)
        return before, after

    @property
    def subject(self) -> str:
        """Class and code: ``InvalidRequestError (VPN.0001)``; of a service, its id."""
        if self.code is None:
            return self.service
        return f"{self.class_name} ({self.code})" if self.class_name else self.code

    @property
    def text(self) -> str:
        """The subject, with the values if they differ: ``A → B (VPN.0001)``."""
        before, after = self.values
        if self.class_name is not None and self.class_name in (before, after):
            return f"{before} → {after} ({self.code})" if before and after else self.subject
        if before is None and after is None:
            return self.subject
        if self.level == Level.TEXT:
            before, after = (value and f"'{value}'" for value in (before, after))
        return f"{self.subject}: {before or 'nothing'} → {after or 'nothing'}"

    @property
    def message(self) -> str:
        """What happened, and to what."""
        return f"{self.rule.label}: {self.text}"


def _short(value: str | None) -> str | None:
    return None if value is None else short_line(value.replace("\n", " "))


def compare_all(old: Mapping[str, State], new: Mapping[str, State]) -> tuple[Change, ...]:
    """Return the changes from *old* to *new*, which are by service."""
    return tuple(
        change
        for service in sorted(old.keys() | new.keys())
        for change in compare(old.get(service), new.get(service), service)
    )


def compare(old: State | None, new: State | None, service: str) -> tuple[Change, ...]:
    """Return the changes from *old* to *new*, sorted by kind and code.

    None: there is no such service; then its codes are not compared.
    """
    changes = [
        Change(id=rule.id, service=service, code=None, class_name=None, difference=difference)
        for rule, check in SERVICE_CHECKS.items()
        for difference in check(old, new)
    ]
    if old and new:
        before, after = old.codes(), new.codes()
        for code in sorted(before.keys() | after.keys()):
            changes += _changes(
                service, code, before.get(code, CodeState()), after.get(code, CodeState())
            )
    return tuple(sorted(changes, key=lambda change: change.id))


def _changes(service: str, code: str, old: CodeState, new: CodeState) -> Iterator[Change]:
    for rule, check in CODE_CHECKS.items():
        for difference in check(old, new):
            yield Change(
                id=rule.id,
                service=service,
                code=code,
                class_name=new.class_name or old.class_name,
                difference=msgspec.structs.replace(
                    difference, old_location=old.location, new_location=new.location
                ),
            )
