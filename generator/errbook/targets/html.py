"""HTML target: one page over all services, to search in, that loads nothing from elsewhere."""

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from typing import Any

from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence, Prose
from errbook.naming import Names
from errbook.project.settings import Settings
from errbook.targets.retrying import retrying
from errbook.targets.templates import Templates
from errbook.text import stamp


def render(catalogue: Catalogue, names: Names, settings: Settings) -> dict[str, str]:
    """Return nothing: one page has all services."""
    return {}


def summary(catalogue: Catalogue, names: Names) -> str:
    """Return what the script of the page reads of one service, and its statuses, as JSON."""
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
    statuses = {s for error in catalogue.errors for s in error.http_status}
    return json.dumps({"script": _json(service), "statuses": sorted(statuses)})


def render_index(summaries: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the page."""
    services = [json.loads(text) for text in summaries.values()]
    used = {status for service in services for status in service["statuses"]}
    phrases = {status: PHRASES[status] for status in sorted(used & PHRASES.keys())}
    scripts = ",".join(service["script"] for service in services)
    templates = Templates("html", settings, {"html": html.escape, "source_hash": _source_hash})
    page = templates.render(
        "index.html",
        title="Error reference",
        style=templates.text("style.css"),
        script=templates.text("script.js"),
        catalogue=f'{{"phrases":{_json(phrases)},"services":[{scripts}]}}',
    )
    sources = [f"the services {', '.join(summaries)}"]
    head = "".join(f"<!-- {line} -->\n" for line in stamp.lines(page, sources))
    return {"index.html": head + page}


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
    said = retrying(occurrence)
    return {
        "statuses": occurrence.http_status,
        "module": occurrence.module,
        "message": occurrence.message and occurrence.message.text,
        "description": occurrence.description and _prose(occurrence.description),
        "handling": occurrence.handling and _prose(occurrence.handling),
        "extra": dict(occurrence.extra),
        "retryable": said and said.retryable,
        "evidence": said and said.evidence,
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
