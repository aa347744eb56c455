"""Turns the responses of a service into exceptions."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from .decoding import ErrorDetails, decode
from .envelopes import Envelope
from .headers import Headers
from .responses import read_response
from .runtime import ApiError, from_details, is_error_status

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
        request_id_header: str = "",
    ) -> None:
        """*families* maps HTTP statuses to classes, *errors* maps codes to classes.

        *codes* maps all codes, including successes, to members of the enum. *base* is
        for errors whose code and status have no class. *request_id_header*, in lower
        case, is looked at before the common ones.
        """
        self.base = base
        self.families = families
        self.errors = errors
        self.codes = codes
        self.envelope = envelope
        self.request_id_header = request_id_header

    def error_from_response(
        self, http_status: int, headers: Headers | None, body: object
    ) -> _E:
        """Return the error in a response."""
        return self.error(http_status, self.decode(http_status, headers, body))

    def raise_for_error(self, response: Any) -> None:
        """Raise the error that *response* reports, if any: see raise_if_error."""
        http_status, headers, body, unreadable = read_response(response)
        error = self.error_from_response(http_status, headers, body)
        raise_if_error(error, response, unreadable)

    def decode(
        self, http_status: int, headers: Headers | None, body: object
    ) -> ErrorDetails:
        """Extract the error from a response, preferably in the documented envelope."""
        return decode(
            headers,
            body,
            self.envelope,
            self.codes,
            self.request_id_header,
            is_success=not is_error_status(http_status),
        )

    def error(self, http_status: int, details: ErrorDetails) -> _E:
        """Create an error of the class for its code, its status or the service."""
        code = details.code or ""
        cls = self.errors.get(code) or self.families.get(http_status, self.base)
        member = self.codes.get(code, details.code)
        return from_details(cls, http_status, member, details)


def error_from_any(
    services: Iterable[Service[ApiError]],
    fallback: Service[ApiError],
    http_status: int,
    headers: Headers | None,
    body: object,
) -> ApiError:
    """Return the error in a response, from the service that documents its code.

    If none of *services* does, or more than one, *fallback* has the class for the HTTP status.
    """
    matches: list[tuple[Service[ApiError], ErrorDetails]] = []
    for service in services:
        details = service.decode(http_status, headers, body)
        if details.code in service.errors:
            matches.append((service, details))
    if not matches:
        return fallback.error_from_response(http_status, headers, body)
    service, details = matches[0]
    if len(matches) > 1:
        service = fallback
    return service.error(http_status, details)


def raise_if_error(
    error: ApiError, response: Any, unreadable: Exception | None
) -> None:
    """Raise *error* if *response*, from which it was read, reports an error.

    It does if its HTTP status is 400 or above, or its code is documented as an error.
    *unreadable* is why the body could not be read: the cause of *error*.
    """
    if error.documented or is_error_status(error.http_status or 0):
        error.response = response
        if unreadable is not None:
            error.__cause__ = unreadable
        raise error
