"""Reads the code, message and request id of an error response, and never raises."""

from collections.abc import Container
from typing import TYPE_CHECKING, NamedTuple

from .bodies import beginning, parse
from .envelopes import Envelope
from .failures import Failure, find_failures, parts, text_at
from .headers import Headers, header_fields, request_id, retry_after

if TYPE_CHECKING:
    from datetime import datetime


class ErrorDetails(NamedTuple):
    """The parts of a response that describe an error."""

    code: str | None
    message: str | None
    failures: tuple[Failure, ...]
    """All failures in the list that the code comes from; without a list, just this one."""

    request_id: str | None
    retry_after: "int | datetime | None"
    """Seconds, or a point in time (RFC 9110 section 10.2.3)."""

    body: object
    """The body as it came."""

    beginning: str
    """The first characters of a body without code and message; otherwise empty."""


_REQUEST_ID_KEYS = ("request_id", "requestId", "RequestId")


def decode(
    headers: Headers | None,
    body: object,
    envelope: Envelope,
    codes: Container[str],
    request_id_header: str = "",
) -> ErrorDetails:
    """Extract the error from a response, in the documented *envelope* or a common one.

    *body* is bytes, a str or parsed JSON. Documented *codes* are preferred to others.
    """
    fields = header_fields(headers)
    content_type = fields.get("content-type", "")
    value = parse(body, content_type)
    (code, message), failures = find_failures(value, envelope, codes)
    return ErrorDetails(
        code=code,
        message=message,
        failures=failures,
        request_id=request_id(fields, request_id_header) or _request_id_in(value),
        retry_after=retry_after(fields.get("retry-after", "")),
        body=body,
        beginning="" if failures else beginning(body, content_type),
    )


def _request_id_in(value: object) -> str | None:
    """Return the request id in a body with this *value*."""
    for items in ([value], *parts(value)):
        for item in items:
            for key in _REQUEST_ID_KEYS:
                if found := text_at((key,), item):
                    return found
    return None
