"""What errbook says about a document, and what it says when it cannot do its work."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple


class Location(NamedTuple):
    """A place in a source file. *line* and *column* count characters from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Severity(StrEnum):
    """How much a diagnostic weighs: errors stop writing, warnings are told, info never counts."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Rule(NamedTuple):
    """One thing that errbook looks for. Its *id* is for ever."""

    id: str
    name: str
    severity: Severity
    message: str
    hint: str
    why: str
    """What goes wrong if nobody minds, in Markdown."""

    example: str
    """reStructuredText that it is said of, or other lines that show it; indented."""

    once: tuple[str, ...] | None = None
    """The values of which the rule says something but once a page."""

    def at(self, location: Location, **values: object) -> "Diagnostic":
        """Return this rule's diagnostic at *location*, its texts filled with *values*."""
        shown = {name: _short(one_line(str(value))) for name, value in values.items()}
        key = None if self.once is None else tuple(shown[name] for name in self.once)
        return Diagnostic(
            rule=self,
            key=key,
            severity=self.severity,
            location=location,
            message=self.message.format_map(shown),
            hint=self.hint.format_map(shown),
        )


class Diagnostic(NamedTuple):
    """What a rule says at one place."""

    rule: Rule
    severity: Severity
    """That of the rule, or what the project has made of it."""

    location: Location
    message: str
    hint: str
    key: tuple[str, ...] | None
    """Of those of a rule with the same key, one page is told the first. None is like no other."""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *diagnostics* in the order of their places."""
    return tuple(sorted(diagnostics, key=lambda found: (found.location, found.rule.id)))


class Failure(Exception):  # noqa: N818 - errbook failed, the document has the errors
    """errbook cannot do its work: what is wrong at *place*, and what the user can do about it."""

    def __init__(self, place: str, what: str, remedy: str) -> None:
        super().__init__(place, what, remedy)
        self.place, self.what, self.remedy = place, what, remedy

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.what}; {self.remedy}")


_LONGEST_VALUE = 100


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def one_line(text: str) -> str:
    r"""Return *text* with every character that could leave its line or hide written as an escape.

    ``a<newline>b`` becomes ``a\nb``.
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
