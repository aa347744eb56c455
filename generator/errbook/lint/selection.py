"""Which diagnostics are told: what is switched off, silenced, or said already, is not."""

from collections.abc import Iterable

from errbook.analyzer import Page
from errbook.diagnostics import Diagnostic, Severity, in_order
from errbook.project.settings import LintSettings
from errbook.rules import matching


def told(
    said: Iterable[Diagnostic], pages: Iterable[Page], lint: LintSettings
) -> tuple[Diagnostic, ...]:
    """Return what of *said* is neither switched off nor silenced on *pages*, with its severity."""
    silences = {
        page.path: [
            (frozenset().union(*map(matching, silence.rules)), silence.lines)
            for silence in page.silences
        ]
        for page in pages
    }
    kept = in_order(
        found._replace(severity=lint.severity.get(found.rule.id, found.severity))
        for found in said
        if found.rule.id in lint.selected
        and (
            found.rule.severity == Severity.ERROR
            or not any(
                found.rule.id in rules and found.location.line in lines
                for rules, lines in silences.get(found.location.path, ())
            )
        )
    )
    first = {_about(found): found for found in reversed(kept)}
    return tuple(found for found in kept if found.key is None or found is first[_about(found)])


def _about(found: Diagnostic) -> tuple[object, ...]:
    return found.location.path, found.rule.id, found.key
