"""Changes of the API as Markdown: a comment for a pull request, or a section of a changelog."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from errbook.build import git
from errbook.cli.changes import level_of
from errbook.comparison import Change, Level
from errbook.text.commonmark import code_span, escape, link_target

if TYPE_CHECKING:
    from errbook.build.states import Side
    from errbook.diagnostics import Location

MARKER = "<!-- errbook diff -->"
"""The first line, by which a bot finds its own comment."""

_MAX_LENGTH = 60_000
"""GitHub's limit is 65,536 characters."""

_TITLES = {
    Level.BREAKING: "Breaking changes",
    Level.DEPRECATION: "Deprecations",
    Level.ADDITION: "Additions",
    Level.TEXT: "Texts",
}
_REMOTE = re.compile(
    r"(?:https?://(?:[^/@]*@)?|ssh://git@|git@)([\w.-]+)(?::\d+)?[:/](.+?)(\.git)?/?"
)
"""The address of a remote repository: its host and its path, without a password."""

Links = Callable[["Location"], str | None]
"""A function that returns the address of a line, if it has one."""


def as_markdown(changes: Sequence[Change], root: Path, old: "Side", new: "Side") -> str:
    """Return *changes*, most important first, with links to the documents below *root*.

    What does not fit into a comment on GitHub is counted.
    """
    level = level_of(changes)
    version = f"{level.version} version" if level else "no new version"
    lines = [MARKER, "", "## Changes of the error codes", ""]
    lines.append(f"{_counted(changes)}: {version}." if changes else "No changes.")
    size = sum(len(line) + 1 for line in lines)
    old_links, new_links = _links(root, old.commit), _links(root, new.commit)
    shown = 0
    for number, change in enumerate(changes):
        added: list[str] = []
        if number == 0 or _title(changes[number - 1]) != _title(change):
            added += ["", f"### {_title(change)}", ""]
        added.append(_item(change, old_links, new_links))
        size += sum(len(line) + 1 for line in added)
        if size > _MAX_LENGTH - 500:  # for the last paragraph
            break
        lines += added
        shown += 1
    if shown < len(changes):
        lines += ["", f"Left out because the text is too long: {_counted(changes[shown:])}."]
    return "\n".join(lines)


def _counted(changes: Sequence[Change]) -> str:
    """Return the number of *changes* by level: ``1 breaking, 2 addition, 1 accepted``."""
    counts = Counter("accepted" if c.accepted else str(c.level) for c in changes)
    return ", ".join(f"{counts[name]} {name}" for name in (*Level, "accepted") if counts[name])


def _title(change: Change) -> str:
    return _TITLES[change.level]


def _item(change: Change, old_links: Links, new_links: Links) -> str:
    """Return the list item for *change*."""
    return "- " + " ".join(
        [
            *_subject(change),
            *_values(change),
            *_places(change, old_links, new_links),
            f"({change.id}, `{change.fingerprint}`)",
            *([f"accepted: {escape(change.accepted)}"] if change.accepted else []),
        ]
    )


def _subject(change: Change) -> Iterator[str]:
    """Yield what the change is about, and what happened to it."""
    yield code_span(change.service)
    if change.code is not None:
        yield code_span(change.code)
        if change.class_name is not None:
            yield code_span(change.class_name)
    yield change.rule.label


def _values(change: Change) -> Iterator[str]:
    """Yield the old and the new value; texts of the documents are escaped, names are code."""
    before, after = change.values
    if change.class_name in (before, after) and not (before and after):
        return
    if before is not None or after is not None:
        show = _as_text if change.level == Level.TEXT else code_span
        old, new = (show(value) if value is not None else "nothing" for value in (before, after))
        yield f"{old} → {new}"


def _as_text(text: str) -> str:
    return f"“{escape(text, begins_line=False, links=False)}”"


def _places(change: Change, old_links: Links, new_links: Links) -> Iterator[str]:
    """Yield where the documents have the code: now, or, if it is gone, where they had it."""
    place, links = change.difference.new_location, new_links
    if place is None:
        place, links = change.difference.old_location, old_links
    if place is not None:
        text = code_span(f"{place.path}:{place.line}")
        address = links(place)
        yield f"[{text}]({address})" if address else text


def _links(root: Path, commit: str | None) -> Links:
    """Return a function for the addresses of lines in *commit* of the repository at *root*.

    Only the addresses of GitHub and GitLab are known.
    """
    remote = git.line(root, "remote", "get-url", "origin") if commit else None
    found = _REMOTE.fullmatch(remote) if remote else None
    prefix = git.line(root, "rev-parse", "--show-prefix") or ""
    if found is None or not re.search(r"(^|\.)(github|gitlab)\.", found[1]):
        return lambda _: None
    blob = "/-/blob/" if "gitlab." in found[1] else "/blob/"
    base = f"https://{found[1]}/{found[2]}{blob}{commit}/"

    def address(place: "Location") -> str | None:
        if place.path.startswith("../"):
            return None
        return link_target(f"{base}{quote(prefix + place.path)}?plain=1#L{place.line}")

    return address
