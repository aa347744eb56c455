"""HTML target: one searchable page for all services, which loads nothing from elsewhere."""

import base64
import hashlib
import html
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from errbook.analysis import Analysis
from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence, Prose
from errbook.project.lock import LockEntry
from errbook.project.settings import Settings
from errbook.retrying import retry_advice
from errbook.targets.importing import imported_package
from errbook.targets.target import Target, index
from errbook.targets.templates import Templates
from errbook.text.marker import marker, services_in
from errbook.text.visible import visible


class PageEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The part of the page about one service."""

    data: str
    """The service for the page's script, as JSON for a script element."""

    statuses: tuple[int, ...]


class ProseData(msgspec.Struct, frozen=True, kw_only=True):
    """A description or a handling."""

    text: str
    """The text to search."""

    commonmark: str | msgspec.UnsetType
    """The text to show, if it differs."""


class OccurrenceData(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence, as the script reads it."""

    statuses: tuple[int, ...]
    module: str | None
    name: str | None
    message: str | None
    literals: tuple[str, ...] | msgspec.UnsetType
    """The message around its params, if it has params."""

    description: ProseData | None
    handling: ProseData | None
    extra: Mapping[str, str]
    retryable: bool | None
    evidence: str | None
    page: str
    section: str | None
    url: str | None


class ErrorData(msgspec.Struct, frozen=True, kw_only=True):
    """One code, as the script reads it."""

    code: str
    kind: Literal["error", "success", "retired"]
    class_name: str | None = msgspec.field(name="class")
    member: str
    withdrawn: bool
    occurrences: tuple[OccurrenceData, ...]


class ServiceData(msgspec.Struct, frozen=True, kw_only=True):
    """One service, as the script reads it, without its errors."""

    id: str
    title: str
    enum: str


def _page_entry(analysis: Analysis) -> PageEntry:
    catalogue, names = analysis.catalogue, analysis.names
    documented = [_error(error, catalogue, names.entries[error.code]) for error in catalogue.errors]
    retired = [_retired(code, entry) for code, entry in names.retired.items()]
    service = ServiceData(id=catalogue.service, title=catalogue.title, enum=names.enum)
    statuses = {status for error in catalogue.errors for status in error.http_status}
    return PageEntry(
        data=_service_json(service, [*documented, *retired]), statuses=tuple(sorted(statuses))
    )


def _render_page(services: Mapping[str, PageEntry], settings: Settings) -> dict[str, str]:
    """Return the page."""
    used = {status for service in services.values() for status in service.statuses}
    phrases = {str(status): PHRASES[status] for status in sorted(used & PHRASES.keys())}
    package = _script_json(imported_package(settings))
    data = ",\n".join(service.data for service in services.values())
    templates = Templates("html", settings, {"html": _escape, "source_hash": _source_hash})
    page = templates.render(
        "index.html",
        title="Error reference",
        style=templates.text("style.css"),
        script=templates.text("script.js"),
        catalogue=f'{{"phrases":{_script_json(phrases)},"package":{package},"services":[\n{data}\n]}}',
    )
    # A comment has no escapes, and only ">" can end it (HTML, section 13.1.6).
    head = marker(services_in(settings.file)).replace(">", r"\x3e")
    return {"index.html": f"<!-- {head} -->\n{page}"}


def _error(error: Error, catalogue: Catalogue, entry: LockEntry) -> ErrorData:
    return ErrorData(
        code=error.code,
        kind="success" if error.is_success else "error",
        class_name=None if error.is_success else entry.class_name,
        member=entry.member,
        withdrawn=error.is_withdrawn,
        occurrences=tuple(_occurrence(o, catalogue) for o in error.occurrences),
    )


def _retired(code: str, entry: LockEntry) -> ErrorData:
    return ErrorData(
        code=code,
        kind="retired",
        class_name=entry.class_name,
        member=entry.member,
        withdrawn=False,
        occurrences=(),
    )


def _occurrence(occurrence: Occurrence, catalogue: Catalogue) -> OccurrenceData:
    advice = retry_advice(occurrence)
    message = occurrence.message
    return OccurrenceData(
        statuses=occurrence.http_status,
        module=occurrence.module,
        name=occurrence.name,
        message=message.text if message else None,
        literals=message.literals if message and message.params else msgspec.UNSET,
        description=_prose(occurrence.description),
        handling=_prose(occurrence.handling),
        extra=occurrence.extra,
        retryable=advice.retryable if advice else None,
        evidence=advice.evidence if advice else None,
        page=occurrence.location.path,
        section=occurrence.section,
        url=catalogue.page_url(occurrence),
    )


def _prose(prose: Prose | None) -> ProseData | None:
    if prose is None:
        return None
    differs = prose.commonmark != prose.text
    return ProseData(text=prose.text, commonmark=prose.commonmark if differs else msgspec.UNSET)


def _service_json(service: ServiceData, errors: list[ErrorData]) -> str:
    """Return *service* with its *errors*, one per line."""
    # Built by hand, so that a change of one table row is a change of one line.
    opening = _script_json(service).removesuffix("}")
    lines = ",\n".join(map(_script_json, errors))
    return f'{opening},"errors":[\n{lines}\n]}}'


def _escape(text: str) -> str:
    return html.escape(visible(text))


def _script_json(value: object) -> str:
    """Return *value* with `visible` texts, as JSON that is safe in an HTML script element."""
    text = msgspec.json.encode(_visible(msgspec.to_builtins(value))).decode()
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


_Data: TypeAlias = "str | int | bool | list[_Data] | tuple[_Data, ...] | dict[str, _Data] | None"


def _visible(data: _Data) -> _Data:
    match data:
        case str():
            return visible(data)
        case dict():
            return {visible(key): _visible(item) for key, item in data.items()}
        case list() | tuple():
            return [_visible(item) for item in data]
        case _:
            return data


def _source_hash(text: str) -> str:
    """Return the hash that allows the inline source *text* in a Content-Security-Policy.

    Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


TARGET = Target(name="html", index=index(PageEntry, _page_entry, _render_page))
