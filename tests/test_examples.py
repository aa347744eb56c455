"""The examples, run as users would run them: against a real server, on loopback."""

import asyncio
import copy
import json
import pickle
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import keystoneauth1.exceptions
import keystoneauth1.session
import openstack
import openstack.exceptions
import pytest
import requests
import uvicorn
from api_errors import ApiError, NotFoundError, vpn
from keystoneauth1.identity.v3 import Password
from keystoneauth1.noauth import NoAuth

import aiohttp_client
import fastapi_server
import httpx_clients
import openstacksdk_errors
import requests_client
import tenacity_retries
from keystoneauth_adapter import VpnAdapter

_ERRORS: dict[str, vpn.VpnError] = {
    "bad": vpn.InvalidRequestError("name too long"),
    "gone": vpn.ResourceNotFoundError(),
    "secret": vpn.AuthenticationFailedError("no role"),
    "broken": vpn.ServerError("database"),
}
_ANSWERS = {
    **{name: error.to_response() for name, error in _ERRORS.items()},
    "gw-1": (200, {"id": "gw-1", "name": "office"}),
    "new": (404, {"code": "VPN.9999", "message": "new"}),
    "moved": (503, {"code": "VPN.0004", "message": "resource not found"}),
    "odd": (494, {"code": "VPN.0001", "message": "invalid request:x"}),
}


class _Handler(BaseHTTPRequestHandler):
    """A VPN service, and an identity service that refuses everybody."""

    protocol_version = "HTTP/1.1"
    script: list[tuple[int, str]]
    """The responses to DELETE: status and Retry-After."""

    def do_GET(self) -> None:
        if self.path == "/":  # openstacksdk asks which versions there are
            version = {"id": "v2.0", "status": "CURRENT"}
            link = {"rel": "self", "href": f"http://{self.headers['Host']}/v2.0/"}
            self._answer(200, {"versions": [version | {"links": [link]}]})
        else:
            self._answer(*_ANSWERS[self.path.rpartition("/")[2]])

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(401, {"error": {"code": 401, "message": "who are you?"}})

    def do_DELETE(self) -> None:
        status, retry_after = self.script.pop(0)
        self._answer(status, {}, **({"Retry-After": retry_after} if retry_after else {}))

    def _answer(self, status: int, body: object, **headers: str) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        headers |= {"Content-Type": "application/json", "X-Request-Id": "req-1"}
        for name, value in (headers | {"Content-Length": str(len(content))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server on loopback; return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def test_requests(server: str) -> None:
    """One code becomes None, another a ValueError; the others get a note with the handling."""
    assert requests_client.gateway_name(server, "gw-1") == "office"
    assert requests_client.gateway_name(server, "gone") is None
    with pytest.raises(ValueError, match=r"^gateway 'bad': name too long$") as raised:
        requests_client.gateway_name(server, "bad")
    cause = raised.value.__cause__
    assert isinstance(cause, vpn.InvalidRequestError)
    assert isinstance(cause.response, requests.Response)
    with pytest.raises(vpn.AuthenticationFailedError) as caught:
        requests_client.gateway_name(server, "secret")
    assert caught.value.__notes__ == ["Obtain the required permissions."]
    with pytest.raises(vpn.VpnNotFoundError) as other:
        requests_client.gateway_name(server, "new")
    assert (other.value.code, other.value.documented) == ("VPN.9999", False)


def test_httpx(server: str) -> None:
    """The client raises the documented errors, even if a body is streamed."""
    with httpx_clients.client(server) as client:
        assert client.get("/vpn-gateways/gw-1").json()["name"] == "office"
        with pytest.raises(vpn.InvalidRequestError) as caught:
            client.get("/vpn-gateways/bad")
        assert caught.value.params == {"arg1": "name too long"}
        assert isinstance(caught.value.response, httpx.Response)
        with (
            pytest.raises(vpn.ServerError, match="database"),
            client.stream("GET", "/vpn-gateways/broken"),
        ):
            pass


def test_httpx_async(server: str) -> None:
    """The asynchronous client raises the same errors."""

    async def use() -> str:
        async with httpx_clients.async_client(server) as client:
            with pytest.raises(vpn.ResourceNotFoundError) as caught:
                await client.get("/vpn-gateways/gone")
            assert caught.value.code is vpn.VpnErrorCode.VPN_0004
            assert caught.value.request_id == "req-1"
            return str((await client.get("/vpn-gateways/gw-1")).json()["name"])

    assert asyncio.run(use()) == "office"


def test_aiohttp(server: str) -> None:
    """The session raises the documented errors, with status, request id and params."""
    assert asyncio.run(aiohttp_client.gateway_name(server, "gw-1")) == "office"
    with pytest.raises(vpn.InvalidRequestError) as caught:
        asyncio.run(aiohttp_client.gateway_name(server, "bad"))
    error = caught.value
    assert (error.http_status, error.request_id) == (400, "req-1")
    assert error.params == {"arg1": "name too long"}


@pytest.fixture
def adapter(server: str) -> Iterator[VpnAdapter]:
    """Return the example's adapter for a session that needs no identity."""
    session = keystoneauth1.session.Session(auth=NoAuth())
    with closing(session.session):
        yield VpnAdapter(session, endpoint_override=server)


@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("bad", vpn.InvalidRequestError, keystoneauth1.exceptions.BadRequest),
        ("gone", vpn.ResourceNotFoundError, keystoneauth1.exceptions.NotFound),
        ("secret", vpn.AuthenticationFailedError, keystoneauth1.exceptions.Forbidden),
        ("broken", vpn.ServerError, keystoneauth1.exceptions.InternalServerError),
        ("new", vpn.VpnNotFoundError, keystoneauth1.exceptions.NotFound),
        (
            "moved",
            vpn.ResourceNotFoundError,
            keystoneauth1.exceptions.ServiceUnavailable,
        ),
        ("odd", vpn.InvalidRequestError, keystoneauth1.exceptions.HTTPClientError),
    ],
)
def test_keystoneauth(
    adapter: VpnAdapter,
    name: str,
    ours: type[vpn.VpnError],
    theirs: type[keystoneauth1.exceptions.HttpError],
) -> None:
    """Every error is caught by the clause for keystoneauth and by the one for its own class."""
    status, body = _ANSWERS[name]
    with pytest.raises(keystoneauth1.exceptions.HttpError) as old:
        adapter.get(f"/vpn-gateways/{name}")
    with pytest.raises(ours) as new:
        adapter.get(f"/vpn-gateways/{name}")
    assert isinstance(old.value, ours) and isinstance(new.value, theirs)
    assert type(old.value) is type(new.value)
    assert type(new.value.__cause__) is theirs
    assert "VPN" not in str(new.value.__cause__)  # the library drops code and message
    assert new.value.to_response() == (status, body)
    assert (new.value.http_status, new.value.request_id) == (status, "req-1")
    # Handlers that were written for keystoneauth read these.
    assert (old.value.http_status, old.value.method) == (status, "GET")
    assert old.value.url == f"/vpn-gateways/{name}" and old.value.response is not None
    assert old.value.retry_after == 0
    pickled = pickle.dumps(new.value)
    for again in (pickle.loads(pickled), copy.copy(new.value)):  # noqa: S301
        assert (type(again), str(again)) == (type(new.value), str(new.value))
        assert (again.code, again.params) == (new.value.code, new.value.params)


