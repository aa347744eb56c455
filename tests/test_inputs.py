"""Documents as people name them: standard input, directories, patterns, files from pre-commit."""

import io
import json
import sys
from pathlib import Path

import pytest

from conftest import BODY, Project, git
from errbook import files
from pages import page

_PAGE = page(("400", "API.01", "invalid request:xxx", "Wrong.", "Ask."))
_SPACED = page(
    *(("400", f"API.{n}" if n else "API. 0", "no disk", "Full.", "Wait.") for n in range(12))
)


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """Return what the next run reads from standard input."""
    content = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(content))
    files._standard_input.cache_clear()  # pyright: ignore[reportPrivateUsage]
    return content


def _give(content: io.BytesIO, text: bytes) -> None:
    content.write(text)
    content.seek(0)


def test_parse_standard_input(project: Project, standard_input: io.BytesIO) -> None:
    """The document on standard input is called ``-``."""
    _give(standard_input, _PAGE.encode())
    (found,) = json.loads(project.errbook("parse", "-").out)["pages"]
    assert (found["path"], found["occurrences"][0]["code"]) == ("-", "API.01")


def test_lint_standard_input(project: Project, standard_input: io.BytesIO) -> None:
    """Findings show the lines of the document on standard input."""
    _give(standard_input, _SPACED.encode())
    run = project.errbook("lint", "-")
    assert (run.status, run.err.startswith("-:7:")) == (1, True)
    assert "| 400         | API. 0" in run.err


def test_standard_input_that_is_not_utf8(project: Project, standard_input: io.BytesIO) -> None:
    """Standard input is read as a file is."""
    _give(standard_input, b"Gr\xf6\xdfe\n")
    run = project.errbook("parse", "-")
    assert (run.status, run.err) == (
        2,
        "errbook: -:1: the byte 0xf6 is not UTF-8; save the file as UTF-8\n",
    )


def test_directories(project: Project) -> None:
    """A directory stands for the documents in it, without those that git ignores."""
    project.write(one=_PAGE, ignored=_PAGE)
    (project.root / "docs" / "more").mkdir()
    (project.root / "docs" / "more" / "two.RST").write_text(_SPACED, encoding="utf-8")
    (project.root / "docs" / "notes.txt").write_text("No document.\n", encoding="utf-8")
    every = ["docs/ignored.rst", "docs/more/two.RST", "docs/one.rst"]
    assert _parsed(project, "docs") == every
    git(project.root, "init", "--quiet")
    (project.root / ".gitignore").write_text("ignored.rst\n", encoding="utf-8")
    assert _parsed(project, "docs") == every[1:]
    assert _parsed(project, "docs/more", "docs/one.rst") == every[1:]
    run = project.errbook("lint", "docs")
    assert (run.status, run.err.startswith("docs/more/two.RST:7:")) == (1, True)
    (project.root / "empty").mkdir()
    assert project.errbook("lint", "empty").err == (
        "errbook: empty: no document in this directory; give the path of a document\n"
    )


def _parsed(project: Project, *paths: str) -> list[str]:
    pages = json.loads(project.errbook("parse", *paths).out)["pages"]
    return [found["path"] for found in pages]


def test_check_of_some_files(project: Project) -> None:
    """With files, check prints only their findings; files that are no documents do not matter."""
    project.write(one=_PAGE, two=_SPACED).generate()
    assert "[EB204]" in project.errbook("check").err
    other = project.errbook("check", "docs/one.rst", "errbook.toml")
    assert (other.status, other.err) == (0, "errbook: 33 files up to date\n")
    assert "[EB204]" in project.errbook("check", "docs/two.rst").err
    assert project.errbook("check", "--strict", "docs/two.rst").status == 1
    missing = project.errbook("check", "docs/three.rst")
    assert missing.status == 2
    assert missing.err == "errbook: docs/three.rst: no such file; check the path\n"


def test_patterns_and_links(project: Project) -> None:
    """A recursive pattern stays in its directory, and reads no file twice."""
    project.write(one=_PAGE)
    outside = project.root / "outside"
    outside.mkdir()
    (outside / "two.rst").write_text(_SPACED, encoding="utf-8")
    docs = project.root / "docs"
    (docs / "out").symlink_to(outside)
    (docs / "in").symlink_to(docs)
    (docs / "same.rst").symlink_to(docs / "one.rst")
    project.configure(f'[service.demo]\ndocs = ["docs/**/*.rst"]\n{BODY}').generate()
    assert _documents(project) == ["docs/one.rst"]
    project.configure(f'[service.demo]\ndocs = ["docs/*.rst", "docs/out/*.rst"]\n{BODY}').generate()
    assert _documents(project) == ["docs/one.rst", "docs/out/two.rst"]


def test_excluded_documents(project: Project) -> None:
    """`exclude_docs` leaves files out of a pattern."""
    project.write(one=_PAGE, two=_SPACED)
    services = '[service.demo]\ndocs = ["docs/*.rst"]\nexclude_docs = ["docs/t*.rst", "none"]\n'
    project.configure(services + BODY).generate()
    assert _documents(project) == ["docs/one.rst"]
    project.configure(services.replace("docs/t*.rst", "docs/**"))
    assert project.errbook("generate").err == (
        "errbook: service 'demo': exclude_docs excludes every document; "
        "fix it in the configuration\n"
    )


def _documents(project: Project) -> list[str]:
    catalogue = json.loads(project.read("generated/catalogue/demo.json"))
    return list(catalogue["documents"])


def test_documents_without_codes(project: Project) -> None:
    """Documents from which nothing was read are counted."""
    project.write(one=_PAGE, two="Text.\n")
    said = "errbook: 2 documents, 1 without error codes\n"
    for command in ("generate", "check", "check"):
        assert said in project.errbook(command).err
    (project.root / "docs" / "two.rst").unlink()
    assert "without" not in project.generate().err
    assert Path(project.root / "errbook.lock").exists()
