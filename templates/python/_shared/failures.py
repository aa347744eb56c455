"""Finds the codes and messages in the body of an error response."""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from .envelopes import CODE_KEY, Envelope, Path, is_array, is_object, value_at
from .problems import code_of


class Failure(NamedTuple):
    """One failure in a response: a code and the message that belongs to it."""

    code: str | None
    message: str | None


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


def find_failures(
    value: object, envelope: Envelope, codes: Container[str]
) -> tuple[Failure, tuple[Failure, ...]]:
    """Return the failure that decides about the exception, and all in the same list.

    The first failure with a documented code decides, else the first with any code. A body
    without an error gives a failure without code and message, and an empty tuple.
    """
    groups = list(_groups(value, envelope, codes))
    failures = [failure for group in groups for failure in group]
    if not failures:
        return Failure(None, None), ()
    first = _first(failures, codes)
    group = next(group for group in groups if first in group)
    decisive = _with_message(first, failures)
    return decisive, tuple(group) if len(group) > 1 else (decisive,)


def parts(value: object) -> Iterator[list[object]]:
    """Yield the values inside *value* that may be errors; those of one list together.

    These are the items of its lists, the member ``error`` and a single member, and the
    items of the lists in such a member.
    """
    if is_array(value):
        yield value[:_MAX_LIST_ITEMS]
        return
    members = value if is_object(value) else {}
    for key, member in members.items():
        if is_array(member):
            yield member[:_MAX_LIST_ITEMS]
        elif key == "error" or len(members) == 1:
            yield [member]
            inner = member.values() if is_object(member) else ()
            yield from (each[:_MAX_LIST_ITEMS] for each in inner if is_array(each))


def text_at(path: Path, body: object) -> str | None:
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


def _first(failures: Iterable[Failure], codes: Container[str]) -> Failure:
    """Return the first failure with a documented code, else the first with any code."""

    def rank(failure: Failure) -> tuple[bool, bool, bool]:
        code, message = failure
        return code is None or code not in codes, code is None, message is None

    return min(failures, key=rank)


def _with_message(failure: Failure, others: Iterable[Failure]) -> Failure:
    """Return *failure*; if it has no message, with the first of those without a code."""
    if failure.message is not None:
        return failure
    lone_messages = (other.message for other in others if other.code is None)
    return Failure(failure.code, next(filter(None, lone_messages), None))


def _groups(
    value: object, envelope: Envelope, codes: Container[str]
) -> Iterator[list[Failure]]:
    """Yield the failures in *value*, the most likely first; those of one list together."""
    yield list(_documented_failures(value, envelope, codes))
    for failure in _common_failures(value, codes):
        yield [failure]
    if _is_fault(value, codes):
        yield [_extract(value, _FAULT, codes)]
    for items in parts(value):
        readings = [list(_common_failures(item, codes)) for item in items]
        if len(readings) == 1:
            yield from ([failure] for failure in readings[0])
        else:
            yield [
                _with_message(_first(failures, codes), failures)
                for failures in readings
                if failures
            ]


def _documented_failures(
    value: object, envelope: Envelope, codes: Container[str]
) -> Iterator[Failure]:
    """Yield the failures that *envelope* finds in *value*, one per item of its list.

    If the message is outside of the list, items without a code are not failures: the
    list also has other information (``RetryInfo`` in responses of Google).
    """
    failures = [_extract(value, each, codes) for each in _items(value, envelope)]
    has_code = any(failure.code is not None for failure in failures)
    is_shared = len({failure.message for failure in failures}) == 1
    for code, message in dict.fromkeys(failures):
        if code is None and (message is None or (has_code and is_shared)):
            continue
        yield Failure(code, message)


def _items(value: object, envelope: Envelope, start: int = 0) -> Iterator[Envelope]:
    """Yield *envelope* for each item of the lists in *value* that its code is in.

    Code and message of one item belong together. Steps before *start* are already those
    of one item.
    """
    code, message = envelope.code, envelope.message
    indexes = (i for i in range(start, len(code)) if isinstance(code[i], int))
    position = next(indexes, len(code))
    items = value_at(code[:position], value)
    if position == len(code) or not is_array(items) or not items:
        yield envelope
        return
    is_in_item = message[: position + 1] == code[: position + 1]
    for index in range(min(len(items), _MAX_LIST_ITEMS)):
        own_code = (*code[:position], index, *code[position + 1 :])
        own_message = (*message[:position], index, *message[position + 1 :])
        item = envelope._replace(
            code=own_code, message=own_message if is_in_item else message
        )
        yield from _items(value, item, position + 1)


def _common_failures(value: object, codes: Container[str]) -> Iterator[Failure]:
    """Yield the failures that common envelopes find in *value*, the most likely first."""
    for envelope in _COMMON_ENVELOPES:
        failure = _extract(value, envelope, codes)
        if failure != (None, None):
            yield failure
    yield from _problems(value, codes)
    yield from _problems(value_at(("problem",), value), codes)  # XML


def _problems(value: object, codes: Container[str]) -> Iterator[Failure]:
    """Yield the failure in problem details (RFC 9457): with its code, then with its type."""
    message = text_at(("detail",), value) or text_at(("title",), value)
    if message is not None:
        yield Failure(text_at(("code",), value), message)
    code = code_of(text_at(("type",), value) or "")
    if code is None:
        return
    is_problem = message is not None or text_at(("status",), value) is not None
    if code in codes or (is_problem and code.lower() not in _WRAPPERS):
        yield Failure(code, message)


def _extract(value: object, envelope: Envelope, codes: Container[str]) -> Failure:
    """Return the code and the message that *envelope* finds in *value*."""
    code = text_at(envelope.code, value)
    message = text_at(envelope.message, value)
    if code is None or code in codes:
        return Failure(code, message)
    # Some envelopes accept any key, or any text under "error", as the code. Such a code
    # counts only if there is a message too, and never if it is the key of a wrapper.
    accepts_any_word = envelope is _OAUTH or CODE_KEY in envelope.code
    if accepts_any_word and (message is None or code.lower() in _WRAPPERS):
        return Failure(None, message)
    return Failure(code, message)


def _is_fault(value: object, codes: Container[str]) -> bool:
    """Return whether the only key of *value* is a code: ``{"itemNotFound": {…}}``.

    The key is a documented code, or its member has an HTTP status as ``code``.
    """
    name = text_at((CODE_KEY,), value)
    if name is None or name.lower() in _WRAPPERS:
        return False
    status = text_at((CODE_KEY, "code"), value) or ""
    return name in codes or (len(status) == 3 and status.isdigit())
