"""The kinds of changes: each has a case with two documents, and a client that shows its level.

A directory in `tests/changes` has the documents `old.rst` and `new.rst`, for both, if needed, the
configuration and the lock, the output of `errbook diff`, and the program `client.py`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import BODY, REWRITTEN, ROOT, Project, git
from errbook.comparison import RULES, ChangeRule, Level

CHANGES = ROOT / "tests" / "changes"
_CASES = sorted(CHANGES.iterdir())
_CONFIGURATION = f'[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}'


def _generate(project: Project, case: Path, state: str) -> None:
    """Generate from the files of the *state* old or new of *case*, and commit everything."""
    configuration = case / f"{state}.toml"
    text = configuration.read_text("utf-8") if configuration.exists() else _CONFIGURATION
    project.configure(text).write(one=(case / f"{state}.rst").read_text("utf-8"))
    if (case / f"{state}.lock").exists():
        shutil.copy(case / f"{state}.lock", project.root / "errbook.lock")
    project.generate()
    git(project.root, "add", "--all")
    git(project.root, "commit", "--quiet", "--message", state)
    shutil.copytree(project.root / "generated", project.root / "states" / state)


@pytest.fixture
def repository(project: Project) -> Project:
    """Create a project in a git repository."""
    git(project.root, "init", "--quiet")
    (project.root / ".gitignore").write_text(".errbook_cache\nstates\n", encoding="utf-8")
    return project


def _works(client: Path, package: Path) -> bool:
    """Return whether the program *client* works with the *package*."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-B", client],
        env={"PYTHONPATH": str(package)},
        capture_output=True,
    )
    return done.returncode == 0


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
def test_case(case: Path, repository: Project, request: pytest.FixtureRequest) -> None:
    """The changes are the expected ones; a breaking one, and no other, breaks the client."""
    for state in ("old", "new"):
        _generate(repository, case, state)
    result = repository.errbook("diff", "HEAD~1", "HEAD")
    expected = case / "expected.txt"
    if request.config.getoption("--update"):
        before = expected.read_text("utf-8") if expected.exists() else None
        expected.write_text(result.out, encoding="utf-8")
        changed = [f"wrote {expected.relative_to(ROOT)}"] * (before != result.out)
        request.node.user_properties.append((REWRITTEN, changed))
    assert result.out == expected.read_text("utf-8"), result.err
    rule = next(rule for rule in RULES if rule.name.replace("-", "_") == case.name)
    assert f"{rule.level}: " in result.out and f"[{rule.id} " in result.out
    assert result.status == (rule.level == Level.BREAKING)

    outputs = [repository.root / "states" / state for state in ("old", "new")]
    catalogues = [str(output / "catalogue") for output in outputs]
    assert repository.errbook("diff", *catalogues).out == result.out

    packages = [output / "python" for output in outputs]
    is_breaking = rule.level == Level.BREAKING
    assert [_works(case / "client.py", package) for package in packages] == [True, not is_breaking]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_case(rule: ChangeRule) -> None:
    """Every kind of change has a case with its name."""
    assert CHANGES / rule.name.replace("-", "_") in _CASES
