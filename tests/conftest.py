"""What the tests share: the option --update, and projects in which `errbook` is run."""

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest

import everything
from errbook import cli
from errbook.build import cache

# Every run tries the same examples, so that a failure can be repeated.
hypothesis.settings.register_profile("errbook", derandomize=True, deadline=None)
hypothesis.settings.register_profile("fuzz", deadline=None, print_blob=True)
hypothesis.settings.load_profile("errbook")  # unless --hypothesis-profile says otherwise

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update",
        action="store_true",
        help="rewrite the expected files in tests/cases, and list the changed ones",
    )


BODY = 'envelope = { code = "code", message = "message" }\n'
"""The configuration that avoids the warning about an unknown body."""

REWRITTEN = "rewritten"
"""The property of a test's report that lists, with --update, the files it wrote or removed."""


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """List what the tests changed with --update; what a test prints itself is captured."""
    if not config.getoption("--update"):
        return
    reports = (r for group in terminalreporter.stats.values() for r in group)
    cases = [
        files
        for report in reports
        if isinstance(report, pytest.TestReport) and report.when == "call"
        for name, files in report.user_properties
        if name == REWRITTEN and isinstance(files, list)
    ]
    changed = sorted(file for files in cases for file in files)
    terminalreporter.section("pytest --update")
    unchanged = f"{len(cases)} cases: nothing changed" if cases else "no case was selected"
    for line in changed or [unchanged]:
        terminalreporter.line(line)


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove variables that change what errbook and git do, and reach loopback without a proxy.

    git sets variables for its hooks, which may run the tests.
    """
    for name in ("ERRBOOK_CACHE_DIR", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1", prepend=",")


def git(root: Path, *arguments: str, check: bool = True) -> str:
    """Run git in *root*, independent of the user's configuration, and return its output."""
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    command = ["git", *identity, "-c", "core.excludesFile=/dev/null", *arguments]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, encoding="utf-8", check=check)
    return done.stdout


@dataclass
class Result:
    """The exit status and the output of a run."""

    status: int
    out: str
    err: str


@dataclass
class Project:
    """A directory with a configuration, in which `errbook` is run."""

    root: Path
    _run: Callable[..., Result]

    def write(self, **documents: str) -> "Project":
        """Write a document `docs/NAME.rst` for each keyword."""
        for name, text in documents.items():
            path = self.root / "docs" / f"{name}.rst"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return self

    def configure(self, text: str) -> "Project":
        """Write the configuration."""
        (self.root / "errbook.toml").write_text(text, encoding="utf-8")
        return self

    def errbook(self, *arguments: str) -> Result:
        """Run `errbook` with *arguments*."""
        return self._run(*arguments)

    def generate(self, *arguments: str) -> Result:
        """Run `errbook generate` and check that it succeeds."""
        result = self.errbook("generate", *arguments)
        assert result.status == 0, result.err
        return result

    def read(self, path: str) -> str:
        """Return the text of the file *path*."""
        return (self.root / path).read_text(encoding="utf-8")

    def package(self, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
        """Import the generated module of the service `demo`, until the test ends."""
        monkeypatch.syspath_prepend(str(self.root / "generated" / "python"))
        for name in [name for name in sys.modules if name.split(".")[0] == "api_errors"]:
            monkeypatch.delitem(sys.modules, name)
        return importlib.import_module("api_errors.demo")

    def files(self) -> dict[str, bytes]:
        """Return the contents of all files outside the cache, by path."""
        paths = {
            path.relative_to(self.root).as_posix(): path
            for path in sorted(self.root.rglob("*"))
            if path.is_file()
        }
        return {
            name: path.read_bytes()
            for name, path in paths.items()
            if not name.startswith(cache.NAME)
        }


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Project:
    """Create a project with the service `demo`, whose documents go to `docs`; it has none yet."""

    def run(*arguments: str) -> Result:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["errbook", *arguments])
        capsys.readouterr()
        status = cli.main()
        out, err = capsys.readouterr()
        return Result(status, out, err)

    return Project(tmp_path, run).configure(f'[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}')


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate the outputs for all real pages and some odd ones; return their directory."""
    return everything.generate(tmp_path_factory.mktemp("everything"))
