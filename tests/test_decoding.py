"""Decoding: whatever servers and proxies send becomes an error, never another exception."""

import gzip
import json
import pickle
from typing import Any

import pytest
from api_errors import ApiError, Failure, NotFoundError, error_from_response, vpn
from api_errors._shared.decoding import decode
from api_errors._shared.envelopes import Envelope
from hypothesis import given
from hypothesis import strategies as st

from errbook.analyzer.examples import error_examples
from errbook.diagnostics import Location
from errbook.readers.document import CodeBlock

_MESSAGE = "resource not found"
_PLAIN = Envelope()
_FAULTS = Envelope(code=("*",), message=("*", "message"))


@pytest.mark.parametrize(
    "body",
    [
        {"code": "VPN.0004", "message": _MESSAGE},
        {"error_code": "VPN.0004", "error_msg": _MESSAGE},
        {"errorCode": "VPN.0004", "errorMessage": _MESSAGE},
        {"errCode": "VPN.0004", "externalMessage": _MESSAGE},
        {"errCode": "VPN.0004", "errMsg": _MESSAGE},
        {"error": {"code": "VPN.0004", "message": _MESSAGE}},
        {"error": {"error_code": "VPN.0004", "error_msg": _MESSAGE}},
        {"message": {"code": "VPN.0004", "details": _MESSAGE}},
        {"error": "VPN.0004", "error_description": _MESSAGE},
        {"error": "VPN.0004", "message": _MESSAGE},
        {"VPN.0004": {"code": 404, "message": _MESSAGE}},
        {"response": {"code": "VPN.0004", "message": _MESSAGE}},
        {"errors": [{"code": "VPN.0004", "message": _MESSAGE}, {"code": "x"}]},
        {"failures": [{"errorCode": "VPN.0004", "errorMessage": _MESSAGE}]},
        [{"errorCode": "VPN.0004", "errorMessage": _MESSAGE}],
        {"code": 404, "error_code": "VPN.0004", "message": "x", "error_msg": _MESSAGE},
        "<Error><Code>VPN.0004</Code><Message>resource not found</Message></Error>",
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<Error xmlns="urn:x"><Code>VPN.0004</Code>'
        "<Message>resource not found</Message></Error>",
        "<R><Error><Code>VPN.0004</Code><Message>resource not found</Message></Error></R>",
        '<VPN.0004 code="404"><message>resource not found</message></VPN.0004>',
        '<Error Code="VPN.0004" Message="resource not found"/>',
        "<Error><Code> VPN.0004\n</Code><Message> resource not found </Message></Error>",
        {"type": "https://example.com/probs/VPN.0004", "detail": _MESSAGE, "title": "x"},
        {"type": "https://example.com/probs/VPN%2E0004/", "title": _MESSAGE},
        {"type": "urn:acme:VPN.0004", "title": "x", "status": 404, "detail": _MESSAGE},
        {"type": "about:blank", "code": "VPN.0004", "title": "x", "detail": _MESSAGE},
        {"type": "https://x.example/other", "code": "VPN.0004", "detail": _MESSAGE},
        {"type": "https://x.example/VPN.0004", "code": 7, "detail": _MESSAGE},
        {"errors": [{"status": "404", "code": "VPN.0004", "title": "x", "detail": _MESSAGE}]},
        {"errors": [{"message": _MESSAGE, "extensions": {"code": "VPN.0004"}}], "data": None},
        '<problem xmlns="urn:ietf:rfc:7807"><type>urn:acme:VPN.0004</type>'
        "<detail>resource not found</detail></problem>",
        {"error": {"code": 4, "details": [{"a": 1}, {"code": "VPN.0004", "message": _MESSAGE}]}},
        {
            "failed_list": [{"code": "x"}, {"code": "VPN.0004", "message": _MESSAGE}],
            "total": 2,
        },
    ],
    ids=lambda body: str(body)[:40],
)
def test_shapes(body: Any) -> None:
    """Every known envelope is read, whether it is parsed, text or bytes."""
    text = body if isinstance(body, str) else json.dumps(body)
    bodies = [
        body,
        text,
        text.encode(),
        bytearray(text.encode()),
        b"\xef\xbb\xbf" + text.encode(),
    ]
    for sent in bodies:
        error = vpn.error_from_response(404, {}, sent)
        assert type(error) is vpn.ResourceNotFoundError, sent
        assert error.message == _MESSAGE
        assert type(error_from_response(404, {}, sent)) is vpn.ResourceNotFoundError


