"""The error catalogue: the documented errors of one service, and nothing else."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from errbook.diagnostics import Location

HttpStatus = Annotated[int, Meta(ge=100, le=599)]


def is_error_status(http_status: int) -> bool:
    """Return whether *http_status* reports an error: 400 and above (RFC 9110, section 15)."""
    return http_status >= 400


class Message(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A documented message, split into literals and params that alternate.

    ``EIP %s not found`` has the literals ``EIP `` and `` not found``, and the param ``arg1``.
    There is always one more literal than params.
    """

    text: Annotated[str, Meta(description="The message as documented.")]
    literals: Annotated[tuple[str, ...], Meta(min_length=1)]
    params: Annotated[
        tuple[str, ...],
        Meta(
            description="Named as in the document, or `arg1`, `arg2` and so on. "
            "A param that occurs twice is listed twice."
        ),
    ]

    def __post_init__(self) -> None:
        """Check what types cannot express, because a catalogue may come from elsewhere."""
        if len(self.literals) != len(self.params) + 1:
            raise ValueError("literals and params do not alternate")


class Prose(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A description or a handling, in two forms."""

    text: Annotated[
        str, Meta(description="Without markup; one line per paragraph, list item or code line.")
    ]
    commonmark: Annotated[str, Meta(description="The same text as CommonMark.")]


class Retrying(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the same request may succeed later, according to the documents or the project."""

    retryable: bool
    evidence: Annotated[
        str,
        Meta(
            description="The source: `handling: Try again later`, `retryable: Yes` or "
            "`configuration`."
        ),
    ]


class Occurrence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One place in the documents that describes an error, usually a table row."""

    http_status: Annotated[
        tuple[HttpStatus, ...],
        Meta(description="The HTTP status codes, in document order; usually one."),
    ]
    module: Annotated[
        str | None, Meta(description="The part of the service that the error comes from.")
    ]
    name: Annotated[str | None, Meta(description="The symbolic name of the code: `ENOENT` for 2.")]
    message: Message | None
    description: Annotated[Prose | None, Meta(description="What happened.")]
    handling: Annotated[Prose | None, Meta(description="What to do.")]
    retrying: Annotated[
        Retrying | None,
        Meta(
            description="Null if neither documented nor configured; then the HTTP status decides."
        ),
    ]
    extra: Annotated[
        Mapping[str, str],
        Meta(description="The text in other columns, by heading; empty cells are left out."),
    ]
    section: Annotated[str | None, Meta(description="The title of the enclosing section.")]
    location: Location

    success: Annotated[
        bool,
        Meta(description="Whether the texts of the row call the code a success, as in `0 | OK`."),
    ]

    withdrawn: Annotated[
        bool, Meta(description="Whether the code is struck through: its publisher withdrew it.")
    ]

    @property
    def error_status(self) -> tuple[int, ...]:
        """The statuses of 400 and above."""
        return tuple(filter(is_error_status, self.http_status))

    @property
    def is_success(self) -> bool:
        """Whether it documents a success or a redirect: all statuses below 400, or its texts."""
        return self.success if not self.http_status else not self.error_status

    @property
    def explanation(self) -> str:
        """The description, or else the message, or an empty string."""
        text = self.description or self.message
        return text.text if text else ""


class Error(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One error code, with everything that is documented about it."""

    code: Annotated[str, Meta(min_length=1)]
    occurrences: Annotated[
        tuple[Occurrence, ...],
        Meta(min_length=1, description="In document order; documents are sorted by path."),
    ]

    @property
    def http_status(self) -> tuple[int, ...]:
        """The distinct HTTP statuses of all occurrences, in document order."""
        return tuple(dict.fromkeys(s for o in self.occurrences for s in o.http_status))

    @property
    def error_status(self) -> tuple[int, ...]:
        """The statuses of 400 and above."""
        return tuple(filter(is_error_status, self.http_status))

    @property
    def is_success(self) -> bool:
        """Whether all occurrences document a success or a redirect."""
        return not self.error_occurrences

    @property
    def error_occurrences(self) -> tuple[Occurrence, ...]:
        """The occurrences that document an error, not a success or a redirect."""
        return tuple(o for o in self.occurrences if not o.is_success)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the code is struck through wherever it is documented."""
        return all(occurrence.withdrawn for occurrence in self.occurrences)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The distinct messages of the error."""
        return tuple(dict.fromkeys(o.message for o in self.error_occurrences if o.message))

    @property
    def params(self) -> tuple[str, ...]:
        """The params of the message; if there are several messages, the message is the only one."""
        if len(self.messages) > 1:
            return ("message",)
        return tuple(dict.fromkeys(p for message in self.messages for p in message.params))


Key = str | int
"""A step in a body: the key of a member, or the index of an item."""

CODE_KEY = "*"
"""The step to a member whose key is the code itself: ``{"itemNotFound": {"message": …}}``."""

ATTRIBUTE = "@"
"""The prefix of the last step if it leads to an XML attribute: ``<Error code="…"/>``."""

Steps = Annotated[
    tuple[Key, ...],
    Meta(
        description="The steps from the root of the body: keys, indexes, and `*` for the key that "
        "is the code itself. In XML, keys are element names; an attribute begins with `@`."
    ),
]


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The positions of the code and the message in the body of an error response."""

    media_type: Annotated[str, Meta(description="`application/json` or `application/xml`.")]
    code: Steps
    message: Steps
    location: Annotated[
        Location | None,
        Meta(description="Where the example that shows it begins; null if it is configured."),
    ]


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The documented errors of one service."""

    service: Annotated[
        str, Meta(pattern=r"^[a-z][a-z0-9_]*(?!\n)$", description="The id: a Python module name.")
    ]
    title: Annotated[str, Meta(description="The display name.")]
    docs_url: Annotated[
        str | None,
        Meta(
            description="The URL of a published document; "
            "`{page}` stands for the document's file name without its suffix."
        ),
    ]
    documents: Annotated[
        tuple[str, ...],
        Meta(
            min_length=1,
            description="The paths of the documents, relative to the configuration, sorted.",
        ),
    ]
    envelope: Annotated[
        Envelope | None, Meta(description="Null if no document shows one, and none is configured.")
    ]
    errors: Annotated[
        tuple[Error, ...], Meta(description="In document order; no code occurs twice.")
    ]

    def page_url(self, occurrence: Occurrence) -> str | None:
        """Return the URL of the published page that has *occurrence*, if one is configured."""
        if self.docs_url is None:
            return None
        page = occurrence.location.path.rpartition("/")[2].rpartition(".")[0]
        return self.docs_url.replace("{page}", page)
