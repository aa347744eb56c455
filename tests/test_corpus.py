"""Real pages: what is read from them is what an independent reader found."""

import json
from pathlib import Path
from typing import Any

import pytest

from errbook import pipeline, report

_CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
_PAGES = sorted((_CORPUS / "pages").glob("*.rst"))


@pytest.mark.skipif(not _PAGES, reason=f"there is no corpus of real pages in {_CORPUS}")
@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.stem[:60])
def test_page(page: Path) -> None:
    """Error tables and occurrences are as expected, all fields of all rows."""
    expected = json.loads((_CORPUS / "expected" / f"{page.stem}.json").read_text())
    read = json.loads(report.pages_as_json([pipeline.parse(page, page.name)]))["pages"][
        0
    ]
    for occurrence in read["occurrences"]:
        del occurrence["extra"]  # which the other reader did not look at
    assert read["occurrences"] == expected["occurrences"]
    assert _error_tables(read) == _error_tables(expected)


def _error_tables(page: dict[str, Any]) -> list[Any]:
    """Return the tables of *page*; the fields of other tables are a matter of opinion."""
    return [table for table in page["tables"] if "code" in table["fields"]]
