"""What errbook says about a document, and what it says when it cannot do its work."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Location:
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that errbook looks for. Its *id* is for ever."""

    id: str
    name: str
    severity: Severity
    message: str
    hint: str = field(kw_only=True)

    def at(self, location: Location, **values: object) -> "Diagnostic":
        """Return this rule's diagnostic at *location*, its texts filled with *values*."""
        shown = {name: one_line(str(value)) for name, value in values.items()}
        return Diagnostic(
            rule=self,
            location=location,
            message=self.message.format_map(shown),
            hint=self.hint.format_map(shown),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """What a rule says at one place."""

    rule: Rule
    location: Location
    message: str
    hint: str

    @property
    def severity(self) -> Severity:
        """The severity of the rule."""
        return self.rule.severity

    def __str__(self) -> str:
        head = f"{self.location}: {self.severity}: {self.message} [{self.rule.id}]"
        return f"{head}\n  hint: {self.hint}"


class Failure(Exception):  # noqa: N818 - errbook failed, the document has the errors
    """errbook cannot do its work: what is wrong at *place*, and what the user can do about it."""

    def __init__(self, place: str, what: str, remedy: str) -> None:
        super().__init__(place, what, remedy)
        self.place, self.what, self.remedy = place, what, remedy

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.what}; {self.remedy}")


def one_line(text: str) -> str:
    r"""Return *text* with every character that could leave its line or hide written as an escape.

    ``a<newline>b`` becomes ``a\nb``.
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )


MALFORMED_TABLE = Rule(
    "EB101",
    "malformed-table",
    Severity.WARNING,
    "this table cannot be read: {reason}",
    hint="mend its borders; its rows are not in the catalogue",
)
UNREADABLE_TABLE = Rule(
    "EB102",
    "unreadable-table",
    Severity.WARNING,
    "no table is read here: {reason}",
    hint="write it as a grid table or a list-table; its rows are not in the catalogue",
)
UNKNOWN_HEADING = Rule(
    "EB103",
    "unknown-heading",
    Severity.WARNING,
    "the heading '{heading}' is none that errbook knows",
    hint="add it to [tool.errbook.service.{service}.columns]",
)
OVERRULED_HEADING = Rule(
    "EB104",
    "overruled-heading",
    Severity.INFO,
    "the column '{heading}' is read as {field}: {reason}",
    hint="if that is wrong, give the heading in [tool.errbook.service.{service}.columns]",
)
NOT_A_CODE = Rule(
    "EB201",
    "not-a-code",
    Severity.WARNING,
    "'{text}' in the code column is no error code",
    hint="write a code there, or move the row out of the table",
)
STATUS_WITHOUT_CODE = Rule(
    "EB301",
    "status-without-code",
    Severity.WARNING,
    "the row has the HTTP status {status} and no error code",
    hint="fill in the code, or move the row to a table of statuses",
)
NAME_TAKEN = Rule(
    "EB601",
    "name-taken",
    Severity.INFO,
    "'{code}' would be {natural}, which is the name of '{holder}'; it is {name}",
    hint="'except {natural}' does not catch it; give it a name in "
    "[tool.errbook.service.{service}.names] if it should have a better one",
)
CURATED_NAME_TAKEN = Rule(
    "EB602",
    "curated-name-taken",
    Severity.ERROR,
    "the configured name {name} of '{code}' is already {holder}",
    hint="choose another name in [tool.errbook.service.{service}.names]",
)
LOCK_CONTRADICTION = Rule(
    "EB603",
    "lock-contradiction",
    Severity.ERROR,
    "the lock gives {name} to '{code}' and to '{other}'",
    hint="keep the line that was released first and remove the other: its code is named anew",
)
TWO_LOCK_LINES = Rule(
    "EB604",
    "two-lock-lines",
    Severity.ERROR,
    "the lock calls '{code}' {other}, and here {name}",
    hint="keep the line that was released first and remove the other",
)
UNKNOWN_CURATED_CODE = Rule(
    "EB605",
    "unknown-curated-code",
    Severity.WARNING,
    "a name is configured for '{code}', which no document of {service} has",
    hint="remove it from [tool.errbook.service.{service}.names], or mend the code",
)

RULES = (
    MALFORMED_TABLE,
    UNREADABLE_TABLE,
    UNKNOWN_HEADING,
    OVERRULED_HEADING,
    NOT_A_CODE,
    STATUS_WITHOUT_CODE,
    NAME_TAKEN,
    CURATED_NAME_TAKEN,
    LOCK_CONTRADICTION,
    TWO_LOCK_LINES,
    UNKNOWN_CURATED_CODE,
)