@pytest.mark.parametrize(
    "body",
    [
        b"",
        None,
        "",
        b"\0",
        b"\xff\xfe",
        "null",
        "[]",
        "{}",
        "42",
        "NaN",
        "[[[]]]",
        "<html><body><h1>502 Bad Gateway</h1><hr></body></html>",
        "<!DOCTYPE html><html></html>",
        '<!DOCTYPE a [<!ENTITY b "VPN.0004">]><Error><Code>&b;</Code></Error>',
        '{"code": "VPN.0004", "mess',
        '{"code": null, "message": null}',
        '{"code": {"a": 1}, "message": ["b"]}',
        '{"code": true, "message": 1}',
        '{"code": ' + "9" * 5000 + "}",
        "[" * 5000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        "<a>" * 5000 + "</a>" * 5000,
        b"x" * 10_000_000,
        '{"code": "VPN.0004", "message": "' + "x" * 10_000_000 + '"}',
        [None],
        object(),
        {1: 2},
        {"error": 1},
        '{"\\ud800": "\\ud800"}',
    ],
    ids=lambda body: str(body)[:20] if not isinstance(body, object) else "body",
)
def test_bodies_without_an_envelope(body: Any) -> None:
    """A body without an envelope becomes an error of the status's class."""
    error = vpn.error_from_response(502, {"content-type": "text/html"}, body)
    assert type(error) is vpn.VpnBadGatewayError
    assert error.documented is False
    assert str(error)


