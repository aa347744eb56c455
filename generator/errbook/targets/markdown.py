"""Markdown target: one reference page per service, and an index that compares them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from errbook.analysis import Analysis
from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence, Retrying
from errbook.naming import Names
from errbook.project.settings import Settings
from errbook.retrying import retry_advice
from errbook.targets.importing import imported_package
from errbook.targets.target import Target, index
from errbook.targets.templates import Templates
from errbook.text.commonmark import code_lines, code_span, escape, link_target, table
from errbook.text.marker import marker, services_in
from errbook.text.unique import FreeNames

_INDEX = "index.md"
_PARAGRAPH_END = "\n\n"


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the reference page of one service."""
    catalogue, names = analysis.catalogue, analysis.names
    headings = _Headings(f"Errors of {catalogue.title}", "Errors", "Successes", "Retired")
    sections = [_section(error, catalogue, names, headings) for error in catalogue.errors]
    templates = _templates(settings)

    def rendered(*, successes: bool) -> list[str]:
        return [
            templates.render(
                "section.md",
                section.code,
                service=catalogue.service,
                enum=names.enum,
                error=section,
            )
            for section in sections
            if section.is_success is successes
        ]

    page = templates.render(
        "service.md",
        service=catalogue.service,
        package=imported_package(settings),
        title=catalogue.title,
        documents=catalogue.documents,
        errors=rendered(successes=False),
        summary=[_summary_row(section) for section in sections if section.class_name],
        successes=rendered(successes=True),
        retired=[(code, entry.class_name) for code, entry in names.retired.items()],
    )
    return {f"{catalogue.service}.md": _marked(page, settings.inputs_of(catalogue.service))}


class IndexEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The index's row for one service."""

    title: str
    errors: int
    """The number of errors."""

    statuses: Mapping[int, int]
    """HTTP status -> number of errors with it."""


def _index_entry(analysis: Analysis) -> IndexEntry:
    errors = analysis.catalogue.errors
    return IndexEntry(
        title=analysis.catalogue.title,
        errors=sum(not error.is_success for error in errors),
        statuses=Counter(status for error in errors for status in error.error_status),
    )


def _render_index(services: Mapping[str, IndexEntry], settings: Settings) -> dict[str, str]:
    """Return the index, a table of the number of errors by service and HTTP status."""
    statuses = sorted({status for entry in services.values() for status in entry.statuses})
    page = _templates(settings).render(
        _INDEX,
        headings=["Service", "Errors", *map(str, statuses)],
        rows=[_index_row(service, entry, statuses) for service, entry in services.items()],
    )
    return {_INDEX: _marked(page, services_in(settings.file))}


def _index_row(service: str, entry: IndexEntry, statuses: list[int]) -> list[str]:
    title = escape(entry.title, begins_line=False)
    counts = (str(entry.statuses.get(status, "")) for status in statuses)
    return [f"[{title}]({service}.md)", str(entry.errors), *counts]


class _Headings:
    """The headings of one page. If two would have the same anchor, the second gets an ordinal."""

    def __init__(self, *fixed: str) -> None:
        self._anchors = {_anchor_key(heading) for heading in fixed}
        self._free = FreeNames(self._anchors, form=_anchor_key, numbered="{name} ({number})")

    def ordinal(self, code: str) -> str:
        """Return the ordinal to put after *code* in its heading; empty if its anchor is free."""
        heading = self._free.find(code)
        self._anchors.add(_anchor_key(heading))
        return heading.removeprefix(code)


def _anchor_key(heading: str) -> str:
    """Return the common form of all anchors of *heading*: some renderers drop hyphens."""
    return re.sub("-+", "-", _github_anchor(heading)).strip("-")


