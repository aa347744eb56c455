"""The lookup table of one service: what ``python -m`` of the generated package reads.

A line has two JSON values, what is searched and what is shown, with a tab between them. Reading
only the first ones is fast, and a change of one error is a change of one line.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from errbook.analysis import Analysis
from errbook.model import Catalogue, Error, Key, Message, Occurrence
from errbook.project.lock import LockEntry
from errbook.project.settings import Settings
from errbook.targets.python.parameters import parameters
from errbook.targets.python.source import options
from errbook.text.marker import marker
from errbook.text.visible import visible_json


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    """The service."""

    title: str
    enum: str
    envelope: tuple[tuple[Key, ...], tuple[Key, ...]] | None
    """The steps to code and message; None if no document shows them."""


class _Searched(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """The values of ``Entry`` in `_shared/matching.py`, except for the service."""

    code: str
    member: str
    class_name: str | None
    kind: Literal["error", "success", "retired"]
    http_status: tuple[int, ...]
    templates: tuple[tuple[str, ...], ...]
    former: tuple[str, ...]


class _Shown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One occurrence."""

    http_status: tuple[int, ...] = ()
    module: str | None = None
    name: str | None = None
    message: str | None = None
    description: str | None = None
    handling: str | None = None
    retryable: bool | None = None
    withdrawn: bool = False
    docs_url: str | None = None
    page: str


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the lookup table of one service."""
    service = analysis.catalogue.service
    text = table(analysis.catalogue, analysis.names.enum, analysis.names.entries)
    marked = f"# {marker(settings.inputs_of(service))}\n{text}"
    return {f"{options(settings).package}/_lookup/{service}.tsv": marked}


def table(catalogue: Catalogue, enum: str, names: Mapping[str, LockEntry]) -> str:
    """Return the table of *catalogue*; *enum* and *names*, by code, are those in Python."""
    rows = _rows(catalogue, names)
    lines = [
        _json(_head(catalogue, enum)),
        *(f"{_json(searched)}\t{_json(shown)}" for searched, shown in rows),
    ]
    return "".join(f"{line}\n" for line in lines)


def _head(catalogue: Catalogue, enum: str) -> _Head:
    envelope = catalogue.envelope
    return _Head(
        title=catalogue.title,
        enum=enum,
        envelope=(envelope.code, envelope.message) if envelope else None,
    )


def _rows(
    catalogue: Catalogue, names: Mapping[str, LockEntry]
) -> Iterator[tuple[_Searched, list[_Shown]]]:
    """Yield what is searched and what is shown of each code, sorted by code."""
    errors = {error.code: error for error in catalogue.errors}
    retired = {code for code, entry in names.items() if entry.retired}
    for code in sorted(errors.keys() | retired):
        entry = names[code]
        if code in errors:
            shown = [_shown(occurrence, catalogue) for occurrence in errors[code].occurrences]
            yield _documented(errors[code], entry), shown
        else:
            yield _retired(code, entry), []


def _documented(error: Error, entry: LockEntry) -> _Searched:
    messages = (occurrence.message for occurrence in error.occurrences)
    return _Searched(
        code=error.code,
        member=entry.member,
        class_name=None if error.is_success else entry.class_name,
        kind="success" if error.is_success else "error",
        http_status=error.http_status,
        templates=tuple(dict.fromkeys(_template(message) for message in messages if message)),
        former=() if error.is_success else entry.former,
    )


def _retired(code: str, entry: LockEntry) -> _Searched:
    return _Searched(
        code=code,
        member=entry.member,
        class_name=entry.class_name,
        kind="retired",
        http_status=entry.http_status,
        templates=(),
        former=entry.former,
    )


def _template(message: Message) -> tuple[str, ...]:
    """Return the literals and params of *message* alternately."""
    names = parameters(message.params)
    pieces = [message.literals[0]]
    for param, text in zip(message.params, message.literals[1:], strict=True):
        pieces += [names[param], text]
    return tuple(pieces)


def _shown(occurrence: Occurrence, catalogue: Catalogue) -> _Shown:
    return _Shown(
        http_status=occurrence.http_status,
        module=occurrence.module,
        name=occurrence.name,
        message=occurrence.message.text if occurrence.message else None,
        description=occurrence.description.text if occurrence.description else None,
        handling=occurrence.handling.text if occurrence.handling else None,
        retryable=occurrence.retrying.retryable if occurrence.retrying else None,
        withdrawn=occurrence.withdrawn,
        docs_url=catalogue.page_url(occurrence),
        page=occurrence.location.path,
    )


def _json(value: object) -> str:
    return visible_json(msgspec.json.encode(value).decode())
