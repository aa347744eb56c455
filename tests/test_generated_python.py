"""The committed Python package, used as users use it: against a real server, on loopback."""

import abc
import copy
import inspect
import json
import multiprocessing
import pickle
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import api_errors
import pytest
from api_errors import ApiError, NotFoundError, vpn
from api_errors._shared.retirement import deprecated

from errbook.http_status import PHRASES, RETRYABLE

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "generated" / "python"


class _Handler(BaseHTTPRequestHandler):
    """A server that responds with the errors of the generated package."""

    def do_GET(self) -> None:
        error: vpn.VpnError = vpn.ResourceNotFoundError()
        if self.path == "/invalid":
            error = vpn.InvalidRequestError("name too long")
        status, body = error.to_response()
        content = json.dumps(body).encode()
        if self.path == "/undocumented":
            status, content = 404, b'{"code": "VPN.9999", "message": "new"}'
        elif self.path == "/proxy":
            status, content = 502, b"<html><h1>502 Bad Gateway</h1></html>"
        elif self.path == "/fine":
            status, content = 200, b'{"vpn": {}}'
        self.send_response(status)
        self.send_header("X-Request-Id", "req-1")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start a server on loopback; return its address."""
    with HTTPServer(("127.0.0.1", 0), _Handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


def _get(address: str) -> None:
    """Request *address* as a client of the API does."""
    try:
        with urllib.request.urlopen(address) as response:  # noqa: S310 - loopback
            vpn.raise_for_error(response)
    except urllib.error.HTTPError as error:
        with error:
            vpn.raise_for_error(error)


def test_documented_code(server: str) -> None:
    """A documented code is raised as its class, with everything that is documented about it."""
    with pytest.raises(vpn.ResourceNotFoundError) as caught:
        _get(f"{server}/missing")
    error = caught.value
    assert error.code is vpn.VpnErrorCode.VPN_0004
    assert (error.http_status, error.message) == (404, "resource not found")
    assert (error.request_id, error.params, error.module) == ("req-1", {}, "Common")
    assert error.description == "Failed to find the resource."
    assert error.handling is not None and error.handling.startswith("Check whether")
    assert error.documented and error.retryable is None and error.docs_url is None
    assert isinstance(error, vpn.VpnNotFoundError) and isinstance(error, NotFoundError)
    assert isinstance(error, vpn.VpnError) and isinstance(error, ApiError)
    assert str(error) == "VPN.0004 (404): resource not found [request id req-1]"


def test_params(server: str) -> None:
    """The client finds the values that the server put into the message."""
    with pytest.raises(vpn.InvalidRequestError) as caught:
        _get(f"{server}/invalid")
    assert caught.value.message == "invalid request:name too long"
    assert caught.value.params == {"arg1": "name too long"}


def test_undocumented_code(server: str) -> None:
    """An undocumented code is kept, in an error of the status's class."""
    with pytest.raises(vpn.VpnNotFoundError) as caught:
        _get(f"{server}/undocumented")
    assert (caught.value.code, caught.value.documented) == ("VPN.9999", False)
    assert type(caught.value) is vpn.VpnNotFoundError


def test_proxy(server: str) -> None:
    """A body that is not an envelope becomes an error of the status's class."""
    with pytest.raises(vpn.VpnBadGatewayError) as caught:
        _get(f"{server}/proxy")
    assert (caught.value.code, caught.value.message) == (None, None)


def test_success(server: str) -> None:
    """A successful response raises nothing."""
    _get(f"{server}/fine")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe{",
        b"[" * 5000,
        b"<a>" * 5000,
        b"x" * 10_000_000,
        "",
        None,
        7,
        [],
        [1],
        {},
        {"code": None},
        {"code": {}},
        {"error": []},
        {"message": 1},
        '<!DOCTYPE a [<!ENTITY b "b">]><Error><Code>&b;</Code></Error>',
        '{"code": 1' + "0" * 5000 + "}",
    ],
    ids=lambda body: repr(body)[:20],
)
def test_nothing_that_a_server_sends_breaks_decoding(body: object) -> None:
    """Any body becomes an error of the status's class, which can be printed."""
    error = vpn.error_from_response(503, {"Content-Type": "text/x; charset=\x00nonsense"}, body)
    assert isinstance(error, vpn.VpnServiceUnavailableError)
    assert error.retryable is True
    str(error), repr(error)


