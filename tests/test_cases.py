"""Every directory of tests/cases: what is read from its input.rst is what it expects."""

import re
import shutil
import textwrap
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

from errbook import readers
from errbook.build import documents, output, pipeline
from errbook.cli import report
from errbook.diagnostics import Diagnostic
from errbook.lint import RULES, reference
from errbook.lint.rule import Rule
from errbook.project import configuration
from errbook.targets import TARGETS
from programs import CHECKERS, check_python

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
    outcome = pipeline.run(configuration.load(directory / "errbook.toml", TARGETS))
    new = {change.path: change.new for change in outcome.changes}
    files = {name: text for name, path in _GENERATED.items() if (text := new.get(path))}
    shown = [_as_text(diagnostic, directory) for diagnostic in outcome.diagnostics]
    return files | {"diagnostics.txt": "".join(shown)}


def _as_text(diagnostic: Diagnostic, directory: Path) -> str:
    lines = readers.lines(directory / diagnostic.location.path)
    return report.as_text(diagnostic, lines[diagnostic.location.line - 1], str) + "\n"


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


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate one package with a service a case."""
    root = tmp_path_factory.mktemp("cases")
    written, lock = "", ""
    for case in sorted(CASES.iterdir()):
        shutil.copytree(case, root / case.name, ignore=shutil.ignore_patterns("expected"))
        if "error:" not in (case / "expected" / "diagnostics.txt").read_text():
            written += _renamed(case, "errbook.toml", _CONFIGURATION)
            lock += _renamed(case, "errbook.lock", "")
    (root / "errbook.toml").write_text(written)
    (root / "errbook.lock").write_text(lock)
    configured = configuration.load(root / "errbook.toml", TARGETS)
    output.write(root, pipeline.run(configured).changes)
    return root / "generated" / "python"


def _renamed(case: Path, name: str, default: str) -> str:
    """Return the file *name* of *case*, for a service that is called like the case."""
    text = (case / name).read_text() if (case / name).exists() else default
    for old, new in (
        ("[service.demo", f"[service.{case.name}"),
        ("[demo]", f"[{case.name}]"),
    ):
        text = text.replace(old, new)
    return re.sub(r'"(\w+\.rst)"', rf'"{case.name}/\1"', text)


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker[0])
def test_generated_python(package: Path, checker: tuple[str, ...]) -> None:
    """The Python of all cases is clean under the strict modes of the checkers, and is Python."""
    check_python(package, checker)


def test_generated_openapi(package: Path) -> None:
    """The OpenAPI of all cases is valid."""
    for path in (package.parent / "openapi").iterdir():
        validate(yaml.safe_load(path.read_text()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_case(rule: Rule) -> None:
    """The case that is called like a rule shows what the rule says."""
    shown = CASES / rule.name.replace("-", "_") / "expected" / "diagnostics.txt"
    assert f"[{rule.id}]" in shown.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.id != "EB206" and not rule.id.startswith("EB6")],
    ids=lambda rule: rule.id,
)
def test_example_shows_its_rule(rule: Rule, tmp_path: Path) -> None:
    """The example in the reference of a rule is one that the rule speaks of."""
    page = tmp_path / "page.rst"
    page.write_text(textwrap.dedent(rule.example), encoding="utf-8")
    _, diagnostics = documents.parse(page, "page.rst")
    assert rule.id in {diagnostic.rule for diagnostic in diagnostics}


def test_reference_of_the_rules() -> None:
    """The reference that is committed is what `errbook rules` prints."""
    committed = (CASES.parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert committed == reference.rules_as_markdown() + "\n"
