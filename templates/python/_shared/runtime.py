"""What the exceptions of all services have in common."""

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar, cast

from .decoding import Answer, Envelope, Headers, decode
from .messages import Template, fill, match

if TYPE_CHECKING:
    from datetime import datetime

_VARIABLE = 0x04 | 0x08
"""The flags of a function with any arguments: inspect.CO_VARARGS, CO_VARKEYWORDS."""

_RETRYABLE = frozenset((408, 425, 429, 503))
"""RFC 9110 sections 15.5.9 and 15.6.4, RFC 8470 section 5.2, RFC 6585 section 4."""


class Occurrence(NamedTuple):
    """One row of the documents about an error."""

    http_status: tuple[int, ...] = ()
    module: str | None = None
    message: str | None = None
    """The documented message, as printed."""

    template: Template = ()
    """Its pieces, where it has placeholders: literal, param, literal, …, literal."""

    description: str | None = None
    handling: str | None = None
    retryable: bool | None = None
    """Whether the same request may succeed later, where the documents say so."""

    docs_url: str | None = None

    @property
    def pieces(self) -> Template:
        """The pieces of the message; none where the documents give no message."""
        return self.template or (() if self.message is None else (self.message,))


class ApiError(Exception):
    """An error that an API answered with, or that one is to answer with."""

    occurrences: ClassVar[tuple[Occurrence, ...]] = ()
    """All that the documents say about the code; empty where they do not know it."""

    _envelope: ClassVar[Envelope] = Envelope()
    _family_status: ClassVar[int | None] = None

    http_status: int | None
    """The HTTP status of the response, or the documented one; assignable."""

    message: str | None
    """What the response says, or the documented message, filled."""

    request_id: str | None
    retry_after: "int | datetime | None"
    """What the header Retry-After says: seconds, or a point in time."""

    response: Any
    """The response that was raised for, as the client gave it; pickle leaves it out."""

    if not TYPE_CHECKING:

        def __new__(cls, *args: Any, **params: Any) -> Any:
            """Return a new error, or raise TypeError that shows what it takes."""
            code = getattr(cls.__init__, "__code__", None)
            if code is not None and not code.co_flags & _VARIABLE:
                names = code.co_varnames[1 : code.co_argcount]
                by_name = code.co_varnames[
                    1 : code.co_argcount + code.co_kwonlyargcount
                ]
                required = names[: len(names) - len(cls.__init__.__defaults__ or ())]
                given = {*names[: len(args)], *params}
                missing = [name for name in required if name not in given]
                twice = params.keys() & names[: len(args)]
                if (
                    missing
                    or twice
                    or len(args) > len(names)
                    or not params.keys() <= {*by_name}
                ):
                    what = (
                        f"{missing[0]!r} is missing" if missing else "that is too much"
                    )
                    raise TypeError(f"{cls.__name__}({', '.join(names)}): {what}")
            if (deprecated := getattr(cls, "__deprecated__", None)) is not None:
                warnings.warn(deprecated, DeprecationWarning, stacklevel=2)
            return super().__new__(cls, *args)

    def __init__(self, message: str | None = None) -> None:
        super().__init__(*(() if message is None else (message,)))
        self.message = message
        statuses = (status for o in self.occurrences for status in o.http_status)
        self.http_status = next(
            (status for status in statuses if status >= 400), self._family_status
        )
        self.request_id = None
        self.retry_after = None
        self.response = None
        self._code: str | None = None
        self._params: dict[str, str] | None = None

    def _init(self, **params: object) -> None:
        """Initialize with the documented message, filled with *params*."""
        template = next((o.pieces for o in self.occurrences if o.pieces), ())
        ApiError.__init__(self, fill(template, params) if template else None)
        self._params = {name: str(value) for name, value in params.items()}

    @property
    def code(self) -> str | None:
        """The error code; None where the response has none."""
        return self._code

    @property
    def documented(self) -> bool:
        """The documents have this code as an error."""
        return bool(self.occurrences)

    @property
    def params(self) -> Mapping[str, str]:
        """The variable parts of the message, by their names."""
        if self._params is None:
            found = [
                match(o.pieces, self.message or "")
                for o in self._relevant()
                if o.pieces
            ]
            self._params = next(filter(None, found), dict[str, str]())
        return self._params

    @property
    def module(self) -> str | None:
        """The part of the service that the code belongs to."""
        return self._agreed("module")

    @property
    def description(self) -> str | None:
        """What happened, as the documents explain it."""
        return self._agreed("description")

    @property
    def handling(self) -> str | None:
        """What to do about it, as the documents advise."""
        return self._agreed("handling")

    @property
    def docs_url(self) -> str | None:
        """The page that documents it."""
        return self._agreed("docs_url")

    @property
    def retryable(self) -> bool | None:
        """Whether the same request may succeed later; None where that is not known.

        The documents say so, else the status does.
        """
        said = {occurrence.retryable for occurrence in self._relevant()}
        if said == {True} or said == {False}:
            return said.pop()
        return True if self.http_status in _RETRYABLE else None

    def to_response(self) -> tuple[int, object]:
        """Return the HTTP status and the body that a server answers with.

        Where no message is documented, the body has the description for one.
        """
        message = self.message if self.message is not None else self.description
        body = self._envelope.enclose(str(self.code or ""), message or "")
        return self.http_status or 500, body

    def _relevant(self) -> tuple[Occurrence, ...]:
        """Return the occurrences that fit the status and the message best."""
        found = self.occurrences
        if len(found) > 1:
            found = (
                tuple(o for o in found if self.http_status in o.http_status) or found
            )
        if len(found) > 1 and self.message is not None:
            message = self.message
            fitting = (
                o for o in found if o.pieces and match(o.pieces, message) is not None
            )
            found = tuple(fitting) or found
        return found

    def _agreed(self, attribute: str) -> str | None:
        values = {getattr(occurrence, attribute) for occurrence in self._relevant()}
        return cast("str | None", values.pop()) if len(values) == 1 else None

    def __str__(self) -> str:
        status = f" ({self.http_status})" if self.http_status is not None else ""
        text = f"{self.code or 'no error code'}{status}"
        if self.message:
            text += f": {self.message}"
        return f"{text} [request id {self.request_id}]" if self.request_id else text

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}(code={self.code and str(self.code)!r}, "
            f"http_status={self.http_status!r}, message={self.message!r})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__ | {"response": None})


_E = TypeVar("_E", bound=ApiError)


def _new(kind: type[_E], args: tuple[Any, ...]) -> _E:
    """Return an error that nobody has constructed: it warns of nothing."""
    return super(ApiError, kind).__new__(kind, *args)


def _restored(kind: type[_E], args: tuple[Any, ...], attributes: dict[str, Any]) -> _E:
    """Return the error that was pickled or copied, without calling its constructor."""
    error = _new(kind, args)
    vars(error).update(attributes)
    return error


def answered(kind: type[_E], http_status: int, code: str | None, answer: Answer) -> _E:
    """Return the error of class *kind* that a server answered with."""
    error = _new(kind, () if answer.message is None else (answer.message,))
    ApiError.__init__(error, answer.message)
    error.http_status = http_status
    error.request_id = answer.request_id
    error.retry_after = answer.retry_after
    error._code = code  # pyright: ignore[reportPrivateUsage]
    return error


def read_response(response: Any) -> tuple[int, Headers | None, object]:
    """Return status, headers and body of the response of a client library.

    Known are requests, httpx and urllib, and what looks like one of them.
    """
    status = getattr(response, "status_code", None)
    if status is None:
        status = getattr(response, "status", None)
    if not isinstance(status, int):
        raise TypeError(f"{type(response).__name__!r} is no response: it has no status")
    try:
        body = response.content if hasattr(response, "content") else response.read()
    except RuntimeError:  # httpx, of a response that streams
        body = ...
    except AttributeError:  # neither: something of one's own, with a text
        body = getattr(response, "text", ...)
    if not isinstance(body, bytes | bytearray | str | None):
        raise TypeError(
            f"the body of {type(response).__name__!r} has to be read first: "
            "raise error_from_response(status, headers, body)"
        )
    return status, getattr(response, "headers", None), body


class Service(Generic[_E]):
    """How the responses of one service become its exceptions."""

    def __init__(
        self,
        *,
        base: type[_E],
        families: Mapping[int, type[_E]],
        errors: Mapping[str, type[_E]],
        codes: Mapping[str, str],
        envelope: Envelope,
    ) -> None:
        """Take exceptions by status and by code, and the members of the enum."""
        self.base = base
        self.families = families
        self.errors = errors
        self.codes = codes
        self.envelope = envelope

    def decode(self, headers: Headers | None, body: object) -> Answer:
        """Return what a response says, the documented envelope first."""
        return decode(headers, body, self.envelope, self.codes)

    def error(self, http_status: int, answer: Answer) -> _E:
        """Return the error for *answer*: of its code, its status, or the service."""
        code = answer.code or ""
        kind = self.errors.get(code) or self.families.get(http_status, self.base)
        return answered(kind, http_status, self.codes.get(code, answer.code), answer)

    def raise_for_error(self, response: Any) -> None:
        """Raise the error of *response*, if it is one."""
        http_status, headers, body = read_response(response)
        answer = self.decode(headers, body)
        if http_status >= 400 or answer.code in self.errors:
            error = self.error(http_status, answer)
            error.response = response
            raise error