def test_repr() -> None:
    """The representation has the code as the server wrote it, or None."""
    none = vpn.error_from_response(404, {}, {"message": "gone"})
    assert repr(none) == "VpnNotFoundError(code=None, http_status=404, message='gone')"
    some = vpn.error_from_response(404, {}, {"code": "VPN.0004", "message": "gone"})
    assert "(code='VPN.0004', http_status=404, message='gone')" in repr(some)


@pytest.mark.parametrize(
    "body",
    [
        {"code": "VPN.0004", "message": "gone"},
        {"error": {"code": "VPN.0004", "message": "gone"}},
        {"error_code": "VPN.0004", "error_msg": "gone"},
        {"errorCode": "VPN.0004", "errorMessage": "gone"},
        {"errCode": "VPN.0004", "externalMessage": "gone"},
        {"message": {"code": "VPN.0004", "details": "gone"}},
        [{"code": "VPN.0004", "message": "gone"}],
        '{"code": "VPN.0004", "message": "gone"}',
        b'\xef\xbb\xbf{"code": "VPN.0004", "message": "gone"}',
        "<Error><Code>VPN.0004</Code><Message>gone</Message></Error>",
        '<?xml version="1.0"?><e:Error xmlns:e="x"><e:Code>VPN.0004</e:Code></e:Error>',
    ],
    ids=str,
)
def test_known_envelopes(body: object) -> None:
    """A code is found in other known envelopes than the documented one."""
    error = vpn.error_from_response(404, None, body)
    assert type(error) is vpn.ResourceNotFoundError
    assert error.message in ("gone", None)


def test_server_side() -> None:
    """The constructor fills in the message; the response has the documented status and envelope."""
    error = vpn.InvalidRequestError(arg1="name too long")
    assert error.to_response() == (
        400,
        {"code": "VPN.0001", "message": "invalid request:name too long"},
    )
    assert error.params == {"arg1": "name too long"}
    error.http_status = 422
    assert error.to_response()[0] == 422
    with pytest.raises(TypeError, match=r"InvalidRequestError.*arg1"):
        vpn.InvalidRequestError()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="ResourceNotFoundError"):
        vpn.ResourceNotFoundError("x")  # type: ignore[call-arg]
    assert vpn.VpnError("x").to_response() == (500, {"code": "", "message": "x"})


def test_lookups() -> None:
    """Codes, strings and enum members lead to the classes."""
    assert vpn.VpnErrorCode("VPN.0001") is vpn.VpnErrorCode.VPN_0001
    assert vpn.VpnErrorCode.VPN_0001.error_class is vpn.InvalidRequestError
    assert vpn.ERRORS["VPN.0001"] is vpn.InvalidRequestError


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))],  # noqa: S301
)
def test_errors_are_values(duplicate: object) -> None:
    """Copies and pickles keep the class, the attributes and the text, but not the response."""
    error = vpn.error_from_response(
        400,
        {"x-request-id": "r"},
        {"code": "VPN.0001", "message": "invalid request: x"},
    )
    error.response = threading.Lock()  # which nothing can pickle
    error.add_note("kept")
    again = duplicate(error)  # type: ignore[operator]
    assert type(again) is vpn.InvalidRequestError
    assert (str(again), again.args, again.__notes__) == (
        str(error),
        error.args,
        ["kept"],
    )
    assert (again.params, again.request_id, again.response) == (
        {"arg1": "x"},
        "r",
        None,
    )
    assert {error, again}


def test_any_service() -> None:
    """The package finds the service by the code, and keeps an unknown code."""
    body = {"code": "VPN.0004", "message": "gone"}
    assert type(api_errors.error_from_response(404, {}, body)) is vpn.ResourceNotFoundError
    other = api_errors.error_from_response(404, {}, {"code": "X.1", "message": "gone"})
    assert (type(other), other.code, other.documented) == (NotFoundError, "X.1", False)


