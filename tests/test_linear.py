"""Every pass over a document is linear: twice the input takes about twice the instructions."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from pages import HEADINGS, escaped, grid, page
from programs import valgrind

pytestmark = pytest.mark.slow

_COUNTING = ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null")

_MAX_RATIO = 2.3
"""Counts do not vary, so that little more than twice the work is allowed."""


def _repeated(text: str, count: int, between: str = "") -> str:
    """Return *count* copies of *text*, with the number of the copy in place of ``#``."""
    return between.join(text.replace("#", str(number)) for number in range(count))


def _listed(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> str:
    """Return a page with a list-table of *rows*, which docutils reads faster than a grid table."""
    filled = ([*row, *[""] * (len(headings) - len(row))] for row in (headings, *rows))
    items = ("\n     - ".join(row) for row in filled)
    table = "".join(f"   * - {item}\n" for item in items)
    return f"Error Codes\n===========\n\n.. list-table::\n   :header-rows: 1\n\n{table}"


def _numbered(count: int, *cells: str) -> list[list[str]]:
    return [[cell.replace("#", str(number)) for cell in cells] for number in range(count)]


def _one(message: str, description: str = "") -> str:
    return _listed(("400", "API.1", message, description), ("404", "API.2", "no router"))


def _before_table(text: str) -> str:
    return text + _one("text")


def _columns(*headings: str) -> str:
    row = ("400", "API.1", *"x" * len(headings))
    return _listed(row, headings=(*HEADINGS[:2], *headings))


_CODES = "Error codes\n===========\n\n"
_MARKDOWN = """# Error codes

| Status | Error code | Error message |
| ------ | ---------- | ------------- |
| 400    | API.0      | no router     |
"""
_CSV = "Errors\n======\n\n.. csv-table::\n   :header: Status, Error Code, Error Message\n\n"
_QUOTED = '"a ""#""\n   b", '
_PART = "Part #\n========\n\n"
_TABLE = grid(HEADINGS, ("400", "API.#", "full"))
_BODY = '::\n\n  {"code": "API.1", "message": "m"}\n\n'

_KINDS: dict[str, tuple[int, Callable[[int], str]]] = {
    "placeholders": (8000, lambda n: _one(_repeated("{a#} ", n))),
    "quotes": (4000, lambda n: _one(escaped("\"'“‘" * n))),
    "separators": (1000, lambda n: _listed(("400", _repeated("API.#", n, ", "), "text"))),
    "rows": (300, lambda n: _listed(*_numbered(n, "400", "API.#", "Disk # is full.", "a", "b"))),
    "columns": (1000, lambda n: _columns(*_repeated("Other #|", n).split("|")[:n])),
    "nesting": (100_000, lambda n: _before_table(_BODY.replace('"m"', "[" * n))),
    "blank lines": (100_000, lambda n: _before_table("\n" * n) + "\n" * n),
    "headings": (400, lambda n: _before_table(_repeated(_PART, n))),
    "list items": (1500, lambda n: _one("text", _repeated("- item #", n, "\n       "))),
    "envelopes": (1000, lambda n: _before_table(_BODY * n)),
    "placeholders without a name": (8000, lambda n: _one("%s " * n)),
    "quotes around codes": (
        4000,
        lambda n: _listed(("400", escaped("'\"" * n), "m"), ("400", "API.1", "m")),
    ),
    "marks": (3000, lambda n: _one(escaped("{{%<[*_x" * n))),
    "words": (10_000, lambda n: _one("word " * n, "word " * n)),
    "letters": (200_000, lambda n: _one("w" * n, "w" * n)),
    "invisible characters": (20_000, lambda n: _one("\u202e" * n)),
    "rows of a drawn table": (
        500,
        lambda n: page(*_numbered(n, "400", "API.#", "Disk # is full.", "a", "b")),
    ),
    "rows with one code": (300, lambda n: _listed(*_numbered(n, "400", "API.1", "Disk #"))),
    "rows with one message": (300, lambda n: _listed(*_numbered(n, "400", "#", "full"))),
    "rows of a csv-table": (500, lambda n: _CSV + _repeated("   400, API.#, Disk #\n", n)),
    "lines in a row of a csv-table": (
        1000,
        lambda n: f"{_CSV}   400, API.1, full, {_repeated(_QUOTED, n)}x\n",
    ),
    "group rows": (500, lambda n: _listed(("400", "API.1", "m"), *_numbered(n, "", "Group #"))),
    "columns with one heading": (1000, lambda n: _columns(*["Other"] * n)),
    "statuses": (5000, lambda n: _listed(("400 404 " * n, "API.1", "text"))),
    "tables": (400, lambda n: _repeated(f"{_PART}{_TABLE}\n", n)),
    "members": (
        10_000,
        lambda n: _before_table(_BODY.replace("}", _repeated(', "k#": 1', n) + "}")),
    ),
    "comments": (1500, lambda n: _before_table(".. errbook: ignore EB302\n\n" * n)),
    "definitions": (400, lambda n: _CODES + _repeated("E#\n   full\n\n   :Cause: #\n\n", n)),
    "Markdown rows": (
        500,
        lambda n: _MARKDOWN + _repeated("| 400 | API.# | Disk # is full. |\n", n),
    ),
    "Markdown sections": (
        300,
        lambda n: _MARKDOWN + _repeated("\n## E#\n\nfull\n\n- Cause: #\n", n),
    ),
    "Markdown items": (400, lambda n: _MARKDOWN + _repeated("\n- `E#`: full\n", n)),
    "Markdown cells": (2000, lambda n: f"{_MARKDOWN}| 400 | API.1 | {'*a_ `[' * n} |\n"),
    "HTML rows": (
        400,
        lambda n: f"{_MARKDOWN}\n<table>{_repeated('<tr><td>400<td>API.#<td>full', n)}</table>\n",
    ),
    "unclosed HTML tables": (2000, lambda n: _MARKDOWN + "\n<table>\n" * n),
    "unclosed comments": (2000, lambda n: f"{_MARKDOWN}\n<p>{'<!-- {/* ' * n}"),
    "unclosed comments of MDX": (2000, lambda n: _MARKDOWN + "\n{/* a\n" * n + "{/* " * n),
}
"""Kind of input -> a size, and a function that returns a document of a size.

docutils itself copies the rest of a document at each heading, so there are not many of them.
"""

_ALWAYS = (
    "placeholders",
    "placeholders without a name",
    "separators",
    "rows",
    "list items",
    "Markdown rows",
    "Markdown sections",
)
"""The kinds that are not only for `make fuzz`."""


def _instructions(directory: Path, document: str) -> int:
    """Return how many instructions `errbook generate` takes for a project with *document*."""
    directory.mkdir(parents=True)
    name = "errors.md" if _is_markdown(document) else "errors.rst"
    (directory / name).write_text(document, encoding="utf-8")
    # Most of the time for Python would be black's.
    configured = 'targets = ["catalogue", "openapi", "markdown", "html"]'
    service = f'[service.demo]\ndocs = ["{name}"]'
    (directory / "errbook.toml").write_text(f"{configured}\n{service}\n", encoding="utf-8")
    done = subprocess.run(
        [valgrind(), *_COUNTING, sys.executable, "-m", "errbook", "generate", "--no-cache"],
        cwd=directory,
        env=os.environ | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    count = re.search(r"I +refs: +([\d,]+)", done.stderr)
    assert count is not None, done.stderr
    return int(count[1].replace(",", ""))


def _is_markdown(document: str) -> bool:
    return document.startswith("# ")


@pytest.fixture(scope="module")
def least(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], int]:
    """Return a function that returns the instructions for a small document like another one."""

    @cache
    def counted(small: str) -> int:
        return _instructions(tmp_path_factory.mktemp("least") / "project", small)

    return lambda document: counted(_MARKDOWN if _is_markdown(document) else _one("text"))


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=[pytest.mark.long] * (kind not in _ALWAYS)) for kind in _KINDS],
)
def test_doubled(kind: str, least: Callable[[str], int], tmp_path: Path) -> None:
    """Twice as much of anything in a document takes about twice as long."""
    size, document = _KINDS[kind]
    start = least(document(1))
    once = _instructions(tmp_path / "once", document(size)) - start
    twice = _instructions(tmp_path / "twice", document(2 * size)) - start
    print(f"{kind}: {start:,} + {once:,}, ratio {twice / once:.3f}")
    assert twice < _MAX_RATIO * once
