"""Code and recorded responses against the documents: which codes they have that are not documented.

`text_files` reads a file, `recordings` and `responses` what servers sent, and the rules in
`in_code` and `in_responses` judge it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from errbook.audit import in_code, in_responses
from errbook.audit.baseline import Baseline, Known
from errbook.audit.facts import Facts, Unused, Waiver
from errbook.audit.rule import CHECKS, AuditRule, Finding
from errbook.diagnostics import Diagnostic, in_order
from errbook.text.nearest import did_you_mean
from errbook.text.visible import one_line

__all__ = ["RULES", "THEMES", "AuditRule", "Verdict", "judge"]

THEMES = (in_code, in_responses)
"""The modules with rules. Importing them registers the rules."""

RULES: tuple[AuditRule, ...] = tuple(sorted(CHECKS, key=lambda rule: rule.id))
"""All rules, in the order of their ids."""

_UNUSED = next(rule for rule in RULES if rule.name == "unused-waiver")


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules report."""

    diagnostics: tuple[Diagnostic, ...]
    """In the order of locations."""

    known: tuple[Known, ...]
    """What a new baseline has: every finding that no comment waives."""

    hidden: int
    """How many findings the baseline hides."""


def judge(facts: Facts, baseline: Baseline | None, given: frozenset[str]) -> Verdict:
    """Return what the rules report about *facts*, except for what waivers and *baseline* hide.

    Only entries of the baseline about files in *given*, about files that *facts* have, and about
    observed services can be unused.
    """
    waivers = _Waivers(facts)
    found = [
        (rule, finding)
        for rule, check in CHECKS.items()
        if rule is not _UNUSED
        for finding in check(facts)
        if not waivers.cover(rule, finding)
    ]
    found.sort(key=lambda item: (item[1].location, item[0].id))
    left = Counter(baseline.counts) if baseline else Counter[Known]()
    reported: list[tuple[AuditRule, Finding]] = []
    for rule, finding in found:
        known = _known(rule, finding)
        if left[known] > 0:
            left[known] -= 1
        else:
            reported.append((rule, finding))
    unused = list(waivers.unused())
    if baseline:
        unused += _stale(baseline, left, facts, given)
    with_unused = msgspec.structs.replace(facts, unused=tuple(unused))
    reported += ((_UNUSED, finding) for finding in CHECKS[_UNUSED](with_unused))
    return Verdict(
        diagnostics=in_order(rule.diagnostic(finding) for rule, finding in reported),
        known=tuple(_known(rule, finding) for rule, finding in found),
        hidden=len(found) + len(unused) - len(reported),
    )


def _known(rule: AuditRule, finding: Finding) -> Known:
    return Known(rule=rule.id, where=finding.where, code=finding.code, status=finding.http_status)


def _stale(
    baseline: Baseline, left: Mapping[Known, int], facts: Facts, given: frozenset[str]
) -> Iterator[Unused]:
    """Yield the entries of *baseline* that match fewer findings than they count."""
    services = {" ".join(observed.services) for observed in facts.observed}
    files = frozenset(map(one_line, given))
    for known, count in sorted(left.items()):
        is_looked_for = known.where in (services if known.status else files)
        if known.rule == "EB804":
            is_looked_for = facts.lists_unused
        is_looked_for = is_looked_for or not _matching(known.rule)
        if count > 0 and is_looked_for:
            times = (
                "" if count == baseline.counts[known] else f" ({count} of {baseline.counts[known]})"
            )
            about = f" about '{known.code}'" if known.code else ""
            what = f"the entry {_described(known.rule)}{about} in {known.where}{times}"
            yield Unused(location=baseline.location(known), what=what)


class _Waivers:
    """The comments that waive findings on their lines, and those that have done so."""

    def __init__(self, facts: Facts) -> None:
        self._waivers: dict[tuple[str, int], list[Waiver]] = {}
        self._used: set[tuple[Waiver, str]] = set()
        for path, file in facts.files.items():
            for waiver in file.waivers:
                key = (path, waiver.location.line)
                self._waivers.setdefault(key, []).append(waiver)

    def cover(self, rule: AuditRule, finding: Finding) -> bool:
        """Return whether a comment waives *finding* of *rule*."""
        place = finding.location
        covering = [
            (waiver, text)
            for waiver in self._waivers.get((place.path, place.line), ())
            for text in waiver.rules
            if rule in _matching(text)
        ]
        self._used.update(covering)
        return bool(covering)

    def unused(self) -> Iterator[Unused]:
        """Yield the comments that have waived nothing, except in prose, which may explain them."""
        for waivers in self._waivers.values():
            for waiver in waivers:
                for text in waiver.rules:
                    if not waiver.is_prose and (waiver, text) not in self._used:
                        what = f"this waiver of {_described(text)}"
                        yield Unused(location=waiver.location, what=what)


def _matching(text: str) -> list[AuditRule]:
    """Return the rules that *text* names: an id, the beginning of ids, or a name."""
    return [
        rule
        for rule in RULES
        if rule.name == text or (text.startswith("EB") and rule.id.startswith(text))
    ]


def _described(text: str) -> str:
    """Return *text*, with a suggestion if it does not name a rule."""
    if _matching(text):
        return text
    names = [name for rule in RULES for name in (rule.id, rule.name)]
    hint = did_you_mean(text, names)
    return f"'{text}' (unknown rule{f'; {hint}' if hint else ''})"
