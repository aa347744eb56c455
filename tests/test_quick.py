"""Quick reading of tables: the tree equals the one from docutils, node by node."""

import unicodedata
from pathlib import Path

import pytest
from docutils import nodes, utils
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser, states
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import everything
from errbook.files import read_text
from errbook.readers.rst import sphinx
from errbook.readers.rst.quick import QuickCells, QuickParser
from pages import grid

_PAGES = [
    *everything.CORPUS,
    *sorted((everything.SHARED / "others" / "pages").glob("*.rst")),
]
_PLAIN_STATES = tuple(
    type(
        state.__name__,
        tuple(base for base in state.__bases__ if base is not QuickCells),
        {},
    )
    for state in sphinx.state_classes
)


def _tree(text: str, *, quick: bool) -> nodes.document:
    tree = utils.new_document("page.rst", get_default_settings(Parser))
    vars(tree.settings).update(
        file_insertion_enabled=False,
        report_level=5,
        halt_level=5,
        line_length_limit=1_000_000,
    )
    parser = (QuickParser if quick else Parser)(inliner=sphinx.TolerantInliner())
    chosen = sphinx.state_classes if quick else _PLAIN_STATES
    parser.state_classes = chosen
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sphinx, "state_classes", chosen)
        states.RSTState.nested_sm_cache.clear()
        sphinx._Tolerant.nested_sm_cache.clear()
        parser.parse(text, tree)
    return tree


def _assert_equal(text: str) -> None:
    plain, quick = _tree(text, quick=False), _tree(text, quick=True)
    assert quick.pformat() == plain.pformat()
    assert _places(quick) == _places(plain)


def _places(tree: nodes.document) -> list[tuple[str, str | None, int | None]]:
    """Return the places of the nodes; `pformat` shows those of messages."""
    elements = (n for n in tree.findall(nodes.Element) if not isinstance(n, nodes.system_message))
    return [(n.tagname, n.source, n.line) for n in elements]


def test_the_other_parser_is_plain() -> None:
    """The trees are compared with those of plain docutils, without the quick classes."""
    assert not any(issubclass(state, QuickCells) for state in _PLAIN_STATES)
    assert all(issubclass(state, QuickCells) for state in sphinx.state_classes)


@pytest.mark.skipif(not _PAGES, reason=everything.NO_PAGES)
@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem[-60:])
def test_real_pages(page: Path) -> None:
    """Trees and places are equal on every real page."""
    _assert_equal(read_text(page, page.name))


_WORDS = st.sampled_from(
    [
        *"word Error. a_b a_ *b* **c** ``d`` `e` |f| g:: h: http://x.y j@k.l \\m \\* 1. 1)".split(),
        *"(1) a.".split(),
        *"iv. # #. - * + :n: n:m :: .. __ __x _x [1]_ [x] <y> >>> | |- +-+ === ---".split(),
        *"中文 é e\u0301".split(),
        *"-o --opt /O o&p q;r \"s\" 't' {u} %v $w x=y ? ! , PEP RFC".split(),
    ]
)
_LINES = st.builds(
    lambda indent, words: " " * indent + " ".join(words),
    st.sampled_from([0, 0, 0, 0, 2, 4]),
    st.lists(_WORDS, max_size=5),
)
_CELLS = st.one_of(
    st.lists(_LINES, max_size=4).map("\n".join),
    st.lists(st.sampled_from(["one", "two words", "", "Three. Four"]), max_size=4).map("\n".join),
    st.text(st.sampled_from("aB1 .-_*`|:+=中\u0301\n"), max_size=24),
)


@st.composite
def _tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=4))
    text = grid(*rows)
    kind = draw(st.sampled_from(["grid", "grid", "damaged", "directive", "indented", "csv"]))
    if kind == "damaged":  # one character is replaced
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.sampled_from("+-|=x \n")) + text[at + 1 :]
    elif kind == "directive":
        text = ".. table:: Title\n\n" + _indented(text)
    elif kind == "indented":
        text = "- item\n\n" + _indented(text) + "\n" + text
    elif kind == "csv":
        quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        text = ".. csv-table::\n\n" + _indented("\n".join(quoted))
    return f"Title\n=====\n\n{text}\nText after it.\n"


def _indented(text: str) -> str:
    return "".join(f"   {line}\n" if line else "\n" for line in text.splitlines())


@given(_tables())
@settings(
    max_examples=250,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_random_tables(text: str) -> None:
    """Trees and places are equal for all kinds of tables, damaged ones too."""
    _assert_equal(unicodedata.normalize("NFD", text))
    _assert_equal(text)
