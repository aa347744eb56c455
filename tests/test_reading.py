"""Reading: where cells are in the source, and what documents must not be able to do."""

from pathlib import Path

import pytest

from errbook import readers
from errbook.files import read_text
from errbook.readers.document import Cell, Document
from pages import grid, page


def _read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "page.rst"
    path.write_bytes(text.encode())
    return readers.read_document(read_text(path, "page.rst"), "page.rst")


def _cells(document: Document) -> list[Cell]:
    return [
        cell
        for table in document.tables
        for row in (*table.headings, *table.rows)
        for cell in row.cells
        if cell.text
    ]


_GRID = grid(("状态码", "Error Code"), ("400", "API.01\n\nor API.02"), ("é 404", "API.03"))
_SIMPLE = """\
======  ==========
Status  Error Code
======  ==========
400     API.01
        or 400
404     API.03
======  ==========
"""
_LIST = """\
.. list-table::
   :header-rows: 1

   * - Status
     - Error Code
   * - 400
     - API.01
"""


@pytest.mark.parametrize("table", [_GRID, _SIMPLE, _LIST], ids=["grid", "simple", "list"])
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "Before\n\n{}",
        ".. table:: Title\n\n   {}",
        ".. note::\n\n   .. unknown:: argument\n      :option: value\n\n      {}",
        "- item\n\n  {}",
        "\ufeff{}",
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_cells_are_located(tmp_path: Path, table: str, around: str, line_end: str) -> None:
    """The text of each cell begins at the cell's line and column."""
    margin = " " * (len(around.lstrip("\ufeff").splitlines()[-1]) - len("{}"))
    text = around.replace("{}", table.strip().replace("\n", "\n" + margin)) + "\n"
    document = _read(tmp_path, text.replace("\n", line_end))
    lines = text.removeprefix("\ufeff").splitlines()
    cells = _cells(document)
    assert len(cells) >= 4
    for cell in cells:
        line = lines[cell.location.line - 1]
        before, after = (
            line[: cell.location.column - 1],
            line[cell.location.column - 1 :],
        )
        assert after.split()[0] == cell.text.split()[0]
        assert not before or before[-1] == " "


def test_columns_after_tabs(tmp_path: Path) -> None:
    """A tab counts as one column."""
    document = _read(tmp_path, ".. table::\n\n" + "".join(f"\t{x}\n" for x in _SIMPLE.splitlines()))
    assert [cell.location.column for cell in _cells(document)][:3] == [2, 10, 2]


@pytest.mark.parametrize("separator", "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029")
def test_odd_line_ends_are_spaces(tmp_path: Path, separator: str) -> None:
    """A separator that editors do not count as a line end is a space."""
    (table,) = _read(tmp_path, page(("400", "API.01", f"a{separator}b"))).tables
    assert table.rows[0].cells[2].text == "a b"
    assert table.rows[0].location.line == 7


@pytest.mark.parametrize(
    "markup",
    [
        ".. include:: secret.txt",
        ".. include:: secret.txt\n   :literal:",
        ".. literalinclude:: secret.txt",
        ".. raw:: html\n   :file: secret.txt",
        ".. csv-table::\n   :file: secret.txt",
        ".. csv-table::\n   :url: file:secret.txt",
    ],
)
def test_nothing_outside_the_document_is_read(tmp_path: Path, markup: str) -> None:
    """A document cannot include another file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("Error Code,secret\nAPI.99,secret\n", encoding="utf-8")
    (tmp_path / "docutils.conf").write_text(
        "[general]\nfile_insertion_enabled: yes\n", encoding="utf-8"
    )
    text = markup.replace("secret.txt", str(secret))
    assert "secret" not in str(_read(tmp_path, f"{text}\n\n{page(('400', 'API.01'))}").tables)


@pytest.mark.parametrize("table", ["+---+\n", "+---+\n+---+\n", "== ==\n== ==\n"])
def test_empty_tables(tmp_path: Path, table: str) -> None:
    """A table without rows or texts does not disturb the next one."""
    document = _read(tmp_path, f"{table}\n{page(('400', 'API.01'))}")
    assert [cell.text for cell in _cells(document)][-2:] == ["400", "API.01"]


def test_long_lines(tmp_path: Path) -> None:
    """A table with very long lines is read."""
    (table,) = _read(tmp_path, page(("400", "API.01", "long " * 5000))).tables
    assert len(table.rows) == 1
