"""HTML target: one page over all services, to search in, that loads nothing from elsewhere."""

import base64
import hashlib
import html
import json
from collections.abc import Iterable
from typing import Any

from errbook import stamp
from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence, Prose
from errbook.naming import Names
from errbook.settings import Settings
from errbook.targets.retrying import retrying
from errbook.targets.templates import Templates


def render(catalogue: Catalogue, names: Names, settings: Settings) -> dict[str, str]:
    """Return nothing: one page has all services."""
    return {}


def render_index(
    compiled: Iterable[tuple[Catalogue, Names]], settings: Settings
) -> dict[str, str]:
    """Return the page."""
    services = list(compiled)
    templates = Templates(
        "html",
        settings,
        {"html": html.escape, "json": _json, "source_hash": _source_hash},
    )
    page = templates.render(
        "index.html",
        title="Error reference",
        style=templates.render("style.css"),
        script=templates.render("script.js"),
        catalogue=_content(services),
    )
    sources = (
        f"the services {', '.join(catalogue.service for catalogue, _ in services)}"
    )
    head = "".join(f"<!-- {line} -->\n" for line in stamp.lines(page, [sources]))
    return {"index.html": head + page}


def _content(services: list[tuple[Catalogue, Names]]) -> dict[str, Any]:
    """Return what the script of the page reads."""
    errors: list[dict[str, Any]] = []
    for number, (catalogue, names) in enumerate(services):
        errors.extend(_error(number, e, catalogue, names) for e in catalogue.errors)
        errors.extend(
            {
                "service": number,
                "code": code,
                "kind": "retired",
                "class": entry.class_name,
                "member": entry.member,
                "occurrences": [],
            }
            for code, entry in names.retired.items()
        )
    used = {
        s for catalogue, _ in services for e in catalogue.errors for s in e.http_status
    }
    return {
        "services": [
            {"id": catalogue.service, "title": catalogue.title, "enum": names.enum}
            for catalogue, names in services
        ],
        "phrases": {
            status: PHRASES[status] for status in sorted(used & PHRASES.keys())
        },
        "errors": errors,
    }


def _error(
    service: int, error: Error, catalogue: Catalogue, names: Names
) -> dict[str, Any]:
    entry = names.entries[error.code]
    return {
        "service": service,
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
