"""Locks as texts, and the entries in them."""

from collections.abc import Mapping

from errbook.project import lock
from errbook.project.lock import LockConflict, LockEntry, SectionTexts

END = "# end of errbook.lock\n"
"""The last line of every lock."""


def text(tables: Mapping[str, Mapping[str, LockEntry]]) -> str:
    """Return the text of the lock with these *tables*, by service."""
    sections = {
        service: SectionTexts(lock.render_codes(table), "") for service, table in tables.items()
    }
    return lock.render(sections)


def tables(lock_text: str) -> dict[str, dict[str, LockEntry]]:
    """Return the tables in *lock_text*, by service."""
    return {
        service: lock.parse(section, lock.NAME)[0]
        for service, section in lock.split(lock_text, lock.NAME).items()
    }


def contradictions(lock_text: str) -> list[LockConflict]:
    """Return the conflicts between lines of *lock_text*."""
    return [
        conflict
        for section in lock.split(lock_text, lock.NAME).values()
        for conflict in lock.parse(section, lock.NAME)[1]
    ]