def test_star_import() -> None:
    """`__all__` lists the important names, and every listed name exists."""
    assert {"VpnErrorCode", "ResourceNotFoundError", "raise_for_error"} <= set(vpn.__all__)
    assert all(hasattr(vpn, name) for name in vpn.__all__)


_USER_CODE = """
from typing import assert_type

from api_errors import ApiError, NotFoundError, vpn


def use(response: object) -> str:
    try:
        vpn.raise_for_error(response)
    except vpn.ResourceNotFoundError as error:
        assert_type(error.code, vpn.VpnErrorCode)
        return error.code.value
    except vpn.VpnNotFoundError as error:
        assert_type(error.code, vpn.VpnErrorCode | str | None)
        assert_type(error.http_status, int | None)
        return f"{error.code}: {error.params.get('arg1', '')}"
    except (NotFoundError, ApiError) as error:
        assert_type(error.code, str | None)
        assert_type(error.retryable, bool | None)
        return error.description or ""
    raise vpn.InvalidRequestError("name too long")


assert_type(vpn.error_from_response(404), vpn.VpnError)
assert_type(vpn.VpnErrorCode("VPN.0001").error_class, type[vpn.VpnError])
assert_type(vpn.ERRORS["VPN.0001"], type[vpn.VpnError])
"""


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Create a directory with the package and a module that uses it."""
    directory = tmp_path_factory.mktemp("typed")
    (directory / "api_errors").symlink_to(_PACKAGE / "api_errors")
    (directory / "use.py").write_text(_USER_CODE, encoding="utf-8")
    (directory / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict"}', encoding="utf-8"
    )
    return directory


@pytest.mark.parametrize(
    "command",
    [
        ["mypy", "--strict", "--cache-dir=/dev/null", "use.py", "-p", "api_errors"],
        ["pyright"],
        ["black", "--check", "--quiet", "api_errors"],
        ["ruff", "check", "--isolated", "--no-cache", "api_errors"],
    ],
    ids=lambda command: command[0],
)
def test_checkers_find_nothing(typed: Path, command: list[str]) -> None:
    """Type checkers in their strict modes, black and ruff find nothing to report."""
    if command[0] == "mypy":
        command = [*command[:3], "use.py", "api_errors"]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=typed, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "params", "message"),
    [
        ((), {}, "missing 1 required positional argument: 'arg1'"),
        (("a", "b"), {}, "takes 2 positional arguments but 3 were given"),
        (("a",), {"arg1": "b"}, "got multiple values for argument 'arg1'"),
        (("a",), {"other": "b"}, "got an unexpected keyword argument 'other'"),
    ],
)
def test_wrong_arguments(arguments: tuple[str, ...], params: dict[str, str], message: str) -> None:
    """A missing or extra argument raises Python's own TypeError, which names the class."""
    with pytest.raises(TypeError, match=rf"^InvalidRequestError\.__init__\(\) {message}$"):
        vpn.InvalidRequestError(*arguments, **params)
    assert vpn.InvalidRequestError(arg1="a").message == "invalid request:a"


class _OwnError(vpn.InvalidRequestError):
    """A user's subclass, with its own constructor."""

    def __init__(self, size: int, *, name: str = "") -> None:
        super().__init__(f"{name} is {size} long")


def test_user_defined_subclass() -> None:
    """Users can derive from the classes as from any exception."""
    error = _OwnError(5, name="x")
    assert (error.message, error.code) == ("invalid request:x is 5 long", "VPN.0001")
    assert copy.deepcopy(error).args == error.args


def test_retryable() -> None:
    """Some HTTP statuses are retryable; for all others it is unknown."""
    retryable = {status for status in PHRASES if vpn.error_from_response(status).retryable}
    assert retryable == RETRYABLE
    assert vpn.error_from_response(500).retryable is None


def _fail(status: int) -> None:
    raise vpn.error_from_response(
        status, {"x-request-id": "r1"}, {"code": "VPN.0004", "message": "m"}
    )


