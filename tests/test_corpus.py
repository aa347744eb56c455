"""Real pages: what is read from them is what an independent reader found."""

import json
import keyword
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

import everything
import locks
from errbook import analyzer, readers
from errbook.analyzer.placeholders import parse_message
from errbook.build import documents
from errbook.cli import json_report
from errbook.diagnostics import Location
from errbook.model import Catalogue, Error, Occurrence
from errbook.naming import assign
from errbook.project.settings import Column, ServiceSettings
from errbook.targets import catalogue
from errbook.text.files import read_text
from errbook.text.json_schema import json_schema
from programs import CHECKERS, check_python

_SHARED, _CORPUS = everything.SHARED, everything.CORPUS
_OTHERS = sorted((_SHARED / "others" / "pages").glob("*.rst"))

_CONFIGURED: dict[str, dict[str, Column]] = {"09-tfa-spm": {"Name": "code"}}
"""Pages that nobody can read without being told, and what has to be said."""

_SPANS = {("27-cubrid-cci-ko", 768, "description")}
"""A cell that spans message and description, by a slip of the pen: its text is that of both, and
the other reader has it in the first alone."""


def _read(page: Path, columns: dict[str, Column]) -> dict[str, Any]:
    service = ServiceSettings(id="demo", title="Demo", docs=(), columns=columns)
    read = analyzer.analyze(readers.read_document(read_text(page, page.name), page.name), service)
    pages: list[dict[str, Any]] = json.loads(json_report.pages_as_json([(read, ())]))["pages"]
    for occurrence in pages[0]["occurrences"]:
        del occurrence["extra"]  # which the other reader did not look at
    return pages[0]


def _expected(page: Path) -> Any:
    path = page.parents[1] / "expected" / f"{page.stem}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not _CORPUS, reason=f"there is no corpus of real pages in {_SHARED}")
@pytest.mark.parametrize("page", _CORPUS, ids=lambda page: page.stem[-60:])
def test_page(page: Path) -> None:
    """Error tables and occurrences are as expected, all fields of all rows."""
    expected = _expected(page)
    read = _read(page, {})
    assert read["occurrences"] == expected["occurrences"]
    assert _error_tables(read) == _error_tables(expected)


def _error_tables(page: dict[str, Any]) -> list[Any]:
    """Return the tables of *page*; the fields of other tables are a matter of opinion."""
    return [table for table in page["tables"] if "code" in table["fields"]]


@pytest.mark.skipif(not _OTHERS, reason=f"there are no pages of others in {_SHARED}")
@pytest.mark.parametrize("page", _OTHERS, ids=lambda page: page.stem)
def test_page_of_another_publisher(page: Path) -> None:
    """The occurrences are as expected, on all but one page without configuration."""
    read = _read(page, _CONFIGURED.get(page.stem, {}))["occurrences"]
    expected = _expected(page)
    assert len(read) == len(expected)
    for found, wanted in zip(read, expected, strict=True):
        for name in wanted:
            if (page.stem, wanted["line"], name) not in _SPANS:
                assert found[name] == wanted[name], (wanted["line"], name)


@pytest.mark.skipif(not _CORPUS, reason=f"there is no corpus of real pages in {_SHARED}")
def test_no_rule_is_of_severity_error_on_real_pages() -> None:
    """What real pages have is never an error: errbook would write nothing for them."""
    for page in _CORPUS:
        _, diagnostics = documents.parse(page, page.name)
        assert {d.severity for d in diagnostics} <= {"warning", "info"}, page.name


@pytest.mark.skipif(not _OTHERS, reason=f"there are no pages of others in {_SHARED}")
def test_near_miss_names_the_configuration() -> None:
    """A page that needs configuration is told the line, and is read with it."""
    (page,) = (page for page in _OTHERS if page.stem in _CONFIGURED)
    _, (diagnostic,) = documents.parse(page, page.name)
    assert diagnostic.location.line == 824
    assert diagnostic.hint == (
        'if \'Name\' heads error codes, add "Name" = "code" to '
        "[tool.errbook.service.NAME.columns]"
    )


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker[0])
def test_python_of_all_pages(generated: Path, checker: tuple[str, ...]) -> None:
    """The Python of all pages is clean under the strict modes of the checkers."""
    check_python(generated / "python", checker)


def test_catalogues(generated: Path) -> None:
    """Every catalogue is what the published schema says, and is read as it was written."""
    validator = Draft202012Validator(json_schema(catalogue.CatalogueFile, "errbook catalogue"))
    paths = sorted((generated / "catalogue").glob("*.json"))
    assert len(paths) >= len(_CORPUS)
    for path in paths:
        text = path.read_text(encoding="utf-8")
        written = json.loads(text)
        validator.validate(written)
        assert json.loads(msgspec.json.encode(catalogue.read(text, path.name))) == written


def _catalogue(occurrences: list[dict[str, Any]]) -> Catalogue:
    """Return the catalogue of a service with these *occurrences*."""
    found: dict[str, list[Occurrence]] = {}
    for item in occurrences:
        occurrence = Occurrence(
            http_status=tuple(item["http_status"]),
            module=None,
            message=None if item["message"] is None else parse_message(item["message"]),
            description=None,
            handling=None,
            retrying=None,
            extra={},
            section=None,
            location=Location(path="demo.rst", line=item["line"], column=1),
        )
        found.setdefault(item["code"], []).append(occurrence)
    return Catalogue(
        service="demo",
        title="Demo",
        docs_url=None,
        documents=("demo.rst",),
        envelope=None,
        errors=tuple(Error(code=c, occurrences=tuple(o)) for c, o in found.items()),
    )


@pytest.mark.skipif(not _CORPUS, reason=f"there is no corpus of real pages in {_SHARED}")
@pytest.mark.parametrize("page", [*_CORPUS, *_OTHERS], ids=lambda page: page.stem[-60:])
def test_names_of_a_page(page: Path) -> None:
    """Every code of a page gets an enum member and a class, valid and its own, that last."""
    expected = _expected(page)
    occurrences = expected["occurrences"] if isinstance(expected, dict) else expected
    catalogue = _catalogue(occurrences)
    entries = assign(catalogue, curated={}, locked={}, prune=False).entries
    assert entries.keys() == {item["code"] for item in occurrences}
    errors = [error.code for error in catalogue.errors if not error.is_success]
    classes = [entries[code].class_name or "" for code in errors]
    members = [(entry.member, code) for code, entry in entries.items()]
    for name in (*classes, *(member for member, _ in members)):
        assert name.isidentifier() and name.isascii() and not keyword.iskeyword(name)
    assert len({name.lower() for name in classes}) == len(classes)
    assert len({member for member, _ in members}) == len(members)
    assert list(map(str, StrEnum("Codes", members))) == list(entries)
    text = locks.text({"demo": entries})
    assert locks.tables(text) == {"demo": entries}
    assert locks.contradictions(text) == []
    again = assign(catalogue, curated={}, locked=entries, prune=False)
    assert (again.entries, again.lost) == (entries, ())
