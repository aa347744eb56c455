"""Reading Markdown: what GitHub shows, HTML, MyST and MDX; every cell at its place."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, Project
from errbook import readers
from errbook.analyzer import analyze
from errbook.build import documents
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Document

_TABLE = "| Status | Error code | Description |\n| --- | --- | --- |\n"


def _document(text: str, name: str = "page.md") -> Document:
    return readers.read_document(text, name)


def _occurrences(tmp_path: Path, text: str, name: str = "page.md") -> list[dict[str, Any]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    page, _ = documents.parse(path, name)
    return [{"code": item.code, "line": item.occurrence.location.line} for item in page.documented]


def test_same_catalogue(project: Project) -> None:
    """The same errors in both languages are the same catalogue, except for their places."""
    rows = "| 400 | `A-1` | It is **bad**. |\n| 404 | `A-2` | See [x](https://a.b). |\n"
    markdown = f"# Errors\n\n{_TABLE}{rows}"
    rst = """\
Errors
======

======  ==========  ==========================
Status  Error code  Description
======  ==========  ==========================
400     ``A-1``     It is **bad**.
404     ``A-2``     See `x <https://a.b>`__.
======  ==========  ==========================
"""
    found = []
    for name, text in (("page.md", markdown), ("page.rst", rst)):
        (project.root / name).write_text(text, encoding="utf-8")
        project.configure(f'[service.demo]\ndocs = ["{name}"]\nenvelope = false\n').generate()
        read = json.loads(project.read("generated/catalogue/demo.json"))
        for error in read["errors"]:
            for occurrence in error["occurrences"]:
                del occurrence["location"]
        found.append(read["errors"])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "around", ["{}", "> {}", "- {}", "1. x\n\n   {}", ":::note\n{}\n:::", "!!! note\n    {}"]
)
def test_cells_are_located(around: str) -> None:
    """Every cell is where its text begins, inside of other blocks, too."""
    table = _TABLE + "| 400 |   `A-1`|x \\| y |\n|404| A-2 |  |\n"
    before, _, after = around.partition("{}")
    indent = before.rpartition("\n")[2]
    following = indent if indent.startswith(">") else " " * len(indent)
    text = before + table.replace("\n", f"\n{following}").rstrip(" >") + after
    lines = text.splitlines()
    [read] = _document(text).tables
    assert len(read.rows) == 2
    for row in (*read.headings, *read.rows):
        for cell in row.cells:
            place = lines[cell.location.line - 1][cell.location.column - 1 :]
            text = cell.text.replace("|", "\\|")
            assert place.startswith((text, f"`{text}")) if text else place.strip() in ("|", "")


def test_a_container_without_an_end() -> None:
    """A container may end with the page, inside of a quotation, too."""
    assert _document("> :::note\n> ").path == "page.md"


_HARDLY_ANY_TEXT = (
    "## `E1`\n## `E2`\n> ",
    "## )",
    "<h2>]</h2>",
    "## `E1`\n## `E2`\n<dl>\n<dl>text",
    "# `E1`\n<dl><dd>text<dt>E2</dl>",
    "# `E1`\n\n```{csv-table}\n---",
)


@pytest.mark.parametrize("text", _HARDLY_ANY_TEXT)
def test_hardly_any_text(text: str) -> None:
    """A quotation, a list or a directive may be empty, and a title a bracket."""
    document = _document(text)
    assert document.listings
    assert analyze(document, ServiceSettings(id="demo", title="Demo", docs=()))


def test_many_codes_in_an_item(tmp_path: Path) -> None:
    """A long enumeration that ends in something else is read without trying all divisions."""
    codes = ", ".join(f"10.20.30.{number}" for number in range(200))
    _occurrences(tmp_path, f"# Error codes\n\n- {codes}x/y: full\n- {codes},: gone\n")


@pytest.mark.parametrize("block", ["```\n{}```\n", "{}"])
def test_codes_in_a_block_are_reported(tmp_path: Path, block: str) -> None:
    """Preformatted text below a title of codes is not read, but reported."""
    lines = "    E17  full\n    E18  gone\n"
    path = tmp_path / "page.md"
    path.write_text(f"# Error codes\n\n{block.format(lines)}", encoding="utf-8")
    page, diagnostics = documents.parse(path, "page.md")
    assert not page.documented
    assert {diagnostic.rule for diagnostic in diagnostics} == {"EB110"}


def test_a_code_in_the_front_matter(tmp_path: Path) -> None:
    """A page whose front matter has a code as its title is reported."""
    path = tmp_path / "page.md"
    path.write_text('---\ntitle: "NG0100: It changed"\n---\n\nIt did.\n', encoding="utf-8")
    _, [diagnostic] = documents.parse(path, "page.md")
    assert (diagnostic.rule, diagnostic.location.line) == ("EB110", 1)


def test_html_definitions(tmp_path: Path) -> None:
    """A list of definitions in HTML is read as one in Markdown."""
    text = "# Error codes\n\n<dl>\n<dt><code>E1</code><dd>full\n<dt>E2</dt><dd>gone</dd>\n</dl>\n"
    assert _occurrences(tmp_path, text) == [{"code": "E1", "line": 4}, {"code": "E2", "line": 5}]


def test_html_tables() -> None:
    """Spans, implied ends, tables in tables and blank lines are read as browsers do."""
    [outer, inner] = _document(
        "<table>\n<caption>Codes</caption>\n<tr><th>Error Code<th colspan=2>Text\n\n"
        "<tr><td rowspan='2'>A<br>B</td><td>x</td><td>y &amp; z</td></tr>\n"
        '<tr><td colspan="9"><p>one</p><p>two</p>\n\n`three`\n'
        "<table><tr><td>deep</td></tr></table></td></tr>\n</table>\n"
    ).tables
    assert outer.context.titles[0] == "Codes"
    assert [cell.text for cell in outer.headings[0].cells][:3] == ["Error Code", "Text", "Text"]
    texts = [[cell.text for cell in row.cells] for row in outer.rows]
    assert texts[0][:3] == ["A\nB", "x", "y & z"]
    assert texts[1][:2] == ["A\nB", "one\ntwo\nthree\ndeep"]
    assert inner.rows[0].cells[0].text == "deep"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"{_TABLE}| 400 | A | a |\n{{: .wide}}\n", [3]),
        (f"<Note>\n{_TABLE}| 400 | A | a |\n</Note>\n", [4]),
        (
            f"# x {{#x}}\n\n<details>\n\n{_TABLE}| 400 | A | a |\n</details>\n",
            [7],
        ),
        (f"{{/* {_TABLE}| 400 | A | a | */}}\n", []),
        (f"<!--\n{_TABLE}| 400 | A | a |\n-->\n", []),
        (f"```\n{_TABLE}| 400 | A | a |\n```\n", []),
        (
            "```{eval-rst}\n====  ==========\nName  Error Code\n====  ==========\na     A\n"
            "====  ==========\n```\n",
            [5],
        ),
    ],
)
def test_what_is_around_a_table(tmp_path: Path, text: str, lines: list[int]) -> None:
    """Attributes, components and containers do not hide a table; comments and code do."""
    assert [item["line"] for item in _occurrences(tmp_path, text, "page.mdx")] == lines


@pytest.mark.parametrize(
    "titled",
    [
        "---\ntitle: Error codes\n---\n\n",
        "---\nsidebar_label: 'Error codes'\n---\n\n",
        "# Error codes\n\n",
        "Error codes\n===\n\n",
        "<h1>Error codes</h1>\n\n",
    ],
)
def test_titles(tmp_path: Path, titled: str) -> None:
    """The front matter has titles of the page, as headings of each kind do."""
    text = f"{titled}| Code | Meaning |\n| --- | --- |\n| a | x |\n| b | y |\n"
    assert [item["code"] for item in _occurrences(tmp_path, text)] == ["a", "b"]


def test_title_in_the_name_of_the_file(tmp_path: Path) -> None:
    """So does the name of the file, or that of its directory."""
    text = "| Code | Meaning |\n| --- | --- |\n| a | x |\n| b | y |\n"
    assert not _occurrences(tmp_path, text, "page.md")
    assert len(_occurrences(tmp_path, text, "error-codes.md")) == 2
    (tmp_path / "error_codes").mkdir()
    assert len(_occurrences(tmp_path, text, "error_codes/index.md")) == 2


@pytest.mark.parametrize(
    "markup",
    [
        "```{include} secret.md\n```\n",
        "```{eval-rst}\n.. include:: secret.md\n```\n",
        "```{literalinclude} secret.md\n```\n",
        "```{csv-table}\n:file: secret.md\n```\n",
        '--8<-- "secret.md"\n',
        "import Secret from './secret.md'\n\n<Secret />\n",
    ],
)
def test_nothing_outside_the_document_is_read(tmp_path: Path, markup: str) -> None:
    """No inclusion of any kind is followed."""
    (tmp_path / "secret.md").write_text(f"{_TABLE}| 400 | SECRET-1 | a |\n", encoding="utf-8")
    assert not _occurrences(tmp_path, markup)
    path = tmp_path / "page.md"
    _, diagnostics = documents.parse(path, str(path))
    assert "SECRET" not in str(diagnostics)


_PIECES = st.sampled_from(
    [
        "# Error codes\n",
        "## `E1` {#e}\n",
        "## E2: x (404)\n",
        "- `E3`: y\n",
        "- Cause: z\n",
        "E4\n: w\n",
        "| Code | Meaning |\n|---|---|\n",
        "| E5 | a \\| b |\n",
        "|",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "1. ",
        "- ",
        "<table>",
        "<tr><td rowspan=3 colspan='2'>",
        "</td>",
        "</table>",
        "<th>",
        "<b>",
        "</b>",
        "<br>",
        "<Note>",
        "<!-- errbook: ignore EB204 -->",
        "<!--",
        "-->",
        "{/* x",
        "*/}",
        "```",
        "```{eval-rst}\n",
        "```{list-table}\n",
        "* - E6\n  - b\n",
        ":::",
        ":::{note}\n",
        "!!! note\n",
        "---\n",
        "title: x\n",
        "[^1]",
        "[^1]: note\n",
        "~~E7~~",
        "**E8**",
        "`E9`",
        "{ref}`a <b>`",
        "&amp;",
        "\\",
        "*",
        "_",
        "[x](",
        ")",
        "text of an error",
        "\t",
        "\u3000",
        "<h2>",
        "</h2>",
        "<pre>",
        "::\n",
        "{: .x}\n",
        "(x)=\n",
        "+---+\n",
        '{"code": "E1"}\n',
    ]
)


def test_any_text_is_read(request: pytest.FixtureRequest) -> None:
    """Every text is a document, and everything in it has a place in the text."""
    is_fuzz = request.config.getoption("--hypothesis-profile") == "fuzz"

    @settings(max_examples=20_000 if is_fuzz else 300)
    @given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from(["a.md", "a.mdx", "a.rst"]))
    def read(text: str, name: str) -> None:
        document = _document(text, name)
        cells = [c for table in document.tables for row in table.rows for c in row.cells]
        places = [cell.location for cell in cells]
        places += [item.head.location for listing in document.listings for item in listing.items]
        places += [block.location for block in document.code_blocks]
        places += [silence.location for silence in document.silences]
        count = max(1, len(text.splitlines()))
        assert all(1 <= place.line <= count for place in places)
        assert analyze(document, ServiceSettings(id="demo", title="Demo", docs=()))

    read()


def test_both_languages_in_one_service(project: Project) -> None:
    """A service may have documents in both languages; ``{page}`` is the name of either."""
    (project.root / "one.md").write_text(f"{_TABLE}| 400 | A-1 | a |\n", encoding="utf-8")
    (project.root / "two.rst").write_text(
        "==========  ===========\nError Code  Description\n==========  ===========\n"
        "A-2         b\n==========  ===========\n",
        encoding="utf-8",
    )
    project.configure(
        '[service.demo]\ndocs = ["*.md", "*.rst"]\nenvelope = false\n'
        'docs_url = "https://docs.example.com/{page}/"\n'
    ).generate()
    python = project.read("generated/python/api_errors/demo.py")
    assert "https://docs.example.com/one/" in python
    assert "https://docs.example.com/two/" in python


_PAGES = sorted((ROOT / "tests" / "cases").glob("*/input.*"))
_PLACE = st.integers(min_value=0, max_value=1_000_000)
_EDITS = st.lists(st.tuples(_PLACE, _PLACE, st.none() | _PIECES), min_size=1, max_size=8)


def test_any_edit_is_read(request: pytest.FixtureRequest) -> None:
    """Real layouts are read with any edits: lines that are gone, and pieces in any place."""
    is_fuzz = request.config.getoption("--hypothesis-profile") == "fuzz"

    @settings(max_examples=20_000 if is_fuzz else 100)
    @given(st.sampled_from(_PAGES), _EDITS)
    def read(page: Path, edits: list[tuple[int, int, str | None]]) -> None:
        lines = page.read_text(encoding="utf-8").split("\n")
        for row, column, piece in edits:
            number = row % len(lines)
            line = lines[number]
            index = column % (len(line) + 1)
            lines[number] = "" if piece is None else line[:index] + piece + line[index:]
        document = _document("\n".join(lines), page.name)
        assert analyze(document, ServiceSettings(id="demo", title="Demo", docs=()))

    read()
