"""A rule about code or responses, and the registration of its check."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from errbook.audit.facts import Facts
from errbook.diagnostics import Diagnostic, Location, Severity
from errbook.text.visible import one_line, short_line


class Finding:
    """What a rule reports."""

    def __init__(
        self,
        location: Location,
        *,
        where: str,
        code: str = "",
        http_status: int | None = None,
        **values: str,
    ) -> None:
        """*where* is the path of the file or the service, *values* are for the message."""
        self.location = location
        self.where = one_line(where)
        self.code = code
        self.http_status = http_status
        shown = {"code": code, "status": str(http_status), **values}
        self.values = {name: short_line(value) for name, value in shown.items()}


class AuditRule(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of disagreement between the documents and what uses the API."""

    id: str
    """Permanent: ``EB801``. 80x are about code, 81x about responses."""

    name: str
    severity: Severity
    message: str
    """What is wrong. ``{code}`` stands for the finding's value with that name."""

    hint: str
    why: str
    """What the rule means and when it reports, in Markdown."""

    example: str
    """A text that the rule reports."""

    def diagnostic(self, finding: Finding) -> Diagnostic:
        """Return the diagnostic for *finding*."""
        return Diagnostic(
            rule=self.id,
            name=self.name,
            severity=self.severity,
            location=finding.location,
            message=self.message.format_map(finding.values),
            hint=self.hint.format_map(finding.values),
        )


Check = Callable[[Facts], Iterator[Finding]]
"""A function that yields the findings of one rule."""

CHECKS: dict[AuditRule, Check] = {}
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
) -> Callable[[_C], _C]:
    """Register the decorated check as a rule with these attributes."""

    def register(check: _C) -> _C:
        registered = AuditRule(
            id=id,
            name=name,
            severity=severity,
            message=message,
            hint=hint,
            why=why,
            example=example,
        )
        CHECKS[registered] = check
        return check

    return register
