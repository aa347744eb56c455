"""A catalogue that errbook wrote is the input of a service, instead of documents."""

import json

import pytest

from conftest import BODY, Project, git
from errbook.text.marker import marker
from pages import page

_ROWS = (
    ("400", "API.01", "invalid request:xxx", "Wrong.", "Ask."),
    ("404", "API.02", "no router", "Gone.", "Try again later."),
    ("200", "API.03", "all is well", "Fine.", ""),
)
_GIVEN = '[service.demo]\ncatalogue = "vendor/demo.json"\n'


def _give(project: Project, *rows: tuple[str, ...]) -> dict[str, bytes]:
    """Generate from *rows*, and make the catalogue the only input. Return the generated files."""
    project.configure(f'[service.demo]\ntitle = "Demo"\ndocs = ["docs/*.rst"]\n{BODY}')
    project.write(one=page(*rows)).generate("--retire")
    files = project.files()
    (project.root / "vendor").mkdir(exist_ok=True)
    catalogue = project.read("generated/catalogue/demo.json")
    (project.root / "vendor" / "demo.json").write_text(catalogue, encoding="utf-8")
    project.configure(_GIVEN)
    (project.root / "docs" / "one.rst").write_bytes(b"\xff not the document")
    return files


def test_same_outputs(project: Project) -> None:
    """The outputs are those from the documents, which are not opened; only the marker differs."""
    from_documents = _give(project, *_ROWS)
    (project.root / "errbook.lock").unlink()
    result = project.generate()
    assert "warning" not in result.err
    ours, theirs = (marker([name]).encode() for name in ("vendor/demo.json", "docs/*.rst"))
    generated = {
        name: content.replace(ours, theirs)
        for name, content in project.files().items()
        if name.startswith("generated/")
    }
    assert generated == {n: c for n, c in from_documents.items() if n.startswith("generated/")}
    assert '"vendor/demo.json" = 0' in project.read("errbook.lock")
    for command in (["check", "--strict"], ["lint"], ["lint", "vendor/demo.json"]):
        assert project.errbook(*command).status == 0
    assert project.generate().err.endswith("up to date\n")


def test_settings_of_the_service(project: Project) -> None:
    """Title, URL, body, names and retrying can be configured, as for documents."""
    _give(project, *_ROWS)
    project.configure(
        f'{_GIVEN}title = "Ours"\ndocs_url = "https://x.example/{{page}}"\n'
        'envelope = { code = "error.code", message = "error.text" }\n'
        'names."API.02" = "Routerless"\nretryable."API.01" = true\n'
    ).generate()
    catalogue = json.loads(project.read("generated/catalogue/demo.json"))
    assert (catalogue["title"], catalogue["docs_url"]) == ("Ours", "https://x.example/{page}")
    assert catalogue["envelope"]["code"] == ["error", "code"]
    assert catalogue["names"]["errors"]["API.02"]["class"] == "RouterlessError"
    assert catalogue["errors"][0]["occurrences"][0]["retrying"]["retryable"] is True


def test_codes_that_leave_the_catalogue(project: Project) -> None:
    """They are retired, although the catalogue lists their names; a taken name is reported."""
    _give(project, *_ROWS)
    project.generate()
    ours = {path: project.read(path) for path in ("errbook.lock", "generated/catalogue/demo.json")}
    _give(project, _ROWS[0], ("404", "API.04", "no router", "Gone.", "Look."))
    for path, text in ours.items():
        (project.root / path).write_text(text, encoding="utf-8")
    checked = project.errbook("check", "--all")
    assert "demo: 2 retired: NoRouterError (API.02), API.03\n" in checked.out
    assert "vendor/demo.json:1:1: info: 'API.04' is named NoRouter04Error" in checked.err
    project.generate()
    assert '"API.02" = "NoRouterError API_02 404 retired"' in project.read("errbook.lock")


def test_diff(project: Project) -> None:
    """`errbook diff` reads the catalogue of a revision."""
    git(project.root, "init", "--quiet")
    _give(project, *_ROWS)
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", "begin")
    _give(project, _ROWS[0], ("409", *_ROWS[1][1:]), _ROWS[2])
    out = project.errbook("diff", "HEAD").out
    assert out.startswith("docs/one.rst:9: breaking: demo: with a different parent: NoRouter")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('docs = ["a.rst"]\ncatalogue = "a.json"', "has both docs and catalogue; remove one"),
        ("catalogue = 1", ".catalogue is 1; write a string"),
        ('catalogue = "/a.json"', ".catalogue is '/a.json'; write a path relative to"),
        ('title = "x"', 'has no docs; add docs = ["path/to/*.rst"]'),
    ],
)
def test_mistakes(project: Project, text: str, message: str) -> None:
    """A service has either documents or a catalogue."""
    result = project.configure(f"[service.demo]\n{text}\n").errbook("generate")
    assert (result.status, result.err.count("\n"), message in result.err) == (2, 1, True)


@pytest.mark.parametrize("text", [None, "{}", '{"version": 99}', "cut off"])
def test_unreadable_catalogue(project: Project, text: str | None) -> None:
    """A missing, foreign or newer file stops the service, in one line."""
    _give(project, *_ROWS)
    path = project.root / "vendor" / "demo.json"
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    before = project.files()
    result = project.errbook("generate")
    assert result.status == 2
    assert result.err.count("errbook: vendor/demo.json: ") == 1
    assert project.files() == before
