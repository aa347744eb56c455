"""Reads the responses of HTTP clients: requests, httpx, urllib and similar ones."""

from collections.abc import Coroutine
from typing import Any, NamedTuple

from .headers import Headers
from .runtime import is_error_status


class Received(NamedTuple):
    """What a client received."""

    http_status: int
    headers: Headers | None
    body: object
    unreadable: Exception | None
    """Why the body could not be read; None if it was read."""


def read_response(response: Any) -> Received:
    """Return what *response* has. Reads the body of an error if necessary.

    A success whose body is not in memory keeps it for the caller. Raises TypeError if
    *response* has no HTTP status.
    """
    http_status = getattr(response, "status_code", None)
    if http_status is None:
        http_status = getattr(response, "status", None)
    if not isinstance(http_status, int):
        name = type(response).__name__
        raise TypeError(f"{name!r} is not a response: it has no HTTP status")
    headers = getattr(response, "headers", None)
    if not is_error_status(http_status):
        return Received(http_status, headers, _body_in_memory(response), None)
    try:
        return Received(http_status, headers, _read_body(response), None)
    # Every client raises its own exceptions, and none may hide the status.
    except Exception as error:  # noqa: BLE001
        return Received(http_status, headers, _partial_body(error), error)


def _body_in_memory(response: Any) -> bytes | bytearray | str | None:
    """Return the body of *response* if its client has read it already, else None."""
    if (kept := _kept_body(response)) is not None:
        return kept
    # For requests, `content` is a property that reads the stream.
    if getattr(response, "_content", None) is False:
        return None
    try:
        if hasattr(response, "content"):
            body = response.content
        else:
            body = None if hasattr(response, "read") else response.text
    # An httpx stream that was not read, or a text that cannot be decoded.
    except Exception:  # noqa: BLE001
        return None
    return body if isinstance(body, bytes | bytearray | str) else None


def _read_body(response: Any) -> bytes | bytearray | str | None:
    try:
        body = _content(response)
    except (AttributeError, RuntimeError) as error:  # RuntimeError: an httpx stream
        raise _not_read(response) from error
    if isinstance(body, Coroutine):
        body.close()  # otherwise Python warns that it was never awaited
    if not isinstance(body, bytes | bytearray | str | None):
        raise _not_read(response)
    return body


def _kept_body(response: Any) -> bytes | None:
    """Return the body that aiohttp or urllib3 has read; reading it again is impossible."""
    body = getattr(response, "_body", None)
    return body if isinstance(body, bytes) else None


def _content(response: Any) -> object:
    if (kept := _kept_body(response)) is not None:
        return kept
    try:
        if hasattr(response, "content"):
            return response.content
    except RuntimeError:  # an httpx stream that was not read yet
        return response.read()
    return response.read() if hasattr(response, "read") else response.text


def _not_read(response: Any) -> TypeError:
    return TypeError(
        f"the body of {type(response).__name__!r} was not read: read it, then raise "
        "error_from_response(http_status, headers, body)"
    )


def _partial_body(error: Exception) -> bytes | None:
    """Return what was read before *error*; only http.client.IncompleteRead has it."""
    partial = getattr(error, "partial", None)
    return partial if isinstance(partial, bytes) else None
