"""The search page, used in a browser as a reader would."""

import re
from pathlib import Path

import pytest

from programs import browser, npm, script

pytestmark = pytest.mark.slow

_SCENARIOS = re.findall(
    r"(?m)^  async (\w+)\(\) \{",
    (Path(__file__).parent / "tools/search_page.mjs").read_text(encoding="utf-8"),
)
_SOURCES = Path(__file__).parents[1] / "templates" / "html"


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_page(scenario: str, generated: Path) -> None:
    """The page works when it is opened from disk, and loads nothing else."""
    script("search_page.mjs", browser(), generated / "html" / "index.html", scenario)


def test_all_scenarios_are_found() -> None:
    """Every scenario of the script is a test."""
    assert len(_SCENARIOS) == 13


@pytest.mark.parametrize("name", ["script.js", "style.css"])
def test_format(name: str) -> None:
    """Prettier would not change the source file."""
    npm("prettier", "--check", "--print-width", "100", _SOURCES / name)


def test_types() -> None:
    """The script passes TypeScript's strict checks, with the types in its comments."""
    checks = ("--noEmit", "--allowJs", "--checkJs", "--strict")
    libraries = ("--target", "es2022", "--lib", "es2022,dom,dom.iterable")
    npm("tsc", *checks, *libraries, _SOURCES / "script.js")
