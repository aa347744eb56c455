"""What commands print: pages as JSON; diagnostics as text, as JSON, as annotations for GitHub."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from errbook.diagnostics import Diagnostic, Severity
from errbook.model import Envelope, Key
from errbook.text.width import width

if TYPE_CHECKING:
    from errbook.analyzer import Documented, Page
    from errbook.build.output import Change

_LONGEST_LINE = 100
"""Terminal columns of a source line that are shown around the place in question."""


class _Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    rule: str
    severity: Severity
    message: str
    line: int
    column: int
    hint: str


class _Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A diagnostic on one of several pages."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    line: int
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    rows: int


class _Occurrence(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    http_status: tuple[int, ...]
    module: str | None
    message: str | None
    description: str | None
    handling: str | None
    line: int
    extra: Mapping[str, str]


class _Envelope(msgspec.Struct, frozen=True, kw_only=True):
    media_type: str
    code: tuple[Key, ...]
    message: tuple[Key, ...]
    line: int


class _Page(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    tables: tuple[_Table, ...]
    occurrences: tuple[_Occurrence, ...]
    envelope: _Envelope | None
    diagnostics: tuple[_Diagnostic, ...]


class _File(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    reason: str


def pages_as_json(pages: Iterable[tuple["Page", tuple[Diagnostic, ...]]]) -> str:
    """Return what was read from *pages*, and what is wrong with each."""
    return _json({"pages": [_page(page, diagnostics) for page, diagnostics in pages]})


def findings_as_json(diagnostics: Iterable[Diagnostic], changes: Iterable["Change"]) -> str:
    """Return *diagnostics* with their paths, and the files that would change with the reasons."""
    return _json(
        {
            "diagnostics": [
                _Finding(
                    rule=found.rule,
                    severity=found.severity,
                    path=found.location.path,
                    line=found.location.line,
                    column=found.location.column,
                    message=found.message,
                    hint=found.hint,
                )
                for found in diagnostics
            ],
            "changes": [_File(path=change.path, reason=change.reason) for change in changes],
        }
    )


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _page(page: "Page", diagnostics: Iterable[Diagnostic]) -> _Page:
    return _Page(
        path=page.path,
        tables=tuple(
            _Table(
                line=table.table.location.line,
                headers=table.headings,
                fields=table.columns.fields,
                rows=len(table.rows),
            )
            for table in page.tables
        ),
        occurrences=tuple(map(_occurrence, page.documented)),
        envelope=_envelope(page.envelope) if page.envelope else None,
        diagnostics=tuple(
            _Diagnostic(
                rule=found.rule,
                severity=found.severity,
                message=found.message,
                line=found.location.line,
                column=found.location.column,
                hint=found.hint,
            )
            for found in diagnostics
        ),
    )


def _envelope(envelope: Envelope) -> _Envelope:
    return _Envelope(
        media_type=envelope.media_type,
        code=envelope.code,
        message=envelope.message,
        line=envelope.location.line,
    )


def _occurrence(item: "Documented") -> _Occurrence:
    found = item.occurrence
    return _Occurrence(
        code=item.code,
        http_status=found.http_status,
        module=found.module,
        message=found.message.text if found.message else None,
        description=found.description.text if found.description else None,
        handling=found.handling.text if found.handling else None,
        line=found.location.line,
        extra=found.extra,
    )


_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def findings_for_github(
    diagnostics: Iterable[Diagnostic], changes: Iterable["Change"]
) -> Iterator[str]:
    """Yield the workflow commands that annotate *diagnostics* and *changes* in a pull request.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    for found in diagnostics:
        place = found.location
        properties = {
            "file": place.path,
            "line": str(place.line),
            "col": str(place.column),
            "title": f"{found.rule} {found.name}",
        }
        text = f"{found.message}\nhint: {found.hint}"
        yield _annotation(_LEVELS[found.severity], properties, text)
    for change in changes:
        text = f"{change.reason}: run errbook generate"
        yield _annotation("error", {"file": change.path, "title": "drift"}, text)


def _annotation(level: str, properties: dict[str, str], text: str) -> str:
    listed = ",".join(
        f"{name}={_percent(value, _IN_PROPERTIES)}" for name, value in properties.items()
    )
    return f"::{level} {listed}::{_percent(text, _IN_TEXT)}"


_IN_TEXT = "%\r\n"
_IN_PROPERTIES = _IN_TEXT + ":,"


def _percent(text: str, characters: str) -> str:
    return text.translate({ord(c): f"%{ord(c):02X}" for c in characters})


def as_text(diagnostic: Diagnostic, source_line: str | None, style: Callable[[str], str]) -> str:
    """Return *diagnostic* with the line it is about, and a caret below the place.

    *style* colours the severity. There is no *source_line* for a place that is in no file.
    """
    lines = [
        f"{diagnostic.location}: {style(diagnostic.severity)}: "
        f"{diagnostic.message} [{diagnostic.rule}]"
    ]
    if source_line is not None and source_line.strip():
        number = str(diagnostic.location.line)
        shown, caret = excerpt(source_line, diagnostic.location.column)
        lines += [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * caret}^"]
    return "\n".join([*lines, f"  hint: {diagnostic.hint}"])


def excerpt(line: str, column: int) -> tuple[str, int]:
    """Return what to show of *line*, and at which terminal column its *column* then stands."""
    before, after = _visible(line[: column - 1]), _visible(line[column - 1 :]).rstrip()
    if width(before) > _LONGEST_LINE // 2:
        before = "…" + _cut(before[::-1], _LONGEST_LINE // 2)[::-1]
    room = _LONGEST_LINE - width(before)
    if width(after) > room:
        after = _cut(after, room - 1).rstrip() + "…"
    return before + after, width(before)


def _visible(text: str) -> str:
    """Return *text* with tabs as blanks, and without what would move a terminal's cursor."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text.expandtabs(4))


def _cut(text: str, columns: int) -> str:
    """Return the beginning of *text* that fits into so many terminal *columns*."""
    end = min(len(text), columns)
    while width(text[:end]) > columns:
        end -= 1
    return text[:end]
