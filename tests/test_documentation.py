"""The project's documentation: examples in it can be copied, and links in it lead somewhere."""

import json
import re
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest
import requests
from api_errors import vpn
from markdown_it import MarkdownIt
from markdown_it.token import Token

from conftest import ROOT, Project
from pages import page

_PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "examples/*.md", "templates/*.md")
    for path in ROOT.glob(pattern)
)
_HEADINGS = ("Module", "Status Code", "Error Code", "Error Information", "Description", "Advice")
_DOCUMENT = (
    page(
        ("Common", "400", "VPN.0001", "invalid request:xxx", "The input is invalid.", "Fix it."),
        ("Common", "403", "VPN.0003", "authorization failed", "Access is denied.", "Log in."),
        ("Common", "404", "VPN.0004", "resource not found", "There is no resource.", "Create it."),
        headings=_HEADINGS,
    )
    + '\n::\n\n   {"code": "VPN.0001", "message": "invalid request:x"}\n'
)


def _tokens(path: Path) -> Iterator[Token]:
    """Yield the tokens of a page, including those inside paragraphs."""
    for token in MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8")):
        yield token
        yield from token.children or ()


def _blocks(path: Path, language: str) -> list[str]:
    return [token.content for token in _tokens(path) if token.info == language]


@pytest.mark.parametrize("configuration", _blocks(ROOT / "docs" / "configuration.md", "toml"))
def test_configurations_can_be_copied(project: Project, configuration: str) -> None:
    """Every configuration in the guide is complete, and warns about 'Advice' unless it maps it."""
    (project.root / "errbook.toml").unlink()
    (project.root / "pyproject.toml").write_text(configuration, encoding="utf-8")
    (project.root / "docs" / "vpn").mkdir(parents=True)
    (project.root / "docs" / "vpn" / "errors.rst").write_text(_DOCUMENT, encoding="utf-8")
    (project.root / "my_templates").mkdir()
    (project.root / "my_templates" / "section.md.j2").write_text(
        "## {{ error.code | md }}\n", encoding="utf-8"
    )
    result = project.generate()
    knows_remedy = '"Advice" = "handling"' in configuration
    assert ("unknown heading 'Advice'" in result.err) is not knows_remedy
    assert result.err.count("warning:") == (0 if knows_remedy else 1)


def test_readme_configuration_is_enough(project: Project) -> None:
    """The lines in the README are all that a project needs."""
    [configuration] = _blocks(ROOT / "README.md", "toml")
    assert tomllib.loads(configuration)["tool"]["errbook"]["service"].keys() == {"vpn"}
    (project.root / "errbook.toml").unlink()
    (project.root / "pyproject.toml").write_text(configuration, encoding="utf-8")
    [table] = _blocks(ROOT / "README.md", "rst")
    (project.root / "docs" / "vpn").mkdir(parents=True)
    (project.root / "docs" / "vpn" / "errors.rst").write_text(table, encoding="utf-8")
    project.generate()
    assert project.errbook("check", "--strict").status == 0
    assert "class ResourceNotFoundError" in project.read("generated/python/api_errors/vpn.py")


@pytest.mark.parametrize("path", _PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files(path: Path) -> None:
    """Every relative link names a file or directory of the project, and a heading in it."""
    for token in _tokens(path):
        target = token.attrs.get("href") or token.attrs.get("src")
        if not isinstance(target, str) or re.match("https?:", target):
            continue
        file, _, heading = target.partition("#")
        linked = path.parent / file if file else path
        assert linked.exists(), target
        if heading:
            assert heading in _slugs(linked), target


def _slugs(path: Path) -> set[str]:
    """Return the ids that GitHub gives to the headings of a page."""
    headings = re.findall("(?m)^#+ (.+)$", path.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_readme_server_returns_the_documented_body() -> None:
    """The server example in the README has the result that stands below it."""
    server = next(block for block in _blocks(ROOT / "README.md", "python") if "to_resp" in block)
    expression, shown = server.strip().split("\n# ")
    assert eval(expression, {"vpn": vpn}) == eval(shown)  # noqa: S307 - our own README


class _Vpn(BaseHTTPRequestHandler):
    """A service that responds to /STATUS/CODE/MESSAGE with that error."""

    def do_GET(self) -> None:
        _, status, code, message = unquote(self.path).split("/")
        body = json.dumps({"code": code, "message": message}).encode()
        self.send_response(int(status))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Print nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Start `_Vpn` on loopback; return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Vpn) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("/400/VPN.0001/invalid request:name too long", "name too long\n"),
        ("/404/VPN.0004/resource not found", "VPN.0004 Failed to find the resource."),
        ("/500/VPN.9999/a new error", "500 VPN.9999 a new error\n"),
    ],
)
def test_readme_client_catches_the_errors(
    server: str, capsys: pytest.CaptureFixture[str], path: str, printed: str
) -> None:
    """The client in the README runs, and each clause catches what its comment says."""
    client = next(block for block in _blocks(ROOT / "README.md", "python") if "except" in block)
    exec(client, {"requests": requests, "url": server + path})  # noqa: S102 - our own README
    assert capsys.readouterr().out.startswith(printed)