def test_keystoneauth_raises_nothing_else(adapter: VpnAdapter, server: str) -> None:
    """A response is returned where raise_exc is off; other services' errors are left alone."""
    assert adapter.get("/vpn-gateways/gw-1").json()["name"] == "office"
    assert adapter.get("/vpn-gateways/gone", raise_exc=False).status_code == 404
    adapter.raise_exc = False
    assert adapter.get("/vpn-gateways/gone").status_code == 404
    auth = Password(f"{server}/v3", username="nobody", password="")
    session = keystoneauth1.session.Session(auth=auth)
    with (
        closing(session.session),
        pytest.raises(keystoneauth1.exceptions.Unauthorized) as caught,
    ):
        VpnAdapter(session, endpoint_override=server).get("/vpn-gateways/gw-1")
    assert not isinstance(caught.value, ApiError)


@pytest.fixture
def connection(server: str) -> Iterator[openstack.connection.Connection]:
    """Connect openstacksdk to the server."""
    connection = openstack.connect(
        load_yaml_config=False,
        load_envvars=False,
        auth_type="none",
        endpoint=server,
        network_endpoint_override=server,
    )
    with connection, closing(connection.session.session):
        yield connection


# openstacksdk 4.22 itself calls what it deprecates, when connecting and in every request.
@pytest.mark.filterwarnings(
    "ignore::openstack.warnings.RemovedInSDK50Warning",
    "ignore::openstack.warnings.RemovedInSDK60Warning",
)
@pytest.mark.parametrize(
    ("name", "ours", "theirs"),
    [
        ("bad", vpn.InvalidRequestError, openstack.exceptions.BadRequestException),
        ("gone", vpn.ResourceNotFoundError, openstack.exceptions.NotFoundException),
        ("broken", vpn.ServerError, openstack.exceptions.HttpException),
    ],
)
def test_openstacksdk(
    connection: openstack.connection.Connection,
    name: str,
    ours: type[vpn.VpnError],
    theirs: type[openstack.exceptions.HttpException],
) -> None:
    """An error from the SDK is caught by the SDK's class and by the documented class."""
    with (
        pytest.raises(theirs) as old,
        openstacksdk_errors.documented_errors(),
    ):
        connection.network.get_vpn_endpoint_group(name)
    assert isinstance(old.value, ours) and isinstance(old.value, requests.HTTPError)
    assert type(old.value.__cause__) is theirs
    assert old.value.status_code == old.value.http_status == _ANSWERS[name][0]
    again = pickle.loads(pickle.dumps(old.value))  # noqa: S301
    assert (type(again), str(again)) == (type(old.value), str(old.value))


