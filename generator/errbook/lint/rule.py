"""A rule, the facts that its check receives, and its registration."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeVar

import msgspec

from errbook.analyzer import Documented, ErrorTable, Page
from errbook.analyzer.losses import Loss
from errbook.diagnostics import Diagnostic, Location, Severity
from errbook.naming import Names
from errbook.project.lock import LockConflict
from errbook.project.settings import Ignore, ServiceSettings, Settings
from errbook.text.visible import short_line


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What rules examine: the pages, names and lock conflicts of a service, or one page alone."""

    service: ServiceSettings
    settings: Settings | None
    """The project's settings; None without a project."""

    pages: tuple[Page, ...]
    names: Names | None
    """None if no names were assigned."""

    lock_conflicts: tuple[LockConflict, ...]
    losses: tuple[Loss, ...] = ()
    """The codes that would be retired although they may still be documented."""

    unused_ignores: tuple[Ignore, ...] = ()
    """The project's ignores that cover no finding of any service."""

    @property
    def error_tables(self) -> tuple[ErrorTable, ...]:
        """The error tables of all pages."""
        return tuple(table for page in self.pages for table in page.error_tables)

    @property
    def documented(self) -> tuple[Documented, ...]:
        """The documented codes of all pages."""
        return tuple(item for page in self.pages for item in page.documented)


class Finding:
    """A location that a rule reports, and the values for its message and hint."""

    def __init__(self, location: Location, **values: object) -> None:
        self.location = location
        self.code = str(values.get("code", ""))
        """The code that it is about; empty if the rule does not say."""

        self.values = {name: short_line(str(value)) for name, value in values.items()}


Check = Callable[[Facts], Iterator[Finding]]
"""A function that yields the findings of one rule."""


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
    """What is wrong. ``{heading}`` stands for the finding's value with that name."""

    hint: str
    """What to do about it. Values are inserted as in the message."""

    why: str
    """What goes wrong if nobody fixes it, in Markdown."""

    example: str
    """Indented reStructuredText that the rule reports, or another text that shows the problem."""

    once: tuple[str, ...] | None
    """Names of values. If findings on a page have the same values, only the first is reported.

    Empty: one finding per page. None: every finding.
    """

    check: Check

    @property
    def is_always_on(self) -> bool:
        """Whether the rule must stay on, because the outputs would be inconsistent without it."""
        return self.severity == Severity.ERROR

    def diagnostic(self, finding: Finding, severity: Severity, tables: str) -> Diagnostic:
        """Return the diagnostic for *finding*; *tables* is `Settings.table_prefix`."""
        return Diagnostic(
            rule=self.id,
            name=self.name,
            severity=severity,
            location=finding.location,
            message=self.message.format_map(finding.values),
            hint=self.hint.replace("[tool.errbook.", f"[{tables}").format_map(finding.values),
        )

    def repetition_key(self, finding: Finding) -> tuple[str, ...] | None:
        """Return a key that repetitions of *finding* share; None if every finding is reported."""
        if self.once is None:
            return None
        return (self.id, finding.location.path, *(finding.values[name] for name in self.once))


REGISTERED: list[Rule] = []
"""The rules, in the order in which their modules were imported."""

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
    """Register the decorated check as a rule with these attributes."""

    def register(check: _C) -> _C:
        for other in REGISTERED:
            if id == other.id or name == other.name:
                raise ValueError(f"{id} {name}: {other.id} {other.name} is already registered")
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


@lru_cache
def matching_ids(text: str) -> frozenset[str]:
    """Return the ids of the rules that *text* selects: an id, the beginning of ids, or a name."""
    return frozenset(
        rule.id
        for rule in REGISTERED
        if rule.name == text or (text.startswith("EB") and rule.id.startswith(text))
    )
