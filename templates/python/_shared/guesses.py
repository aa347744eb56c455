"""Guesses where the body of an error response has its code, if not where documented.

Gateways respond with envelopes of their own, and documents do not show every body.
"""

from collections.abc import Container, Iterable, Iterator

from .envelopes import Envelope, Path, value_at
from .failures import (
    OAUTH,
    Failure,
    code_at,
    extract,
    items_of,
    message_at,
    message_beside,
)
from .problems import code_of

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
    OAUTH,
)

_FAULT: Path = ("Envelope", "Body", "Fault")
_PROTOCOL_ENVELOPES = (
    Envelope(
        code=("Response", "Errors", "Error", "Code"),  # EC2
        message=("Response", "Errors", "Error", "Message"),
    ),
    Envelope(code=(*_FAULT, "faultcode"), message=(*_FAULT, "faultstring")),  # SOAP 1.1
    Envelope(
        code=(*_FAULT, "Code", "Subcode", "Value"), message=(*_FAULT, "Reason", "Text")
    ),
    Envelope(code=(*_FAULT, "Code", "Value"), message=(*_FAULT, "Reason", "Text")),
    Envelope(code=("odata.error", "code"), message=("odata.error", "message")),
    Envelope(code=("__type",), message=("message",)),  # AWS
    Envelope(code=("__type",), message=("Message",)),
)
"""A code in one of these counts only if it is documented."""

_OTHER_CODE_KEYS = ("type", "name", "reason", "status", "errcode")
"""Codes here count only if documented and with a message; data has such keys, too."""


def guessed_groups(value: object, codes: Container[str]) -> Iterator[list[Failure]]:
    """Yield what common envelopes find in *value*, the most likely first.

    The failures of one list are together.
    """
    for envelope in _COMMON_ENVELOPES:
        items = items_of(value, envelope)
        yield _found(extract(value, each, codes) for each in items)
    yield from ([failure] for failure in problem_failures(value, codes))
    for envelope in _PROTOCOL_ENVELOPES:
        yield _found(_with_documented_codes(value, envelope, codes))
    yield from ([failure] for failure in _less_likely_failures(value, codes))


def _found(failures: Iterable[Failure]) -> list[Failure]:
    return [failure for failure in failures if failure != (None, None)]


def _with_documented_codes(
    value: object, envelope: Envelope, codes: Container[str]
) -> Iterator[Failure]:
    """Yield the failures that *envelope* finds in *value*; without codes, if none is documented."""
    items = list(items_of(value, envelope))
    texts = [code_at(item.code, value) for item in items]
    documented = [documented_code(text, codes) for text in texts]
    for item, text, code in zip(items, texts, documented, strict=True):
        shown = (code or text) if any(documented) else None
        yield Failure(shown, message_at(item.message, value))


def _less_likely_failures(value: object, codes: Container[str]) -> Iterator[Failure]:
    for parent in _PARENTS:
        for key in _OTHER_CODE_KEYS:
            path = (*parent, key)
            code = documented_code(code_at(path, value), codes)
            if code is None:
                continue
            message = message_beside(path, value)
            if message is not None:
                yield Failure(code, message)


def problem_failures(value: object, codes: Container[str]) -> Iterator[Failure]:
    """Yield the failures in problem details (RFC 9457), which may be XML."""
    yield from _problem_failures(value, codes)
    yield from _problem_failures(value_at(("problem",), value), codes)


def documented_code(text: str | None, codes: Container[str]) -> str | None:
    """Return the documented code in *text*, which may have its namespace and its URL.

    ``com.amazonaws#SlowDown``, ``SlowDown:http://…`` and ``soap:SlowDown`` give
    ``SlowDown``.
    """
    name = (text or "").rpartition("#")[2]
    candidates = (text, name, name.partition(":")[0], name.rpartition(":")[2])
    return next((code for code in candidates if code and code in codes), None)


def _problem_failures(value: object, codes: Container[str]) -> Iterator[Failure]:
    """Yield the failure in problem details: with its code, then with its type."""
    message = message_at(("detail",), value) or message_at(("title",), value)
    if message is not None:
        yield Failure(code_at(("code",), value), message)
    elif code_at(("status",), value) is None:
        return
    code = code_of(code_at(("type",), value) or "", codes)
    if code is not None:
        yield Failure(code, message)
