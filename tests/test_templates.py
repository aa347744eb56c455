"""Templates and source files: a project's own replace those of errbook."""

import re
import tokenize
from pathlib import Path

import pytest

from conftest import Project
from errbook.build import fingerprint
from errbook.targets.python.formatting import black_formatted
from pages import page

_ROOT = Path(__file__).parents[1]
_DOCUMENT = page(("400", "API.01", "invalid request:xxx", 'Wrong "quotes" \\\\.', "Ask."))
_SERVICE = '[service.demo]\ndocs = ["docs/*.rst"]\n'


def _with(project: Project, target: str, templates: dict[str, str]) -> Project:
    for name, text in templates.items():
        path = project.root / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    project.configure(f'{_SERVICE}[target.{target}]\ntemplates = "mine"\n')
    return project.write(one=_DOCUMENT)


@pytest.mark.parametrize("target", ["python", "markdown"])
def test_example(project: Project, target: str) -> None:
    """The templates in examples/ replace the docstring and the section of an error."""
    folder = _ROOT / "examples" / "templates" / target
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    _with(project, target, texts).generate()
    assert project.errbook("check").status == 0
    if target == "python":
        text = project.read("generated/python/api_errors/demo.py")
        assert '    """API.01: invalid request:<arg1>\n\n    What to do: Ask.\n' in text
        assert "Ask in the channel #demo if that does not help." in text
    else:
        text = project.read("generated/markdown/demo.md")
        assert "### `API.01`\n\n| Field       | Value " in text
        assert "| Message     | invalid request:xxx   |" in text
        assert "| HTTP status | Class " in text  # the index is errbook's


@pytest.mark.parametrize(
    ("target", "name", "text", "message"),
    [
        (
            "markdown",
            "section.md.j2",
            "### {{ error.heading }}\n{{ error.index }}\n",
            "mine/section.md.j2:2: this value has no attribute "
            "'index', while rendering API.01; ",
        ),
        (
            # A method would be printed with its address, which differs in every run.
            "python",
            "error.py.j2",
            "class A: pass\n# {{ error.count }}\n",
            "mine/error.py.j2:2: this value has no " "attribute 'count', while rendering API.01; ",
        ),
        (
            "markdown",
            "section.md.j2",
            "### {{ error.heading }}\n\n{% if %}\n",
            "mine/section.md.j2:3: Expected an expression, got 'end of statement block'; ",
        ),
        (
            "python",
            "error.py.j2",
            "class A:\n    {{ error.statuses | docstring }}\n",
            "mine/error.py.j2:2: 'tuple' object has no attribute 'splitlines', "
            "while rendering API.01; ",
        ),
        (
            "python",
            "docstring.j2",
            "{% include 'other.j2' %}",
            "mine/docstring.j2:1: 'other.j2' not found in search paths: ",
        ),
        (
            "python",
            "error.py.j2",
            "class A\n",
            "mine/error.py.j2: its output is not valid Python, while rendering API.01: "
            "expected ':': class A",
        ),
        (
            "python",
            "service.py.j2",
            "class A\n",
            "mine/service.py.j2: its output is not valid Python: "
            "cannot parse for target version Python 3.11: 1:7 class A",
        ),
        (
            "openapi",
            "servise.yaml.j2",
            "",
            "mine: no file in it replaces one of errbook's templates; "
            "did you mean 'service.yaml.j2'?",
        ),
    ],
)
def test_wrong_template(project: Project, target: str, name: str, text: str, message: str) -> None:
    """The message names the template, the line and the error that was being rendered."""
    result = _with(project, target, {name: text}).errbook("generate")
    assert result.status == 2
    assert result.err.startswith(f"errbook: {message}")
    assert result.err.count("\n") == 1
    assert not (project.root / "generated").exists()


def test_included_template(project: Project) -> None:
    """A project's template may include another one, and one of errbook's."""
    templates = {
        "service.md.j2": "# Mine\n\n{% include 'part.j2' %}{% include 'index.md.j2' %}",
        "part.j2": "{{ title | md }}\n",
    }
    result = _with(project, "markdown", templates).errbook("generate")
    assert "mine/service.md.j2:3: 'rows' is undefined" in result.err  # service.md.j2 has none


def test_missing_directory(project: Project) -> None:
    """A missing directory is reported with its key."""
    project.configure(f'{_SERVICE}[target.html]\ntemplates = "theirs"\n').write(one=_DOCUMENT)
    result = project.errbook("generate")
    assert result.status == 2
    assert "target.html.templates is 'theirs', which is not a directory" in result.err


