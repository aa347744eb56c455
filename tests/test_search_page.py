"""HTML: the page to search in, used in a browser as a reader would."""

import re
from pathlib import Path

import pytest

from programs import CHROMIUM, need, script

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
