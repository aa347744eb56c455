"""Real pages: errbook reads what an independent reader found in them."""

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
from errbook.files import read_text
from errbook.model import Catalogue, Error, Occurrence
from errbook.naming import assign
from errbook.project.settings import Column, ServiceSettings
from errbook.targets import catalogue
from errbook.text.json_schema import json_schema
from programs import CHECKERS, check_python

_SHARED, _CORPUS = everything.SHARED, everything.CORPUS
_OTHERS = sorted((_SHARED / "others" / "pages").iterdir()) if _CORPUS else []
_FIELD = sorted((_SHARED / "field" / "pages").iterdir()) if _CORPUS else []

_CONFIGURED: dict[str, dict[str, Column]] = {
    "39-ledger-bitcoin": {"SW": "code", "SW name": "name"},
    "43-emqx-filetransfer": {
        "Meaning in MQTT": "message",
        "Meaning in File Transfer": "description",
    },
}
"""Page -> the columns that it needs in the configuration; the findings name them."""

_TOLD = ("31-kontur-demand",)
"""The pages that are not read, but reported."""

_SPANS = {("27-cubrid-cci-ko", 768, "description")}
"""A cell that spans message and description by mistake: errbook reads its text as both, the other
reader as the message alone."""


def _read(page: Path) -> dict[str, Any]:
    columns = _CONFIGURED.get(page.stem, {})
    service = ServiceSettings(id="demo", title="Demo", docs=(), columns=columns)
    read = analyzer.analyze(readers.read_document(read_text(page, page.name), page.name), service)
    pages: list[dict[str, Any]] = json.loads(json_report.pages_as_json([(read, ())]))["pages"]
    for occurrence in pages[0]["occurrences"]:
        for name in ("name", "retryable", "extra"):  # the other reader did not look at these
            del occurrence[name]
    return pages[0]


def _expected(page: Path) -> Any:
    path = page.parents[1] / "expected" / f"{page.stem}.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not _CORPUS, reason=everything.NO_PAGES)
@pytest.mark.parametrize("page", _CORPUS, ids=lambda page: page.stem[-60:])
def test_page(page: Path) -> None:
    """Error tables and occurrences are as expected, in all fields of all rows."""
    expected = _expected(page)
    read = _read(page)
    assert read["occurrences"] == expected["occurrences"]
    assert _error_tables(read) == _error_tables(expected)


def _error_tables(page: dict[str, Any]) -> list[Any]:
    """Return the error tables of *page*; the fields of other tables are a matter of opinion."""
    return [table for table in page["tables"] if "code" in table["fields"]]


@pytest.mark.skipif(not _OTHERS, reason=everything.NO_PAGES)
@pytest.mark.parametrize("page", _OTHERS, ids=lambda page: page.stem)
def test_page_of_another_publisher(page: Path) -> None:
    """The occurrences are as expected, with a configuration for few of the pages."""
    read = [item for item in _read(page)["occurrences"] if not _is_optional(page, item)]
    expected = _expected(page)
    assert len(read) == len(expected)
    for ours, theirs in zip(read, expected, strict=True):
        for name in theirs:
            if (page.stem, theirs["line"], name) not in _SPANS:
                assert ours[name] == theirs[name], (theirs["line"], name)


def _is_optional(page: Path, item: dict[str, Any]) -> bool:
    """Return whether *item* is in the table of page 44 whose headings speak of statuses."""
    return page.stem == "44-fisco-api" and 157 <= item["line"] <= 171


@pytest.mark.skipif(not _FIELD, reason=everything.NO_PAGES)
@pytest.mark.parametrize("page", _FIELD, ids=lambda page: page.stem)
def test_page_of_the_field(page: Path) -> None:
    """Sections, lists, tables and pages without errors are read as expected, or reported."""
    expected = _expected(page)
    if isinstance(expected, list):
        expected = {"occurrences": expected}
    if page.stem in _TOLD:
        _, diagnostics = documents.parse(page, page.name)
        assert {"EB106", "EB110"} & {diagnostic.rule for diagnostic in diagnostics}
        return
    optional = {(line, code) for line, code in expected.get("optional", [])}
    read = [o for o in _read(page)["occurrences"] if (o["line"], o["code"]) not in optional]
    assert len(read) == len(expected["occurrences"])
    for ours, theirs in zip(read, expected["occurrences"], strict=True):
        for name in _compared(expected, theirs):
            permitted = [theirs[name], *theirs.get("also", {}).get(name, [])]
            assert _plain(ours[name]) in map(_plain, permitted), (theirs["line"], name)


def _compared(page: dict[str, Any], occurrence: dict[str, Any]) -> set[str]:
    """Return the names of what must be equal in *occurrence*."""
    if page.get("arguable"):
        return {"code", "line"}
    uncertain = {*page.get("uncertain", ()), *occurrence.get("uncertain", ())}
    return occurrence.keys() - {"also", "uncertain", "note"} - uncertain


def _plain(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.skipif(not _CORPUS, reason=everything.NO_PAGES)
def test_real_pages_have_no_diagnostic_of_severity_error() -> None:
    """Real pages have warnings at most: for an error, errbook would write nothing."""
    for page in _CORPUS:
        _, diagnostics = documents.parse(page, page.name)
        assert {d.severity for d in diagnostics} <= {"warning", "info"}, page.name


@pytest.mark.slow
@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker[0])
def test_python_of_all_pages(generated: Path, checker: tuple[str, ...]) -> None:
    """The Python generated from all pages passes the checkers in their strict modes."""
    check_python(generated / "python", checker)


@pytest.mark.slow
def test_catalogues(generated: Path) -> None:
    """Every catalogue follows the published schema, and reading it gives what was written."""
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
    by_code: dict[str, list[Occurrence]] = {}
    for item in occurrences:
        occurrence = Occurrence(
            http_status=tuple(item["http_status"]),
            module=None,
            name=None,
            message=None if item["message"] is None else parse_message(item["message"]),
            description=None,
            handling=None,
            retrying=None,
            extra={},
            section=None,
            success=False,
            withdrawn=False,
            location=Location(path="demo.rst", line=item["line"], column=1),
        )
        by_code.setdefault(item["code"], []).append(occurrence)
    return Catalogue(
        service="demo",
        title="Demo",
        docs_url=None,
        documents=("demo.rst",),
        envelope=None,
        errors=tuple(Error(code=c, occurrences=tuple(o)) for c, o in by_code.items()),
    )


@pytest.mark.skipif(not _CORPUS, reason=everything.NO_PAGES)
@pytest.mark.parametrize("page", [*_CORPUS, *_OTHERS], ids=lambda page: page.stem[-60:])
def test_names_of_a_page(page: Path) -> None:
    """Every code of a page gets a valid member and class, which no other has and which last."""
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
