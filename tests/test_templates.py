"""Templates of a project: they replace those of the package, and are told where they are wrong."""

from pathlib import Path

import pytest

from conftest import Project
from pages import page

_ROOT = Path(__file__).parents[1]
_DOCUMENT = page(("400", "API.01", "invalid request:xxx", 'Wrong "quotes" \\\\.', "Ask."))
_SERVICE = '[service.demo]\ndocs = ["docs/*.rst"]\n'


def _with(project: Project, target: str, templates: dict[str, str]) -> Project:
    for name, text in templates.items():
        path = project.root / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    project.configure(f'{_SERVICE}[target.{target}]\ntemplates = "mine"\n')
    return project.write(one=_DOCUMENT)


@pytest.mark.parametrize("target", ["python", "markdown"])
def test_example(project: Project, target: str) -> None:
    """The templates in examples/ replace the docstring, and the section of an error."""
    folder = _ROOT / "examples" / "templates" / target
    texts = {path.name: path.read_text() for path in folder.iterdir()}
    _with(project, target, texts).generate()
    assert project.errbook("check").status == 0
    if target == "python":
        text = project.read("generated/python/api_errors/demo.py")
        assert '    """API.01: Wrong "quotes" \\\\.\n\n    What to do: Ask.\n' in text
        assert "Ask in the channel #demo if that does not help." in text
    else:
        text = project.read("generated/markdown/demo.md")
        assert "### `API.01`\n\n| What        | Says " in text
        assert "| Message     | invalid request:xxx   |" in text
        assert "| HTTP status | Class " in text  # the rest is the package's


@pytest.mark.parametrize(
    ("target", "name", "text", "told"),
    [
        (
            "markdown",
            "section.md.j2",
            "### {{ error.heading }}\n{{ error.index }}\n",
            "mine/section.md.j2:2: 'errbook.targets.markdown._Section object' has no attribute "
            "'index', while rendering API.01; ",
        ),
        (
            # A method of the value would be written with its address, another in every run.
            "python",
            "error.py.j2",
            "class A: pass\n# {{ error.count }}\n",
            "mine/error.py.j2:2: 'errbook.targets.python._Error object' has no attribute 'count', "
            "while rendering API.01; ",
        ),
        (
            "markdown",
            "section.md.j2",
            "### {{ error.heading }}\n\n{% if %}\n",
            "mine/section.md.j2:3: Expected an expression, got 'end of statement block', while "
            "rendering API.01; ",
        ),
        (
            "python",
            "error.py.j2",
            "class A:\n    {{ error.statuses | docstring }}\n",
            "mine/error.py.j2:2: 'tuple' object has no attribute 'strip', while rendering API.01; ",
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
            "mine/error.py.j2: this makes no Python, while rendering API.01: expected ':': class A",
        ),
        (
            "python",
            "service.py.j2",
            "class A\n",
            "mine: this makes no Python: cannot parse for target version Python 3.11: 1:7 class A",
        ),
        (
            "openapi",
            "servise.yaml.j2",
            "",
            "mine: there is no template in it that replaces one; did you mean 'service.yaml.j2'?",
        ),
    ],
)
def test_wrong_template(project: Project, target: str, name: str, text: str, told: str) -> None:
    """One line names the template, its line, and the error that was being rendered."""
    result = _with(project, target, {name: text}).errbook("generate")
    assert result.status == 2
    assert result.err.startswith(f"errbook: {told}")
    assert result.err.count("\n") == 1
    assert not (project.root / "generated").exists()


def test_included_template(project: Project) -> None:
    """A template of the project may include another, and one of the package."""
    templates = {
        "service.md.j2": "# Mine\n\n{% include 'part.j2' %}{% include 'index.md.j2' %}",
        "part.j2": "{{ title | md }}\n",
    }
    result = _with(project, "markdown", templates).errbook("generate")
    assert "mine/service.md.j2:3: 'rows' is undefined" in result.err  # mine gave it none


def test_missing_directory(project: Project) -> None:
    """A directory that is not there is told with its key."""
    project.configure(f'{_SERVICE}[target.html]\ntemplates = "theirs"\n').write(one=_DOCUMENT)
    result = project.errbook("generate")
    assert result.status == 2
    assert "target.html.templates is 'theirs', which is no directory" in result.err


def test_template_that_is_no_text(project: Project) -> None:
    """A template in another encoding is told like any other file."""
    _with(project, "markdown", {"section.md.j2": ""})
    (project.root / "mine/section.md.j2").write_bytes(b"\xff\xfe#")
    result = project.errbook("generate")
    assert result.status == 2
    assert result.err.startswith(
        "errbook: mine/section.md.j2:1: this file looks like UTF-16, which is not UTF-8"
    )
