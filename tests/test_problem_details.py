"""Problem details (RFC 9457): what a server sends, and what a client makes of it."""

import json

import pytest
from api_errors import NotFoundError, vpn
from api_errors._shared.problems import PHRASES

from conftest import Project
from errbook import http_status
from pages import page

_CONFIGURATION = """
[service.demo]
docs = ["docs/*.rst"]
docs_url = "https://docs.example.com/{page}"
envelope = { code = "code", message = "message" }
[target.python]
problem_type = "urn:acme:{code}"
request_id_header = "X-Acme-Id"
"""


def test_phrases() -> None:
    """The phrases are those of the IANA registry."""
    registered = http_status.PHRASES
    assert {status: registered[status] for status in registered if status >= 400} == PHRASES


def test_about_blank() -> None:
    """Without a configured type, the title is the phrase of the status (section 4.2.1)."""
    error = vpn.InvalidRequestError("name too long")
    assert error.to_problem() == (
        400,
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": "invalid request:name too long",
            "code": "VPN.0001",
            "handling": "Contact technical support.",
        },
    )
    json.dumps(error.to_problem())


def test_unknown_members() -> None:
    """What is unknown is left out; without a status it is 500."""
    title = "Internal Server Error"
    assert vpn.VpnError().to_problem() == (
        500,
        {"type": "about:blank", "title": title, "status": 500},
    )
    error = vpn.error_from_response(499, {}, {"code": "X.1"})
    assert error.to_problem() == (499, {"type": "about:blank", "status": 499, "code": "X.1"})
    busy = NotFoundError("m")
    busy.http_status = 503
    assert busy.to_problem()[1]["retryable"] is True


def test_configured_type(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a configured type, the title is what the documents say about every such problem."""
    rows = [
        ("404", "A.1", "Disk %s is gone", "There is no such disk.", "List the disks."),
        ("409", "B b/é", "in use", "", ""),
        ("503", "C.1", "busy", "The first.", "Try again later."),
        ("503", "C.1", "late", "The second.", "Try again later."),
    ]
    project.configure(_CONFIGURATION).write(page=page(*rows)).generate()
    demo = project.package(monkeypatch)
    error = demo.ERRORS["A.1"]("sda")
    assert error.to_problem() == (
        404,
        {
            "type": "urn:acme:A.1",
            "title": "There is no such disk.",
            "status": 404,
            "detail": "Disk sda is gone",
            "code": "A.1",
            "handling": "List the disks.",
            "docs_url": "https://docs.example.com/page",
        },
    )
    _, problem = demo.ERRORS["B b/é"]().to_problem()
    assert (problem["type"], problem["title"]) == ("urn:acme:B%20b%2F%C3%A9", "Conflict")
    _, problem = demo.ERRORS["C.1"]("late").to_problem()
    assert (problem["title"], problem["retryable"]) == ("Service Unavailable", True)
    assert demo.DemoError("m").to_problem()[1]["type"] == "about:blank"

    for code, arguments in (("A.1", ["sda"]), ("B b/é", []), ("C.1", ["late"])):
        sent = demo.ERRORS[code](*arguments)
        status, problem = sent.to_problem()
        del problem["code"]
        headers = {"Content-Type": "application/problem+json", "x-ACME-id": "r1"}
        received = demo.error_from_response(status, headers, json.dumps(problem))
        assert type(received) is type(sent)
        assert (received.message, received.request_id) == (sent.message, "r1")


def test_configured_header(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's header for request ids precedes the common ones, also over all services."""
    project.configure(_CONFIGURATION).write(page=page(("404", "A.1", "m", "d", "h"))).generate()
    demo = project.package(monkeypatch)
    package = __import__("api_errors")
    headers = {"X-Request-Id": "r2", "X-ACME-ID": "r1"}
    for body in ({"code": "A.1"}, {"code": "X.1"}, ""):
        assert demo.error_from_response(404, headers, body).request_id == "r1"
        assert package.error_from_response(404, headers, body).request_id == "r1"
        assert demo.error_from_response(404, {"X-Request-Id": "r2"}, body).request_id == "r2"
