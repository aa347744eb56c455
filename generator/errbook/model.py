"""The error catalogue: what the documents say about the errors of one service, and nothing else."""

from dataclasses import dataclass, field

from errbook.diagnostics import Location

FIELDS = ("module", "http_status", "code", "message", "description", "handling")
"""What a column of an error table can give an occurrence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The documented message of an error, and where its variable parts are.

    ``EIP %s not found`` has the literals ``("EIP ", " not found")`` and the params ``("arg1",)``:
    always one literal more than params.
    """

    text: str
    """As printed."""

    literals: tuple[str, ...]
    params: tuple[str, ...]
    """Python identifiers; one that occurs twice stands here twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A description or a handling."""

    text: str
    """Without markup; paragraphs and list items on lines of their own."""

    commonmark: str
    """The same as CommonMark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrying:
    """Whether the same request may succeed later, where the documents or the project say so."""

    retryable: bool
    evidence: str
    """Who says it: ``handling: Try again later``, ``configuration``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One row of documentation about an error."""

    http_status: tuple[int, ...]
    """The HTTP status codes it comes with, in document order; usually one."""

    module: str | None
    message: Message | None
    description: Prose | None
    handling: Prose | None
    retrying: Retrying | None
    """None where nothing is said: then the HTTP status decides."""

    extra: tuple[tuple[str, str], ...]
    """Heading and text of every other column that has a text."""

    section: str | None
    """The title of the section it is documented in."""

    location: Location = field(compare=False)
    """Where it is documented. Two occurrences are equal wherever they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Error:
    """One error code, with all that is said of it."""

    code: str
    occurrences: tuple[Occurrence, ...]
    """In document order, documents in the order of their paths; never empty."""

    @property
    def http_status(self) -> tuple[int, ...]:
        """Every HTTP status it is documented with, in document order, none twice."""
        return tuple(dict.fromkeys(s for o in self.occurrences for s in o.http_status))

    @property
    def error_status(self) -> tuple[int, ...]:
        """Its statuses of 400 and above."""
        return tuple(status for status in self.http_status if status >= 400)

    @property
    def is_success(self) -> bool:
        """It is documented with statuses, and all of them are below 400."""
        return bool(self.http_status) and not self.error_status

    @property
    def error_occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences that document an error, not a success."""
        return tuple(
            o for o in self.occurrences if not o.http_status or any(s >= 400 for s in o.http_status)
        )


Key = str | int
"""A step in a body: the key of a member, or the index of an item."""

CODE_KEY = "*"
"""The step to the member whose key is the code itself: ``{"itemNotFound": {"message": …}}``."""


ATTRIBUTE = "@"
"""What the last step begins with where an attribute of XML is meant: ``<Error code="…"/>``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Where in the body of an error response the code and the message stand."""

    media_type: str
    code: tuple[Key, ...]
    """The steps from the root of the body to the code; CODE_KEY at the end where a key is it."""

    message: tuple[Key, ...]
    location: Location = field(compare=False)
    """Where the example body begins that shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The documented errors of one service."""

    service: str
    """The id: a Python module name."""

    title: str
    docs_url: str | None
    """The address of a published document; ``{page}`` in it is the document's name."""

    documents: tuple[str, ...]
    """The documents it was read from, relative to the configuration, sorted."""

    envelope: Envelope | None
    errors: tuple[Error, ...]
    """In document order; no code twice."""

    def page_url(self, occurrence: Occurrence) -> str | None:
        """Return the address of the published page that has *occurrence*, if the pages have any."""
        if self.docs_url is None:
            return None
        page = occurrence.location.path.rpartition("/")[2].rpartition(".")[0]
        return self.docs_url.replace("{page}", page)
