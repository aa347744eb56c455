"""What commands print: a page as JSON, diagnostics as text."""

import json
from collections.abc import Iterable
from typing import Any

from errbook.analyzer import AnalyzedTable, Documented, Page
from errbook.diagnostics import Diagnostic


def pages_as_json(pages: Iterable[Page]) -> str:
    """Return what was read from *pages*."""
    return json.dumps(
        {"pages": [_page(page) for page in pages]}, ensure_ascii=False, indent=2
    )


def _page(page: Page) -> dict[str, Any]:
    envelope = page.envelope
    return {
        "path": page.path,
        "tables": [_table(table) for table in page.tables],
        "occurrences": [_occurrence(item) for item in page.documented],
        "envelope": envelope
        and {
            "media_type": envelope.media_type,
            "code": envelope.code,
            "message": envelope.message,
            "line": envelope.location.line,
        },
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in page.diagnostics],
    }


def _table(table: AnalyzedTable) -> dict[str, Any]:
    return {
        "line": table.table.location.line,
        "headers": table.headings,
        "fields": table.columns.fields,
        "rows": len(table.rows),
    }


def _occurrence(item: Documented) -> dict[str, Any]:
    found = item.occurrence
    return {
        "code": item.code,
        "http_status": found.http_status,
        "module": found.module,
        "message": found.message and found.message.text,
        "description": found.description and found.description.text,
        "handling": found.handling and found.handling.text,
        "line": found.location.line,
        "extra": dict(found.extra),
    }


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "rule": diagnostic.rule.id,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "line": diagnostic.location.line,
        "column": diagnostic.location.column,
        "hint": diagnostic.hint,
    }