@pytest.mark.parametrize(
    ("headers", "body", "request_id"),
    [
        ({"X-Request-Id": "r1"}, "", "r1"),
        ({"x-openstack-request-id": "r1"}, "", "r1"),
        ({"X-COMPUTE-REQUEST-ID": "r1"}, "", "r1"),
        ({"Request-Id": "r1"}, "", "r1"),
        ({"x-amzn-RequestId": "r1"}, "", "r1"),
        ({"x-amz-request-id": "r1"}, "", "r1"),
        ({"x-ms-request-id": "r1"}, "", "r1"),
        ({"X-Goog-Request-Id": "r1"}, "", "r1"),
        ({"X-Correlation-Id": "r1"}, "", "r1"),
        ({"X-Trace-Id": "r1"}, "", "r1"),
        ({"CF-Ray": "r1"}, "", "r1"),
        ({"CF-Ray": "r2", "X-Trace-Id": "r1"}, "", "r1"),
        ({b"X-Request-Id": b"r1"}, "", "r1"),
        ({"X-Request-Id": ["r1", "r2"]}, "", "r1"),
        ({"X-Request-Id": None, "CF-Ray": "r1"}, "", "r1"),
        ({"X-Request-Id": []}, "", None),
        ({}, {"code": "a", "message": "b", "request_id": "r1"}, "r1"),
        ({}, {"error": {"code": "a", "message": "b", "requestId": "r1"}}, "r1"),
        ({}, "<Error><Code>a</Code><RequestId>r1</RequestId></Error>", "r1"),
        ({}, {"error": {"code": 1, "details": [{"a": 1}, {"requestId": "r1"}]}}, "r1"),
        ([("X-Request-Id", "r1")], "", "r1"),
        ({"X-Request-Id": " "}, {"code": "a", "request_id": "r1"}, "r1"),
        ({}, "<Response><Errors><Error/></Errors><RequestID>r1</RequestID></Response>", "r1"),
        ({}, "", None),
        ("ab", "", None),
        (None, "", None),
        (7, "", None),
    ],
)
def test_request_id(headers: Any, body: Any, request_id: str | None) -> None:
    """The request id is found in the usual headers, whatever their case, or in the body."""
    assert vpn.error_from_response(404, headers, body).request_id == request_id


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gbk", "gbk"), ("UTF-16", "utf-16"), ('"utf-8"', "utf-8"), ("none", "utf-8")],
)
def test_charset(charset: str, encoding: str) -> None:
    """The body is decoded with the charset of the response, or as UTF-8."""
    body = json.dumps({"code": "VPN.0004", "message": "没有"}, ensure_ascii=False)
    headers = {"Content-Type": f"application/json; charset={charset}; x=y"}
    assert vpn.error_from_response(404, headers, body.encode(encoding)).message == "没有"
    wrong = vpn.error_from_response(404, headers, b"\xff\xff\xff")
    assert type(wrong) is vpn.VpnNotFoundError


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"code": "VPN.0004", "message": "m"}'.encode("utf-16"), "application/json"),
        ('{"code": "VPN.0004", "message": "m"}'.encode("utf-32-le"), ""),
        (b'{"code": "VPN.0004", "message": "m"}', "application/json; charset=utf-16"),
        (b'{"code": "VPN.0004", "message": "m"}', "text/plain; charset=punycode"),
        (
            "<Error><Code>VPN.0004</Code><Message>m</Message></Error>".encode("utf-16"),
            "",
        ),
        (
            '<?xml version="1.0" encoding="gb2312"?><Error><Code>VPN.0004</Code>'
            "<Message>没有</Message></Error>".encode("gb2312"),
            "application/xml",
        ),
    ],
)
def test_undeclared_encodings(body: bytes, content_type: str) -> None:
    """The code is found even if the charset is missing, wrong, or declared in the body."""
    error = vpn.error_from_response(404, {"Content-Type": content_type}, body)
    assert (type(error), error.message in ("m", "没有")) == (
        vpn.ResourceNotFoundError,
        True,
    )


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"itemNotFound": {"code": 404, "message": "m"}}, "itemNotFound", "m"),
        ({"error": {"code": 404, "message": "m"}}, "404", "m"),
        ({"code": None, "message": "m"}, None, "m"),
        ({"code": 1.5, "message": "m"}, None, "m"),
        ({"message": "m"}, None, "m"),
        ({"errors": [{"message": "m"}]}, None, "m"),
        ({"error": {"message": "m"}}, None, "m"),
        ({"error": {"code": None, "message": "m"}}, None, "m"),
        ({"error": {"message": "m", "type": "EV.1"}}, None, "m"),
        ({"data": {"message": "m"}}, None, "m"),
        ({"error": "invalid_grant", "error_description": "m"}, "invalid_grant", "m"),
        ({"status": 404, "error": "Not Found", "message": "m"}, None, "m"),
        ({"type": "https://x.example/p/out-of-credit", "detail": "m"}, "out-of-credit", "m"),
        ({"type": "https://x.example/p?code=X.1", "title": "m"}, "X.1", "m"),
        ({"type": "urn:acme:X.1", "title": "m", "status": 404}, "X.1", "m"),
        ({"type": "urn:acme:X.1", "code": "X.2", "title": "m"}, "X.2", "m"),
        ({"type": "about:blank", "title": "x", "status": 404, "detail": "m"}, None, "m"),
        ({"title": "x", "status": 404, "detail": "m"}, None, "m"),
        ({"detail": "m"}, None, "m"),
        ({"type": "error", "error": {"message": "m"}}, None, "m"),
        (
            {"type": "https://tools.ietf.org/html/rfc9110#section-15.5.5", "title": "m"},
            None,
            "m",
        ),
    ],
)
def test_code_and_message_of_unusual_bodies(body: Any, code: str | None, message: str) -> None:
    """A fault name, not the status below it, is the code; a message without a code is kept."""
    error = vpn.error_from_response(404, {}, body)
    assert (type(error), error.code, error.message) == (
        vpn.VpnNotFoundError,
        code,
        message,
    )


@pytest.mark.parametrize(
    ("body", "envelope", "code"),
    [
        ({"error": {"message": "m"}}, _PLAIN, None),
        ({"error": {"message": "m"}}, _FAULTS, "error"),
        ({"errors": {"message": "m"}}, _FAULTS, None),
        ({"gone": {"message": "m"}}, _PLAIN, "gone"),
        ({"lost": {"message": "m"}}, _PLAIN, None),
        ({"lost": {"message": "m"}}, _FAULTS, "lost"),
        ({"lost": {"code": 404, "message": "m"}}, _PLAIN, "lost"),
        ({"code": "lost"}, _FAULTS, "lost"),
    ],
)
def test_keys_that_are_codes(body: Any, envelope: Envelope, code: str | None) -> None:
    """A key is the code if it is documented or above a status, or if the envelope says so."""
    assert decode({}, body, envelope, {"error", "gone"}).code == code


def test_problem_without_texts() -> None:
    """Problem details may have nothing but a type and a status."""
    body = {"type": "https://x.example/out-of-credit", "status": 403}
    error = vpn.error_from_response(403, {"Content-Type": "application/problem+json"}, body)
    assert (error.code, error.message) == ("out-of-credit", None)