def test_across_processes() -> None:
    """An error raised in another process arrives with its class, args and attributes."""
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=context) as pool,
        pytest.raises(vpn.ResourceNotFoundError) as caught,
    ):
        pool.submit(_fail, 404).result()
    error = caught.value
    assert (error.code, error.http_status, error.request_id) == ("VPN.0004", 404, "r1")
    assert error.args == ("m",)


class _BothError(vpn.ResourceNotFoundError, OSError):
    """A class with which a program keeps an old except clause working."""


def test_class_with_a_second_base() -> None:
    """A class that also derives from another exception can be copied and pickled."""
    error = _BothError()
    error.request_id = "r1"
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301
        assert (type(other), other.code, other.request_id) == (
            _BothError,
            "VPN.0004",
            "r1",
        )
        assert isinstance(other, OSError)


def test_retry_after() -> None:
    """Retry-After is whole seconds, rounded up, or a time with a time zone; nonsense is None."""

    def retry_after(value: str) -> object:
        return vpn.error_from_response(503, {"Retry-After": value}).retry_after

    date = datetime(2026, 10, 21, 7, 28, tzinfo=UTC)
    assert retry_after("120") == 120
    assert retry_after("Wed, 21 Oct 2026 07:28:00 GMT") == date
    assert retry_after("Wed, 21 Oct 2026 07:28:00 -0000") == date
    fractions = ("0.2", "1.0", "2.", ".5", "119.000001")
    assert [retry_after(value) for value in fractions] == [1, 1, 2, 1, 120]
    nonsense = ("", "soon", "-1", "1e9", "9" * 20, ".", "1.2.3", "1,5", "²")
    assert [retry_after(value) for value in nonsense] == [None] * len(nonsense)


class _AbstractError(vpn.VpnError, abc.ABC):
    """A class with another metaclass."""


def test_classes_are_plain() -> None:
    """The classes mix with others and have signatures, and a family knows its status."""
    assert _AbstractError("m").message == "m"
    assert str(inspect.signature(vpn.InvalidRequestError)) == "(arg1: object) -> None"
    assert vpn.VpnNotFoundError("m").to_response() == (
        404,
        {"code": "", "message": "m"},
    )


@deprecated("VPN.0005 is no longer documented")
class _RetiredError(vpn.VpnNotFoundError):
    """A class as errbook generates it for a code that is no longer documented."""


class _RetiredFileError(_RetiredError, OSError):
    """A class with a second base, whose ``__new__`` takes its own arguments."""


@pytest.mark.parametrize("retired", [_RetiredError, _RetiredFileError])
def test_deprecated_class(retired: type[_RetiredError]) -> None:
    """Constructing a retired class warns, at the caller's line; copying and raising do not."""
    with pytest.warns(DeprecationWarning, match="no longer documented") as warnings:
        error = retired(message="gone")
    assert warnings[0].filename == __file__
    unpickled = pickle.loads(pickle.dumps(error))  # noqa: S301
    for duplicate in (copy.copy(error), copy.deepcopy(error), unpickled):
        assert (type(duplicate), duplicate.message) == (retired, "gone")
    with pytest.raises(retired):
        raise error


@pytest.mark.parametrize(
    "response",
    [
        SimpleNamespace(status_code=404, headers={}, content=b'{"code": "VPN.0004"}'),
        SimpleNamespace(status=404, headers={}, read=lambda: b'{"code": "VPN.0004"}'),
        SimpleNamespace(status=404, text='{"code": "VPN.0004"}'),
    ],
    ids=["requests", "urllib", "text"],
)
def test_responses_from_clients(response: Any) -> None:
    """Any object that looks like a response from a known client is accepted as one."""
    with pytest.raises(vpn.ResourceNotFoundError) as caught:
        vpn.raise_for_error(response)
    assert caught.value.response is response


def test_not_a_response() -> None:
    """An argument without an HTTP status is a TypeError."""
    message = "'object' is not a response: it has no HTTP status"
    with pytest.raises(TypeError, match=message):
        vpn.raise_for_error(object())
