"""The rules: facts about a service become diagnostics. One module for each theme."""

from collections.abc import Iterator

from errbook.diagnostics import Diagnostic, in_order
from errbook.lint import codes, examples, names, statuses, tables, texts
from errbook.lint.rule import REGISTERED, Facts, Finding, Rule, matching
from errbook.lint.selection import Selection

THEMES = (tables, codes, statuses, texts, examples, names)
"""The modules of rules, which register when they are imported."""

RULES: tuple[Rule, ...] = tuple(sorted(REGISTERED, key=lambda rule: rule.id))
"""In the order of their ids."""


def diagnose(facts: Facts, selection: Selection) -> tuple[Diagnostic, ...]:
    """Return what the rules report about *facts*, in the order of places.

    Rules that are switched off, lines that are silenced and repeats are left out.
    """
    groups: dict[Diagnostic, tuple[str, ...] | None] = {}
    for rule in RULES:
        severity = selection.severity(rule)
        if severity is not None:
            for finding in _audible(rule, facts):
                groups.setdefault(rule.diagnostic(finding, severity), rule.group(finding))
    reported: set[tuple[str, ...]] = set()
    diagnostics: list[Diagnostic] = []
    for diagnostic in in_order(groups):
        group = groups[diagnostic]
        if group is None or group not in reported:
            diagnostics.append(diagnostic)
        if group is not None:
            reported.add(group)
    return tuple(diagnostics)


def _audible(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Yield the findings of *rule* that no comment on their page silences."""
    silent = {} if rule.is_always_on else _silent_lines(rule, facts)
    for finding in rule.check(facts):
        place = finding.location
        if not any(place.line in lines for lines in silent.get(place.path, ())):
            yield finding


def _silent_lines(rule: Rule, facts: Facts) -> dict[str, list[range]]:
    """Return the lines in which comments silence *rule*, by path."""
    return {
        page.path: [
            silence.lines
            for silence in page.silences
            if any(rule.id in matching(text) for text in silence.rules)
        ]
        for page in facts.pages
        if page.silences
    }
