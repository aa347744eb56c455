"""Which diagnostics are told: what is switched off, silenced, or said already, is not."""

from collections.abc import Iterable
from dataclasses import replace

from errbook.analyzer import Page
from errbook.diagnostics import Diagnostic, Severity
from errbook.settings import LintSettings


def told(
    said: Iterable[Diagnostic], pages: Iterable[Page], lint: LintSettings
) -> tuple[Diagnostic, ...]:
    """Return what of *said* is neither switched off nor silenced on *pages*, with its severity."""
    silences = {page.path: page.silences for page in pages}
    kept = in_order(
        replace(found, severity=lint.severity.get(found.rule.id, found.severity))
        for found in said
        if found.rule.id in lint.selected
        and not any(
            found.rule.id in silence.rules and found.location.line in silence.lines
            for silence in silences.get(found.location.path, ())
            if found.rule.severity != Severity.ERROR
        )
    )
    first = {
        (found.location.path, found.rule.id, found.message): found
        for found in reversed(kept)
    }
    return tuple(
        found
        for found in kept
        if not found.rule.once
        or found is first[found.location.path, found.rule.id, found.message]
    )


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *diagnostics* in the order of their places."""
    return tuple(sorted(diagnostics, key=lambda found: (found.location, found.rule.id)))
