"""The programs of others that read what errbook writes, and where they are installed.

`make test` installs them. Without them their tests are skipped, but not in CI.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
TOOLS = _ROOT / "tests" / "tools"
PYTHON = _ROOT / ".venv" / "programs" / "bin" / "python"
CHROMIUM = Path("/usr/bin/chromium")
CHECKERS = (
    ("mypy", "--strict", "--cache-dir=/dev/null", "api_errors"),
    ("pyright",),
    ("black", "--check", "--quiet", "api_errors"),
    ("ruff", "check", "--isolated", "--no-cache", "api_errors"),
    ("compileall", "-q", "api_errors"),
)
"""What generated Python has to pass, as modules of the Python that runs the tests."""

_ENVIRONMENT = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NODE_NO_WARNINGS": "1",
}


def run(*command: str | Path, given: str | None = None) -> str:
    """Run *command*, which has to succeed, and return what it prints."""
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | _ENVIRONMENT,
    )
    assert done.returncode == 0, f"{done.stdout[-5000:]}\n{done.stderr[-5000:]}"
    return done.stdout


def npm(name: str, *arguments: str | Path) -> str:
    """Run the program *name* of a package of npm."""
    program = TOOLS / "node_modules" / ".bin" / name
    need(program)
    return run("node", program, *arguments)


def script(name: str, *arguments: str | Path, given: str | None = None) -> str:
    """Run a script in tests/tools: of Node.js, or of the Python that has the programs of PyPI."""
    need(TOOLS / "node_modules" if name.endswith(".mjs") else PYTHON)
    interpreter = "node" if name.endswith(".mjs") else PYTHON
    return run(interpreter, TOOLS / name, *arguments, given=given)


def need(program: Path) -> None:
    """Skip the test if *program* is not installed, or let it fail in CI."""
    if program.exists():
        return
    what = f"{program.name} is not installed: make test does that, if it can"
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


def check_python(package: Path, checker: tuple[str, ...]) -> None:
    """Run *checker*, one of CHECKERS, in *package*, the directory that has the generated one."""
    (package / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}')
    done = subprocess.run(
        [sys.executable, "-m", *checker], cwd=package, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
