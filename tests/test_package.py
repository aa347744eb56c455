"""The package: the sdist, and the wheel built from it, work outside the checkout."""

import email
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pages import page

_ROOT = Path(__file__).parents[1]
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
"""Without PYTHONPATH, through which errbook could be imported from elsewhere."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist, and the wheel from it; return their directory."""
    directory = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(directory),
    ]
    subprocess.run([*command, str(_ROOT)], check=True, capture_output=True)
    return directory


def test_sdist_is_complete(shipped: Path) -> None:
    """The sdist has all that `make test` needs."""
    (sdist,) = shipped.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in (
        "Makefile",
        "errbook.lock",
        "tests/test_package.py",
        "generator/errbook/build/pipeline.py",
    ):
        assert name in names
    for folder in ("templates", "source_docs", "generated"):
        present = {p.relative_to(_ROOT).as_posix() for p in (_ROOT / folder).rglob("*.*")}
        assert {name for name in present if "__pycache__" not in name} <= names


def test_readme_in_the_metadata(shipped: Path) -> None:
    """All links in the README are absolute, because a package index shows it by itself."""
    (wheel,) = shipped.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    readme = metadata.get_payload()
    assert isinstance(readme, str)
    targets = [
        str(token.attrs.get("href") or token.attrs["src"])
        for block in MarkdownIt("commonmark").parse(readme)
        for token in block.children or ()
        if token.type in ("link_open", "image")
    ]
    assert len(targets) > 10
    assert all(target.startswith("https://") for target in targets), targets
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert metadata.get_all("Project-URL")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["wheel", "sdist", "editable"])
def test_installed(shipped: Path, tmp_path: Path, kind: str) -> None:
    """Installed in an empty environment, errbook generates a package that can be used."""
    environment = tmp_path / "environment"
    venv.create(environment)
    python = environment / "bin" / "python"
    (wheel,), (sdist,) = shipped.glob("*.whl"), shipped.glob("*.tar.gz")
    what = {
        "wheel": [str(wheel)],
        "sdist": [str(sdist)],
        "editable": ["--editable", str(_ROOT)],
    }
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, *what[kind]], check=True, capture_output=True)
    project = tmp_path / "project"
    project.mkdir()
    (project / "page.rst").write_text(page(("404", "API.01", "Router not found")), encoding="utf-8")
    (project / "errbook.toml").write_text('[service.demo]\ndocs = ["page.rst"]\n', encoding="utf-8")
    for command in ("generate", "check"):
        done = subprocess.run(
            [python.parent / "errbook", command],
            cwd=project,
            env=_ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
    command_line = [str(python.parent / "errbook"), "explain", "api1", "EB103"]
    shown = subprocess.check_output(command_line, cwd=project, env=_ENVIRONMENT, encoding="utf-8")
    assert "demo.RouterNotFoundError" in shown and "unknown-heading" in shown
    use = "from api_errors import demo; print(demo.RouterNotFoundError())"
    package = project / "generated" / "python"
    shown = subprocess.check_output(
        [python, "-c", use], cwd=package, env=_ENVIRONMENT, encoding="utf-8"
    )
    assert shown == "API.01 (404): Router not found\n"
