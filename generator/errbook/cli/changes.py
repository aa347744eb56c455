"""Printing and judging changes of the API, for `errbook diff`."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from errbook.cli import console, report
from errbook.comparison import Change, Level

if TYPE_CHECKING:
    from errbook.build.states import Side, States
    from errbook.diagnostics import Location
    from errbook.project.settings import Settings


def comparable(old: "Side", new: "Side") -> "tuple[States, States]":
    """Return the states of the services to compare.

    One catalogue is compared with the same service, another catalogue, or a catalogue alone.
    """
    services = {*old.states, *new.states}
    if old.is_one_file != new.is_one_file:
        services = set((old if old.is_one_file else new).states)
    before, after = (
        {name: state for name, state in side.states.items() if name in services}
        for side in (old, new)
    )
    return before, after


def judged(changes: Iterable[Change], settings: "Settings | None") -> tuple[Change, ...]:
    """Return *changes*, most important first, with the reasons why *settings* accept some."""
    accepted = settings.diff.accepted if settings else ()
    reasons = {entry.fingerprint: entry.reason for entry in accepted}
    found = (
        msgspec.structs.replace(change, accepted=reasons.get(change.fingerprint))
        for change in changes
    )
    levels = list(Level)
    return tuple(sorted(found, key=lambda change: levels.index(change.level)))


def level_of(changes: Iterable[Change]) -> Level | None:
    """Return the most important level of *changes* that are not accepted."""
    levels = {change.level for change in changes if change.accepted is None}
    return next((level for level in Level if level in levels), None)


def show(changes: Sequence[Change]) -> None:
    """Print *changes*, one line each, and the part of the version that they raise."""
    for change in changes:
        place = place_of(change)
        where = f"{place}: " if place else ""
        mark = f"{change.id} {change.fingerprint}"
        accepted = f" (accepted: {change.accepted})" if change.accepted else ""
        what = f"{change.service}: {change.message}" if change.code else change.message
        console.out(f"{where}{change.level}: {what} [{mark}]{accepted}")
    level = level_of(changes)
    if level:
        console.out(level.version)
    elif not changes:
        console.err("errbook: no changes")


def place_of(change: Change) -> str:
    """Return where the documents have the code: ``a.rst:7``, or ``a.rst:7 → b.rst:9``."""
    difference = change.difference
    places = filter(None, (difference.old_location, difference.new_location))
    return " → ".join(dict.fromkeys(map(_short_place, places)))


def _short_place(place: "Location") -> str:
    return f"{place.path}:{place.line}"


def show_for_github(changes: Iterable[Change], fail_on: Level) -> None:
    """Print *changes* as annotations; those of the level *fail_on* and above are errors."""
    for change in changes:
        place = change.difference.new_location or change.difference.old_location
        properties = {"title": f"{change.id} {change.rule.name}"}
        if place:
            properties = {"file": place.path, "line": str(place.line), **properties}
        severity = "notice"
        if change.accepted is None and change.level.is_at_least(fail_on):
            severity = "error"
        text = f"{change.level}: {change.service}: {change.message} [{change.fingerprint}]"
        console.out(report.annotation(severity, properties, text))


def show_unused(changes: Iterable[Change], settings: "Settings | None") -> None:
    """Print the accepted changes in *settings* that are not among *changes*."""
    fingerprints = {change.fingerprint for change in changes}
    for entry in settings.diff.accepted if settings else ():
        if settings and entry.fingerprint not in fingerprints:
            place = settings.locate_accepted(entry)
            what = f"no change has the accepted fingerprint {entry.fingerprint}"
            console.err(f"errbook: {place}: {what}; remove this entry")
