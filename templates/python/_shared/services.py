"""Turns the responses of a service into its exceptions."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from .decoding import Answer, Headers, decode
from .envelopes import Envelope
from .runtime import ApiError, from_answer, is_error_status

_E = TypeVar("_E", bound=ApiError)


class Service(Generic[_E]):
    """The exceptions of one service, and the envelope of its error responses."""

    def __init__(
        self,
        *,
        base: type[_E],
        families: Mapping[int, type[_E]],
        errors: Mapping[str, type[_E]],
        codes: Mapping[str, str],
        envelope: Envelope,
    ) -> None:
        """*families* has classes by HTTP status, *errors* by code.

        *codes* has the member of the enum for each code, those of successes too. *base* is
        the class if neither the code nor the status has one.
        """
        self.base = base
        self.families = families
        self.errors = errors
        self.codes = codes
        self.envelope = envelope

    def error_from_response(
        self, http_status: int, headers: Headers | None, body: object
    ) -> _E:
        """Return the error of a response."""
        return self.error(http_status, self.decode(headers, body))

    def raise_for_error(self, response: Any) -> None:
        """Raise the error of *response* if it reports one: see raise_if_error."""
        http_status, headers, body = read_response(response)
        raise_if_error(self.error_from_response(http_status, headers, body), response)

    def decode(self, headers: Headers | None, body: object) -> Answer:
        """Return what a response says, preferably in the documented envelope."""
        return decode(headers, body, self.envelope, self.codes)

    def error(self, http_status: int, answer: Answer) -> _E:
        """Return the error of the class for the code, the status, or the service."""
        code = answer.code or ""
        cls = self.errors.get(code) or self.families.get(http_status, self.base)
        return from_answer(cls, http_status, self.codes.get(code, answer.code), answer)


def error_from_any(
    services: Iterable[Service[ApiError]],
    fallback: Service[ApiError],
    http_status: int,
    headers: Headers | None,
    body: object,
) -> ApiError:
    """Return the error of a response of one of *services*, whichever has the code.

    If none has it, or several do, the class is the one that *fallback* has for the status.
    """
    matches: list[tuple[Service[ApiError], Answer]] = []
    for service in services:
        answer = service.decode(headers, body)
        if answer.code in service.errors:
            matches.append((service, answer))
    if not matches:
        return fallback.error_from_response(http_status, headers, body)
    service, answer = matches[0]
    if len(matches) > 1:
        service = fallback
    return service.error(http_status, answer)


def raise_if_error(error: ApiError, response: Any) -> None:
    """Raise *error*, read from *response*, if its status or its code reports an error.

    A status below 400 does not, unless the body has the code of a documented error.
    """
    if error.documented or is_error_status(error.http_status or 0):
        error.response = response
        raise error


def read_response(response: Any) -> tuple[int, Headers | None, object]:
    """Return the status, headers and body of a response of requests, httpx or urllib.

    Responses of other clients work if they have the same attributes. A body that was not
    read yet is read. Raises TypeError if *response* has no status, or a body that only its
    client can read.
    """
    http_status = getattr(response, "status_code", None)
    if http_status is None:
        http_status = getattr(response, "status", None)
    if not isinstance(http_status, int):
        name = type(response).__name__
        raise TypeError(f"{name!r} is not a response: it has no HTTP status")
    return http_status, getattr(response, "headers", None), _read_body(response)


def _read_body(response: Any) -> bytes | bytearray | str | None:
    try:
        if hasattr(response, "content"):
            body = response.content
        elif hasattr(response, "read"):
            body = response.read()
        else:
            body = response.text
    except (AttributeError, RuntimeError):  # RuntimeError: httpx, if it streams
        pass
    else:
        if isinstance(body, bytes | bytearray | str | None):
            return body
    raise TypeError(
        f"the body of {type(response).__name__!r} was not read: read it first and "
        "raise error_from_response(status, headers, body)"
    )
