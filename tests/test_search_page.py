"""The search page, used in a browser as a reader would."""

import json
import re
from pathlib import Path

import pytest

from conftest import BODY, Project
from pages import page
from programs import browser, npm, script
from queries import CONFIGURATION, DOCUMENTS, EXAMPLES

pytestmark = pytest.mark.slow

_TABLE = "table"
"""The scenario that is about another page."""

_SCENARIOS = [
    name
    for name in re.findall(
        r"(?m)^  async (\w+)\(\) \{",
        (Path(__file__).parent / "tools/search_page.mjs").read_text(encoding="utf-8"),
    )
    if name != _TABLE
]
_SOURCES = Path(__file__).parents[1] / "templates" / "html"


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_page(scenario: str, generated: Path) -> None:
    """The page works when it is opened from disk, and loads nothing else."""
    script("search_page.mjs", browser(), generated / "html" / "index.html", scenario)


def test_queries(project: Project) -> None:
    """The page finds what `python -m` finds, and shows it first."""
    for name, text in DOCUMENTS.items():
        (project.root / f"{name}.rst").write_text(text, encoding="utf-8")
    project.configure(CONFIGURATION).generate()
    addresses = {query: [_address(code) for code in codes] for query, codes in EXAMPLES.items()}
    table = project.root / "table.json"
    table.write_text(json.dumps(addresses), encoding="utf-8")
    html = project.root / "generated" / "html" / "index.html"
    script("search_page.mjs", browser(), html, _TABLE, table)


def _address(code: str) -> str:
    """Return the address of *code*, a code of the table of queries, in the page."""
    if "/" in code:
        return code
    service = next(name for name, text in DOCUMENTS.items() if f" {code} " in text)
    return f"{service}/{code}"


def test_all_scenarios_are_found() -> None:
    """Every scenario of the script is a test."""
    assert len(_SCENARIOS) == 15


@pytest.mark.parametrize(
    ("configuration", "package"),
    [
        ('[target.python]\npackage = "faults"\noutput = "src/mysdk"\n', '"mysdk.faults"'),
        ('targets = ["html"]\n', "null"),
    ],
)
def test_package(project: Project, configuration: str, package: str) -> None:
    """The page knows by which name the configured package is imported, if there is one."""
    project.configure(f'{configuration}[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}')
    project.write(one=page(("404", "A.1", "Gone"))).generate()
    assert f'"package":{package},' in project.read("generated/html/index.html")


@pytest.mark.parametrize("name", ["script.js", "style.css"])
def test_format(name: str) -> None:
    """Prettier would not change the source file."""
    npm("prettier", "--check", "--print-width", "100", _SOURCES / name)


def test_types() -> None:
    """The script passes TypeScript's strict checks, with the types in its comments."""
    checks = ("--noEmit", "--allowJs", "--checkJs", "--strict")
    libraries = ("--target", "es2022", "--lib", "es2022,dom,dom.iterable")
    npm("tsc", *checks, *libraries, _SOURCES / "script.js")
