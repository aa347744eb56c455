"""The text of a document stays text in every output: never code, never markup."""

import json
import subprocess
import sys

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from conftest import Project
from errbook.targets.python.docstrings import docstring
from errbook.targets.python.literals import literal
from errbook.text.commonmark import escape
from errbook.text.visible import visible
from errbook.text.yaml import key, scalar
from pages import escaped, page

_TEXTS = [
    "\"quotes\" 'both' \"\"\" and '''",
    "back\\slash \\n \\\\",
    '"""',
    "ends with a backslash \\",
    'ends with a quote "',
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "{x!r} {0.__class__} ${HOME}",
    "#{x} `id` $(id)",
    "<script>alert(1)</script> --> ]]>",
    "# no heading",
    "- no: list",
    "1. no list",
    "| no | table |",
    "[no](link) ![no](image)",
    "import os; os.abort()",
    "yes",
    "null: ~",
    "é 错误 🙂 a\u200bb \u202ex\u202c \ufeff\xa0y",
    "*x* **y** _z_ ~~w~~ &amp; &lt; \\&",
]
_LINES = "first line\n\nsecond line"


@pytest.fixture
def hostile(project: Project) -> Project:
    """Generate from a page full of texts that would be code or markup in an output."""
    rows = [
        ("400", f"API.{n:02}", escaped(t), escaped(t), escaped(t)) for n, t in enumerate(_TEXTS)
    ]
    rows.append(("400", "API.99", _LINES, _LINES, _LINES))
    rows.append(("400", escaped("\"'\\ {{x}}"), "a", "b", "c"))
    project.write(hostile=page(*rows)).generate()
    return project


def _expected() -> dict[str, str]:
    """Return the text of each code; reading collapses whitespace."""
    texts = {f"API.{n:02}": " ".join(text.split()) for n, text in enumerate(_TEXTS)}
    return texts | {"API.99": "first line\nsecond line"}


def test_catalogue(hostile: Project) -> None:
    """The JSON has the texts."""
    catalogue = json.loads(hostile.read("generated/catalogue/demo.json"))
    for error in catalogue["errors"][: len(_TEXTS) + 1]:
        occurrence = error["occurrences"][0]
        for field in ("message", "description", "handling"):
            assert occurrence[field]["text"] == _expected()[error["code"]]


def test_openapi(hostile: Project) -> None:
    """The YAML has the texts, and the codes as keys."""
    document = yaml.safe_load(hostile.read("generated/openapi/demo.yaml"))
    examples = document["components"]["examples"].values()
    messages = {e["value"]["code"]: e["value"]["message"] for e in examples}
    assert messages.items() >= _expected().items()
    assert set(messages) == set(
        document["components"]["responses"]["400"]["content"]["application/json"]["examples"]
    )


def test_python(hostile: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package can be imported and has the texts, and black, mypy and ruff find nothing."""
    package = hostile.root / "generated" / "python"
    demo = hostile.package(monkeypatch)
    for code, text in _expected().items():
        (occurrence,) = demo.ERRORS[code].occurrences
        assert (occurrence.message, occurrence.description, occurrence.handling) == (text,) * 3
    for tool in (
        ["black", "--check", "-q"],
        ["mypy", "--strict"],
        ["ruff", "check", "--isolated"],
    ):
        command = [sys.executable, "-m", *tool, "api_errors"]
        done = subprocess.run(command, cwd=package, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr


def test_markdown(hostile: Project) -> None:
    """A reader of the page sees the texts, and there is no HTML."""
    tokens = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parse(hostile.read("generated/markdown/demo.md"))
    )
    shown = [_shown(token.children) for token in tokens if token.children is not None]
    for text in map(visible, _expected().values()):
        assert f"Message: {text}" in shown
        assert f"What to do: {text}" in shown or "\n" in text
    assert not [token for token in tokens if "html" in token.type]


def _shown(inline: list) -> str:  # type: ignore[type-arg]
    """Return the text that a reader sees."""
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if token.type in breaks else token.content for token in inline)


@given(st.text())
def test_any_text_is_a_python_literal(text: str) -> None:
    """A literal evaluates to its text and stays on one line; a docstring is a literal."""
    assert eval(literal(text)) == text  # noqa: S307
    assert "\n" not in literal(text)
    shown = eval(docstring(text))  # noqa: S307
    assert isinstance(shown, str)


@given(st.text())
def test_any_text_is_a_yaml_scalar(text: str) -> None:
    """A YAML reader gets the text, as a key and as a value."""
    assert yaml.safe_load(f"{key(text, 0)} {scalar(text)}") == {text: text}


@given(st.text())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_commonmark(text: str) -> None:
    """A CommonMark renderer shows the text, with visible escapes, and nothing else."""
    words = " ".join(text.split())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escape(words))
    assert [token.type for token in tokens] in (
        [],
        ["paragraph_open", "inline", "paragraph_close"],
    )
    assert "".join(_shown(token.children or []) for token in tokens) == visible(words)


def test_texts_of_any_length(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes, headings and texts of 30,000 characters come out right in every output."""
    code, heading, text = "API." + "Ab1" * 10_000, "Other " + "h" * 30_000, "x" * 30_000
    headings = ("Status Code", "Error Code", "Error Message", "Description", heading)
    rows = [("400", code, text, text, text), ("404", "API.1", "m", "d", "e")]
    project.write(demo=page(*rows, headings=headings)).generate()
    catalogue = json.loads(project.read("generated/catalogue/demo.json"))
    occurrence = catalogue["errors"][0]["occurrences"][0]
    assert catalogue["errors"][0]["code"] == code
    assert occurrence["message"]["text"] == occurrence["extra"][heading] == text
    components = yaml.safe_load(project.read("generated/openapi/demo.yaml"))["components"]
    assert components["examples"][code]["value"] == {"code": code, "message": text}
    assert code in components["responses"]["400"]["content"]["application/json"]["examples"]
    demo = project.package(monkeypatch)
    assert demo.error_from_response(400, {}, {"code": code}).code == code
    assert len(project.read("generated/markdown/demo.md")) < 12 * len(text)
    assert project.errbook("check").status == 0