def test_template_that_is_not_utf8(project: Project) -> None:
    """A template in another encoding is reported with that encoding."""
    _with(project, "markdown", {"section.md.j2": ""})
    (project.root / "mine/section.md.j2").write_bytes(b"\xff\xfe#")
    result = project.errbook("generate")
    assert result.status == 2
    assert result.err.startswith(
        "errbook: mine/section.md.j2:1: this file looks like UTF-16, not UTF-8"
    )


_TEMPLATES = _ROOT / "templates"
_SUFFIXES = (".j2", ".py", ".js", ".css")
_FILES = sorted(path for path in _TEMPLATES.rglob("*.*") if path.suffix in _SUFFIXES)
_PYTHON = [path for path in _FILES if path.suffix == ".py"]


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_only_templates_have_placeholders(path: Path) -> None:
    """A file with placeholders is named as a template, and a file without any is not."""
    has_placeholders = re.search(r"\{[{%]", path.read_text(encoding="utf-8")) is not None
    assert has_placeholders == (path.suffix == ".j2")


def test_cache_depends_on_source_files() -> None:
    """The cache depends on every template and source file of errbook."""
    assert {str(path.relative_to(_TEMPLATES)) for path in _FILES} <= set(fingerprint.state())


@pytest.mark.parametrize("path", _PYTHON, ids=lambda path: path.name)
def test_source_files_are_copied(project: Project, path: Path) -> None:
    """The generated package has the source files unchanged below a head, in black's style."""
    source = path.read_text(encoding="utf-8")
    project.write(one=_DOCUMENT).generate()
    name = path.relative_to(_TEMPLATES / "python").as_posix()
    generated = project.read(f"generated/python/api_errors/{name}")
    head = generated.removesuffix(source)
    assert head != generated
    assert all(line.startswith("# ") for line in head.splitlines())
    assert black_formatted(source) == source


@pytest.mark.parametrize(
    ("target", "name", "text", "generated"),
    [
        ("python", "_shared/messages.py", "X = {'a':1}\n", "python/api_errors/_shared/messages.py"),
        ("html", "style.css", "b { color: red; } /* {{ x }} */", "html/index.html"),
        ("html", "script.js", "'use strict';", "html/index.html"),
    ],
)
def test_source_file_of_a_project(
    project: Project, target: str, name: str, text: str, generated: str
) -> None:
    """A project's source file replaces errbook's, and is neither rendered nor formatted."""
    _with(project, target, {name: text}).generate()
    assert text in project.read(f"generated/{generated}")


def test_template_of_a_source_file(project: Project) -> None:
    """A project may also replace a source file by a template."""
    style = "{% set color = 'red' %}b { color: {{ color }}; }"
    _with(project, "html", {"style.css.j2": style}).generate()
    assert "b { color: red; }" in project.read("generated/html/index.html")


def test_misspelt_source_file(project: Project) -> None:
    """A file that replaces nothing is reported with the name that was probably meant."""
    result = _with(project, "html", {"scripts.js": ""}).errbook("generate")
    assert (
        "no file in it replaces one of errbook's templates; did you mean 'script.js'?" in result.err
    )


def test_source_file_with_crlf(project: Project) -> None:
    """A project's script with CRLF is copied with LF, and the page is up to date."""
    script = (_ROOT / "templates/html/script.js").read_text(encoding="utf-8").replace("\n", "\r\n")
    _with(project, "html", {"script.js": script}).generate()
    assert "\r" not in project.read("generated/html/index.html")
    assert project.errbook("check").status == 0


def test_source_file_that_is_not_python(project: Project) -> None:
    """A project's module that is not Python is reported before anything is written."""
    result = _with(project, "python", {"_shared/messages.py": "def (:\n"}).errbook("generate")
    assert result.status == 2
    assert result.err.startswith("errbook: mine/_shared/messages.py: its output is not valid")


def test_source_file_with_an_encoding(project: Project) -> None:
    """A project's module is written as UTF-8, whatever encoding it declares."""
    text = "# -*- coding: latin-1 -*-\n" + (
        _ROOT / "templates/python/_shared/messages.py"
    ).read_text(encoding="utf-8")
    _with(project, "python", {"_shared/messages.py": text}).generate()
    path = project.root / "generated/python/api_errors/_shared/messages.py"
    with path.open("rb") as file:
        assert tokenize.detect_encoding(file.readline)[0] == "utf-8"
