"""Importing the generated package: what it loads, what it offers, and under which name."""

import subprocess
import sys
from pathlib import Path

import api_errors
import pytest

from conftest import Project
from pages import page

_PACKAGE = Path(api_errors.__file__).parent


def _python(code: str, directory: Path) -> str:
    """Run *code* in a new Python that starts in *directory*; return what it prints."""
    return subprocess.check_output([sys.executable, "-c", code], cwd=directory, encoding="utf-8")


def test_services_are_listed() -> None:
    """`dir` lists the services and the public names, and nothing else."""
    assert dir(api_errors) == sorted([*api_errors.__all__, "vpn"])


@pytest.mark.parametrize(
    ("use", "loaded"),
    [
        ("", "False"),
        ("dir(api_errors)", "False"),
        ("from api_errors import NotFoundError", "False"),
        ("from api_errors import *", "False"),
        ("api_errors.vpn.VpnError", "True"),
        ("from api_errors import vpn", "True"),
        ("api_errors.error_from_response(404)", "True"),
    ],
)
def test_services_are_imported_on_first_use(use: str, loaded: str) -> None:
    """Only what needs a service imports it."""
    code = f"import sys, api_errors\n{use}\nprint('api_errors.vpn' in sys.modules)"
    assert _python(code, _PACKAGE.parent) == f"{loaded}\n"


def test_unknown_name() -> None:
    """A name that is no service raises what a module without it raises."""
    with pytest.raises(AttributeError, match="module 'api_errors' has no attribute 'vnp'"):
        _ = api_errors.vnp  # type: ignore[attr-defined]
    with pytest.raises(ImportError, match="cannot import name 'vnp' from 'api_errors'"):
        from api_errors import vnp  # type: ignore[attr-defined] # noqa: F401


def _with_checker(name: str, code: str, directory: Path) -> subprocess.CompletedProcess[str]:
    """Run mypy or pyright on a program with this *code*."""
    (directory / "api_errors").symlink_to(_PACKAGE)
    (directory / "use.py").write_text(code, encoding="utf-8")
    settings = '{"typeCheckingMode": "strict", "include": ["use.py"]}'
    (directory / "pyrightconfig.json").write_text(settings, encoding="utf-8")
    commands = {"mypy": ["mypy", "--strict", "--cache-dir=/dev/null", "use.py"]}
    command = [sys.executable, "-m", *commands.get(name, [name])]
    return subprocess.run(command, cwd=directory, capture_output=True, encoding="utf-8")


@pytest.mark.parametrize("name", ["mypy", "pyright"])
def test_checkers_know_the_services(name: str, tmp_path: Path) -> None:
    """Type checkers know the types behind `api_errors.vpn`, and find misspelled services."""
    code = """
from typing import assert_type

import api_errors
from api_errors import vpn

assert_type(api_errors.vpn.error_from_response(404), vpn.VpnError)
"""
    done = _with_checker(name, code, tmp_path)
    assert done.returncode == 0, done.stdout
    (tmp_path / "api_errors").unlink()
    done = _with_checker(name, "import api_errors\n\nprint(api_errors.vnp)\n", tmp_path)
    assert done.returncode == 1
    assert "vnp" in done.stdout


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("", "from api_errors import demo"),
        ('package = "problems"', "from problems import demo"),
        ('output = "src/mysdk"', "from mysdk.api_errors import demo"),
        ('output = "mysdk/errors"\npackage = "api"', "from mysdk.errors.api import demo"),
        ('output = "packages/my-sdk/src/mysdk/"', "from mysdk.api_errors import demo"),
        ('output = "src"', "from api_errors import demo"),
        ('output = "."', "from api_errors import demo"),
    ],
)
def test_import_in_the_reference(project: Project, target: str, shown: str) -> None:
    """The Markdown reference shows the import that the configured output needs."""
    project.configure(
        f'[service.demo]\ndocs = ["docs/*.rst"]\nenvelope = false\n[target.python]\n{target}\n'
    )
    project.write(one=page(("404", "API.01", "Router not found"))).generate()
    assert f" In Python: `{shown}`." in project.read("generated/markdown/demo.md")
