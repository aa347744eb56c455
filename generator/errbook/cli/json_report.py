"""The JSON that commands print: pages and findings, in the documented shapes."""

from collections.abc import Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from errbook.diagnostics import Diagnostic, Location, Severity
from errbook.model import Envelope, Key
from errbook.text.visible import one_line, visible_json

if TYPE_CHECKING:
    from errbook.analyzer import Documented, Page
    from errbook.audit.facts import Observed
    from errbook.build.drift import Drift
    from errbook.comparison import Change, Level


class DiagnosticReport(msgspec.Struct, frozen=True, kw_only=True):
    """A diagnostic without its path."""

    rule: str
    severity: Severity
    message: str
    line: int
    column: int
    hint: str


class LocatedDiagnosticReport(msgspec.Struct, frozen=True, kw_only=True):
    """A diagnostic with its path."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str


class TableReport(msgspec.Struct, frozen=True, kw_only=True):
    """One table: its headings, and the fields that its columns are read as."""

    line: int
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    rows: int


class OccurrenceReport(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence. Its texts have no markup."""

    code: str
    http_status: tuple[int, ...]
    module: str | None
    name: str | None
    message: str | None
    description: str | None
    handling: str | None
    retryable: bool | None
    line: int
    extra: Mapping[str, str]


class EnvelopeReport(msgspec.Struct, frozen=True, kw_only=True):
    """The places of the code and the message in a response body."""

    media_type: str
    code: tuple[Key, ...]
    message: tuple[Key, ...]
    line: int


class PageReport(msgspec.Struct, frozen=True, kw_only=True):
    """What was read from one document."""

    path: str
    tables: tuple[TableReport, ...]
    occurrences: tuple[OccurrenceReport, ...]
    envelope: EnvelopeReport | None
    diagnostics: tuple[DiagnosticReport, ...]


class FileReport(msgspec.Struct, frozen=True, kw_only=True):
    """One file that is not as it should be."""

    path: str
    kind: str
    reason: str


class ValueReport(msgspec.Struct, frozen=True, kw_only=True):
    """The old or new value of a change, and where the code is documented."""

    path: str | None
    line: int | None
    value: str | None


class ChangeReport(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the API."""

    id: str
    level: str
    service: str
    code: str | None
    message: str
    old: ValueReport
    new: ValueReport
    fingerprint: str
    accepted: str | None


class ObservedReport(msgspec.Struct, frozen=True, kw_only=True):
    """The recorded responses with one code and one HTTP status."""

    services: tuple[str, ...]
    code: str | None
    http_status: int
    count: int
    path: str
    line: int
    entry: int | None
    undocumented: tuple[str, ...]


def pages_as_json(pages: Iterable[tuple["Page", tuple[Diagnostic, ...]]]) -> str:
    """Return what was read from *pages*, and the diagnostics of each."""
    return _json({"pages": [_page(page, diagnostics) for page, diagnostics in pages]})


def findings_as_json(
    diagnostics: Iterable[Diagnostic], files: Iterable["Drift"], changes: Iterable["Change"]
) -> str:
    """Return *diagnostics*, the *files* that are not as they should be, and *changes*."""
    return _json(_findings(diagnostics, files, changes))


def audit_as_json(diagnostics: Iterable[Diagnostic], observed: Iterable["Observed"]) -> str:
    """Return *diagnostics*, and the codes *observed* in responses."""
    responses = [
        ObservedReport(
            services=found.services,
            code=found.code,
            http_status=found.http_status,
            count=found.count,
            path=one_line(found.location.path),
            line=found.location.line,
            entry=found.entry,
            undocumented=found.undocumented,
        )
        for found in observed
    ]
    return _json({**_findings(diagnostics, (), ()), "responses": responses})


def _findings(
    diagnostics: Iterable[Diagnostic], files: Iterable["Drift"], changes: Iterable["Change"]
) -> dict[str, object]:
    return {
        "diagnostics": [
            LocatedDiagnosticReport(
                rule=found.rule,
                severity=found.severity,
                path=one_line(found.location.path),
                line=found.location.line,
                column=found.location.column,
                message=found.message,
                hint=found.hint,
            )
            for found in diagnostics
        ],
        "files": [
            FileReport(path=one_line(file.path), kind=file.kind, reason=file.reason)
            for file in files
        ],
        "changes": [_change(change) for change in changes],
    }


def changes_as_json(changes: Iterable["Change"], level: "Level | None") -> str:
    """Return *changes*, and the *level* of those that count."""
    return _json(
        {
            "level": level,
            "version": level.version if level else None,
            "changes": [_change(change) for change in changes],
        }
    )


def _change(change: "Change") -> ChangeReport:
    return ChangeReport(
        id=change.id,
        level=change.level,
        service=change.service,
        code=change.code,
        message=change.message,
        old=_value(change.difference.old, change.difference.old_location),
        new=_value(change.difference.new, change.difference.new_location),
        fingerprint=change.fingerprint,
        accepted=change.accepted,
    )


def _value(value: str | None, place: Location | None) -> ValueReport:
    return ValueReport(
        path=one_line(place.path) if place else None,
        line=place.line if place else None,
        value=value,
    )


def catalogue_as_json(catalogue: msgspec.Raw, codes: Container[str]) -> str:
    """Return, in one line, *catalogue* with only the errors that have one of *codes*."""
    content: dict[str, Any] = msgspec.json.decode(catalogue)
    names: dict[str, Any] = content["names"]
    return visible_json(
        msgspec.json.encode(
            {
                **content,
                "errors": [error for error in content["errors"] if error["code"] in codes],
                "names": {
                    **names,
                    "errors": {code: of for code, of in names["errors"].items() if code in codes},
                },
            }
        ).decode()
    )


def _json(value: object) -> str:
    return visible_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def _page(page: "Page", diagnostics: Iterable[Diagnostic]) -> PageReport:
    return PageReport(
        path=one_line(page.path),  # a path may have bytes that are not text, JSON may not
        tables=tuple(
            TableReport(
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
            DiagnosticReport(
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


def _envelope(envelope: Envelope) -> EnvelopeReport:
    assert envelope.location is not None
    return EnvelopeReport(
        media_type=envelope.media_type,
        code=envelope.code,
        message=envelope.message,
        line=envelope.location.line,
    )


def _occurrence(item: "Documented") -> OccurrenceReport:
    found = item.occurrence
    return OccurrenceReport(
        code=item.code,
        http_status=found.http_status,
        module=found.module,
        name=found.name,
        message=found.message.text if found.message else None,
        description=found.description.text if found.description else None,
        handling=found.handling.text if found.handling else None,
        retryable=found.retrying.retryable if found.retrying else None,
        line=found.location.line,
        extra=found.extra,
    )
