"""Reads single failures from the body of a response: a code and its message."""

from collections.abc import Container, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from .envelopes import CODE_KEY, Envelope, Path, is_array, is_object, value_at


class Failure(NamedTuple):
    """One failure in a response: a code and the message that belongs to it."""

    code: str | None
    message: str | None


OAUTH = Envelope(code=("error",), message=("error_description",))
"""RFC 6749 section 5.2. Other APIs have arbitrary text under ``error``."""

WRAPPERS = frozenset(("error", "errors", "fault", "response", "result", "message"))
"""Keys that contain an error, and so are not its code."""

MAX_LIST_ITEMS = 100

_MESSAGE_KEYS = (
    "message",
    "msg",
    "error_message",
    "error_msg",
    "errmsg",
    "error_description",
    "description",
    "detail",
    "reason",
    "title",
)
"""Where a message may be, beside a code without one in the usual place."""


def code_at(path: Path, body: object) -> str | None:
    """Return the code at *path* in *body*: text or an integer, also as ``4.0``."""
    text = _text(value_at(path, body))
    return text.strip() if text else None


def message_at(path: Path, body: object) -> str | None:
    """Return the message at *path* in *body*; one message from a list of several."""
    value = value_at(path, body)
    if is_array(value):
        texts = [item for item in value if isinstance(item, str)]
        value = "; ".join(texts[:MAX_LIST_ITEMS])
    return _text(value)


def message_beside(code: Path, body: object) -> str | None:
    """Return a message in the object of *body* that has the code at the path *code*."""
    parent = code if code[-1] == CODE_KEY else code[:-1]
    paths = ((*parent, key) for key in _MESSAGE_KEYS)
    messages = (message_at(path, body) for path in paths if path != code)
    return next(filter(None, messages), None)


def extract(value: object, envelope: Envelope, codes: Container[str]) -> Failure:
    """Return the code and the message that *envelope* finds in *value*."""
    code = code_at(envelope.code, value)
    message = message_at(envelope.message, value)
    # Some envelopes accept any key, or any text under "error", as the code. Such a code
    # counts only if there is a message too, and never if it is the key of a wrapper.
    accepts_any_word = envelope is OAUTH or CODE_KEY in envelope.code
    if code is None:
        return Failure(None, message)
    if code not in codes and accepts_any_word:
        is_code = message is not None and code.lower() not in WRAPPERS
        return Failure(code if is_code else None, message)
    return Failure(code, message or message_beside(envelope.code, value))


def documented_failures(
    value: object,
    envelope: Envelope,
    codes: Container[str],
    *,
    is_success: bool = False,
) -> Iterator[Failure]:
    """Yield the failures that *envelope* finds in *value*, one per item of its list.

    If the message is outside of the list, items without a code are not failures: the
    list also has other information (``RetryInfo`` in responses of Google). In the body of
    a success, they need a message in its documented place.
    """
    failures = [
        extract(value, each, codes)
        for each in items_of(value, envelope)
        if not is_success or message_at(each.message, value) is not None
    ]
    has_code = any(failure.code is not None for failure in failures)
    is_shared = len({failure.message for failure in failures}) == 1
    for code, message in dict.fromkeys(failures):
        if code is None and (message is None or (has_code and is_shared)):
            continue
        yield Failure(code, message)


def items_of(value: object, envelope: Envelope) -> Iterator[Envelope]:
    """Yield *envelope* for each item of the lists in *value* that its code is in.

    A list may be where the envelope has one item of it, as XML shows only by repeating an
    element that it is a list. Code and message of one item belong together.
    """
    return islice(_items(value, envelope), MAX_LIST_ITEMS)


def first_failure(failures: Iterable[Failure], codes: Container[str]) -> Failure:
    """Return the first failure with a documented code, else the first with any code."""

    def rank(failure: Failure) -> tuple[bool, bool, bool]:
        code, message = failure
        return code is None or code not in codes, code is None, message is None

    return min(failures, key=rank)


def with_message(failure: Failure, others: Iterable[Failure]) -> Failure:
    """Return *failure*; if it has no message, with the first of those without a code."""
    if failure.message is not None:
        return failure
    lone_messages = (other.message for other in others if other.code is None)
    return Failure(failure.code, next(filter(None, lone_messages), None))


def _text(value: object) -> str | None:
    """Return *value* as text; None if it is empty, or neither text nor an integer."""
    if is_object(value):  # OData 3 (``{"lang": …, "value": …}``), and attributes in XML
        value = value.get("value")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str):
        return value if value.strip() else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    try:
        return str(value)
    except ValueError:  # Python does not print integers with thousands of digits
        return None


def _items(value: object, envelope: Envelope, start: int = 0) -> Iterator[Envelope]:
    """Yield the items; steps before *start* are already those of one item."""
    code, message = envelope.code, envelope.message
    for position in range(start, len(code)):
        is_index = isinstance(code[position], int)
        items = value_at(code[:position], value)
        # A body that is a list, if that is not documented, is one of several bodies.
        if is_array(items) and items and (is_index or position > 0):
            break
    else:
        yield envelope
        return
    shared = code[: position + 1] if is_index else code[:position]
    is_in_item = message[: len(shared)] == shared
    for index in range(min(len(items), MAX_LIST_ITEMS)):
        before = (*code[:position], index)
        item = envelope._replace(code=(*before, *code[len(shared) :]))
        if is_in_item:
            item = item._replace(message=(*before, *message[len(shared) :]))
        yield from _items(value, item, position + 1)
