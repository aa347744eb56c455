"""Which rules are on, and how severe their findings are, according to `[tool.errbook.lint]`."""

from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatchcase

import msgspec

from errbook.diagnostics import Failure, Severity
from errbook.lint.rule import REGISTERED, Rule, matching_ids
from errbook.project.settings import Ignore, LintSettings, Settings

_ELSEWHERE = {
    "EB7": ("changes", "accept changes in [[tool.errbook.diff.accepted]]"),
    "EB8": (
        "code and responses",
        "waive it with a comment on the line, errbook: ignore ID, or with errbook audit "
        "--baseline FILE",
    ),
}
"""Beginnings of ids that the settings of lint cannot have: what they are about, and a remedy."""


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that are on, and where they are not."""

    severities: Mapping[str, Severity]
    """By the id of the rule; also of rules that are ignored."""

    ignores: tuple[Ignore, ...] = ()

    def ignoring(self, rule: Rule, path: str, codes: Collection[str]) -> list[Ignore]:
        """Return what ignores a finding of *rule* in the document *path* about *codes*."""
        return [ignore for ignore in self.ignores if _covers(ignore, rule, path, codes)]

    def severity(self, rule: Rule) -> Severity | None:
        """Return the severity of *rule*; None if it is off."""
        return self.severities.get(rule.id)


def _covers(ignore: Ignore, rule: Rule, path: str, codes: Collection[str]) -> bool:
    if rule.is_always_on or rule.id not in matching_ids(ignore.rules):
        return False
    if ignore.table == "lint.per-file-ignores":
        return fnmatchcase(path, ignore.where)
    return ignore.table != "lint.per-code-ignores" or ignore.where in codes


def selected_rules(settings: Settings | None) -> Selection:
    """Return the rules that *settings* select; without settings all of them.

    Raises Failure for an unknown rule, and for a rule that cannot be ignored or made less severe.
    """
    if settings is None:
        return _selected(LintSettings(), "")
    return _selected(settings.lint, settings.file)


def _selected(lint: LintSettings, file: str) -> Selection:
    always_on = {rule.id for rule in REGISTERED if rule.is_always_on}
    selected = {rule.id for rule in REGISTERED}
    if lint.select is not None:
        selected = _ids(lint.select, "errbook.lint.select", file)
    for ignore in lint.ignores:
        key = f"errbook.{ignore.table}" + (f'."{ignore.where}"' if ignore.where else ".ignore")
        if _ids([ignore.rules], key, file) <= always_on:
            why = "because the outputs would be inconsistent"
            what = f"{key} contains '{ignore.rules}', which cannot be ignored, {why}"
            raise Failure(file, what, "remove it")
    severities = {rule.id: rule.severity for rule in REGISTERED}
    for text, severity in lint.severity.items():
        ids = _ids([text], "errbook.lint.severity", file)
        if ids & always_on and severity != Severity.ERROR:
            fixed = ", ".join(sorted(ids & always_on))
            key = f"errbook.lint.severity.{text}"
            what = f"{key} is '{severity}', but {fixed} must have severity error"
            raise Failure(file, what, "remove this entry, or name other rules")
        severities |= dict.fromkeys(ids, severity)
    return Selection(
        severities={id_: severities[id_] for id_ in selected | always_on}, ignores=lint.ignores
    )


def _ids(texts: Iterable[str], key: str, file: str) -> set[str]:
    """Return the ids of the rules that *texts* select."""
    selected: set[str] = set()
    for text in texts:
        ids = matching_ids(text)
        if not ids:
            for beginning, (about, remedy) in _ELSEWHERE.items():
                if text.startswith(beginning):
                    what = f"{key} contains '{text}', which is about {about}, not documents"
                    raise Failure(file, what, remedy)
            what = f"unknown rule '{text}' in {key}"
            raise Failure(file, what, "`errbook rules` lists all rules")
        selected |= ids
    return selected
