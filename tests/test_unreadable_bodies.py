"""A response whose body cannot be read still has a status, which decides about the exception."""

import asyncio
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
import pytest
import requests
import urllib3
from api_errors import NotFoundError, raise_for_error, vpn

_CUT_OFF = (
    b"HTTP/1.1 404 Not Found\r\nX-Request-Id: r1\r\nContent-Length: 1000\r\n\r\n"
    b'{"code": "VPN.0004", "message": "gone"}'
)
_NOT_GZIP = (
    b"HTTP/1.1 502 Bad Gateway\r\nX-Request-Id: r1\r\nContent-Encoding: gzip\r\n"
    b"Content-Length: 7\r\n\r\nno gzip"
)
_BROKEN_CHUNK = (
    b"HTTP/1.1 503 Service Unavailable\r\nX-Request-Id: r1\r\nRetry-After: 7\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
)
_KINDS = {
    _CUT_OFF: vpn.VpnNotFoundError,
    _NOT_GZIP: vpn.VpnBadGatewayError,
    _BROKEN_CHUNK: vpn.VpnServiceUnavailableError,
}


@contextmanager
def _served(response: bytes) -> Iterator[str]:
    """Send *response* to the next client; yield the address."""

    def respond() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(response)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=respond)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join()


def _with_urllib(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address)  # noqa: S310 - loopback
    with caught.value as response:
        vpn.raise_for_error(response)


def _with_requests(address: str) -> None:
    with requests.get(address, stream=True, timeout=10) as response:
        vpn.raise_for_error(response)


def _with_httpx(address: str) -> None:
    with httpx.Client() as client, client.stream("GET", address) as response:
        vpn.raise_for_error(response)


@pytest.mark.parametrize("response", _KINDS, ids=["cut off", "not gzip", "broken chunk"])
@pytest.mark.parametrize("get", [_with_urllib, _with_requests, _with_httpx])
def test_the_status_decides(response: bytes, get: Callable[[str], None]) -> None:
    """The exception of the status has the headers, and the client's exception as its cause."""
    with _served(response) as address, pytest.raises(vpn.VpnError) as caught:
        get(address)
    error = caught.value
    assert isinstance(error, _KINDS[response])
    assert error.request_id == "r1"
    assert error.retry_after == (7 if response is _BROKEN_CHUNK else None)
    # urllib does not decompress, so that it can read this body.
    is_readable = response is _NOT_GZIP and get is _with_urllib
    assert (error.__cause__ is None) == is_readable


def test_the_part_that_was_read() -> None:
    """If the client has kept what it read, the code in it counts."""
    with _served(_CUT_OFF) as address, pytest.raises(vpn.ResourceNotFoundError) as caught:
        _with_urllib(address)
    assert caught.value.message == "gone"
    assert caught.value.body == b'{"code": "VPN.0004", "message": "gone"}'


def test_stream() -> None:
    """A stream that was not read is read."""
    body = b'{"code": "VPN.0004", "message": "gone"}'
    head = f"HTTP/1.1 404 Not Found\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with _served(head + body) as address, pytest.raises(vpn.ResourceNotFoundError) as caught:
        _with_httpx(address)
    assert caught.value.__cause__ is None


class _AsyncResponse:
    """A response that only an event loop can read, as of httpx."""

    def __init__(self, status_code: int) -> None:
        self.status_code = status_code

    @property
    def content(self) -> bytes:
        raise RuntimeError("call read() first")

    def read(self) -> bytes:
        raise RuntimeError("use aread()")


class _Coroutine:
    """A response whose body only an event loop can read, without a property for it."""

    status = 404

    async def read(self) -> bytes:
        return b""


class _Undecodable:
    """A response with a text in another encoding than declared."""

    status = 404

    @property
    def text(self) -> str:
        return b"\xff".decode("utf-8")


class _UndecodableSuccess(_Undecodable):
    status = 200


@pytest.mark.parametrize(
    ("response", "cause"),
    [
        (_AsyncResponse(404), TypeError),
        (_Coroutine(), TypeError),
        (SimpleNamespace(status=404), TypeError),
        (SimpleNamespace(status=404, content=object()), TypeError),
        (_Undecodable(), UnicodeDecodeError),
    ],
    ids=["async", "coroutine", "without body", "not a body", "undecodable"],
)
@pytest.mark.parametrize("function", [vpn.raise_for_error, raise_for_error])
def test_causes(response: Any, cause: type[Exception], function: Callable[[Any], None]) -> None:
    """The cause says why there is no body, and how to read it."""
    with pytest.raises(NotFoundError) as caught:
        function(response)
    assert type(caught.value.__cause__) is cause
    assert caught.value.response is response
    if cause is TypeError:
        message = f"the body of '{type(response).__name__}' was not read: read it, then raise"
        assert str(caught.value.__cause__).startswith(message)


_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"
_FUNCTIONS = [vpn.raise_for_error, raise_for_error]


@pytest.mark.parametrize("function", _FUNCTIONS)
def test_streams_of_successes(function: Callable[[Any], None]) -> None:
    """A success whose body was not read is left to the caller."""
    with _served(_OK) as address, urllib.request.urlopen(address) as opened:  # noqa: S310
        function(opened)
        assert opened.read() == b"abc"
    with _served(_OK) as address, requests.get(address, stream=True, timeout=10) as streamed:
        function(streamed)
        assert streamed.raw.read() == b"abc"
    with _served(_OK) as address, httpx.stream("GET", address) as response:
        function(response)
        assert response.read() == b"abc"


@pytest.mark.parametrize("function", _FUNCTIONS)
@pytest.mark.parametrize(
    "response",
    [
        _AsyncResponse(200),
        _AsyncResponse(204),
        SimpleNamespace(status=302),
        SimpleNamespace(status=200, content=object()),
        _UndecodableSuccess(),
    ],
    ids=["async", "async without body", "without body", "not a body", "undecodable"],
)
def test_successes_without_a_body(response: Any, function: Callable[[Any], None]) -> None:
    """A success whose body cannot be read reports no error."""
    function(response)


@pytest.mark.parametrize("function", _FUNCTIONS)
def test_bodies_of_successes_in_memory(function: Callable[[Any], None]) -> None:
    """If the client has read the body of a success, the code in it counts."""
    body = b'{"code": "VPN.0004", "message": "gone"}'
    sent = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    for get in (httpx.get, requests.get):
        with _served(sent) as address, pytest.raises(vpn.ResourceNotFoundError):
            function(get(address, timeout=10))
    with pytest.raises(vpn.ResourceNotFoundError):
        function(SimpleNamespace(status=200, text=body.decode()))


@pytest.mark.parametrize("function", _FUNCTIONS)
@pytest.mark.parametrize("status", [200, 404])
def test_bodies_that_were_read_already(function: Callable[[Any], None], status: int) -> None:
    """urllib3, and aiohttp after ``await response.read()``, keep the body that they have read."""
    body = b'{"code": "VPN.0004", "message": "gone"}'
    sent = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    with _served(sent) as address, pytest.raises(vpn.ResourceNotFoundError):
        function(urllib3.request("GET", address))

    async def get(address: str) -> None:
        async with aiohttp.ClientSession() as session, session.get(address) as response:
            await response.read()
            function(response)

    with _served(sent) as address, pytest.raises(vpn.ResourceNotFoundError):
        asyncio.run(get(address))
