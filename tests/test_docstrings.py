"""Docstrings are plain text to the tools that read them: docutils, doctest and pydoc."""

import doctest
import inspect
import io

import docutils.core
import docutils.nodes
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errbook.targets.python.docstrings import docstring

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
