"""Changes of texts, which no program should depend on."""

from collections.abc import Callable, Iterator

from errbook.comparison.breaking import (
    has_same_answer,
    has_same_parent,
    retryable_values,
    shown_retryable,
    shown_statuses,
)
from errbook.comparison.rule import Difference, Level, code_change, service_change
from errbook.comparison.state import CodeState, State
from errbook.model import Occurrence, Prose

_SEPARATOR = " / "


@code_change(
    "EB741",
    "changed-message",
    Level.TEXT,
    "with another message",
    why="The text of the message differs. If its params differ, too, EB704 is reported as well.",
    example="""
        - | 404 | VPN.0004 | resource not found    |
        + | 404 | VPN.0004 | there is no resource  |
    """,
)
def changed_message(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with other messages."""
    yield from _differences(old, new, lambda row: row.message.text if row.message else None)


@code_change(
    "EB742",
    "changed-description",
    Level.TEXT,
    "with another description",
    why="The text that explains the error differs, or its markup, such as the target of a link.",
    example="""
        - | 404 | VPN.0004 | resource not found | It does not exist.         |
        + | 404 | VPN.0004 | resource not found | It was deleted or renamed. |
    """,
)
def changed_description(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with other descriptions."""
    yield from _prose_differences(old, new, lambda row: row.description)


@code_change(
    "EB743",
    "changed-handling",
    Level.TEXT,
    "with another handling",
    why="The advice on what to do differs, or its markup, such as the target of a link.",
    example="""
        - | 404 | VPN.0004 | resource not found | Check the id.    |
        + | 404 | VPN.0004 | resource not found | Create it first. |
    """,
)
def changed_handling(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with other handling."""
    yield from _prose_differences(old, new, lambda row: row.handling)


@code_change(
    "EB744",
    "changed-module",
    Level.TEXT,
    "with another module",
    why="The documents assign the error to another part of the service.",
    example="""
        - | Gateways    | 404 | VPN.0004 |
        + | Connections | 404 | VPN.0004 |
    """,
)
def changed_module(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with other modules."""
    yield from _differences(old, new, lambda row: row.module)


@code_change(
    "EB745",
    "moved",
    Level.TEXT,
    "documented elsewhere",
    why="Another document or section has the error. A move within a section is not a change.",
    example="""
        - docs/vpn/errors.rst
        + docs/vpn/gateway_errors.rst
    """,
)
def moved(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes in other documents or sections."""
    yield from _differences(old, new, _place)


@code_change(
    "EB746",
    "fewer-statuses",
    Level.TEXT,
    "with fewer statuses",
    why="The documents no longer list one of the HTTP statuses of a code. The class has the same "
    "parent as before, and still stands for responses with that status.",
    example="""
        - | 404/409/500 | VPN.0004 | resource not found |
        + | 404/500     | VPN.0004 | resource not found |
    """,
)
def fewer_statuses(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with fewer statuses, if that does not change the parent."""
    is_same = has_same_parent(old, new) and has_same_answer(old, new)
    if is_same and not set(old.statuses) <= set(new.statuses):
        yield Difference(old=shown_statuses(old), new=shown_statuses(new))


@code_change(
    "EB747",
    "changed-details",
    Level.TEXT,
    "with other details",
    why="One of these differs: a column that is not a field of the error; the name that the "
    "publisher gives the error; whether it is known that retrying is useless; how the rows combine "
    "the same statuses and texts; or the code is no longer struck through. The class keeps its "
    "name.",
    example="""
          | Status | Code     | Message            | Level |
        - | 404    | VPN.0004 | resource not found | minor |
        + | 404    | VPN.0004 | resource not found | major |
    """,
)
def changed_details(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with other names, extra texts, advice or rows, or no longer struck through."""
    yield from _differences(old, new, _extra)
    yield from _differences(old, new, lambda row: row.name)
    if old.error and new.error and old.error.is_withdrawn and not new.error.is_withdrawn:
        yield Difference(old="struck through")
    for before, after in retryable_values(old, new):
        if before != after and not before and not after:
            yield Difference(
                old=f"retryable: {shown_retryable(before)}",
                new=f"retryable: {shown_retryable(after)}",
            )
            break
    yield from _other_combinations(old, new)


def _extra(row: Occurrence) -> str | None:
    return ", ".join(f"{label}: {text}" for label, text in sorted(row.extra.items())) or None


def _other_combinations(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Yield the rows that only one state has, if every column has the same values in both."""
    if old.error is None or new.error is None:
        return
    before, after = (
        dict.fromkeys(map(_texts, error.occurrences)) for error in (old.error, new.error)
    )
    columns = [[set(column) for column in zip(*rows, strict=True)] for rows in (before, after)]
    if before.keys() != after.keys() and columns[0] == columns[1]:
        lost, added = (
            _SEPARATOR.join(", ".join(filter(None, row)) for row in rows if row not in others)
            for rows, others in ((before, after), (after, before))
        )
        yield Difference(old=lost or None, new=added or None)


def _texts(row: Occurrence) -> tuple[str, ...]:
    """Return the texts of *row*, one per column."""
    return (
        " ".join(map(str, row.http_status)),
        row.module or "",
        row.name or "",
        row.message.text if row.message else "",
        row.description.text if row.description else "",
        row.handling.text if row.handling else "",
        _extra(row) or "",
    )


@service_change(
    "EB748",
    "changed-service",
    Level.TEXT,
    "with another title or other links",
    why="The configuration gives the service another title, or `error.docs_url` leads elsewhere.",
    example="""
          [tool.errbook.service.vpn]
        - title = "VPN"
        + title = "Virtual Private Network"
    """,
)
def changed_service(old: State | None, new: State | None) -> Iterator[Difference]:
    """Services with another title or another address of the documents."""
    if not old or not new or not old.catalogue or not new.catalogue:
        return
    before, after = old.catalogue, new.catalogue
    for values in ((before.title, after.title), (before.docs_url, after.docs_url)):
        if values[0] != values[1]:
            yield Difference(old=values[0], new=values[1])


def _place(row: Occurrence) -> str:
    return f"{row.location.path}, {row.section}" if row.section else row.location.path


def _prose_differences(
    old: CodeState, new: CodeState, prose_of: Callable[[Occurrence], Prose | None]
) -> Iterator[Difference]:
    """Yield the texts that only one state has; if there are none, those with other markup."""

    def text_of(row: Occurrence) -> str | None:
        prose = prose_of(row)
        return prose.text if prose else None

    def commonmark_of(row: Occurrence) -> str | None:
        prose = prose_of(row)
        return prose.commonmark if prose else None

    texts = list(_differences(old, new, text_of))
    yield from texts or _differences(old, new, commonmark_of)


def _differences(
    old: CodeState, new: CodeState, value_of: Callable[[Occurrence], str | None]
) -> Iterator[Difference]:
    """Yield the values that only one state has, in the order of the documents, if there are any."""
    if old.error is None or new.error is None:
        return
    before, after = (
        dict.fromkeys(value for row in error.occurrences if (value := value_of(row)) is not None)
        for error in (old.error, new.error)
    )
    if before.keys() != after.keys():
        lost = _SEPARATOR.join(value for value in before if value not in after)
        added = _SEPARATOR.join(value for value in after if value not in before)
        yield Difference(old=lost or None, new=added or None)
