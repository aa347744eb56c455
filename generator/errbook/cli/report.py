"""Findings as text with source lines, and as annotations for GitHub."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from errbook.diagnostics import Diagnostic, Severity
from errbook.text.visible import INVISIBLE, visible
from errbook.text.width import width

if TYPE_CHECKING:
    from errbook.build.drift import Drift

_MAX_COLUMNS = 100
"""How many terminal columns of a source line are shown."""

_LEVELS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def findings_for_github(
    diagnostics: Iterable[Diagnostic], files: Iterable["Drift"]
) -> Iterator[str]:
    """Yield the workflow commands that annotate *diagnostics* and *files* in a pull request.

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
        yield annotation(_LEVELS[found.severity], properties, text)
    for file in files:
        text = f"{file.reason}; {file.remedy}"
        yield annotation("error", {"file": file.path, "title": file.kind}, text)


def annotation(level: str, properties: dict[str, str], text: str) -> str:
    """Return the workflow command that shows *text* at the place in *properties*."""
    listed = ",".join(
        f"{name}={_percent(value, _IN_PROPERTIES)}" for name, value in properties.items()
    )
    return f"::{level} {listed}::{_percent(text, _IN_TEXT)}"


_IN_TEXT = "%\r\n"
_IN_PROPERTIES = _IN_TEXT + ":,"


def _percent(text: str, characters: str) -> str:
    return text.translate({ord(c): f"%{ord(c):02X}" for c in characters})


def as_text(
    diagnostic: Diagnostic,
    source_line: str | None,
    style: Callable[[str], str],
    *,
    hint: bool = True,
) -> str:
    """Return *diagnostic* with its source line, a caret below its column and, if *hint*, its hint.

    *style* colors the severity. *source_line* is None if the location is not in a file.
    """
    lines = [
        f"{visible(str(diagnostic.location))}: {style(diagnostic.severity)}: "
        f"{diagnostic.message} [{diagnostic.rule}]"
    ]
    if source_line is not None and source_line.strip():
        number = str(diagnostic.location.line)
        shown, caret = excerpt(source_line, diagnostic.location.column)
        lines += [f"  {number} | {shown}", f"  {' ' * len(number)} | {' ' * caret}^"]
    if hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "\n".join(lines)


def excerpt(line: str, column: int) -> tuple[str, int]:
    """Return the part of *line* to show, and the terminal column of *column* in it."""
    before, after = _visible(line[: column - 1]), _visible(line[column - 1 :]).rstrip()
    if width(before) > _MAX_COLUMNS // 2:
        before = "…" + _cut(before[::-1], _MAX_COLUMNS // 2)[::-1]
    room = _MAX_COLUMNS - width(before)
    if width(after) > room:
        after = _cut(after, room - 1).rstrip() + "…"
    return before + after, width(before)


def _visible(text: str) -> str:
    """Return *text* with spaces for tabs, and one character in place of each invisible one."""
    return INVISIBLE.sub("\ufffd", text.expandtabs(4))


def _cut(text: str, columns: int) -> str:
    """Return the beginning of *text* that fits into this many terminal *columns*."""
    end = min(len(text), columns)
    while width(text[:end]) > columns:
        end -= 1
    return text[:end]
