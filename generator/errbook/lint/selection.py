"""Which diagnostics are told: what is switched off, silenced, or said already, is not."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from errbook.analyzer import Page
from errbook.diagnostics import Diagnostic, Failure, Severity, in_order
from errbook.project.settings import LintSettings
from errbook.rules import RULES, matching

_ALL = frozenset(rule.id for rule in RULES)
_ALWAYS_ON = frozenset(rule.id for rule in RULES if rule.severity == Severity.ERROR)
_ON_REMEDY = "without it errbook would write what contradicts itself"


class Selection(Struct, frozen=True, kw_only=True):
    """Which rules are on, and how much they weigh."""

    selected: frozenset[str]
    """The ids of the rules that are on."""

    severity: Mapping[str, Severity]
    """By id, where it is not the rule's own."""


EVERYTHING = Selection(selected=_ALL, severity={})


def resolve(lint: LintSettings, file: str) -> Selection:
    """Return what *lint* of the configuration *file* selects.

    Raises Failure for what is no rule, and for a rule that has to stay on.
    """
    selected = _ALL if lint.select is None else _union(lint.select, "errbook.lint.select", file)
    ignored = _union(lint.ignore, "errbook.lint.ignore", file)
    for name in lint.ignore:
        if matching(name) <= _ALWAYS_ON:
            what = f"errbook.lint.ignore has '{name}', which cannot be ignored"
            raise Failure(file, what, _ON_REMEDY)
    return Selection(
        selected=selected - ignored | _ALWAYS_ON, severity=_severities(lint.severity, file)
    )


def _severities(severity: Mapping[str, Severity], file: str) -> dict[str, Severity]:
    found: dict[str, Severity] = {}
    for name, its in severity.items():
        rules = _union([name], "errbook.lint.severity", file)
        if rules & _ALWAYS_ON and its != Severity.ERROR:
            raise Failure(file, f"errbook.lint.severity.{name} has to be 'error'", _ON_REMEDY)
        found |= dict.fromkeys(rules, its)
    return found


def _union(names: Iterable[str], key: str, file: str) -> frozenset[str]:
    """Return the ids of the rules that *names* name: ids, beginnings of ids, or names."""
    found: set[str] = set()
    for name in names:
        rules = matching(name)
        if not rules:
            what = f"{key} has '{name}', which is no rule"
            raise Failure(file, what, "errbook rules lists them")
        found |= rules
    return frozenset(found)


def told(
    said: Iterable[Diagnostic], pages: Iterable[Page], selection: Selection
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
        found._replace(severity=selection.severity.get(found.rule.id, found.severity))
        for found in said
        if found.rule.id in selection.selected
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
