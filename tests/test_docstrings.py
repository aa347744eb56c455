"""Docstrings are plain text to the tools that read them: docutils, doctest and pydoc."""

import ast
import doctest
import inspect
import io
import pydoc
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docutils.core
import docutils.nodes
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import programs
from conftest import Project
from errbook.targets.python.docstrings import docstring
from pages import escaped, page

_SHOWN = (docutils.nodes.paragraph, docutils.nodes.reference, docutils.nodes.Text)
"""Text; URLs and mail addresses become links."""


def _read(text: str) -> str:
    """Return the docstring of *text* as programs see it."""
    doc = eval(docstring(text, indent=4))  # noqa: S307
    assert isinstance(doc, str)
    return inspect.cleandoc(doc)


def _checked(doc: str) -> list[str]:
    """Return the words that docutils shows for *doc*; check that it finds nothing but text."""
    warnings = io.StringIO()
    tree = docutils.core.publish_doctree(
        doc, settings_overrides={"report_level": 1, "warning_stream": warnings}
    )
    assert warnings.getvalue() == ""
    assert [node for node in tree.findall() if not isinstance(node, (type(tree), *_SHOWN))] == []
    return tree.astext().split()


_PIECES = st.text("*`|_\\:.-+=>[]#()1ai~^<\"'/{}&中（→ \n", max_size=30) | st.lists(
    st.sampled_from(
        [
            "*args",
            "**bold**",
            "``code``",
            "`role`",
            ":class:`X`",
            "|x|",
            "||",
            "name_",
            "__init__",
            "[1]_",
            "_`target`",
            ">>> 1/0",
            ">>>x",
            "... y",
            "- item",
            "1. item",
            "(a) item",
            "iv) item",
            ":field: x",
            ".. note::",
            "__ x",
            "| line",
            "::",
            "x::",
            "Returns:",
            "See also:",
            "-----",
            "***",
            "+---+",
            "=== ===",
            "--option  text",
            "C:\\dir\\x",
            "https://x.example/a_?b=*c*",
            "a@b.example",
            "word " * 15,
            "\n",
            "\n\n",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(_PIECES)
@example("Title\n-----")
@example("Title\n\\\\\\\\\\\\")
def test_docutils_shows_the_text(text: str) -> None:
    """docutils, and so Sphinx, shows every docstring as its text, without a warning."""
    assert _checked(_read(text)) == text.split()


@given(_PIECES)
def test_doctest_finds_no_prompt(text: str) -> None:
    """Nothing in a docstring is run as an example."""
    assert doctest.DocTestParser().get_examples(_read(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Network <arg1> could not be found.",
        "5 * 3 = 15, a*b, 2**8 and 50%",
        "tenant_id, _private and {name}",
        'a | b || c, [1] and (a): it\'s "so" - or not',
        "-1 is not allowed",
        "x > y >> z, <b>, #1 and https://x.example/a_b#c",
        "3.5 GB; e.g. a. or b.",
    ],
)
def test_text_is_not_escaped_without_need(text: str) -> None:
    """What no tool takes for markup reads in help() as in the document."""
    assert _read(text) == text


_PROMPT = """\
Errors
======

.. list-table::
   :header-rows: 1

   * - HTTP Status
     - Error Code
     - Description
   * - 400
     - D.1
     - Try it in a shell.

       >>> open("touched", "w").close()
   * - 400
     - D.2
     - The console shows::

           >>> 1/0
   * - 400
     - D.3
     - ``>>> 2/0``
"""


def test_doctest_runs_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The module has no examples for doctest, although its documents have prompts."""
    project.write(prompt=_PROMPT).generate()
    demo = project.package(monkeypatch)
    assert doctest.testmod(demo) == doctest.TestResults(failed=0, attempted=0)
    assert not Path("touched").exists()
    assert '>>> open("touched", "w").close()' in demo.ERRORS["D.1"].__doc__


def test_docstrings_of_a_module(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A class has message, description, handling, status, code and place; a member the message."""
    rows = [
        (
            "404",
            "API.1",
            "Network %s could not be found",
            "There is no such network.",
            "List them.",
        ),
        ("409", "API.2", "In use", "In use.", ""),
        ("400", "API.3", "", "The name is wrong.", ""),
        ("400", "API.4", "", "", ""),
        ("200", "API.5", "Fine", "It worked.", ""),
    ]
    project.write(one=page(*rows)).generate()
    demo = project.package(monkeypatch)
    assert {code: inspect.getdoc(cls) for code, cls in demo.ERRORS.items()} == {
        "API.1": "Network <arg1> could not be found\n\nThere is no such network.\n\n"
        "Handling: List them.\n\nHTTP status 404, code API.1, documented in docs/one.rst.",
        "API.2": "In use\n\nHTTP status 409, code API.2, documented in docs/one.rst.",
        "API.3": "The name is wrong.\n\nHTTP status 400, code API.3, documented in docs/one.rst.",
        "API.4": "API.4\n\nHTTP status 400, code API.4, documented in docs/one.rst.",
    }
    assert _member_docstrings(project) == {
        "API_1": "Network <arg1> could not be found",
        "API_2": "In use",
        "API_3": "The name is wrong.",
        "API_4": "API.4",
        "API_5": "Fine",
    }
    shown = re.sub(" +\n", "\n", pydoc.plain(pydoc.render_doc(demo.ERRORS["API.1"])))
    assert " |  Network <arg1> could not be found\n |\n |  There is no such network.\n" in shown


def _member_docstrings(project: Project) -> dict[str, str]:
    """Return the string below each member of the enum."""
    module = ast.parse(project.read("generated/python/api_errors/demo.py"))
    [enum] = [
        node for node in module.body if isinstance(node, ast.ClassDef) and "Code" in node.name
    ]
    return {
        assignment.targets[0].id: text.value.value
        for assignment, text in zip(enum.body[1:], enum.body[2:], strict=False)
        if isinstance(assignment, ast.Assign)
        and isinstance(assignment.targets[0], ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


_SPHINX = """
import sys
sys.path.insert(0, {package!r})
extensions = ["sphinx.ext.autodoc", "sphinx.ext.doctest", *{extensions}]
html_theme = "basic"
smartquotes = False
autodoc_default_options = {{"members": True, "undoc-members": True, "show-inheritance": True}}
"""


def test_napoleon_finds_no_types(project: Project) -> None:
    """The first line of an attribute's docstring has no colon, before which would be a type."""
    rows = [("404", "API.1", "Not found: %s"), ("400", "soap:Client"), ("400", "API.2", "Returns:")]
    project.write(one=page(*rows, ("400", "API.3", "Gone"))).generate()
    project.write(one=page(*rows)).generate()
    assert _member_docstrings(project)["API_1"] == "This code means:\n\n    Not found: <arg1>\n    "
    texts = [
        text
        for path in (project.root / "generated" / "python").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for text in _attribute_docstrings(node)
    ]
    assert len(texts) > 50
    first_lines = [re.sub("``.*?``", "", text.partition("\n")[0]) for text in texts]
    assert [line for line in first_lines if re.search(":.", line)] == []


def _attribute_docstrings(node: ast.AST) -> Iterator[str]:
    """Yield the strings below assignments in *node*; the docstring, if it is a property."""
    if isinstance(node, ast.FunctionDef) and node.decorator_list:
        yield ast.get_docstring(node) or ""
    if not isinstance(node, ast.Module | ast.ClassDef):
        return
    for statement, below in pairwise(node.body):
        is_assignment = isinstance(statement, ast.Assign | ast.AnnAssign)
        if is_assignment and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield str(below.value.value)


@pytest.mark.parametrize("extensions", [[], ["sphinx.ext.napoleon"]], ids=["plain", "napoleon"])
@pytest.mark.slow
def test_sphinx(project: Project, extensions: list[str]) -> None:
    """Sphinx documents the package without a warning, and shows the texts of the documents."""
    texts = [
        "*args and **kw",
        "`role` ``x`` :class:`Y`",
        "name_ and |x| [1]_",
        "- a: b::",
        "1. x",
        "Authentication failed: no https://x.example token",
    ]
    rows = [
        ("400", f"API.{number}", escaped(f"{text} %s"), escaped(text), escaped(f"x\n\n{text}"))
        for number, text in enumerate(texts)
    ]
    project.write(hostile=page(*rows, ("400", "name_", "m", "d", "h"))).generate()
    package = project.root / "generated" / "python"
    modules = [
        "api_errors",
        "api_errors.demo",
        *(
            f"api_errors._shared.{path.stem}"
            for path in package.glob("api_errors/_shared/[a-z]*.py")
        ),
    ]
    source = project.root / "sphinx"
    source.mkdir()
    (source / "conf.py").write_text(
        _SPHINX.format(package=str(package), extensions=extensions), encoding="utf-8"
    )
    index = "\n".join(f".. automodule:: {name}" for name in sorted(modules))
    (source / "index.rst").write_text(f"Errors\n======\n\n{index}\n", encoding="utf-8")
    programs.need(programs.PYTHON)
    command = ("-m", "sphinx", "-W", "--keep-going", "-q")
    for builder in ("text", "doctest"):
        programs.run(programs.PYTHON, *command, "-b", builder, source, project.root / builder)
    shown = " ".join((project.root / "text" / "index.txt").read_text(encoding="utf-8").split())
    for text in texts:
        assert shown.count(text) >= 3
        assert shown.count(f"{text} <arg1>") >= 2  # of the class and the member
    assert "Type:" not in shown