_GOOGLE = Envelope(code=("error", "details", 0, "reason"), message=("error", "message"))
_GRAPHQL = Envelope(code=("errors", 0, "extensions", "code"), message=("errors", 0, "message"))
_NESTED_LISTS = Envelope(code=("a", 0, "b", 0, "code"), message=("a", 0, "b", 0, "text"))


@pytest.mark.parametrize(
    ("envelope", "body", "failures", "code", "message"),
    [
        (
            _GOOGLE,
            {"error": {"message": "m", "details": [{"retryDelay": "3s"}, {"reason": "A.1"}]}},
            [("A.1", "m")],
            "A.1",
            "m",
        ),
        (_GOOGLE, {"error": {"message": "m", "details": []}}, [(None, "m")], None, "m"),
        (_GOOGLE, {"error": {"message": "m"}}, [(None, "m")], None, "m"),
        (
            _GRAPHQL,
            {
                "errors": [
                    {"message": "m1"},
                    {"message": "m2", "extensions": {"code": "B"}},
                    {"message": "m3", "extensions": {"code": "A.1"}},
                    {"message": "m4", "extensions": {"code": "A.2"}},
                ]
            },
            [(None, "m1"), ("B", "m2"), ("A.1", "m3"), ("A.2", "m4")],
            "A.1",
            "m3",
        ),
        (_GRAPHQL, {"errors": [{"message": "m"}]}, [(None, "m")], None, "m"),
        (
            _NESTED_LISTS,
            {"a": [{}, {"b": [{"code": "B", "text": "m1"}, {"code": "A.1", "text": "m2"}]}]},
            [("B", "m1"), ("A.1", "m2")],
            "A.1",
            "m2",
        ),
        (
            _PLAIN,
            {"errors": [{"code": "B", "message": "m1"}, {"x": 1}, {"code": "A.2", "detail": "m2"}]},
            [("B", "m1"), ("A.2", "m2")],
            "A.2",
            "m2",
        ),
        (_PLAIN, [{"code": "B"}, {"code": "C"}], [("B", None), ("C", None)], "B", None),
        (_PLAIN, {"code": "A.1", "message": "m"}, [("A.1", "m")], "A.1", "m"),
        (_PLAIN, {"x": 1}, [], None, None),
        # XML does not show that one element is a list of one.
        (
            Envelope(code=("Errors", "Error", "Code"), message=("Errors", "Error", "Message")),
            "<Errors><Error><Code>B</Code><Message>m1</Message></Error><Other/>"
            "<Error><Code>A.1</Code><Message>m2</Message></Error></Errors>",
            [("B", "m1"), ("A.1", "m2")],
            "A.1",
            "m2",
        ),
        (
            Envelope(code=("r", "error", "@code"), message=("r", "error", "value")),
            '<r><error code="B">m1</error><error code="A.1">m2</error></r>',
            [("B", "m1"), ("A.1", "m2")],
            "A.1",
            "m2",
        ),
        (
            _PLAIN,
            "<Response><Errors><Error><Code>B</Code><Message>m1</Message></Error><Error>"
            "<Code>A.1</Code><Message>m2</Message></Error></Errors><RequestID>r</RequestID>"
            "</Response>",
            [("B", "m1"), ("A.1", "m2")],
            "A.1",
            "m2",
        ),
        (
            _PLAIN,
            "<R><Error><Code>B</Code></Error><Error><Code>A.1</Code></Error></R>",
            [("B", None), ("A.1", None)],
            "A.1",
            None,
        ),
        (
            Envelope(code=("error", "code"), message=("error", "message")),
            {"error": [{"code": "B", "message": "m1"}, {"code": "A.1", "message": "m2"}]},
            [("B", "m1"), ("A.1", "m2")],
            "A.1",
            "m2",
        ),
    ],
)
def test_failures(
    envelope: Envelope,
    body: Any,
    failures: list[tuple[str | None, str | None]],
    code: str | None,
    message: str | None,
) -> None:
    """All items of a list are read, and the first one with a documented code decides."""
    answer = decode({}, body, envelope, {"A.1", "A.2"})
    assert (answer.code, answer.message) == (code, message)
    assert list(answer.failures) == failures


_ERROR_LINE = '{"code": "VPN.0004", "message": "gone"}'


