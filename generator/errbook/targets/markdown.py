"""Markdown target: one reference page a service, and an index that compares them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from errbook import stamp
from errbook.commonmark import code_span, escape, table
from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence
from errbook.naming import Names
from errbook.settings import Settings
from errbook.targets.templates import Templates

_INDEX = "index.md"
_PARAGRAPH_END = "\n\n"


def render(catalogue: Catalogue, names: Names, settings: Settings) -> dict[str, str]:
    """Return the reference page of *catalogue*."""
    headings = _Headings(
        f"Errors of {catalogue.title}", "Errors", "Successes", "Retired"
    )
    sections = [
        _section(error, catalogue, names, headings) for error in catalogue.errors
    ]
    rest = _templates(settings).render(
        "service.md",
        service=catalogue.service,
        package=settings.python_package,
        title=catalogue.title,
        documents=catalogue.documents,
        sections=[section for section in sections if not section.is_success],
        summary=[
            [
                f"[{escape(section.heading, begins_line=False)}](#{section.anchor})",
                ", ".join(str(status) for status in error.error_status),
                code_span(section.class_name),
            ]
            for section, error in zip(sections, catalogue.errors, strict=True)
            if section.class_name
        ],
        successes=[section for section in sections if section.is_success],
        retired=[(code, entry.class_name) for code, entry in names.retired.items()],
        enum=names.enum,
    )
    return {f"{catalogue.service}.md": _stamped(rest, catalogue.documents)}


def render_index(
    compiled: Iterable[tuple[Catalogue, Names]], settings: Settings
) -> dict[str, str]:
    """Return the index: how many errors each service has with which HTTP status."""
    catalogues = [catalogue for catalogue, _ in compiled]
    statuses = sorted(
        {s for c in catalogues for error in c.errors for s in error.error_status}
    )
    rows = [
        [
            f"[{escape(catalogue.title, begins_line=False)}]({catalogue.service}.md)",
            str(sum(not error.is_success for error in catalogue.errors)),
            *(
                str(
                    sum(status in error.error_status for error in catalogue.errors)
                    or ""
                )
                for status in statuses
            ),
        ]
        for catalogue in catalogues
    ]
    rest = _templates(settings).render(
        _INDEX,
        headings=["Service", "Errors", *map(str, statuses)],
        rows=rows,
    )
    return {
        _INDEX: _stamped(
            rest, [f"the services {', '.join(c.service for c in catalogues)}"]
        )
    }


class _Headings:
    """The headings of one page. Equal anchors would lead to the first, so they get an ordinal."""

    def __init__(self, *fixed: str) -> None:
        self._anchors = {_anchor(heading) for heading in fixed}

    def unique(self, text: str) -> str:
        """Return *text*, with an ordinal where another heading has its anchor."""
        heading, number = text, 1
        while _anchor(heading) in self._anchors:
            number += 1
            heading = f"{text} ({number})"
        self._anchors.add(_anchor(heading))
        return heading


def _anchor(heading: str) -> str:
    """Return the anchor that renderers give *heading*: ``VPN.0001`` has ``vpn0001``."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """What the template needs to know of one error."""

    heading: str
    anchor: str
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
    extra: tuple[tuple[str, str], ...]
    page: str
    section: str | None
    url: str | None


def _section(
    error: Error, catalogue: Catalogue, names: Names, headings: _Headings
) -> _Section:
    entry = names.entries[error.code]
    heading = headings.unique(error.code)
    return _Section(
        heading=heading,
        anchor=_anchor(heading),
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
        description=(
            occurrence.description.commonmark if occurrence.description else None
        ),
        handling=occurrence.handling.commonmark if occurrence.handling else None,
        extra=occurrence.extra,
        page=occurrence.location.path,
        section=occurrence.section,
        url=catalogue.page_url(occurrence),
    )


def _status(status: int) -> str:
    phrase = PHRASES.get(status)
    return f"{status} {phrase}" if phrase else str(status)


def lines(text: str) -> str:
    """Return plain *text* as CommonMark; each of its lines stays one."""
    return "\\\n".join(map(escape, text.splitlines()))


def quoted(text: str) -> str:
    """Return *text*, which is CommonMark, as a block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def labelled(text: str, label: str) -> str:
    """Return *text*, which is CommonMark, after a *label*: on its line if it is one paragraph."""
    is_paragraph = "\n" not in text and not re.match(r"- |\d+[.)] ", text)
    return f"**{label}:**{' ' if is_paragraph else _PARAGRAPH_END}{text}"


def hanging(text: str, marker: str) -> str:
    """Return *text*, which is CommonMark, as the list item with *marker*."""
    text = text.strip("\n")
    indent = " " * len(marker)
    return marker + "\n".join(
        indent + line if line else line for line in text.splitlines()
    ).removeprefix(indent)


def _templates(settings: Settings) -> Templates:
    return Templates(
        "markdown",
        settings,
        {
            "md": lambda text: escape(" ".join(text.split()), begins_line=False),
            "lines": lines,
            "quoted": quoted,
            "code": code_span,
            "labelled": labelled,
            "hanging": hanging,
            "url": lambda text: re.sub(
                r"[\s<>\\]", lambda c: f"%{ord(c[0]):02X}", text
            ),
            "table": table,
        },
    )


def _stamped(text: str, sources: Iterable[str]) -> str:
    """Return *text* under a head of link definitions, which no renderer shows."""
    rest = f"\n{text}"
    head = (
        line.replace("\\", "\\\\").replace('"', '\\"')
        for line in stamp.lines(rest, sources)
    )
    return "".join(f'[//]: # "{line}"\n' for line in head) + rest
