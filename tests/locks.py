"""Locks as texts, and what they say."""

from collections.abc import Mapping

from errbook.project import lock
from errbook.project.lock import LockConflict, LockEntry


def text(tables: Mapping[str, Mapping[str, LockEntry]]) -> str:
    """Return the text of the lock with these *tables*, by service."""
    return lock.render({service: lock.render_section(table) for service, table in tables.items()})


def tables(written: str) -> dict[str, dict[str, LockEntry]]:
    """Return the tables of the lock *written*, by service."""
    return {
        service: lock.parse(section, lock.NAME)[0]
        for service, section in lock.split(written, lock.NAME).items()
    }


def contradictions(written: str) -> list[LockConflict]:
    """Return where the lock *written* contradicts itself."""
    return [
        found
        for section in lock.split(written, lock.NAME).values()
        for found in lock.parse(section, lock.NAME)[1]
    ]
