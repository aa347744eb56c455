"""The external programs that read errbook's outputs, and where they are installed.

`make test-programs` installs them, except for the browser and valgrind. The tests of a missing
program are skipped, and fail in CI.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

_ROOT = Path(__file__).parents[1]
TOOLS = _ROOT / "tests" / "tools"
PYTHON = _ROOT / ".venv" / "programs" / "bin" / "python"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKERS = (
    ("mypy", "--strict", "--cache-dir=/dev/null", "api_errors"),
    ("pyright",),
    ("black", "--check", "--quiet", "api_errors"),
    ("ruff", "check", "--isolated", "--no-cache", "api_errors"),
    ("compileall", "-q", "api_errors"),
)
"""The checks that generated Python has to pass, as arguments of `python -m`."""

_ENVIRONMENT = {
    "REDOCLY_TELEMETRY": "off",
    "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    "NODE_NO_WARNINGS": "1",
}


def run(*command: str | Path, stdin: str | None = None) -> str:
    """Run *command*, check that it succeeds, and return its output."""
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | _ENVIRONMENT,
    )
    assert done.returncode == 0, f"{done.stdout[-5000:]}\n{done.stderr[-5000:]}"
    return done.stdout


def npm(name: str, *arguments: str | Path) -> str:
    """Run the program *name* from an npm package."""
    program = TOOLS / "node_modules" / ".bin" / name
    need(program)
    return run("node", program, *arguments)


def script(name: str, *arguments: str | Path, stdin: str | None = None) -> str:
    """Run a script in tests/tools with Node.js, or with the Python in `.venv/programs`."""
    need(TOOLS / "node_modules" if name.endswith(".mjs") else PYTHON)
    interpreter = "node" if name.endswith(".mjs") else PYTHON
    return run(interpreter, TOOLS / name, *arguments, stdin=stdin)


def need(program: Path) -> None:
    """Skip the test if *program* is not installed; in CI, fail it."""
    if not program.exists():
        _missing(f"{program.name} is not installed: run make test-programs (npm needs Node.js)")


def browser() -> Path:
    """Return the browser in PATH; if there is none, skip the test, or fail it in CI."""
    return _in_path("browser", *_BROWSERS)


def valgrind() -> Path:
    """Return valgrind in PATH; if it is missing, skip the test, or fail it in CI."""
    return _in_path("program that counts instructions", "valgrind")


def _in_path(kind: str, *names: str) -> Path:
    path = next(filter(None, map(shutil.which, names)), None)
    if path is not None:
        return Path(path)
    return _missing(f"there is no {kind}: install {' or '.join(names)}")


def _missing(message: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def check_python(directory: Path, checker: tuple[str, ...]) -> None:
    """Run *checker*, one of CHECKERS, on the package `api_errors` in *directory*."""
    (directory / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict"}', encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", *checker], cwd=directory, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