def _github_anchor(heading: str) -> str:
    """Return the anchor that GitHub gives *heading*: ``VPN.0001`` has ``vpn0001``."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _common_anchor(heading: str) -> str | None:
    """Return the anchor of *heading* if it is the same in every renderer."""
    anchor = _github_anchor(heading)
    agreed = heading.isascii() and re.fullmatch("[a-z0-9_]+(-[a-z0-9_]+)*", anchor)
    return anchor if agreed else None


def _summary_row(section: "ErrorSection") -> list[str]:
    statuses = ", ".join(map(str, section.error_status))
    return [_linked(section), statuses, code_span(section.class_name or "")]


def _linked(section: "ErrorSection") -> str:
    """Return the heading of *section* for a table cell, as a link to the section."""
    heading = section.heading
    if "|" in heading:  # it would end the cell, even in code
        heading = escape(section.code + section.ordinal, begins_line=False, links=False)
    return f"[{heading}](#{section.anchor})" if section.anchor else heading


class ErrorSection(msgspec.Struct, frozen=True, kw_only=True):
    """One error, as the template needs it."""

    code: str
    ordinal: str
    """The suffix of the heading if another heading has the same anchor; else empty."""

    heading: str
    """CommonMark."""

    anchor: str | None
    """None if renderers use different anchors."""

    is_success: bool
    withdrawn: bool
    class_name: str | None
    member: str
    error_status: tuple[int, ...]
    statuses: list[str]
    """All statuses, with their reason phrases."""

    occurrences: list["OccurrenceView"]


class OccurrenceView(msgspec.Struct, frozen=True, kw_only=True):
    """One occurrence, as the template needs it."""

    statuses: list[str]
    module: str | None
    name: str | None
    message: str | None
    description: str | None
    handling: str | None
    retrying: Retrying | None
    extra: tuple[tuple[str, str], ...]
    page: str
    section: str | None
    url: str | None


def _section(error: Error, catalogue: Catalogue, names: Names, headings: _Headings) -> ErrorSection:
    entry = names.entries[error.code]
    ordinal = headings.ordinal(error.code)
    return ErrorSection(
        code=error.code,
        ordinal=ordinal,
        heading=code_span(error.code) + ordinal,
        anchor=_common_anchor(error.code + ordinal),
        is_success=error.is_success,
        withdrawn=error.is_withdrawn,
        class_name=None if error.is_success else entry.class_name,
        member=entry.member,
        error_status=error.error_status,
        statuses=[_status(status) for status in error.http_status],
        occurrences=[_view(occurrence, catalogue) for occurrence in error.occurrences],
    )


def _view(occurrence: Occurrence, catalogue: Catalogue) -> OccurrenceView:
    return OccurrenceView(
        statuses=[_status(status) for status in occurrence.http_status],
        module=occurrence.module,
        name=occurrence.name,
        message=occurrence.message.text if occurrence.message else None,
        description=(occurrence.description.commonmark if occurrence.description else None),
        handling=occurrence.handling.commonmark if occurrence.handling else None,
        retrying=retry_advice(occurrence),
        extra=tuple(occurrence.extra.items()),
        page=occurrence.location.path,
        section=occurrence.section,
        url=catalogue.page_url(occurrence),
    )


def _status(status: int) -> str:
    phrase = PHRASES.get(status)
    return f"{status} {phrase}" if phrase else str(status)


def labeled(text: str, label: str) -> str:
    """Return *label* and *text*, which is CommonMark: on one line if *text* is one paragraph."""
    is_paragraph = "\n" not in text and not re.match(r"- |\d+[.)] ", text)
    return f"**{label}:**{' ' if is_paragraph else _PARAGRAPH_END}{text}"


def _templates(settings: Settings) -> Templates:
    return Templates(
        "markdown",
        settings,
        {
            "md": _line,
            "code": code_span,
            "code_lines": code_lines,
            "labeled": labeled,
            "url": link_target,
            "table": table,
        },
    )


def _line(text: str) -> str:
    return escape(" ".join(text.split()), begins_line=False)


def _marked(page: str, sources: Iterable[str]) -> str:
    """Return *page* with the marker below its title, as a link definition, which is invisible."""
    title, _, rest = page.partition("\n")
    quoted = marker(sources).replace("\\", "\\\\").replace('"', '\\"')
    return f'{title}\n\n[//]: # "{quoted}"\n{rest}'


TARGET = Target(
    name="markdown", render=render, index=index(IndexEntry, _index_entry, _render_index)
)
