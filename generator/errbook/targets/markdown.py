"""Markdown target: one reference page a service, and an index that compares them."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence, Retrying
from errbook.naming import Names
from errbook.project.settings import Settings
from errbook.targets import PythonOptions
from errbook.targets.retrying import retrying
from errbook.targets.templates import Templates
from errbook.text import stamp
from errbook.text.commonmark import code_lines, code_span, escape, link_target, table

_INDEX = "index.md"
_PARAGRAPH_END = "\n\n"


def render(catalogue: Catalogue, names: Names, settings: Settings) -> dict[str, str]:
    """Return the reference page of *catalogue*."""
    headings = _Headings(f"Errors of {catalogue.title}", "Errors", "Successes", "Retired")
    sections = [_section(error, catalogue, names, headings) for error in catalogue.errors]
    templates = _templates(settings)

    def texts(*, successes: bool) -> list[str]:
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

    package = settings.options_of("python", PythonOptions).package
    page = templates.render(
        "service.md",
        service=catalogue.service,
        package=package if "python" in settings.targets else None,
        title=catalogue.title,
        documents=catalogue.documents,
        errors=texts(successes=False),
        summary=[
            [
                _linked(section),
                ", ".join(str(status) for status in error.error_status),
                code_span(section.class_name),
            ]
            for section, error in zip(sections, catalogue.errors, strict=True)
            if section.class_name
        ],
        successes=texts(successes=True),
        retired=[(code, entry.class_name) for code, entry in names.retired.items()],
    )
    return {f"{catalogue.service}.md": _stamped(page, catalogue.documents)}


def summary(catalogue: Catalogue, names: Names) -> str:
    """Return the title of *catalogue* and how many errors it has with which HTTP status."""
    statuses = Counter(s for error in catalogue.errors for s in error.error_status)
    errors = sum(not error.is_success for error in catalogue.errors)
    return json.dumps({"title": catalogue.title, "errors": errors, "statuses": statuses})


def render_index(summaries: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the index: how many errors each service has with which HTTP status."""
    told = {service: json.loads(text) for service, text in summaries.items()}
    statuses = sorted(set().union(*(its["statuses"] for its in told.values())))
    rows = [
        [
            f"[{escape(its['title'], begins_line=False)}]({service}.md)",
            str(its["errors"]),
            *(str(its["statuses"].get(status, "")) for status in statuses),
        ]
        for service, its in told.items()
    ]
    page = _templates(settings).render(
        _INDEX,
        headings=["Service", "Errors", *statuses],
        rows=rows,
    )
    return {_INDEX: _stamped(page, [f"the services {', '.join(summaries)}"])}


class _Headings:
    """The headings of one page. Equal anchors would lead to the first, so they get an ordinal."""

    def __init__(self, *fixed: str) -> None:
        self._anchors = {_anchor(heading) for heading in fixed}

    def ordinal(self, code: str) -> str:
        """Return what follows *code* in its heading, where another heading has its anchor."""
        ordinal, number = "", 1
        while _anchor(code + ordinal) in self._anchors:
            number += 1
            ordinal = f" ({number})"
        self._anchors.add(_anchor(code + ordinal))
        return ordinal


def _anchor(heading: str) -> str:
    """Return what the anchors of *heading* have in common: hyphens are dropped by some."""
    return re.sub("-+", "-", _github_anchor(heading)).strip("-")


def _github_anchor(heading: str) -> str:
    """Return the anchor that GitHub gives *heading*: ``VPN.0001`` has ``vpn0001``."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _common_anchor(heading: str) -> str | None:
    """Return the anchor that every renderer gives *heading*, if they agree."""
    anchor = _github_anchor(heading)
    agreed = heading.isascii() and re.fullmatch("[a-z0-9_]+(-[a-z0-9_]+)*", anchor)
    return anchor if agreed else None


def _linked(section: "_Section") -> str:
    """Return the heading of *section* for a cell of a table, as a link to it."""
    heading = section.heading
    if "|" in heading:  # which would end the cell, in code too
        heading = escape(section.code + section.ordinal, begins_line=False, links=False)
    return f"[{heading}](#{section.anchor})" if section.anchor else heading


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """What the template needs to know of one error."""

    code: str
    ordinal: str
    """What tells its heading from another with the same anchor."""

    heading: str
    """As CommonMark."""

    anchor: str | None
    """None where renderers differ about it."""

    is_success: bool
    class_name: str | None
    member: str
    statuses: list[str]
    occurrences: list["_Said"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """One occurrence, its texts as CommonMark."""

    statuses: list[str]
    module: str | None
    message: str | None
    description: str | None
    handling: str | None
    retrying: Retrying | None
    extra: tuple[tuple[str, str], ...]
    page: str
    section: str | None
    url: str | None


def _section(error: Error, catalogue: Catalogue, names: Names, headings: _Headings) -> _Section:
    entry = names.entries[error.code]
    ordinal = headings.ordinal(error.code)
    return _Section(
        code=error.code,
        ordinal=ordinal,
        heading=code_span(error.code) + ordinal,
        anchor=_common_anchor(error.code + ordinal),
        is_success=error.is_success,
        class_name=None if error.is_success else entry.class_name,
        member=entry.member,
        statuses=[_status(status) for status in error.http_status],
        occurrences=[_said(occurrence, catalogue) for occurrence in error.occurrences],
    )


def _said(occurrence: Occurrence, catalogue: Catalogue) -> _Said:
    return _Said(
        statuses=[_status(status) for status in occurrence.http_status],
        module=occurrence.module,
        message=occurrence.message.text if occurrence.message else None,
        description=(occurrence.description.commonmark if occurrence.description else None),
        handling=occurrence.handling.commonmark if occurrence.handling else None,
        retrying=retrying(occurrence),
        extra=occurrence.extra,
        page=occurrence.location.path,
        section=occurrence.section,
        url=catalogue.page_url(occurrence),
    )


def _status(status: int) -> str:
    phrase = PHRASES.get(status)
    return f"{status} {phrase}" if phrase else str(status)


def labelled(text: str, label: str) -> str:
    """Return *text*, which is CommonMark, after a *label*: on its line if it is one paragraph."""
    is_paragraph = "\n" not in text and not re.match(r"- |\d+[.)] ", text)
    return f"**{label}:**{' ' if is_paragraph else _PARAGRAPH_END}{text}"


def _templates(settings: Settings) -> Templates:
    return Templates(
        "markdown",
        settings,
        {
            "md": lambda text: escape(" ".join(text.split()), begins_line=False),
            "code": code_span,
            "code_lines": code_lines,
            "labelled": labelled,
            "url": link_target,
            "table": table,
        },
    )


def _stamped(page: str, sources: Iterable[str]) -> str:
    """Return *page* with a link definition below its title, which no renderer shows."""
    title, _, rest = page.partition("\n")
    head = "; ".join(stamp.lines(rest, sources)).replace("\\", "\\\\")
    quoted = head.replace('"', '\\"')
    return f'{title}\n\n[//]: # "{quoted}"\n{rest}'
