"""The cases: the diagnostics and outputs for each input are those in its `expected`."""

import re
import shutil
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import validate

from conftest import REWRITTEN, ROOT, Project
from errbook import readers
from errbook.build import documents, output, pipeline, writing
from errbook.build.output import FileChange
from errbook.cli import report
from errbook.diagnostics import Diagnostic
from errbook.lint import RULES
from errbook.lint.rule import Rule
from errbook.project import configuration
from errbook.targets import TARGETS
from programs import CHECKERS, check_python

CASES = ROOT / "tests" / "cases"
_NO_BODY_IS_NO_MATTER = 'lint.ignore = ["EB503", "EB109"]\n'
_CONFIGURATION = f"""
{_NO_BODY_IS_NO_MATTER}[service.demo]
title = "Demo"
docs = ["INPUT"]
"""
_GENERATED = {
    "catalogue.json": "generated/catalogue/demo.json",
    "python/demo.py": "generated/python/api_errors/demo.py",
    "openapi/demo.yaml": "generated/openapi/demo.yaml",
    "markdown/demo.md": "generated/markdown/demo.md",
    "errbook.lock": "errbook.lock",
}


def _configuration(case: Path) -> str:
    """Return the configuration for a *case* without its own."""
    return _CONFIGURATION.replace("INPUT", next(path.name for path in case.glob("input.*")))


def _compiled(case: Path, directory: Path) -> dict[str, str]:
    """Return all files that may stand in the `expected` of *case*, name -> text."""
    (directory / "errbook.toml").write_text(_configuration(case), encoding="utf-8")
    for path in case.iterdir():
        if path.is_file():
            shutil.copy(path, directory)
    outcome = pipeline.run(configuration.load(directory / "errbook.toml", TARGETS))
    texts = {
        path: (directory / path).read_text(encoding="utf-8")
        for path in _GENERATED.values()
        if (directory / path).exists()
    }
    texts |= {change.path: change.new for change in outcome.changes if change.new is not None}
    shown = [_as_text(diagnostic, directory) for diagnostic in outcome.diagnostics]
    files = {name: texts[path] for name, path in _GENERATED.items() if path in texts}
    return files | {"diagnostics.txt": "".join(shown)}


def _as_text(diagnostic: Diagnostic, directory: Path) -> str:
    lines = readers.lines(directory / diagnostic.location.path)
    return report.as_text(diagnostic, lines[diagnostic.location.line - 1], str) + "\n"


def _changes(case: Path, compiled: Mapping[str, str]) -> list[FileChange]:
    """Return what has to change for the `expected` of *case* to agree with *compiled*.

    The diagnostics always have to be there; an output is compared if its file is there.
    """
    expected = case / "expected"
    present = {p.relative_to(expected).as_posix() for p in expected.rglob("*") if p.is_file()}
    unknown = present - {"diagnostics.txt", *_GENERATED}
    assert not unknown, f"these files are not compared: {', '.join(sorted(unknown))}"
    place = expected.relative_to(ROOT).as_posix()
    files = {f"{place}/{name}": compiled.get(name) for name in present | {"diagnostics.txt"}}
    gone = [
        FileChange(path=path, old=(ROOT / path).read_text(encoding="utf-8"), new=None)
        for path, text in sorted(files.items())
        if text is None
    ]
    return [*output.changes(ROOT, {p: t for p, t in files.items() if t is not None}), *gone]


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The diagnostics and the outputs of a case are the expected ones, to the letter."""
    changes = _changes(case, _compiled(case, tmp_path))
    if request.config.getoption("--update"):
        writing.write(ROOT, changes, tmp_path / "drafts" / "cases")
        rewritten = [
            f"{'removed' if change.new is None else 'wrote'} {change.path}" for change in changes
        ]
        request.node.user_properties.append((REWRITTEN, rewritten))
    elif changes:
        # A file that is missing and would be empty has an empty diff.
        diffs = "".join(change.diff() or f"{change.path} is missing\n" for change in changes)
        hint = "if the new output is right, run: .venv/bin/pytest --update"
        pytest.fail(f"{diffs}\n{hint}", pytrace=False)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate one package with one service per case, leaving out cases with errors."""
    root = tmp_path_factory.mktemp("cases")
    written, lock = "", ""
    for case in sorted(CASES.iterdir()):
        shutil.copytree(case, root / case.name, ignore=shutil.ignore_patterns("expected"))
        if "error:" not in (case / "expected" / "diagnostics.txt").read_text(encoding="utf-8"):
            written += _renamed(case, "errbook.toml", _configuration(case))
            lock += _renamed(case, "errbook.lock", "")
    (root / "errbook.toml").write_text(written, encoding="utf-8")
    (root / "errbook.lock").write_text(lock, encoding="utf-8")
    configured = configuration.load(root / "errbook.toml", TARGETS)
    writing.write(root, pipeline.run(configured).changes, root / "drafts" / "cases")
    return root / "generated" / "python"


def _renamed(case: Path, name: str, default: str) -> str:
    """Return the file *name* of *case*, with the service named after the case."""
    text = (case / name).read_text(encoding="utf-8") if (case / name).exists() else default
    for old, new in (
        ("[service.demo", f"[service.{case.name}"),
        ("[demo]", f"[{case.name}]"),
        (_NO_BODY_IS_NO_MATTER, ""),
    ):
        text = text.replace(old, new)
    return re.sub(r'"(\w+\.(?:rst|mdx?))"', rf'"{case.name}/\1"', text)


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker[0])
def test_generated_python(package: Path, checker: tuple[str, ...]) -> None:
    """The Python generated from all cases passes the checkers in their strict modes."""
    check_python(package, checker)


def test_generated_openapi(package: Path) -> None:
    """The OpenAPI generated from all cases is valid."""
    for path in (package.parent / "openapi").iterdir():
        validate(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_case(rule: Rule) -> None:
    """The case named after a rule has a diagnostic of that rule."""
    shown = CASES / rule.name.replace("-", "_") / "expected" / "diagnostics.txt"
    assert f"[{rule.id}]" in shown.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "rule",
    [
        rule
        for rule in RULES
        if rule.id not in ("EB109", "EB206", "EB503") and not rule.id.startswith("EB6")
    ],
    ids=lambda rule: rule.id,
)
def test_example_of_a_rule(rule: Rule, tmp_path: Path) -> None:
    """The example in the reference of a rule has a diagnostic of that rule."""
    page = tmp_path / ("page.md" if "| ---" in rule.example else "page.rst")
    page.write_text(textwrap.dedent(rule.example), encoding="utf-8")
    _, diagnostics = documents.parse(page, page.name)
    assert rule.id in {diagnostic.rule for diagnostic in diagnostics}


def test_reference_of_the_rules(project: Project) -> None:
    """The committed docs/rules.md is what `errbook rules` prints."""
    committed = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert committed == project.errbook("rules").out
