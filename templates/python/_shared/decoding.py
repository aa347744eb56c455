"""Reads the code, message and request id of an error response, and never raises."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from .bodies import parse
from .envelopes import CODE_KEY, Envelope, Path, is_array, is_object, value_at

if TYPE_CHECKING:
    from datetime import datetime


class Headers(Protocol):
    """The headers of a response, as any HTTP client provides them."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Return the pairs of name and value."""
        ...


class ErrorDetails(NamedTuple):
    """The parts of a response that describe an error."""

    code: str | None
    message: str | None
    request_id: str | None
    retry_after: "int | datetime | None"
    """Seconds, or a point in time (RFC 9110 section 10.2.3)."""


_OAUTH = Envelope(code=("error",), message=("error_description",))
"""RFC 6749 section 5.2. Other APIs have arbitrary text under ``error``."""

_FAULT = Envelope(code=(CODE_KEY,), message=(CODE_KEY, "message"))
"""The key is the error code: ``{"itemNotFound": {"message": …}}``."""

_CODE_AND_MESSAGE_KEYS = (
    ("code", "message"),
    ("error_code", "error_msg"),
    ("errorCode", "errorMessage"),
    ("errCode", "externalMessage"),
    ("errCode", "errMsg"),
)
_PARENTS: tuple[Path, ...] = ((), ("error",), ("response",))

_NESTED_ENVELOPES = tuple(
    Envelope(code=(*parent, code), message=(*parent, message))
    for parent in _PARENTS
    for code, message in _CODE_AND_MESSAGE_KEYS
)
_COMMON_ENVELOPES = (
    *_NESTED_ENVELOPES,
    Envelope(code=("message", "code"), message=("message", "details")),
    Envelope(code=("Code",), message=("Message",)),
    Envelope(code=("Error", "Code"), message=("Error", "Message")),
    _OAUTH,
)
"""Tried after the documented envelope, because gateways respond with their own."""

_WRAPPERS = frozenset(("error", "errors", "fault", "response", "result", "message"))
"""Keys that contain an error, and so are not its code."""

_MAX_LIST_ITEMS = 100

_REQUEST_ID_HEADERS = ("x-request-id", "x-openstack-request-id", "x-compute-request-id")
_REQUEST_ID_KEYS = ("request_id", "requestId", "RequestId")


def decode(
    headers: Headers | None, body: object, envelope: Envelope, codes: Container[str]
) -> ErrorDetails:
    """Extract the error from a response, in the documented *envelope* or a common one.

    *body* is bytes, a str or parsed JSON. Documented *codes* are preferred to others.
    """
    fields = _header_fields(headers)
    value = parse(body, fields.get("content-type", ""))
    code, message = _best(list(_candidates(value, envelope, codes)), codes)
    return ErrorDetails(
        code=code,
        message=message,
        request_id=_request_id(fields, value),
        retry_after=_retry_after(fields.get("retry-after", "")),
    )


def _header_fields(headers: Headers | None) -> dict[str, str]:
    """Return *headers* by lower-case name; an empty dict if they are not a mapping."""
    if headers is None or not hasattr(headers, "items"):
        return {}
    try:
        fields = headers.items()
        return {_decoded(name).lower(): _decoded(text) for name, text in fields}
    except (TypeError, ValueError):
        return {}


def _decoded(text: object) -> str:
    """Return *text* as a str; some clients return headers as bytes."""
    return text.decode("latin-1") if isinstance(text, bytes) else str(text)


_Candidate = tuple[str | None, str | None]
"""A code and a message that belong together."""


def _best(candidates: list[_Candidate], codes: Container[str]) -> _Candidate:
    """Return the first candidate with a documented code, else the first with any code.

    If it has no message, it gets the first message that was found without a code.
    """

    def rank(candidate: _Candidate) -> tuple[bool, bool, bool]:
        code, message = candidate
        return code is None or code not in codes, code is None, message is None

    code, message = min(candidates, key=rank, default=(None, None))
    if message is None:
        lone_messages = (text for other, text in candidates if other is None)
        message = next(lone_messages, None)
    return code, message


def _candidates(
    value: object, envelope: Envelope, codes: Container[str]
) -> Iterator[_Candidate]:
    """Yield the codes and messages in *value*, the most likely first."""
    for part, guess in _places(value, envelope, codes):
        code, message = _extract(part, guess, codes)
        if code is not None or message is not None:
            yield code, message


def _places(
    value: object, envelope: Envelope, codes: Container[str]
) -> Iterator[tuple[object, Envelope]]:
    """Yield the parts of *value* that may be an error, with the envelopes to try."""
    yield value, envelope
    for common in _COMMON_ENVELOPES:
        yield value, common
    if _is_fault(value, codes):
        yield value, _FAULT
    for part in _parts(value):
        for common in _COMMON_ENVELOPES:
            yield part, common


def _extract(value: object, envelope: Envelope, codes: Container[str]) -> _Candidate:
    """Return the code and the message that *envelope* finds in *value*."""
    code = _text_at(envelope.code, value)
    message = _text_at(envelope.message, value)
    if code is None or code in codes:
        return code, message
    # Some envelopes accept any key, or any text under "error", as the code. Such a code
    # counts only if there is a message too, and never if it is the key of a wrapper.
    accepts_any_word = envelope is _OAUTH or CODE_KEY in envelope.code
    if accepts_any_word and (message is None or code.lower() in _WRAPPERS):
        return None, message
    return code, message


def _is_fault(value: object, codes: Container[str]) -> bool:
    """Return whether the only key of *value* is a code: ``{"itemNotFound": {…}}``.

    The key is a documented code, or its member has an HTTP status as ``code``.
    """
    name = _text_at((CODE_KEY,), value)
    if name is None or name.lower() in _WRAPPERS:
        return False
    status = _text_at((CODE_KEY, "code"), value) or ""
    return name in codes or (len(status) == 3 and status.isdigit())


def _parts(value: object) -> list[object]:
    """Return the values inside *value* that may be an error.

    These are the items of lists, the member ``error``, and a single member.
    """
    if is_array(value):
        return value[:_MAX_LIST_ITEMS]
    parts: list[object] = []
    members = value if is_object(value) else {}
    for key, member in members.items():
        if is_array(member):
            parts += member[:_MAX_LIST_ITEMS]
        elif key == "error" or len(members) == 1:
            parts.append(member)
    return parts


def _text_at(path: Path, body: object) -> str | None:
    """Return the text at *path* in *body*; codes may be integers."""
    value = value_at(path, body)
    if isinstance(value, str):
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    try:
        return str(value)
    except ValueError:  # Python does not print integers with thousands of digits
        return None


def _request_id(fields: Mapping[str, str], value: object) -> str | None:
    for name in _REQUEST_ID_HEADERS:
        if request_id := fields.get(name):
            return request_id
    for part in (value, *_parts(value)):
        for key in _REQUEST_ID_KEYS:
            if request_id := _text_at((key,), part):
                return request_id
    return None


def _retry_after(field: str) -> "int | datetime | None":
    """Return the value of the header Retry-After, or None if missing or malformed."""
    field = field.strip()
    if not field:
        return None
    if field.isascii() and field.isdigit() and len(field) < 10:
        return int(field)

    # Imported here, because few responses have a date in this header.
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(field)
        # RFC 5322 section 3.3: -0000 is UTC, which email.utils returns without a zone.
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
