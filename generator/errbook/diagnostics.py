"""What errbook reports about a document, and what it reports when it cannot do its work."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta


class Location(msgspec.Struct, frozen=True, kw_only=True, order=True, gc=False):
    """A place in a source file. *line* and *column* count characters from 1."""

    path: Annotated[str, Meta(description="Relative to the configuration.")]
    line: Annotated[int, Meta(ge=1)]
    column: Annotated[int, Meta(ge=1)]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How serious a diagnostic is: errors stop writing, warnings are shown, info never counts."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule reports at one place."""

    rule: str
    """The id of the rule: ``EB103``."""

    name: str
    """The name of the rule: ``unknown-heading``."""

    severity: Severity
    """That of the rule, or the one that the project has given it."""

    location: Location
    message: str
    hint: str


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *diagnostics* in the order of their places."""
    return tuple(sorted(diagnostics, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[Location, str]:
    return diagnostic.location, diagnostic.rule


class Failure(Exception):  # noqa: N818 - errbook failed, the document has the errors
    """errbook cannot do its work: what is wrong at *place*, and what the user can do about it."""

    def __init__(self, place: str, what: str, remedy: str) -> None:
        super().__init__(place, what, remedy)
        self.place, self.what, self.remedy = place, what, remedy

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.what}; {self.remedy}")


def one_line(text: str) -> str:
    r"""Return *text* with an escape for each character that could leave its line or hide.

    ``a<newline>b`` becomes ``a\nb``.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
