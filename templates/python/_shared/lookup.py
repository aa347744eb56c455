"""Reads the lookup tables: all codes and texts of a service, without its exceptions.

A table is a text with a line per code, as importing thousands of classes takes too long.
After the first line, which is about the service, each line has two JSON values with a
tab between them: what is searched, and what is shown.
"""

import json
from collections.abc import Mapping
from pkgutil import (
    get_data,
)  # importlib.resources takes several times as long to import
from typing import Any, NamedTuple

from .envelopes import Envelope
from .matching import Entry


class ServiceInfo(NamedTuple):
    """What is shown about a service."""

    title: str
    enum: str
    """The name of the enum of its codes."""

    envelope: Envelope


class Lookup:
    """The documented codes of some services."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        """Read *tables*, which are by service."""
        self.services: dict[str, ServiceInfo] = {}
        self.entries: list[Entry] = []
        self._shown: dict[str, dict[str, str]] = {}
        for service, table in tables.items():
            self._read(service, table)

    def _read(self, service: str, table: str) -> None:
        head, *lines = table.rstrip().split("\n")
        self.services[service] = _service(json.loads(head))
        pairs = [line.partition("\t") for line in lines]
        searched = json.loads(f"[{','.join(first for first, _, _ in pairs)}]")
        entries = [Entry(service, *values) for values in searched]
        self.entries += entries
        self._shown[service] = {
            entry.code: shown
            for entry, (_, _, shown) in zip(entries, pairs, strict=True)
        }

    def occurrences(self, entry: Entry) -> list[dict[str, Any]]:
        """Return the places that document *entry*: the known values, by name."""
        shown: list[dict[str, Any]] = json.loads(self._shown[entry.service][entry.code])
        return shown


def table_of(service: str, package: str) -> str:
    """Return the table of *service* in *package*. Raises OSError if it is missing."""
    text = (get_data(package, f"_lookup/{service}.tsv") or b"").decode()
    return text.partition("\n")[2]  # the first line says who generated the file


def _service(head: dict[str, Any]) -> ServiceInfo:
    envelope = Envelope()
    if head["envelope"] is not None:
        code, message = head["envelope"]
        envelope = Envelope(code=tuple(code), message=tuple(message))
    return ServiceInfo(head["title"], head["enum"], envelope)
