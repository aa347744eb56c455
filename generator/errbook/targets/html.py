"""HTML target: one page over all services, to search in, that loads nothing from elsewhere."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from errbook.analysis import Analysis
from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence, Prose
from errbook.naming import Names
from errbook.project.settings import Settings
from errbook.targets.retrying import retry_advice
from errbook.targets.target import Target, index
from errbook.targets.templates import Templates
from errbook.text.marker import marker


class _IndexEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows of one service."""

    data: str
    """What its script reads, as JSON for a script element."""

    statuses: tuple[int, ...]


def _index_entry(analysis: Analysis) -> _IndexEntry:
    catalogue, names = analysis.catalogue, analysis.names
    retired: list[dict[str, Any]] = [
        {
            "code": code,
            "kind": "retired",
            "class": entry.class_name,
            "member": entry.member,
            "occurrences": [],
        }
        for code, entry in names.retired.items()
    ]
    service = {
        "id": catalogue.service,
        "title": catalogue.title,
        "enum": names.enum,
        "errors": [_error(error, catalogue, names) for error in catalogue.errors] + retired,
    }
    statuses = {status for error in catalogue.errors for status in error.http_status}
    return _IndexEntry(data=_json(service), statuses=tuple(sorted(statuses)))


def _render_index(services: Mapping[str, _IndexEntry], settings: Settings) -> dict[str, str]:
    """Return the page."""
    used = {status for service in services.values() for status in service.statuses}
    phrases = {status: PHRASES[status] for status in sorted(used & PHRASES.keys())}
    data = ",".join(service.data for service in services.values())
    templates = Templates("html", settings, {"html": html.escape, "source_hash": _source_hash})
    page = templates.render(
        "index.html",
        title="Error reference",
        style=templates.text("style.css"),
        script=templates.text("script.js"),
        catalogue=f'{{"phrases":{_json(phrases)},"services":[{data}]}}',
    )
    # Only a ">" can end a comment, in which HTML knows no escapes (HTML, section 13.1.6).
    head = marker([f"the services in {settings.file}"]).replace(">", r"\x3e")
    return {"index.html": f"<!-- {head} -->\n{page}"}


def _error(error: Error, catalogue: Catalogue, names: Names) -> dict[str, Any]:
    entry = names.entries[error.code]
    return {
        "code": error.code,
        "kind": "success" if error.is_success else "error",
        "class": None if error.is_success else entry.class_name,
        "member": entry.member,
        "occurrences": [_occurrence(o, catalogue) for o in error.occurrences],
    }


def _occurrence(occurrence: Occurrence, catalogue: Catalogue) -> dict[str, Any]:
    advice = retry_advice(occurrence)
    return {
        "statuses": occurrence.http_status,
        "module": occurrence.module,
        "message": occurrence.message and occurrence.message.text,
        "description": occurrence.description and _prose(occurrence.description),
        "handling": occurrence.handling and _prose(occurrence.handling),
        "extra": dict(occurrence.extra),
        "retryable": advice and advice.retryable,
        "evidence": advice and advice.evidence,
        "page": occurrence.location.path,
        "section": occurrence.section,
        "url": catalogue.page_url(occurrence),
    }


def _prose(prose: Prose) -> dict[str, str]:
    """Return the text to search in, and its CommonMark to show where that says more."""
    marked = {} if prose.commonmark == prose.text else {"commonmark": prose.commonmark}
    return {"text": prose.text} | marked


def _json(value: Any) -> str:
    """Return *value* as JSON that neither ends nor opens anything in HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _source_hash(text: str) -> str:
    """Return what names the inline source *text* in a Content-Security-Policy.

    Content Security Policy Level 3, section 2.3.1 (hash-source).
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


TARGET = Target(name="html", index=index(_IndexEntry, _index_entry, _render_index))