@pytest.mark.parametrize(
    "body",
    [
        f'{{"log": 1}}\n{_ERROR_LINE}\n',
        f'\r\n{_ERROR_LINE}\r\n\r\n{{"cut o',
        f"event: error\nid: 7\ndata: {_ERROR_LINE}\n\n: end\n\n",
        f"data:{_ERROR_LINE}",
        json.dumps(_ERROR_LINE),
        gzip.compress(_ERROR_LINE.encode()),
        gzip.compress(_ERROR_LINE.encode() + b" " * 1_000_000)[:-10],
    ],
    ids=["lines", "cut off", "events", "event", "quoted", "gzip", "cut off gzip"],
)
def test_packed_bodies(body: str | bytes) -> None:
    """Lines of JSON, server-sent events, JSON in quotes and gzip are read."""
    for sent in (body, body.encode() if isinstance(body, str) else bytearray(body)):
        error = vpn.error_from_response(404, {}, sent)
        assert type(error) is vpn.ResourceNotFoundError
        assert (error.message, error.body) == ("gone", sent)


def test_packed_bodies_without_an_error() -> None:
    """Invalid gzip is shown as it is, and large gzip is not unpacked as a whole."""
    for body in (b"\x1f\x8bno", gzip.compress(b" " * 100_000_000), "1\n2", "a\n{}", "{}\n\n"):
        assert not vpn.error_from_response(404, {}, body).documented
    page = gzip.compress(b"<p>busy</p>")
    assert "<p>busy</p>" in str(vpn.error_from_response(503, {}, page))


def test_failures_in_lists_of_lists() -> None:
    """At most 100 items are read, however many lists are in lists."""
    body = {
        "a": [{"b": [{"code": f"X.{n}{m}", "text": "m"} for m in range(30)]} for n in range(30)]
    }
    assert len(decode({}, body, _NESTED_LISTS, ()).failures) == 100


def test_failures_of_an_error() -> None:
    """The exception has the failures as pairs of code and message; without a response none."""
    body = {"errors": [{"code": "X.1", "message": "a"}, {"code": "VPN.0004", "message": "b"}]}
    error = vpn.error_from_response(404, {}, body)
    assert type(error) is vpn.ResourceNotFoundError
    assert error.failures == (Failure("X.1", "a"), Failure("VPN.0004", "b"))
    assert error.failures[1].code == vpn.VpnErrorCode.VPN_0004
    assert vpn.ResourceNotFoundError().failures == ()
    assert vpn.error_from_response(404, {}, "").failures == ()


