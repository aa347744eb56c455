"""Catalogue target: the model itself as JSON, the boundary that other tools build on."""

import json
from collections.abc import Mapping
from typing import Any

from errbook.diagnostics import Location
from errbook.model import Catalogue, Envelope, Message, Occurrence, Prose, Retrying
from errbook.naming import Names
from errbook.project.lock import Entry
from errbook.project.settings import Settings
from errbook.text.marker import marker


def render(catalogue: Catalogue, names: Names, settings: Settings) -> dict[str, str]:
    """Return *catalogue* as JSON, its *names* under a key of their own."""
    content = {
        "generated": marker(settings.docs_of(catalogue.service)),
        "service": catalogue.service,
        "title": catalogue.title,
        "docs_url": catalogue.docs_url,
        "documents": catalogue.documents,
        "envelope": catalogue.envelope and _envelope(catalogue.envelope),
        "errors": [
            {
                "code": error.code,
                "occurrences": [_occurrence(o) for o in error.occurrences],
            }
            for error in catalogue.errors
        ],
        "names": {
            "base": names.base,
            "enum": names.enum,
            "errors": {code: _entry(entry) for code, entry in names.entries.items()},
        },
    }
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return {f"{catalogue.service}.json": f"{text}\n"}


def summary(catalogue: Catalogue, names: Names) -> str:
    """Return nothing: no index tells of it."""
    return ""


def render_index(summaries: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return nothing: each catalogue stands for itself."""
    return {}


def _envelope(envelope: Envelope) -> dict[str, Any]:
    return {
        "media_type": envelope.media_type,
        "code": envelope.code,
        "message": envelope.message,
        "location": _location(envelope.location),
    }


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    return {
        "http_status": occurrence.http_status,
        "module": occurrence.module,
        "message": occurrence.message and _message(occurrence.message),
        "description": occurrence.description and _prose(occurrence.description),
        "handling": occurrence.handling and _prose(occurrence.handling),
        "retrying": occurrence.retrying and _retrying(occurrence.retrying),
        "extra": dict(occurrence.extra),
        "section": occurrence.section,
        "location": _location(occurrence.location),
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "text": message.text,
        "literals": message.literals,
        "params": message.params,
    }


def _prose(prose: Prose) -> dict[str, str]:
    return {"text": prose.text, "commonmark": prose.commonmark}


def _retrying(retrying: Retrying) -> dict[str, Any]:
    return {"retryable": retrying.retryable, "evidence": retrying.evidence}


def _location(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line, "column": location.column}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "class": entry.class_name,
        "member": entry.member,
        "retired": entry.retired,
        "pruned": entry.pruned,
        "former": entry.former,
    }
