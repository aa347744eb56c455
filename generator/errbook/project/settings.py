"""What a project can configure, as values; `configuration` reads them."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from errbook.diagnostics import Location, Severity
from errbook.rules import RULES

_EVERY_RULE = frozenset(rule.id for rule in RULES)


class ServiceSettings(NamedTuple):
    """One service, and how its documents are to be read."""

    id: str
    title: str
    docs: tuple[str, ...] = ()
    """Patterns of paths, relative to the configuration."""

    docs_url: str | None = None
    blank: str = "auto"
    exclude: frozenset[str] = frozenset()
    """Titles of sections whose tables are no error tables."""

    names: Mapping[str, str] = {}
    """Curated class names by code, without the suffix Error."""

    retryable: Mapping[str, bool] = {}
    """Whether the same request may succeed later, by code: the project's own word."""

    columns: Mapping[str, str] = {}
    """Headings of the service's own, and the fields that they head."""


class LintSettings(NamedTuple):
    """Which rules are on, and how much they weigh."""

    selected: frozenset[str] = _EVERY_RULE
    """The ids of the rules that are on."""

    severity: Mapping[str, Severity] = {}
    """By id, where it is not the rule's own."""


class Settings(NamedTuple):
    """All that can be configured. Paths are relative to *root*."""

    root: Path
    """The directory of the configuration."""

    file: str
    """The name of the file of the configuration."""

    text: str
    """What stands in it."""

    targets: tuple[str, ...]
    outputs: Mapping[str, str]
    """The directory of each target."""

    templates: Mapping[str, str]
    """The directory of the project's own templates, of the targets that have any."""

    python_package: str
    openapi_version: str
    services: tuple[ServiceSettings, ...]
    lint: LintSettings

    def docs_of(self, service: str) -> tuple[str, ...]:
        """Return the patterns of the documents of the service with this id, as configured."""
        return next(known.docs for known in self.services if known.id == service)

    def locate(self, key: str) -> Location:
        """Return where *key* is given a value in the configuration, or its first line."""
        written = f"{re.escape(json.dumps(key))}|'{re.escape(key)}'|{re.escape(key)}"
        match = re.search(rf"(?m)^[ \t]*(?=({written})[ \t]*=)", self.text)
        if match is None:
            return Location(self.file, 1, 1)
        return Location(self.file, self.text.count("\n", 0, match.end()) + 1, len(match[0]) + 1)
