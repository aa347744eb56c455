"""What a rule is, what its check is given, and how it registers itself."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from errbook.analyzer import Documented, ErrorTable, Page
from errbook.diagnostics import Diagnostic, Location, Severity, one_line
from errbook.naming import Names
from errbook.project.lock import LockConflict
from errbook.project.settings import ServiceSettings, Settings


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a service, or about a page that is read by itself."""

    service: ServiceSettings
    settings: Settings | None
    """Those of the project; None where there is none."""

    pages: tuple[Page, ...]
    names: Names | None
    """None where no names are given."""

    lock_conflicts: tuple[LockConflict, ...]

    @property
    def error_tables(self) -> tuple[ErrorTable, ...]:
        """The error tables of all pages."""
        return tuple(table for page in self.pages for table in page.error_tables)

    @property
    def documented(self) -> tuple[Documented, ...]:
        """What all pages document."""
        return tuple(item for page in self.pages for item in page.documented)


class Finding:
    """A place that a rule reports, and the values that its texts name."""

    def __init__(self, location: Location, **values: object) -> None:
        self.location = location
        self.values = {name: _short(one_line(str(value))) for name, value in values.items()}


Check = Callable[[Facts], Iterator[Finding]]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that errbook looks for. Its *id* is permanent."""

    id: str
    name: str
    severity: Severity
    message: str
    hint: str
    why: str
    """What goes wrong if nobody fixes it, in Markdown."""

    example: str
    """reStructuredText that the rule reports, or other lines that show it; indented."""

    once: tuple[str, ...] | None
    """The values by which findings are equal: of those on a page, the first is reported."""

    check: Check

    @property
    def is_always_on(self) -> bool:
        """It can neither be switched off nor silenced: the outputs would contradict themselves."""
        return self.severity == Severity.ERROR

    def diagnostic(self, finding: Finding, severity: Severity) -> Diagnostic:
        """Return what is reported about *finding*."""
        return Diagnostic(
            rule=self.id,
            name=self.name,
            severity=severity,
            location=finding.location,
            message=self.message.format_map(finding.values),
            hint=self.hint.format_map(finding.values),
        )

    def group(self, finding: Finding) -> tuple[str, ...] | None:
        """Return what *finding* has in common with those it is equal to; None where it has none."""
        if self.once is None:
            return None
        return (finding.location.path, self.id, *(finding.values[name] for name in self.once))


REGISTERED: list[Rule] = []
"""In the order in which the modules of rules are imported."""

_C = TypeVar("_C", bound=Check)


def rule(
    id: str,  # noqa: A002 - the name that users know
    name: str,
    severity: Severity,
    *,
    message: str,
    hint: str,
    why: str,
    example: str,
    once: tuple[str, ...] | None = None,
) -> Callable[[_C], _C]:
    """Register the decorated check as a rule.

    *message* and *hint* name values of the findings, as in ``unknown heading '{heading}'``.
    """

    def register(check: _C) -> _C:
        REGISTERED.append(
            Rule(
                id=id,
                name=name,
                severity=severity,
                message=message,
                hint=hint,
                why=why,
                example=example,
                once=once,
                check=check,
            )
        )
        return check

    return register


def matching(text: str) -> frozenset[str]:
    """Return the ids of the rules that *text* names: an id, the beginning of ids, or a name."""
    return frozenset(
        rule.id
        for rule in REGISTERED
        if rule.name == text or (text.startswith("EB") and rule.id.startswith(text))
    )


_LONGEST_VALUE = 100


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