def test_form() -> None:
    """The fields of a form are read, if the media type says that it is one."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    body = b"error=VPN.0004&error_description=resource+not+found"
    error = vpn.error_from_response(400, headers, body)
    assert (type(error), error.message) == (vpn.ResourceNotFoundError, "resource not found")
    assert vpn.error_from_response(400, {}, body).code is None
    for other in (b"", b"&&=;", b"\xff=%ff", b"a=1" * 1000):
        assert vpn.error_from_response(400, headers, other).code is None


_HTML = "<html>\n<h1>502 Bad Gateway</h1>\n<!-- " + "x" * 500 + " --></html>"


@pytest.mark.parametrize(
    ("headers", "body", "shown"),
    [
        ({}, _HTML, f": {_HTML[:200]}"),
        ({}, _HTML.encode(), f": {_HTML[:200]}"),
        ({}, bytearray(b"upstream"), ": upstream"),
        ({"content-type": "text/plain; charset=gbk"}, "没有".encode("gbk"), ": 没有"),
        ({"content-type": "text/plain; charset=none"}, b"a\xff", ": a\ufffd"),
        ({}, '{"code": "VPN.'.encode("utf-16"), ': {"code": "VPN.'),
        ({}, "没有".encode("utf-16"), ": 没有"),
        ({}, {"reason": "é" * 300}, ': {"reason": "' + "é" * 188),
        ({}, {"number": {1}}, ""),
        ({}, "", ""),
        ({}, None, ""),
        ({}, {"message": "m"}, ": m"),
        ({}, {"code": "X.1"}, ': {"code": "X.1"}'),
    ],
)
def test_beginning_of_an_unknown_body(headers: dict[str, str], body: Any, shown: str) -> None:
    """An error shows 200 characters of a body without a message, and keeps all of it."""
    error = vpn.error_from_response(502, headers, body)
    assert str(error) == f"{error.code or 'no error code'} (502){shown}"
    assert error.body is body
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
    assert pickle.loads(pickle.dumps(error)).body == body  # noqa: S301


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, "VPN.0004", vpn.ResourceNotFoundError),
        (400, "VPN.0004", vpn.ResourceNotFoundError),
        (404, "VPN.9999", vpn.VpnNotFoundError),
        (418, "VPN.9999", vpn.VpnError),
        (404, 4004, vpn.VpnNotFoundError),
    ],
)
def test_codes(status: int, code: str | int, kind: type[vpn.VpnError]) -> None:
    """A documented code has its own class, any other code the class of the status."""
    error = vpn.error_from_response(status, {}, {"code": code, "message": "m"})
    assert (type(error), error.code, error.http_status) == (kind, str(code), status)


def test_any_service() -> None:
    """Without a service, the code decides the class, and without a known code the status."""
    unknown = error_from_response(404, {}, {"code": "X.1", "message": "m"})
    assert (type(unknown), unknown.code) == (NotFoundError, "X.1")
    assert type(error_from_response(599)) is ApiError


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["code", "message", "error", "errors", "Error", "Code", "x", "*"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)


@given(st.integers(100, 599), st.binary(max_size=60) | st.text(max_size=60) | _JSON)
def test_nothing_raises(status: int, body: Any) -> None:
    """Whatever a server sends becomes an error of the service."""
    for sent in (body, json.dumps(body) if not isinstance(body, bytes) else body):
        error = vpn.error_from_response(status, {"Retry-After": str(body)}, sent)
        assert isinstance(error, vpn.VpnError)
        assert isinstance(str(error) + repr(error), str)
        assert error.to_response()[0] == status


_BODIES = st.recursive(
    st.sampled_from(["A.1", "error", "1", 1, 404, "m", "It is gone.", None]),
    lambda inner: st.lists(inner, max_size=2)
    | st.dictionaries(
        st.sampled_from(["code", "error", "message", "details", "error_description", "value", "x"]),
        inner,
        min_size=1,
        max_size=3,
    ),
    max_leaves=8,
)


@given(_BODIES)
def test_envelopes_of_examples(body: Any) -> None:
    """A body written in the envelope of any example is read back."""
    codes = {"A.1", "error", "1"}
    block = CodeBlock(
        text=json.dumps(body),
        language="",
        location=Location(path="page.rst", line=1, column=1),
    )
    for example in error_examples([block], codes):
        assert example.envelope is not None
        envelope = Envelope(code=example.envelope.code, message=example.envelope.message)
        answer = decode({}, envelope.enclose("A.1", "not now"), envelope, codes)
        assert (answer.code, answer.message) == ("A.1", "not now")


def test_attributes_of_xml() -> None:
    """A body with a documented envelope of attributes is written with them, and read back."""
    envelope = Envelope("application/xml", ("r", "error", "@code"), ("r", "error", "@message"))
    body = envelope.enclose("A.1", 'no "key"')
    assert body == '<r><error code="A.1" message="no &quot;key&quot;" /></r>'
    answer = decode({}, body, envelope, {"A.1"})
    assert (answer.code, answer.message) == ("A.1", 'no "key"')


_DATA = [
    {"items": [{"id": 7, "code": "2", "name": "Berlin"}]},
    {"events": [{"id": 1, "type": "BUSY"}]},
    {"jobs": [{"id": 1, "status": "failed", "error": "BUSY"}]},
    {"type": "file", "path": "/a"},
    {"countries": [{"code": 2, "message": "hi"}]},
    [{"type": "file"}],
    {"steps": [{"errorCode": 2}]},
    {"code": 2, "name": "Berlin"},
    {"type": "file", "title": "A file"},
    {"name": "BUSY", "message": "m"},
    {"file": {"code": 404}},
    "<Error><Code>BUSY</Code><Message>m</Message></Error>",
]
_NESTED = Envelope(code=("error", "code"), message=("error", "message"))


@pytest.mark.parametrize("body", _DATA, ids=str)
def test_data_of_a_success(body: Any) -> None:
    """In a success only the documented envelope has errors; everything else is data."""
    codes = {"2", "BUSY", "file"}
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": "BUSY"}
    assert decode(headers, body, _NESTED, codes, is_success=True).code is None
    in_list = [{"code": "2", "name": "two"}]
    assert decode({}, in_list, _PLAIN, codes, is_success=True).code is None


@pytest.mark.parametrize(
    "body",
    [
        {"code": 2, "name": "Berlin"},
        {"code": "2", "title": "Berlin"},
        {"code": 2, "message": None},
        {"code": 2, "message": {"text": "Berlin"}},
        {"code": 2, "message": ""},
        "<city><code>2</code><name>Berlin</name></city>",
    ],
)
def test_data_with_a_documented_code(body: Any) -> None:
    """In a success, a documented code without a message where it is documented is data."""
    xml = Envelope(code=("city", "code"), message=("city", "message"))
    envelope = xml if isinstance(body, str) else _PLAIN
    assert decode({}, body, envelope, {"2"}, is_success=True)[:2] == (None, None)
    assert decode({}, body, envelope, {"2"}).code == "2"


def test_errors_with_the_status_of_a_success() -> None:
    """The documented envelope, and problem details with their media type, report errors."""
    body = {"error": {"code": "BUSY", "message": "m"}}
    assert decode({}, body, _NESTED, {"BUSY"}, is_success=True)[:2] == ("BUSY", "m")
    problem = {"type": "urn:acme:BUSY", "title": "m"}
    headers = {"Content-Type": "Application/Problem+JSON; charset=utf-8"}
    assert decode(headers, problem, _NESTED, {"BUSY"}, is_success=True)[:2] == ("BUSY", "m")


@pytest.mark.parametrize("status", [200, 404])
def test_type_of_data(status: int) -> None:
    """A documented code as the only ``type`` of an object is not a problem."""
    for body in ({"type": "VPN.0004", "path": "/a"}, {"items": [{"type": "VPN.0004"}]}):
        assert vpn.error_from_response(status, {}, body).documented is False


@pytest.mark.parametrize("is_success", [True, False])
@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (
            _GRAPHQL,
            [{"data": {}}, {"errors": [{"message": "m", "extensions": {"code": "A.1"}}]}],
        ),
        (_GOOGLE, [{"error": {"message": "m", "details": [{"a": 1}, {"reason": "A.1"}]}}]),
        (_NESTED, [{"x": 1}, {"error": {"code": "A.1", "message": "m"}}]),
    ],
)
def test_batches(envelope: Envelope, body: Any, *, is_success: bool) -> None:
    """The items of a list that is the whole body are read in the documented envelope."""
    assert decode({}, body, envelope, {"A.1"}, is_success=is_success)[:2] == ("A.1", "m")


@pytest.mark.parametrize(
    ("problem_type", "code"),
    [
        ("https://x.example/NoSuchKey?lang=en", "NoSuchKey"),
        ("https://x.example/errors/NoSuchKey?x=1#part", "NoSuchKey"),
        ("https://x.example/errors/NoSuchKey.html", "NoSuchKey"),
        ("https://x.example/errors#NoSuchKey", "NoSuchKey"),
        ("https://x.example/errors#/NoSuchKey", "NoSuchKey"),
        ("https://x.example/errors/?code=NoSuchKey", "NoSuchKey"),
        ("https://x.example/rfc/NoSuchKey", "NoSuchKey"),
        ("tag:x.example,2020:NoSuchKey", "NoSuchKey"),
        ("/NoSuchKey", "NoSuchKey"),
        ("NoSuchKey", "NoSuchKey"),
        ("https://x.example/probs/out-of-credit?lang=en", "out-of-credit"),
        ("https://x.example/errors#out-of-credit", "out-of-credit"),
        ("https://httpstatuses.io/404", None),
        ("https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/404", None),
        ("ABOUT:BLANK", None),
        ("about:blank#blocked", None),
        ("https://x.example", None),
        ("https://x.example/", None),
        ("https://x.example/problems/", None),
        ("https://x.example/probs/various/", None),
        ("https://docs.x.example/errors/index.html", None),
        ("https://tools.ietf.org/html/rfc7231#section-6.5.1", None),
        ("https://datatracker.ietf.org/doc/html/rfc9110#name-400", None),
        ("https://www.rfc-editor.org/info/rfc9110", None),
        ("https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.5", None),
        ("https://[x.example/NoSuchKey", None),
    ],
)
def test_types_of_problems(problem_type: str, code: str | None) -> None:
    """The code is at the end of the path of a type; pages about many problems give none."""
    body = {"type": problem_type, "title": "T", "status": 404, "detail": "D"}
    assert decode({}, body, _PLAIN, {"NoSuchKey"})[:2] == (code, "D")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "VPN.0004", "reason": "m"}, "m"),
        ({"code": "VPN.0004", "description": "m"}, "m"),
        ({"code": "VPN.0004", "message": "", "description": "m"}, "m"),
        ({"errorCode": "VPN.0004", "errmsg": "m"}, "m"),
        ({"error": {"code": "VPN.0004", "error_message": "m"}}, "m"),
        ({"code": "VPN.0004", "message": ["a", "b"]}, "a; b"),
        ({"error": {"code": "VPN.0004", "message": {"lang": "en", "value": "m"}}}, "m"),
        ({"odata.error": {"code": "VPN.0004", "message": {"lang": "en", "value": "m"}}}, "m"),
        ('<error><code>VPN.0004</code><message xml:lang="en">m</message></error>', "m"),
        ('{"code": "VPN.0004", "message": "m", "n": ' + "9" * 5000 + "}", "m"),
        ('\0{"code": "VPN.0004", "message": "m"}\n\0', "m"),
        (')]}\'\n{"code": "VPN.0004", "message": "m"}', "m"),
        (')]}\',\n{"code": " VPN.0004 ", "message": "m"}', "m"),
        (
            "<Response><Errors><Error><Code>VPN.0004</Code><Message>m</Message></Error></Errors>"
            "<RequestID>r</RequestID></Response>",
            "m",
        ),
        (
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>'
            "<faultcode>s:VPN.0004</faultcode><faultstring>m</faultstring></s:Fault></s:Body>"
            "</s:Envelope>",
            "m",
        ),
        (
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>'
            "<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>x:VPN.0004</s:Value>"
            '</s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">m</s:Text></s:Reason>'
            "</s:Fault></s:Body></s:Envelope>",
            "m",
        ),
        ({"__type": "com.amazonaws#VPN.0004", "message": "m"}, "m"),
        ({"__type": "VPN.0004:http://x.example/", "Message": "m"}, "m"),
        ({"name": "VPN.0004", "message": "m", "debug_id": "1"}, "m"),
        ({"errcode": "VPN.0004", "errmsg": "m"}, "m"),
        ({"kind": "Status", "status": "Failure", "message": "m", "reason": "VPN.0004"}, "m"),
        ({"message": "m", "reason": "VPN.0004", "code": 404}, "m"),
        ({"type": "error", "error": {"type": "VPN.0004", "message": "m"}}, "m"),
        ({"NeutronError": {"type": "VPN.0004", "message": "m", "detail": ""}}, "m"),
    ],
    ids=str,
)
def test_less_usual_bodies(body: Any, message: str) -> None:
    """A documented code is found where many APIs have it, with the message beside it."""
    for sent in (body, body.encode() if isinstance(body, str) else json.dumps(body)):
        error = vpn.error_from_response(404, {}, sent)
        assert (type(error), error.message) == (vpn.ResourceNotFoundError, message)


@pytest.mark.parametrize(
    "body",
    [
        {"name": "X.1", "message": "m"},
        {"message": "m", "reason": "NotFound"},
        {"__type": "x#X.1", "message": "m"},
        {"code": "", "message": "m"},
        {"code": " ", "message": "m"},
        {"code": 1.5, "message": "m"},
    ],
)
def test_undocumented_guesses(body: Any) -> None:
    """Text in a place that rarely has the code is not a code unless it is documented."""
    error = vpn.error_from_response(404, {}, body)
    assert (error.code, error.message) == (None, "m")


def test_numbers() -> None:
    """A code may be a number, even with a fraction of zero."""
    for body in ('{"code": 40901.0, "message": "m"}', {"code": 40901.0, "message": "m"}):
        assert decode({}, body, _PLAIN, {"40901"}).code == "40901"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x-amzn-ErrorType", "VPN.0004:http://x.example/"),
        ("X-Amzn-ErrorType", "com.amazonaws#VPN.0004"),
        ("x-ms-error-code", "VPN.0004"),
    ],
)
def test_codes_in_headers(name: str, text: str) -> None:
    """A documented code may be in a header, with its message in the body."""
    error = vpn.error_from_response(404, {name: text}, {"message": "m"})
    assert (type(error), error.message) == (vpn.ResourceNotFoundError, "m")
    assert error.failures == (Failure("VPN.0004", "m"),)
    in_body = {"code": "VPN.0001", "message": "m"}
    assert vpn.error_from_response(404, {name: text}, in_body).code == "VPN.0001"
    assert vpn.error_from_response(404, {name: "X.1"}, {"message": "m"}).code is None