def test_openstacksdk_without_a_response() -> None:
    """An error without a response is left alone."""
    error = openstack.exceptions.HttpException("no response")
    with (
        pytest.raises(openstack.exceptions.HttpException) as caught,
        openstacksdk_errors.documented_errors(),
    ):
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    ("script", "left", "slept"),
    [
        ([(503, "0"), (429, "2"), (200, "")], None, [0, 2]),
        ([(503, ""), (200, "")], None, [1]),
        ([(503, "0")] * 5, vpn.VpnServiceUnavailableError, [0, 0, 0]),
        ([(500, "0"), (200, "")], vpn.VpnInternalServerError, []),
    ],
    ids=["seconds", "no Retry-After", "too often", "not known to be retryable"],
)
def test_tenacity(
    server: str,
    monkeypatch: pytest.MonkeyPatch,
    script: list[tuple[int, str]],
    left: type[ApiError] | None,
    slept: list[float],
) -> None:
    """A retryable request is tried four times, with the delays that the server asked for."""
    naps: list[float] = []
    monkeypatch.setattr(tenacity_retries.delete_gateway.retry, "sleep", naps.append)
    _Handler.script = list(script)
    if left is None:
        tenacity_retries.delete_gateway(server, "gw-1")
    else:
        with pytest.raises(left):
            tenacity_retries.delete_gateway(server, "gw-1")
    assert naps == slept
    assert len(script) - len(_Handler.script) == len(slept) + 1


def test_tenacity_waits_until_a_date(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry-After may be a date, and a past date means at once."""
    naps: list[float] = []
    monkeypatch.setattr(tenacity_retries.delete_gateway.retry, "sleep", naps.append)
    now = datetime.now(UTC)
    soon, past = now + timedelta(hours=1), now - timedelta(hours=1)
    dates = [format_datetime(date, usegmt=True) for date in (soon, past)]
    _Handler.script = [(503, dates[0]), (503, dates[1]), (200, "")]
    tenacity_retries.delete_gateway(server, "gw-1")
    assert 3500 < naps[0] <= 3600 and naps[1] == 0


@pytest.fixture(scope="module")
def fastapi_address() -> Iterator[str]:
    """Start the FastAPI example on loopback; return its address."""
    service = uvicorn.Server(
        uvicorn.Config(fastapi_server.app, log_level="warning", lifespan="off")
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=service.run, args=([listener],))
        thread.start()
        while not service.started and thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        service.should_exit = True
        thread.join()


@pytest.mark.parametrize(
    ("gateway", "status", "body", "kind"),
    [
        (
            "gw-2",
            404,
            b'{"code":"VPN.0004","message":"resource not found"}',
            vpn.ResourceNotFoundError,
        ),
        (
            "7",
            400,
            b'{"code":"VPN.0001","message":"invalid request:7 is not a gateway ID"}',
            vpn.InvalidRequestError,
        ),
    ],
)
def test_fastapi(
    fastapi_address: str,
    gateway: str,
    status: int,
    body: bytes,
    kind: type[vpn.VpnError],
) -> None:
    """An error that the server raises is sent as documented, and raised again in the client."""
    url = f"{fastapi_address}/vpn-gateways/{gateway}"
    response = requests.get(url, timeout=10)
    assert (response.status_code, response.content) == (status, body)
    assert response.headers["content-type"] == "application/json"
    with pytest.raises(kind) as caught:
        vpn.raise_for_error(response)
    assert caught.value.to_response() == (status, json.loads(body))


def test_fastapi_with_the_other_examples(fastapi_address: str) -> None:
    """The example clients work with the example server."""
    assert requests_client.gateway_name(fastapi_address, "gw-1") == "office"
    assert requests_client.gateway_name(fastapi_address, "gw-2") is None
    with (
        httpx_clients.client(fastapi_address) as client,
        pytest.raises(NotFoundError),
    ):
        client.get("/vpn-gateways/gw-2")


def test_the_package_needs_only_the_standard_library() -> None:
    """An interpreter that sees no installed packages imports every generated module."""
    package = Path(__file__).parents[1] / "generated" / "python"
    modules = [
        ".".join(path.relative_to(package).with_suffix("").parts) for path in package.rglob("*.py")
    ]
    program = f"import sys; sys.path.insert(0, {str(package)!r})"
    for module in modules:
        program += f"; import {module.removesuffix('.__init__')}"
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)
