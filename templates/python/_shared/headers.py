"""What the headers of an error response contain: its request id, and when to retry."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from .envelopes import is_array

if TYPE_CHECKING:
    from datetime import datetime


class HeaderMapping(Protocol):
    """The headers of a response, as most HTTP clients provide them."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Return the pairs of name and value."""
        ...


Headers = HeaderMapping | Iterable[tuple[str, str]]
"""The headers of a response, as a mapping or as pairs of name and value."""

_REQUEST_ID = (
    "x-request-id",
    "request-id",
    "x-openstack-request-id",
    "x-compute-request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-goog-request-id",
    "x-correlation-id",
    "x-trace-id",
    "cf-ray",  # last, because it comes from a proxy
)


def header_fields(headers: Headers | None) -> dict[str, str]:
    """Return *headers* by lower-case name; an empty dict if they are malformed."""
    if headers is None:
        return {}
    try:
        pairs = _pairs(headers)
        return {
            _decoded(name).lower(): _decoded(_first(value)) for name, value in pairs
        }
    except (TypeError, ValueError):
        return {}


def _pairs(headers: Any) -> Iterable[tuple[object, object]]:
    pairs: Iterable[tuple[object, object]]
    pairs = headers.items() if hasattr(headers, "items") else headers
    return pairs


def _first(value: object) -> object:
    """Return the first of several values, which some clients return as a list; None is empty."""
    if is_array(value):
        value = value[0] if value else None
    return "" if value is None else value


def _decoded(text: object) -> str:
    """Return *text* as a str; some clients return headers as bytes."""
    return text.decode("latin-1") if isinstance(text, bytes) else str(text)


def request_id(fields: Mapping[str, str], own_header: str) -> str | None:
    """Return the request id in *fields*: in *own_header*, else in a common header."""
    for name in (own_header, *_REQUEST_ID):
        if found := fields.get(name, "").strip():
            return found
    return None


def retry_after(field: str) -> "int | datetime | None":
    """Return the value of the header Retry-After, or None if missing or malformed.

    Fractions of a second, which RFC 9110 does not allow, are rounded up.
    """
    field = field.strip()
    if not field:
        return None
    whole, _, fraction = field.partition(".")
    if field.isascii() and (whole + fraction).isdigit() and len(whole) < 10:
        seconds = int(whole or "0")
        return seconds + 1 if fraction.strip("0") else seconds

    # Imported here, because few responses have a date in this header.
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(field)
        # RFC 5322 section 3.3: -0000 is UTC, which email.utils returns without a zone.
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
