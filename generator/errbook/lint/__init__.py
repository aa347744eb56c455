"""The rules, which turn facts about a service into diagnostics. One module per theme.

A rule is a function with the decorator `rule`.
"""

from bisect import bisect, bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import msgspec

from errbook.diagnostics import Diagnostic, Location, in_order
from errbook.lint import codes, examples, headings, names, statuses, tables, texts, unread
from errbook.lint.rule import REGISTERED, Facts, Finding, Rule, matching_ids
from errbook.lint.selection import Selection
from errbook.readers.document import Silence

THEMES = (tables, headings, unread, codes, statuses, texts, examples, names)
"""The modules with rules. Importing them registers the rules."""

RULES: tuple[Rule, ...] = tuple(sorted(REGISTERED, key=lambda rule: rule.id))
"""All rules, in the order of their ids."""

_UNUSED = next(rule for rule in RULES if rule.name == "unused-ignore")
_IN_TURN = sorted(RULES, key=lambda rule: rule is _UNUSED)
"""The rules as they are checked: what is unused is known when all others are."""


class Diagnosis(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules report."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of locations."""

    used_ignores: frozenset[str]
    """The keys of the project's ignores that cover a finding."""


def diagnose(facts: Facts, selection: Selection) -> Diagnosis:
    """Return what the rules in *selection* report about *facts*.

    Of the findings that a rule declares as repetitions, only the first is reported.
    """
    tables = facts.settings.table_prefix if facts.settings else "tool.errbook."
    silences = _Silences(facts)
    codes = _codes_by_location(facts)
    used: set[str] = set()
    repetition_keys: dict[Diagnostic, tuple[str, ...] | None] = {}
    for rule in _IN_TURN:
        severity = selection.severity(rule)
        if severity is None:
            continue
        unused = silences.unused(selection) if rule is _UNUSED else ()
        for finding in chain(rule.check(facts), unused):
            if not rule.is_always_on and silences.cover(rule, finding.location):
                continue
            about = {finding.code, *codes.get(finding.location, ())}
            ignoring = selection.ignoring(rule, finding.location.path, about)
            used.update(ignore.key for ignore in ignoring)
            if not ignoring:
                diagnostic = rule.diagnostic(finding, severity, tables)
                repetition_keys.setdefault(diagnostic, rule.repetition_key(finding))
    return Diagnosis(
        diagnostics=tuple(_without_repetitions(repetition_keys)), used_ignores=frozenset(used)
    )


def _codes_by_location(facts: Facts) -> dict[Location, set[str]]:
    """Return the codes that are documented by the cell at each location."""
    codes: dict[Location, set[str]] = {}
    if facts.settings is not None and facts.settings.lint.per_code_ignores:
        for item in facts.documented:
            for cell in item.cells.values():
                codes.setdefault(cell.location, set()).add(item.code)
            codes.setdefault(item.occurrence.location, set()).add(item.code)
    return codes


def _without_repetitions(
    repetition_keys: Mapping[Diagnostic, tuple[str, ...] | None],
) -> Iterator[Diagnostic]:
    """Yield the diagnostics in order; of those with the same key, only the first."""
    reported: set[tuple[str, ...]] = set()
    for diagnostic in in_order(repetition_keys):
        key = repetition_keys[diagnostic]
        if key is None or key not in reported:
            yield diagnostic
        if key is not None:
            reported.add(key)


class _Silences:
    """The lines in which comments silence rules, and the findings that they have silenced."""

    def __init__(self, facts: Facts) -> None:
        self._pages = {page.path: page.silences for page in facts.pages if page.silences}
        self._lines: dict[tuple[str, str], list[range]] = {}
        self._silenced: dict[tuple[str, str], list[int]] = {}
        self._has_project = facts.settings is not None  # else some rules find nothing

    def cover(self, rule: Rule, place: Location) -> bool:
        """Return whether a comment silences *rule* at *place*."""
        silences = self._pages.get(place.path)
        if silences is None:
            return False
        key = (rule.id, place.path)
        if key not in self._lines:
            self._lines[key] = _merged(
                silence.lines
                for silence in silences
                if any(rule.id in matching_ids(text) for text in silence.rules)
            )
        is_silenced = _is_in(self._lines[key], place.line)
        if is_silenced:
            self._silenced.setdefault(key, []).append(place.line)
        return is_silenced

    def unused(self, selection: Selection) -> Iterator[Finding]:
        """Yield the comments that have silenced nothing, if the rules in them are on."""
        for lines in self._silenced.values():
            lines.sort()
        for path, silences in self._pages.items() if self._has_project else ():
            for silence in silences:
                for text in silence.rules:
                    rules = [rule for rule in RULES if rule.id in matching_ids(text)]
                    are_on = rules and all(map(selection.severity, rules))
                    if are_on and not any(self._uses(silence, rule, path) for rule in rules):
                        yield Finding(silence.location, rules=text, where="")

    def _uses(self, silence: Silence, rule: Rule, path: str) -> bool:
        """Return whether *silence* has silenced a finding of *rule*."""
        lines = self._silenced.get((rule.id, path), [])
        index = bisect_left(lines, silence.lines.start)
        return index < len(lines) and lines[index] in silence.lines


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
