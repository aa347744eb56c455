"""The codes of the audited services: which are documented, and where a text has them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import msgspec

from errbook.audit.mentions import Names
from errbook.audit.shapes import Shape, any_of, own_shapes
from errbook.catalogue_file import CatalogueFile
from errbook.diagnostics import Location
from errbook.model import Error

_JOINS_BEFORE = re.compile(r"[A-Za-z0-9_./\\@#&%+~$-]")
_JOINS_AFTER = re.compile(r"[./+@-][A-Za-z0-9_]")
_QUOTED = re.compile(r"""["'`](?=([\w.:\- ]{1,80})["'`])""")
_CONTINUED = (
    r"""[0-9]*(?:[$#]?\{|\$[A-Za-z_]|%[0-9(sd]|["'`]\s*(?:[+%"']|\.\s*\$)|["']\.format\()"""
)
"""What follows the beginning of a code in an f-string, a template or a concatenation."""

_ENDS_OF_URLS = " \t\n\"'`<>()"
_MAX_URL = 300


class ServiceCodes(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The codes of one service."""

    catalogue: CatalogueFile
    places: Mapping[str, Location]
    """Documented code -> where the documents, or else the catalogue file, have it."""

    @property
    def service(self) -> str:
        """The id of the service."""
        return self.catalogue.service

    @cached_property
    def documented(self) -> Mapping[str, Error]:
        """The documented codes, with what is documented."""
        return {error.code: error for error in self.catalogue.errors}

    @cached_property
    def retired(self) -> frozenset[str]:
        """The codes that the documents no longer have."""
        names = self.catalogue.names.errors.items()
        left = (code for code, of in names if of.retired or of.pruned)
        return frozenset(left) - self.documented.keys()

    @cached_property
    def known(self) -> frozenset[str]:
        """All codes that are or were documented."""
        return frozenset((*self.documented, *self.catalogue.names.errors))

    @cached_property
    def shapes(self) -> frozenset[Shape]:
        """The shapes that are typical of the service."""
        return own_shapes(self.known)

    def is_success(self, code: str) -> bool:
        """Return whether *code* is documented, and only as a success."""
        error = self.documented.get(code)
        return error is not None and error.is_success

    def names_of(self, code: str) -> tuple[str, ...]:
        """Return the names of *code* in generated Python."""
        names = self.catalogue.names.errors.get(code)
        if names is None:
            return ()
        return (names.member, *filter(None, (names.class_name,)), *names.former)


class Candidate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of a text that is or looks like a code."""

    start: int
    code: str
    is_specific: bool
    """Whether its shape alone shows that it is a code. If not, it is a whole literal."""


class Codes:
    """The codes of all audited services."""

    def __init__(self, services: Iterable[ServiceCodes]) -> None:
        self.services = tuple(services)
        known = {code for service in self.services for code in service.known}
        shapes = {code: Shape.of(code) for code in known}
        self._known = known
        specific = {shape for shape in shapes.values() if shape and shape.is_specific}
        self._specific = any_of((shape.pattern for shape in specific), "(?![0-9A-Za-z_])")
        own = {shape for service in self.services for shape in service.shapes}
        self._others = {shape for shape in own if not shape.is_specific and shape.is_telling}
        stems = {re.escape(shape.stem) for shape in own & specific}
        self._stems = any_of(stems, "")
        self._assembled = any_of(stems, _CONTINUED)
        of_interest = (
            code
            for service in self.services
            for code in (*service.retired, *filter(service.is_success, service.documented))
        )
        self._reads_quotes = bool(self._others) or any(
            shapes[code] not in specific for code in of_interest
        )

    @cached_property
    def names(self) -> Names:
        """All documented codes, and their names in generated Python."""
        return Names(
            name
            for service in self.services
            for code in service.documented
            for name in (code, *service.names_of(code))
        )

    def candidates(self, text: str) -> list[Candidate]:
        """Return the parts of *text* that are or look like codes, in order.

        Those with a specific shape are found anywhere, others only as whole literals.
        """
        found: dict[int, Candidate] = {}
        for match in self._specific.finditer(text) if self._specific else ():
            start, end = match.span()
            if _stands_alone(text, start, end):
                found[start] = Candidate(start=start, code=match[0], is_specific=True)
        for match in _QUOTED.finditer(text) if self._reads_quotes else ():
            start, code = match.end(), match[1]
            if start in found or text[start + len(code)] != text[start - 1]:
                continue
            if code in self._known or Shape.of(code) in self._others:
                found[start] = Candidate(start=start, code=code, is_specific=False)
        return [found[start] for start in sorted(found)]

    def assembled(self, text: str) -> Iterator[int]:
        """Yield where *text* puts a code together from parts: ``f"VPN.{number}"``."""
        for match in self._assembled.finditer(text) if self._assembled else ():
            if not _JOINS_BEFORE.match(text[max(match.start() - 1, 0) : match.start()]):
                yield match.start()

    def begin_in(self, text: str) -> bool:
        """Return whether *text* has the beginning of a code anywhere."""
        return self._stems is not None and self._stems.search(text) is not None

    def documenting(self, code: str) -> list[ServiceCodes]:
        """Return the services that document *code*."""
        return [service for service in self.services if code in service.documented]

    def without(self, code: str) -> list[ServiceCodes]:
        """Return the services whose codes look like *code*, if it is none of any service."""
        if code in self._known:
            return []
        shape = Shape.of(code)
        return [service for service in self.services if shape in service.shapes]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether the part of *text* is not in a longer identifier, a path or a URL."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 2]
    if _JOINS_BEFORE.match(before) or _JOINS_AFTER.match(after):
        return False
    beginning = text[max(start - _MAX_URL, 0) : start]
    return "://" not in beginning[max(map(beginning.rfind, _ENDS_OF_URLS)) + 1 :]
