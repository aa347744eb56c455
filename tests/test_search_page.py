"""HTML: the page to search in, used in a browser as a reader would."""

import re
import shutil
from pathlib import Path

import pytest

from programs import CHROMIUM, need, run, script

_SCENARIOS = re.findall(
    r"(?m)^  async (\w+)\(\) \{",
    (Path(__file__).parent / "tools/search_page.mjs").read_text(),
)


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_page(scenario: str, generated: Path) -> None:
    """It works from the disk, with its own parts alone."""
    need(CHROMIUM)
    script("search_page.mjs", generated / "html" / "index.html", scenario)


def test_all_scenarios_are_there() -> None:
    """None is forgotten."""
    assert len(_SCENARIOS) == 13


def test_script_is_javascript() -> None:
    """The source file of the script has no syntax error."""
    node = Path(shutil.which("node") or "node")
    need(node)
    run(node, "--check", Path(__file__).parents[1] / "templates" / "html" / "script.js")
