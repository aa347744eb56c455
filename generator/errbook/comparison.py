"""What changed between two states of a service's API, as programs that use it see it."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from hashlib import sha256

import msgspec

from errbook.diagnostics import Location
from errbook.model import Catalogue, Error, is_error_status
from errbook.naming.families import family_of
from errbook.project.lock import LockEntry


class Kind(StrEnum):
    """What happened to a class, in the order in which changes are listed."""

    REMOVED = "removed"
    PARENT = "with a different parent"
    PARAMS = "with different params"
    SUCCESS = "now a success"
    RETIRED = "retired"
    RENAMED = "renamed"
    BACK = "brought back"
    NEW = "new"

    @property
    def id(self) -> str:
        """The permanent id of such changes."""
        return _IDS[self][0]

    @property
    def level(self) -> str:
        """What such a change means for programs."""
        return _IDS[self][1]


_IDS = {
    Kind.REMOVED: ("EB701", "breaking"),
    Kind.PARENT: ("EB703", "breaking"),
    Kind.PARAMS: ("EB704", "breaking"),
    Kind.SUCCESS: ("EB705", "breaking"),
    Kind.RETIRED: ("EB721", "deprecation"),
    Kind.RENAMED: ("EB722", "deprecation"),
    Kind.BACK: ("EB731", "addition"),
    Kind.NEW: ("EB732", "addition"),
}
"""Kind -> id and level."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """One state of a service."""

    entries: Mapping[str, LockEntry]
    """Code -> names."""

    catalogue: Catalogue | None
    """None if only the names are known; then changes of params are not seen."""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between two states."""

    kind: Kind
    service: str
    code: str
    class_name: str
    """In the new state, or, if the class was removed, in the old one."""

    old: str | None = None
    new: str | None = None
    """The old and the new value: names, parents or params."""

    old_location: Location | None = None
    new_location: Location | None = None
    """Where the documents document the code."""

    @property
    def fingerprint(self) -> str:
        """A short text that is the same for the same change, wherever it is documented."""
        parts = (self.kind.id, self.service, self.code, self.old or "", self.new or "")
        return sha256("\0".join(parts).encode()).hexdigest()[:12]

    @property
    def text(self) -> str:
        """Class and code, with the values if they differ: ``A → B (VPN.0001)``."""
        if self.kind == Kind.RENAMED:
            return f"{self.old} → {self.new} ({self.code})"
        values = f": {self.old} → {self.new}" if self.kind in (Kind.PARENT, Kind.PARAMS) else ""
        return f"{self.class_name} ({self.code}){values}"


def compare(old: State, new: State, service: str) -> tuple[Change, ...]:
    """Return the changes from *old* to *new*, sorted by kind and code."""
    old_errors, new_errors = _errors(old), _errors(new)
    changes = [
        change
        for code in sorted(old.entries.keys() | new.entries.keys())
        for change in _changes(
            service,
            code,
            _Known(old.entries.get(code), old_errors.get(code)),
            _Known(new.entries.get(code), new_errors.get(code)),
        )
    ]
    order = list(Kind)
    return tuple(sorted(changes, key=lambda change: order.index(change.kind)))


def _errors(state: State) -> dict[str, Error]:
    return {error.code: error for error in state.catalogue.errors} if state.catalogue else {}


class _Known(msgspec.Struct, frozen=True):
    """What one state knows of a code."""

    entry: LockEntry | None
    error: Error | None

    @property
    def class_name(self) -> str | None:
        """The name of the class, if there is one."""
        return self.entry.class_name if self.entry and not self.entry.pruned else None

    @property
    def is_retired(self) -> bool:
        return self.entry is not None and self.entry.retired

    @property
    def is_success(self) -> bool:
        statuses = self.entry.http_status if self.entry else ()
        return bool(statuses) and not any(map(is_error_status, statuses))

    @property
    def parent(self) -> str:
        """The family of the class; without one, the class of all errors of the service."""
        return (family_of(self.entry.http_status) if self.entry else None) or "no family"

    @property
    def params(self) -> str | None:
        """The params of the class; None if they are not known."""
        if self.error is None or self.is_success:
            return None
        return f"({', '.join(self.error.params)})"

    @property
    def location(self) -> Location | None:
        return self.error.occurrences[0].location if self.error else None


def _changes(service: str, code: str, old: _Known, new: _Known) -> Iterator[Change]:
    def change(kind: Kind, before: str | None = None, after: str | None = None) -> Change:
        return Change(
            kind=kind,
            service=service,
            code=code,
            class_name=new.class_name or old.class_name or "",
            old=before,
            new=after,
            old_location=old.location,
            new_location=new.location,
        )

    if old.class_name is None and new.class_name is None:
        return
    if new.class_name is None:
        yield change(Kind.REMOVED, old.class_name)
        return
    if old.class_name is None:
        yield change(Kind.NEW, None, new.class_name)
        return
    if old.class_name != new.class_name:
        yield change(Kind.RENAMED, old.class_name, new.class_name)
    if old.is_retired != new.is_retired:
        yield change(Kind.RETIRED if new.is_retired else Kind.BACK)
    if new.is_retired:
        return
    if new.is_success:
        if not old.is_success:
            yield change(Kind.SUCCESS)
        return
    if old.parent != new.parent:
        yield change(Kind.PARENT, old.parent, new.parent)
    if old.params and new.params and old.params != new.params:
        yield change(Kind.PARAMS, old.params, new.params)
