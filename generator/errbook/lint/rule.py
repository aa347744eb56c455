"""What a rule is, which facts its check receives, and how it registers."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from errbook.analyzer import Documented, ErrorTable, Page
from errbook.diagnostics import Diagnostic, Location, Severity, one_line
from errbook.naming import Names
from errbook.project.lock import LockConflict
from errbook.project.settings import ServiceSettings, Settings


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The results of all stages for one service, or for one page that is read alone."""

    service: ServiceSettings
    settings: Settings | None
    """The project's settings; None without a project."""

    pages: tuple[Page, ...]
    names: Names | None
    """None if no names were assigned."""

    lock_conflicts: tuple[LockConflict, ...]

    @property
    def error_tables(self) -> tuple[ErrorTable, ...]:
        """The error tables of all pages."""
        return tuple(table for page in self.pages for table in page.error_tables)

    @property
    def documented(self) -> tuple[Documented, ...]:
        """The documented codes of all pages."""
        return tuple(item for page in self.pages for item in page.documented)


class Finding:
    """A place that a rule reports, and the values for its message and hint."""

    def __init__(self, location: Location, **values: object) -> None:
        self.location = location
        self.values = {name: _short(one_line(str(value))) for name, value in values.items()}


Check = Callable[[Facts], Iterator[Finding]]
"""The function that finds what a rule is about."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of problem that errbook reports."""

    id: str
    """Permanent: ``EB103``. 1xx are tables, 2xx codes, 3xx statuses, 4xx texts, 5xx examples, 6xx
    names.
    """

    name: str
    severity: Severity
    """The default, which a project may change."""

    message: str
    """What is wrong; ``{heading}`` stands for the finding's value of that name."""

    hint: str
    """What to do about it, with values as in the message."""

    why: str
    """What goes wrong if nobody fixes it, in Markdown."""

    example: str
    """Indented reStructuredText that the rule reports, or other lines that show the problem."""

    once: tuple[str, ...] | None
    """The first finding on a page with the same values of these names is reported, no others.

    Empty: one finding per page. None: all findings.
    """

    check: Check

    @property
    def is_always_on(self) -> bool:
        """It can neither be ignored nor silenced, because outputs would contradict themselves."""
        return self.severity == Severity.ERROR

    def diagnostic(self, finding: Finding, severity: Severity) -> Diagnostic:
        """Return the diagnostic for *finding*."""
        return Diagnostic(
            rule=self.id,
            name=self.name,
            severity=severity,
            location=finding.location,
            message=self.message.format_map(finding.values),
            hint=self.hint.format_map(finding.values),
        )

    def repetition_key(self, finding: Finding) -> tuple[str, ...] | None:
        """Return what *finding* shares with its repetitions; None if all findings are reported."""
        if self.once is None:
            return None
        return (self.id, finding.location.path, *(finding.values[name] for name in self.once))


REGISTERED: list[Rule] = []
"""The rules whose modules are imported, in that order."""

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
    """Register the decorated check as a rule, whose attributes are the arguments."""

    def register(check: _C) -> _C:
        for other in REGISTERED:
            if id == other.id or name == other.name:
                raise ValueError(f"{id} {name}: {other.id} {other.name} is registered already")
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


def matching_ids(text: str) -> frozenset[str]:
    """Return the ids of the rules that *text* selects: it is an id, a prefix of ids, or a name."""
    return frozenset(
        rule.id
        for rule in REGISTERED
        if rule.name == text or (text.startswith("EB") and rule.id.startswith(text))
    )


_LONGEST_VALUE = 100


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
