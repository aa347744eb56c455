"""One state of a service, and what it knows of a code."""

from collections.abc import Mapping

import msgspec

from errbook.diagnostics import Location
from errbook.model import Catalogue, Envelope, Error, is_error_status
from errbook.naming.families import ALWAYS_GENERATED, FAMILIES, family_of
from errbook.project.lock import LockEntry
from errbook.retrying import retry_advice

_ASSUMED = Envelope(
    media_type="application/json", code=("code",), message=("message",), location=None
)
"""Where generated code looks if no envelope is known."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """One state of a service."""

    entries: Mapping[str, LockEntry]
    """Code -> names."""

    catalogue: Catalogue | None
    """None if only the names are known; then changes of params and texts are not seen."""

    prefix: str | None = None
    """What the names of the service's own classes begin with; None if it is not known."""

    def codes(self) -> "dict[str, CodeState]":
        """Return what is known of each code."""
        errors = {error.code: error for error in self.catalogue.errors} if self.catalogue else {}
        is_complete = self.catalogue is not None
        return {
            code: CodeState(entry=entry, error=errors.get(code), is_complete=is_complete)
            for code, entry in self.entries.items()
        }

    @property
    def envelope(self) -> Envelope:
        """Where a body has the code and the message."""
        return (self.catalogue and self.catalogue.envelope) or _ASSUMED

    @property
    def families(self) -> frozenset[str] | None:
        """The families of which the service has a class; None if not all statuses are known."""
        used: set[int] = set(ALWAYS_GENERATED)
        for state in self.codes().values():
            if state.is_retired and not state.statuses:
                return None
            if state.is_retired or state.is_documented:
                used.update(filter(is_error_status, state.statuses))
        return frozenset(FAMILIES[status] for status in used if status in FAMILIES)


class CodeState(msgspec.Struct, frozen=True, kw_only=True):
    """What one state knows of a code."""

    entry: LockEntry | None = None
    error: Error | None = None
    is_complete: bool = True
    """Whether a code without *error* is not documented. With the lock alone, it may be."""

    @property
    def class_name(self) -> str | None:
        """The name of the class, if there is one."""
        return self.entry.class_name if self.entry and not self.entry.pruned else None

    @property
    def member(self) -> str | None:
        """The member of the enum, if there is one."""
        return self.entry.member if self.entry and (self.is_documented or self.is_retired) else None

    @property
    def names(self) -> tuple[str, ...]:
        """The class's name and its aliases."""
        if self.entry is None or self.class_name is None:
            return ()
        return (self.class_name, *self.entry.former)

    @property
    def is_retired(self) -> bool:
        """Whether the code is no longer documented, and its names remain."""
        return self.entry is not None and self.entry.retired

    @property
    def is_documented(self) -> bool:
        """Whether the documents have the code."""
        if self.is_complete:
            return self.error is not None
        return self.entry is not None and not self.entry.retired and not self.entry.pruned

    @property
    def is_success(self) -> bool:
        """Whether the code reports a success or a redirect."""
        if self.error is not None:
            return self.error.is_success
        if self.entry is None:
            return False
        statuses = self.statuses
        return self.entry.class_name is None or (
            bool(statuses) and not any(map(is_error_status, statuses))
        )

    @property
    def is_error(self) -> bool:
        """Whether the code is documented as an error."""
        return self.is_documented and not self.is_success

    @property
    def statuses(self) -> tuple[int, ...]:
        """The documented statuses; for a retired code the last ones, if they are known."""
        if self.error is not None:
            return self.error.http_status
        return self.entry.http_status if self.entry else ()

    @property
    def parent(self) -> str:
        """The family of the class; without one, the class of all errors of the service."""
        return family_of(self.statuses) or "no family"

    @property
    def params(self) -> str | None:
        """The params of the class; None if they are not known."""
        if self.error is None or self.is_success:
            return None
        return f"({', '.join(self.error.params)})"

    @property
    def answer(self) -> int | None:
        """The status with which servers answer."""
        return next(filter(is_error_status, self.statuses), None)

    @property
    def retryable(self) -> Mapping[int | None, bool | None]:
        """Status -> the value on which all rows with it agree, if any; None: whatever the status.

        A program reads it from an error, after the status of the response has narrowed the rows.
        """
        values: dict[int | None, set[bool | None]] = {None: set()}
        for row in self.error.error_occurrences if self.error else ():
            advice = retry_advice(row)
            for status in (None, *row.http_status):
                values.setdefault(status, set()).add(advice.retryable if advice else None)
        return {
            status: next(iter(found)) if len(found) == 1 else None
            for status, found in values.items()
        }

    @property
    def location(self) -> Location | None:
        """Where the documents begin to document the code."""
        return self.error.occurrences[0].location if self.error else None
