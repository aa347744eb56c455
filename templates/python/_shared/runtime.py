"""The base class of the exceptions of all services."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeVar

from .decoding import ErrorDetails
from .envelopes import Envelope
from .failures import Failure
from .messages import Template, fill, match
from .problems import BLANK, PHRASES, type_of

if TYPE_CHECKING:
    from datetime import datetime

_T = TypeVar("_T")

_RETRYABLE = frozenset((408, 425, 429, 503))
"""RFC 9110 sections 15.5.9 and 15.6.4, RFC 8470 section 5.2, RFC 6585 section 4."""


def is_error_status(http_status: int) -> bool:
    """Return whether *http_status* is an error: 400 and above (RFC 9110 section 15)."""
    return http_status >= 400


class Occurrence(NamedTuple):
    """One place in the documentation that describes an error."""

    http_status: tuple[int, ...] = ()
    module: str | None = None
    name: str | None = None
    """The symbolic name of the code, such as ``ENOENT`` for 2."""

    message: str | None = None
    """The message as documented, including placeholders."""

    template: Template = ()
    """A message with placeholders, in pieces (literal, param, literal, …)."""

    description: str | None = None
    handling: str | None = None
    retryable: bool | None = None
    """Whether the same request may succeed later; None if that is undocumented."""

    docs_url: str | None = None

    @property
    def pieces(self) -> Template:
        """The message in pieces, even without placeholders; empty if there is none."""
        if self.template or self.message is None:
            return self.template
        return (self.message,)


class ApiError(Exception):
    """An error response of an API: one that a client received or a server will send."""

    occurrences: ClassVar[tuple[Occurrence, ...]] = ()
    """Where the code is documented, and how; empty if it is not documented."""

    _envelope: ClassVar[Envelope] = Envelope()
    _family_status: ClassVar[int | None] = None
    _problem_type: ClassVar[str] = BLANK

    http_status: int | None
    """The HTTP status of the response, or the documented one; can be assigned."""

    message: str | None
    """The message of the response, or the documented one with its params filled in.

    None if there is neither.
    """

    request_id: str | None
    """The request id from the headers or the body of the response, if any."""

    retry_after: "int | datetime | None"
    """The value of the header Retry-After, in seconds or as a point in time."""

    body: Any
    """The body of the response as it came (bytes, a str or parsed JSON), or None."""

    failures: tuple[Failure, ...]
    """All failures that the response reports, which are the items of the code's list.

    Each is a pair of code and message. There is one if the body has no such list, and none
    if the body reports no error or there is no response.
    """

    response: Any
    """The HTTP client's response object, if there is one; not pickled or copied."""

    def __init__(self, message: str | None = None) -> None:
        args = () if message is None else (message,)
        super().__init__(*args)
        self.message = message
        self.http_status = self._documented_status()
        self.request_id = None
        self.retry_after = None
        self.body = None
        self.failures = ()
        self.response = None
        self._beginning = ""
        self._code: str | None = None
        self._params: dict[str, str] | None = None

    def _init(self, **params: object) -> None:
        """Initialize with the documented message, filled with *params*."""
        documented = (occurrence.pieces for occurrence in self.occurrences)
        template = next(filter(None, documented), None)
        message = None if template is None else fill(template, params)
        # Not self.__init__: classes of single codes override it, and it calls _init.
        ApiError.__init__(self, message)
        self._params = {name: str(value) for name, value in params.items()}

    @property
    def code(self) -> str | None:
        """The error code; None if the response has none."""
        return self._code

    @property
    def documented(self) -> bool:
        """Whether the code is documented as an error."""
        return bool(self.occurrences)

    @property
    def params(self) -> Mapping[str, str]:
        """The variable parts of the message, by name."""
        if self._params is None:
            self._params = self._matched_params()
        return self._params

    @property
    def module(self) -> str | None:
        """The part of the service that the error comes from; None if missing or ambiguous."""
        return self._common_value(lambda occurrence: occurrence.module)

    @property
    def description(self) -> str | None:
        """The documented explanation of the error; None if missing or ambiguous."""
        return self._common_value(lambda occurrence: occurrence.description)

    @property
    def handling(self) -> str | None:
        """The documented advice on what to do; None if missing or ambiguous."""
        return self._common_value(lambda occurrence: occurrence.handling)

    @property
    def docs_url(self) -> str | None:
        """The URL that documents the error; None if missing or ambiguous."""
        return self._common_value(lambda occurrence: occurrence.docs_url)

    @property
    def retryable(self) -> bool | None:
        """Whether the same request may succeed later; None if that is unknown.

        The documentation decides. If it does not mention retries, or contradicts itself, the
        HTTP status does.
        """
        documented = self._common_value(lambda occurrence: occurrence.retryable)
        if documented is None and self.http_status in _RETRYABLE:
            return True
        return documented

    def to_response(self) -> tuple[int, object]:
        """Return the HTTP status and the body for a server to send.

        The status is 500 if the error has none. The body has the documented envelope:
        dicts and lists, or a str for XML; None if error responses have no body. An error
        without a message has none in the body, or its description if that is configured.
        """
        body = self._envelope.enclose(str(self.code or ""), self._sent_message())
        return self.http_status or 500, body

    def to_problem(self) -> tuple[int, dict[str, object]]:
        """Return the HTTP status and the problem details for a server to send (RFC 9457).

        The status is 500 if the error has none. The media type of the problem details is
        ``application/problem+json``. Members without a value are left out.
        """
        http_status = self.http_status or 500
        code = None if self.code is None else str(self.code)
        problem_type = type_of(code, self._problem_type)
        members: dict[str, object] = {
            "type": problem_type,
            "title": self._problem_title(problem_type) or PHRASES.get(http_status),
            "status": http_status,
            "detail": self._sent_message(),
            "code": code,
            "handling": self.handling,
            "retryable": self.retryable,
            "docs_url": self.docs_url,
        }
        known = {name: value for name, value in members.items() if value is not None}
        return http_status, known

    def _sent_message(self) -> str | None:
        """Return the message that a server sends."""
        if self.message is None and self._envelope.sends_description:
            return self.description
        return self.message

    def _problem_title(self, problem_type: str) -> str | None:
        """Return the first line of the description if that is the same for all occurrences.

        None for about:blank, whose title is that of the HTTP status (section 4.2.1).
        """
        descriptions = {occurrence.description for occurrence in self.occurrences}
        description = descriptions.pop() if len(descriptions) == 1 else None
        if description is None or problem_type == BLANK:
            return None
        return description.partition("\n")[0]

    def _documented_status(self) -> int | None:
        """Return the first documented error status, or the status of the base class."""
        for occurrence in self.occurrences:
            for status in occurrence.http_status:
                if is_error_status(status):
                    return status
        return self._family_status

    def _matched_params(self) -> dict[str, str]:
        """Return the params from the first documented message that matches."""
        for occurrence in self._relevant():
            params = _match(occurrence, self.message or "")
            if params:
                return params
        return {}

    def _relevant(self) -> tuple[Occurrence, ...]:
        """Return the occurrences with this status and message, or all if none match."""
        occurrences = self.occurrences
        if len(occurrences) <= 1:
            return occurrences
        same_status = tuple(o for o in occurrences if self.http_status in o.http_status)
        occurrences = same_status or occurrences
        if self.message is None:
            return occurrences
        message = self.message
        same_message = tuple(o for o in occurrences if _match(o, message) is not None)
        return same_message or occurrences

    def _common_value(self, field: Callable[[Occurrence], _T]) -> _T | None:
        """Return the value of *field* if it is the same in all relevant occurrences."""
        values = {field(occurrence) for occurrence in self._relevant()}
        return values.pop() if len(values) == 1 else None

    def __str__(self) -> str:
        text = str(self.code or "no error code")
        if self.http_status is not None:
            text += f" ({self.http_status})"
        if shown := self.message or self._beginning:
            text += f": {shown}"
        if self.request_id:
            text += f" [request id {self.request_id}]"
        return text

    def __repr__(self) -> str:
        code = None if self.code is None else str(self.code)
        return (
            f"{type(self).__name__}(code={code!r}, "
            f"http_status={self.http_status!r}, message={self.message!r})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        attributes = self.__dict__ | {"response": None}
        return _restored, (type(self), self.args, attributes)


_E = TypeVar("_E", bound=ApiError)


def from_details(
    cls: type[_E], http_status: int, code: str | None, details: ErrorDetails
) -> _E:
    """Create an error of the class *cls* from the *details* in a response."""
    args = () if details.message is None else (details.message,)
    error = _new(cls, args)
    ApiError.__init__(error, details.message)
    error.http_status = http_status
    error.request_id = details.request_id
    error.retry_after = details.retry_after
    error.body = details.body
    error.failures = details.failures
    error._beginning = details.beginning  # pyright: ignore[reportPrivateUsage]
    error._code = code  # pyright: ignore[reportPrivateUsage]
    return error


def _restored(cls: type[_E], args: tuple[Any, ...], attributes: dict[str, Any]) -> _E:
    """Restore an error that was pickled or copied."""
    error = _new(cls, args)
    vars(error).update(attributes)
    return error


def _new(cls: type[_E], args: tuple[Any, ...]) -> _E:
    """Create an error without calling the constructor of its class.

    The ``__init__`` of a subclass can take any arguments, and the ``__new__`` of a
    deprecated class warns. The ``__new__`` that follows ApiError avoids both.
    """
    return super(ApiError, cls).__new__(cls, *args)


def _match(occurrence: Occurrence, message: str) -> dict[str, str] | None:
    """Return the params in *message*, or None if *occurrence* has another message."""
    return match(occurrence.pieces, message) if occurrence.pieces else None
