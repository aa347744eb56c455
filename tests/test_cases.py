"""Every directory of tests/cases: what is read from its input.rst is what it expects."""

import shutil
from pathlib import Path

import pytest

from errbook import output, pipeline, settings
from errbook.diagnostics import RULES

CASES = Path(__file__).parent / "cases"
_CONFIGURATION = '[service.demo]\ntitle = "Demo"\ndocs = ["input.rst"]\n'
_GENERATED = {
    "catalogue.json": "generated/catalogue/demo.json",
    "python/demo.py": "generated/python/api_errors/demo.py",
    "openapi/demo.yaml": "generated/openapi/demo.yaml",
    "markdown/demo.md": "generated/markdown/demo.md",
    "errbook.lock": "errbook.lock",
}


def _compiled(case: Path, directory: Path) -> dict[str, str]:
    """Return what *case* can expect: its files below `expected`, and their texts."""
    (directory / "errbook.toml").write_text(_CONFIGURATION)
    for path in case.iterdir():
        if path.is_file():
            shutil.copy(path, directory)
    outcome = pipeline.run(settings.load(directory / "errbook.toml"))
    new = {change.path: change.new for change in outcome.changes}
    files = {name: text for name, path in _GENERATED.items() if (text := new.get(path))}
    return files | {"diagnostics.txt": "".join(f"{d}\n" for d in outcome.diagnostics)}


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The diagnostics, and what else the case expects, are as expected to the letter."""
    expected = case / "expected"
    files = {
        name: text
        for name, text in _compiled(case, tmp_path).items()
        if name == "diagnostics.txt" or (expected / name).exists()
    }
    changes = list(output.changes(expected, files))
    if request.config.getoption("--update"):
        output.write(expected, changes)
    elif changes:
        diffs = "".join(change.diff() for change in changes)
        pytest.fail(f"{diffs}\nif this is right: pytest --update", pytrace=False)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_case(rule: object) -> None:
    """The case that is called like a rule shows what the rule says."""
    name, id_ = getattr(rule, "name"), getattr(rule, "id")  # noqa: B009
    shown = CASES / name.replace("-", "_") / "expected" / "diagnostics.txt"
    assert f"[{id_}]" in shown.read_text(encoding="utf-8")
