"""A simple script to compare errbook with, such as one would write in an afternoon.

`python bench/baseline.py DIRECTORY PAGE...` reads the tables that have "code" in a heading, and
writes an enum with exceptions, an OpenAPI document and a Markdown page for each page. It runs
docutils on whole pages and black on whole files. It has no cache, diagnostics, locations or lock.
"""

import logging
import sys
from pathlib import Path
from typing import Any

import black
import jinja2
import yaml
from docutils import nodes
from docutils.core import publish_doctree

_PYTHON = """\
from enum import StrEnum


class ErrorCode(StrEnum):
{% for error in errors %}
    {{ error.member }} = {{ error.code.__repr__() }}
{% endfor %}


class ApiError(Exception):
    code: ErrorCode
    http_status: str
    message: str
    description: str
    handling: str
    module: str

{% for error in errors %}

class Error{{ loop.index }}(ApiError):
    {{ error.description.__repr__() }}
    code = ErrorCode.{{ error.member }}
    http_status = {{ error.status.__repr__() }}
    message = {{ error.message.__repr__() }}
    description = {{ error.description.__repr__() }}
    handling = {{ error.handling.__repr__() }}
    module = {{ error.module.__repr__() }}

{% endfor %}
"""
_MARKDOWN = """\
# Errors

{% for error in errors %}
## {{ error.code }}

{{ error.status }} {{ error.module }}

> {{ error.message }}

{{ error.description }}

What to do: {{ error.handling }}

{% endfor %}
"""
_FIELDS = {
    "status": ("status", "http"),
    "code": ("code",),
    "message": ("message",),
    "description": ("description", "meaning", "cause"),
    "handling": ("solution", "handling", "measure", "suggest"),
    "module": ("module",),
}


def main() -> None:
    """Compile the pages one after another."""
    target, *pages = map(Path, sys.argv[1:])
    logging.disable()
    environment = jinja2.Environment(trim_blocks=True, autoescape=False)  # noqa: S701
    python, markdown = environment.from_string(_PYTHON), environment.from_string(_MARKDOWN)
    for page in pages:
        errors = _errors(page.read_text(encoding="utf-8"))
        text = black.format_str(python.render(errors=errors), mode=black.Mode())
        (target / f"{page.stem}.py").write_text(text, encoding="utf-8")
        (target / f"{page.stem}.md").write_text(markdown.render(errors=errors), encoding="utf-8")
        document = yaml.safe_dump(_openapi(errors), sort_keys=False, allow_unicode=True)
        (target / f"{page.stem}.yaml").write_text(document, encoding="utf-8")


def _errors(text: str) -> list[dict[str, str]]:
    quiet = {"report_level": 5, "halt_level": 5, "file_insertion_enabled": False}
    tree = publish_doctree(text, settings_overrides=quiet | {"line_length_limit": 10**9})
    errors: dict[str, dict[str, str]] = {}
    for table in tree.findall(nodes.table):
        rows = [[_text(entry) for entry in row.children] for row in table.findall(nodes.row)]
        if not rows or not any("code" in heading.lower() for heading in rows[0]):
            continue
        columns = {name: _column(rows[0], words) for name, words in _FIELDS.items()}
        for row in rows[1:]:
            error = {
                name: row[at] if at is not None and at < len(row) else ""
                for name, at in columns.items()
            }
            if error["code"]:
                error["member"] = f"E{len(errors)}"
                errors.setdefault(error["code"], error)
    return list(errors.values())


def _text(node: nodes.Node) -> str:
    return " ".join(node.astext().split())


def _column(headings: list[str], words: tuple[str, ...]) -> int | None:
    lower = [heading.lower() for heading in headings]
    found = [n for n, heading in enumerate(lower) if any(w in heading for w in words)]
    if words == ("code",):
        found = [n for n in found if "status" not in lower[n]] or found
    return found[0] if found else None


def _openapi(errors: list[dict[str, str]]) -> dict[str, Any]:
    body = {
        "type": "object",
        "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    }
    examples = {
        f"E{number}": {
            "summary": error["description"],
            "value": {"code": error["code"], "message": error["message"]},
        }
        for number, error in enumerate(errors)
    }
    codes = {"type": "string", "enum": [error["code"] for error in errors]}
    return {
        "openapi": "3.1.1",
        "info": {"title": "Errors", "version": "1"},
        "paths": {},
        "components": {"schemas": {"Error": body, "Code": codes}, "examples": examples},
    }


if __name__ == "__main__":
    main()
