"""The result of naming: the Python names of one service."""

from collections.abc import Mapping

import msgspec

from errbook.model import Catalogue
from errbook.naming.families import ALWAYS_GENERATED, FAMILIES
from errbook.project.lock import LockEntry


class TakenName(msgspec.Struct, frozen=True, kw_only=True):
    """A name that a code cannot have because it is taken."""

    code: str
    name: str
    holder: str
    """The code that has the name; empty if Python or errbook reserves it."""


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The Python names of one service."""

    prefix: str
    """``ElasticIp`` for ``elastic_ip``."""

    entries: Mapping[str, LockEntry]
    """The new lock entries by code, sorted; pruned codes are included."""

    lost: tuple[TakenName, ...] = ()
    """Names that new codes would have if the lock did not reserve them for other codes."""

    refused: tuple[TakenName, ...] = ()
    """Configured names that are not free."""

    @property
    def base(self) -> str:
        """The name of the base class of the service's errors."""
        return f"{self.prefix}Error"

    @property
    def enum(self) -> str:
        """The name of the enum of the service's codes."""
        return f"{self.prefix}ErrorCode"

    @property
    def retired(self) -> dict[str, LockEntry]:
        """The codes that are no longer documented, and whose classes remain."""
        return {code: entry for code, entry in self.entries.items() if entry.retired}


def family_statuses(catalogue: Catalogue, names: Names) -> tuple[int, ...]:
    """Return the statuses with a class in the service: `ALWAYS_GENERATED` and documented ones."""
    used = {status for error in catalogue.errors for status in error.error_status}
    used |= {status for entry in names.retired.values() for status in entry.http_status}
    return tuple(sorted((used | set(ALWAYS_GENERATED)) & FAMILIES.keys()))
