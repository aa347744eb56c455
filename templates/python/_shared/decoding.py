"""Reads the code, message and request id of an error response, and never raises."""

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, NamedTuple

from .bodies import beginning, parse
from .envelopes import Envelope
from .failures import Failure, code_at
from .guesses import documented_code
from .headers import Headers, header_fields, request_id, retry_after
from .search import find_failures, parts

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
    """The first characters of a body without a message; otherwise empty."""


_REQUEST_ID_KEYS = ("request_id", "requestId", "RequestId", "RequestID")

_CODE_HEADERS = ("x-amzn-errortype", "x-ms-error-code")


def decode(
    headers: Headers | None,
    body: object,
    envelope: Envelope,
    codes: Container[str],
    request_id_header: str = "",
    *,
    is_success: bool = False,
) -> ErrorDetails:
    """Extract the error from a response, in the documented *envelope* or a common one.

    *body* is bytes, a str or parsed JSON. Documented *codes* are preferred to others. If
    the HTTP status *is_success*, common envelopes do not count.
    """
    fields = header_fields(headers)
    content_type = fields.get("content-type", "")
    value = parse(body, content_type, in_lines=True)
    failure, failures = find_failures(
        value,
        envelope,
        codes,
        is_success=is_success,
        is_problem=content_type.lower().startswith("application/problem+"),
    )
    if not is_success and (failure.code is None or failure.code not in codes):
        header_code = _code_in(fields, codes)
        if header_code is not None:
            failure = Failure(header_code, failure.message)
            failures = (failure,)
    return ErrorDetails(
        code=failure.code,
        message=failure.message,
        failures=failures,
        request_id=request_id(fields, request_id_header) or _request_id_in(value),
        retry_after=retry_after(fields.get("retry-after", "")),
        body=body,
        beginning="" if failure.message else beginning(body, content_type),
    )


def _code_in(fields: Mapping[str, str], codes: Container[str]) -> str | None:
    """Return the documented code in the header *fields*."""
    found = (documented_code(fields.get(name), codes) for name in _CODE_HEADERS)
    return next(filter(None, found), None)


def _request_id_in(value: object) -> str | None:
    """Return the request id in a body with this *value*."""
    for items in ([value], *parts(value)):
        for item in items:
            for key in _REQUEST_ID_KEYS:
                if found := code_at((key,), item):
                    return found
    return None
