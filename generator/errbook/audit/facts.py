"""What the rules of the audit examine."""

from collections.abc import Mapping

import msgspec

from errbook.audit.codes import Codes
from errbook.diagnostics import Location


class Literal(msgspec.Struct, frozen=True, kw_only=True):
    """A place in a file that has a code, or what looks like one."""

    code: str
    location: Location
    is_specific: bool
    """Whether its shape alone shows that it is a code. If not, it is a whole literal."""

    is_error: bool
    """Whether the file uses it as the code of an error."""


class Waiver(msgspec.Struct, frozen=True, kw_only=True):
    """A comment such as ``errbook: ignore EB801``, which waives findings on its line."""

    rules: tuple[str, ...]
    """As written: ids, names or beginnings of ids."""

    location: Location
    is_prose: bool
    """Whether it is in a text for people, which may be about waivers."""


class FileFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What one file has."""

    literals: tuple[Literal, ...]
    waivers: tuple[Waiver, ...]
    assembled: Location | None
    """Where it first puts a code together from parts."""

    mentioned: frozenset[str]
    """The codes and their names in Python that stand anywhere in it; empty if not wanted."""


class Observed(msgspec.Struct, frozen=True, kw_only=True):
    """The responses with one code and one HTTP status."""

    services: tuple[str, ...]
    """The services that may have sent them."""

    code: str | None
    """None if the bodies have no code."""

    http_status: int
    count: int
    location: Location
    """The first one."""

    entry: int | None
    """The number of the first one in its HAR file."""

    is_documented: bool
    """Whether a service documents the code."""

    documented_status: tuple[int, ...]
    """The statuses that the documents have for the code."""

    documented_place: str | None
    """Where the documents have the code in a body, if the bodies have it elsewhere."""

    @property
    def undocumented(self) -> tuple[str, ...]:
        """What of it is not documented: ``code``, ``status``, ``envelope``."""
        parts = {
            "code": self.code is not None and not self.is_documented,
            "status": bool(self.documented_status)
            and self.http_status not in self.documented_status,
            "envelope": self.documented_place is not None,
        }
        return tuple(part for part, holds in parts.items() if holds)


class Unused(msgspec.Struct, frozen=True, kw_only=True):
    """A waiver or an entry of the baseline that matches no finding."""

    location: Location
    what: str


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in files and responses."""

    codes: Codes
    files: Mapping[str, FileFacts] = {}
    """Path -> what the file has."""

    observed: tuple[Observed, ...] = ()
    lists_unused: bool = False
    """Whether codes that no file mentions are listed."""

    unused: tuple[Unused, ...] = ()
    """Known when all other rules have been checked."""
