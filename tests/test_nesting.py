"""Blocks inside blocks: tables in cells, list items and footnotes, directives in cells."""

import re
from collections.abc import Callable
from itertools import product
from textwrap import indent

import pytest

from errbook import analysis
from errbook.lint.selection import selected_rules
from pages import grid

_TABLES = {
    "grid": grid(("Error Code", "Text"), ("IN.01", "x")).strip(),
    "simple": "==========  ====\nError Code  Text\n==========  ====\nIN.01       x\n"
    "==========  ====",
    "list": ".. list-table::\n   :header-rows: 1\n\n"
    "   * - Error Code\n     - Text\n   * - IN.01\n     - x",
    "csv": ".. csv-table::\n   :header: Error Code, Text\n\n   IN.01, x",
    "titled": ".. table:: Title\n\n   ==========  ====\n   Error Code  Text\n"
    "   ==========  ====\n   IN.01       x\n   ==========  ====",
}
_OTHERS = {
    "headless": "+---+---+\n| a | b |\n+---+---+",
    "broken": "+---+---+\n| a | b\n+---+---+",
    "unread": ".. csv-table::\n   :file: errors.csv",
    "admonition": ".. note::\n\n   Text.",
    "unknown": ".. unknown:: argument\n   :option: 1\n\n   Text.",
    "code": '.. code-block:: json\n\n   {"code": "IN.01", "message": "x"}',
    "literal": 'Text::\n\n   {"code": "IN.01"}',
    "substitutions": "|a| text |b|\n\n.. |a| replace:: text\n.. |b| csv-table::\n\n   a, b",
    "footnote": "Text [1]_.\n\n.. [1] Foot.\n\n   ===  ===\n   a    b\n   ===  ===\n   1    2\n"
    "   ===  ===",
    "include": ".. include:: errors.rst",
    "raw": ".. raw:: html\n\n   <b>x</b>",
    "bullets": "* a\n\n  +---+---+\n  | a | b |\n  +---+---+\n* b",
    "fields": ":a: b\n:c: d",
    "section": "Title\n=====\n\nText",
    "lines": "| a\n| b",
    "options": "-a  Text\n-b  Text",
    "roles": ":sup:`1` :unknown:`x <y>` ``c``",
    "figure": ".. figure:: x.png\n\n   Caption.\n\n   +---+---+\n   | a | b |\n   +---+---+",
    "silence": ".. errbook: ignore EB204",
}


def _inside(first: str, rest: int | None = None) -> Callable[[str], str]:
    """Return a function that puts a block below *first*, indented by *rest*.

    Without *rest* the block begins on the line of *first*, and aligns with it.
    """
    width = len(first.split("\n")[-1]) if rest is None else rest
    return lambda block: first + indent(block, " " * width)[0 if rest else width :]


def _quoted(width: int) -> Callable[[str], str]:
    return lambda block: indent(block.replace('"', '""'), " " * width).lstrip()


def _grid_cell(block: str) -> str:
    return grid(("Status", "Error Code", "Description"), ("400", "OUT.01", block)).strip()


_CSV = ".. csv-table::\n   :header: Status, Error Code, {}\n\n   400, {}, {}\n   401, OUT.02, x"
_BLOCKS: dict[str, Callable[[str], str]] = {
    "grid": _grid_cell,
    "simple": lambda block: (
        f"======  ==========  {'=' * 60}\nStatus  Error Code  Description\n"
        f"======  ==========  {'=' * 60}\n400     OUT.01      {indent(block, ' ' * 20).lstrip()}\n"
        f"======  ==========  {'=' * 60}"
    ),
    "list": _inside(
        ".. list-table::\n   :header-rows: 1\n\n   * - Status\n     - Error Code\n"
        "     - Description\n   * - 400\n     - OUT.01\n     - "
    ),
    "csv": lambda block: _CSV.format("Description", "OUT.01", f'"{_quoted(3)(block)}"'),
    "csv code": lambda block: _CSV.format("Description", f'"{_quoted(3)(block)}"', "x"),
    "csv heading": lambda block: _CSV.format(f'"{_quoted(6)(block)}"', "OUT.01", "x"),
    "bullet": _inside("* "),
    "number": _inside("1. "),
    "footnote": _inside(".. [1] Text\n\n", 3),
    "citation": _inside(".. [A] Text\n\n", 3),
    "definition": _inside("term\n", 3),
    "field": _inside(":field:\n\n", 3),
    "quotation": _inside("Text\n\n", 3),
    "admonition": _inside(".. note::\n\n", 3),
    "unknown directive": _inside(".. unknown::\n\n", 3),
    "titled table": _inside(".. table:: Title\n\n", 3),
    "topic": _inside(".. topic:: Title\n\n", 3),
    "figure": _inside(".. figure:: x.png\n\n   Caption\n\n", 3),
    "substitution": _inside(".. |a| replace:: "),
    "comment": _inside("..\n", 3),
    "option": _inside("-a  Text\n\n", 4),
}


@pytest.mark.parametrize("outer", _BLOCKS)
def test_blocks_in_blocks_in_blocks(outer: str) -> None:
    """The page is read, whatever is inside what, and every location is in it."""
    blocks = {**_TABLES, **_OTHERS}
    for middle, inner in product((None, "grid", "list", "csv", "bullet"), blocks):
        block = blocks[inner] if middle is None else _BLOCKS[middle](blocks[inner])
        text = f"Errors\n======\n\n{_BLOCKS[outer](block)}\n"
        page, diagnostics = analysis.analyze_page(text, "page.rst", selected_rules(None))
        lines = text.splitlines()
        locations = [item.occurrence.location for item in page.documented]
        for location in (*locations, *(found.location for found in diagnostics)):
            assert location.line <= len(lines), (middle, inner)
            assert location.column <= len(lines[location.line - 1]) + 1, (middle, inner)


@pytest.mark.parametrize("inner", _TABLES)
@pytest.mark.parametrize(
    "outer", sorted(_BLOCKS.keys() - {"comment", "substitution", "csv heading"})
)
def test_tables_in_blocks(outer: str, inner: str) -> None:
    """A table of errors inside another block is read, and its code is located."""
    text = f"Errors\n======\n\n{_BLOCKS[outer](_TABLES[inner])}\n"
    page, _ = analysis.analyze_page(text, "page.rst", selected_rules(None))
    codes = {item.code: item.cells["code"].location for item in page.documented}
    line = next(i for i, line in enumerate(text.splitlines(), 1) if re.search(r"\bIN\.01", line))
    assert codes["IN.01"].line == line
    assert text.splitlines()[line - 1][codes["IN.01"].column - 1 :].startswith("IN.01")
