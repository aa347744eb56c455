"""The rules, which turn facts about a service into diagnostics. One module per theme.

A rule is a function with the decorator `rule`.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator

from errbook.diagnostics import Diagnostic, in_order
from errbook.lint import codes, examples, headings, names, statuses, tables, texts
from errbook.lint.rule import REGISTERED, Facts, Finding, Rule, matching_ids
from errbook.lint.selection import Selection

THEMES = (tables, headings, codes, statuses, texts, examples, names)
"""The modules with rules. Importing them registers the rules."""

RULES: tuple[Rule, ...] = tuple(sorted(REGISTERED, key=lambda rule: rule.id))
"""All rules, in the order of their ids."""


def diagnose(facts: Facts, selection: Selection) -> tuple[Diagnostic, ...]:
    """Return what the rules in *selection* report about *facts*, in the order of locations.

    Silenced findings and repetitions are left out.
    """
    repetition_keys: dict[Diagnostic, tuple[str, ...] | None] = {}
    for rule in RULES:
        severity = selection.severity(rule)
        if severity is None:
            continue
        for finding in _unsilenced_findings(rule, facts):
            diagnostic = rule.diagnostic(finding, severity)
            repetition_keys.setdefault(diagnostic, rule.repetition_key(finding))
    reported: set[tuple[str, ...]] = set()
    diagnostics: list[Diagnostic] = []
    for diagnostic in in_order(repetition_keys):
        key = repetition_keys[diagnostic]
        if key is None or key not in reported:
            diagnostics.append(diagnostic)
        if key is not None:
            reported.add(key)
    return tuple(diagnostics)


def _unsilenced_findings(rule: Rule, facts: Facts) -> Iterator[Finding]:
    """Yield the findings of *rule* that no comment on the page silences."""
    silent = {} if rule.is_always_on else _silent_lines(rule, facts)
    for finding in rule.check(facts):
        if not _is_in(silent.get(finding.location.path, []), finding.location.line):
            yield finding


def _silent_lines(rule: Rule, facts: Facts) -> dict[str, list[range]]:
    """Return the lines in which comments silence *rule*, by path; see `_is_in`."""
    return {
        page.path: _merged(
            silence.lines
            for silence in page.silences
            if any(rule.id in matching_ids(text) for text in silence.rules)
        )
        for page in facts.pages
        if page.silences
    }


def _merged(ranges: Iterable[range]) -> list[range]:
    """Return *ranges* in order, with overlapping ones joined."""
    merged: list[range] = []
    for lines in sorted(ranges, key=lambda lines: lines.start):
        if merged and lines.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, lines.stop))
        else:
            merged.append(lines)
    return merged


def _is_in(merged: list[range], line: int) -> bool:
    """Return whether *line* is in one of the ranges that `_merged` returned."""
    index = bisect(merged, line, key=lambda lines: lines.start) - 1
    return index >= 0 and line in merged[index]
