"""Diagnostics, which are about documents, and failures, which stop errbook."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from errbook.text.visible import one_line


class Location(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """A place in a source file. Lines and columns are counted from 1, columns in characters."""

    path: Annotated[str, Meta(description="The path, relative to the configuration.")]
    line: Annotated[int, Meta(ge=1)]
    column: Annotated[int, Meta(ge=1)]

    @classmethod
    def at(cls, path: str, text: str, index: int) -> "Location":
        """Return the location of the character at *index* in the *text* of the file *path*."""
        begin = text.rfind("\n", 0, index)
        return cls(path=path, line=text.count("\n", 0, index) + 1, column=index - begin)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """An error prevents writing; a warning does, too, with --strict; info never fails a command."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """A rule's report about one place."""

    rule: str
    """The id of the rule: ``EB103``."""

    name: str
    """The name of the rule: ``unknown-heading``."""

    severity: Severity
    """The rule's severity, or the one that the project configures."""

    location: Location
    message: str
    hint: str


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *diagnostics* sorted by location."""
    return tuple(sorted(diagnostics, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[Location, str]:
    return diagnostic.location, diagnostic.rule


class Failure(Exception):  # noqa: N818 - errbook failed, the document has the errors
    """The reason why errbook stops: *what* is wrong at *place*, and a *remedy* for the user."""

    def __init__(self, place: str, what: str, remedy: str) -> None:
        super().__init__(place, what, remedy)
        self.place, self.what, self.remedy = place, what, remedy
        self.more: tuple[Failure, ...] = ()
        """Failures of the same kind, to be reported together with this one."""

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.what}; {self.remedy}")
