"""The import contracts also cover modules that are not listed in them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "generator"), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("path", "statement", "broken"),
    [
        ("lint/planted.py", "", ""),
        ("lint/planted.py", "import docutils", "only the readers know docutils"),
        ("build/planted.py", "from jinja2 import Template", "only the targets know Jinja2"),
        ("readers/planted.py", "import black", "only the targets know Jinja2"),
        ("project/planted.py", "from errbook import lint", "imports go down only"),
        ("planted.py", "", "imports go down only"),
    ],
)
def test_planted_import(tmp_path: Path, path: str, statement: str, broken: str) -> None:
    """A new module that imports upwards, or a library of other layers, fails `make lint`."""
    shutil.copy(_ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(_ROOT / "generator", tmp_path / "generator")
    (tmp_path / "generator" / "errbook" / path).write_text(f"{statement}\n", encoding="utf-8")
    done = _lint_imports(tmp_path)
    assert (done.returncode == 0) is not bool(broken), done.stdout
    assert broken in done.stdout
