"""What a project can configure, as values; `configuration` reads them."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from errbook.diagnostics import Location, Severity


class ServiceSettings(msgspec.Struct, frozen=True, kw_only=True):
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


class LintSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Which rules are on, and how much they weigh."""

    select: tuple[str, ...] | None = None
    """Ids, names or beginnings of ids of the rules that are on; None for all."""

    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = {}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
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
            return Location(path=self.file, line=1, column=1)
        line = self.text.count("\n", 0, match.end()) + 1
        return Location(path=self.file, line=line, column=len(match[0]) + 1)
