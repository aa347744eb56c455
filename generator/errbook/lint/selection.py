"""Which rules are on, and how severe their findings are: what `[tool.errbook.lint]` says."""

from collections.abc import Iterable, Mapping

import msgspec

from errbook.diagnostics import Failure, Severity
from errbook.lint.rule import REGISTERED, Rule, matching
from errbook.project.settings import LintSettings

_ON_REMEDY = "without it errbook would write what contradicts itself"
_RULES_REMEDY = "errbook rules lists them"


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """The rules that are on, by id, and the severity of each."""

    severities: Mapping[str, Severity]

    @classmethod
    def of(cls, lint: LintSettings, file: str) -> "Selection":
        """Return what *lint*, which stands in *file*, selects.

        Raises Failure for a text that names no rule, and for a rule that is always on.
        """
        reader = _Reader(file)
        always_on = {rule.id for rule in REGISTERED if rule.is_always_on}
        selected = {rule.id for rule in REGISTERED}
        if lint.select is not None:
            selected = reader.ids(lint.select, "select")
        selected -= reader.ids(lint.ignore, "ignore", but=always_on)
        severities = {rule.id: rule.severity for rule in REGISTERED}
        for text, severity in lint.severity.items():
            ids = reader.ids([text], f"severity.{text}")
            if ids & always_on and severity != Severity.ERROR:
                raise reader.failure(f"severity.{text}", "has to be 'error'", _ON_REMEDY)
            severities |= dict.fromkeys(ids, severity)
        return cls(
            severities={
                rule: severity
                for rule, severity in severities.items()
                if rule in selected | always_on
            }
        )

    @classmethod
    def of_all(cls) -> "Selection":
        """Return all rules with their own severities."""
        return cls(severities={rule.id: rule.severity for rule in REGISTERED})

    def severity(self, rule: Rule) -> Severity | None:
        """Return the severity of *rule*; None where it is off."""
        return self.severities.get(rule.id)


class _Reader:
    """Reads the names of rules; every complaint names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def ids(self, texts: Iterable[str], key: str, but: Iterable[str] = ()) -> set[str]:
        """Return the ids of the rules that *texts* name; *but* may not be all that one names."""
        found: set[str] = set()
        for text in texts:
            ids = matching(text)
            if not ids:
                raise self.failure(key, f"has '{text}', which is no rule", _RULES_REMEDY)
            if but and ids.issubset(but):
                raise self.failure(key, f"has '{text}', which cannot be ignored", _ON_REMEDY)
            found |= ids
        return found

    def failure(self, key: str, what: str, remedy: str) -> Failure:
        return Failure(self._file, f"errbook.lint.{key} {what}", remedy)
