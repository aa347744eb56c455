"""The cache: it makes runs faster and never changes their results."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from conftest import Project, Result
from errbook.build import cache, compiler
from errbook.build import fingerprint as package
from errbook.build.cache import Cache
from errbook.build.incremental import Compiled
from errbook.model import Prose
from errbook.project.sources import Source
from pages import page

_PAGE = page(
    ("400", "API.01", "Invalid request", "Wrong.", "Ask."),
    ("404", "API.02", "No router", "Gone. GONE.", ""),
)
_OTHER = page(("409", "B.1", "Router in use", "Busy.", "Wait."))
_SERVICES = '[service.a]\ndocs = ["docs/a*.rst"]\n[service.b]\ndocs = ["docs/b.rst"]\n'
_HEAVY = ("docutils", "jinja2", "black")


@pytest.fixture
def known(project: Project) -> Project:
    """Create a project with two services whose outputs are generated and cached."""
    project.write(a=_PAGE, b=_OTHER).configure(_SERVICES).generate()
    assert not _imported(project, "check")
    return project


@pytest.fixture(autouse=True)
def _not_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `errbook check` use the cache, which it ignores in CI."""
    monkeypatch.delenv("CI", raising=False)


def _imported(project: Project, *arguments: str) -> set[str]:
    """Run `errbook` in another process; return which heavy libraries it imported."""
    command = [sys.executable, "-X", "importtime", "-m", "errbook", *arguments]
    done = subprocess.run(
        command, cwd=project.root, capture_output=True, encoding="utf-8", check=False
    )
    modules = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "errbook.build.pipeline" in modules
    return modules & set(_HEAVY)


def _both(project: Project, *arguments: str) -> Result:
    """Run `errbook` with and without the cache; return the result, which has to be the same."""
    result = project.errbook(*arguments)
    assert result == project.errbook(*arguments, "--no-cache")
    return result


def _entries(root: Path) -> list[Path]:
    return sorted(path for path in root.glob("entries/*") if len(path.name) > 64)


def _configure(project: Project) -> None:
    project.configure(f"[lint]\nignore = ['EB']\n{_SERVICES}")


def _own_template(project: Project) -> None:
    place = project.root / "own"
    place.mkdir()
    (place / "style.css.j2").write_text("/* mine */", encoding="utf-8")
    project.configure(f'[target.html]\ntemplates = "own"\n{_SERVICES}').generate()
    assert not _imported(project, "check")
    (place / "style.css.j2").write_text("/* yours */", encoding="utf-8")


def _linked_template(project: Project) -> None:
    (project.root / "common").mkdir()
    (project.root / "common/x.css").write_text("/* mine */", encoding="utf-8")
    (project.root / "own").mkdir()
    (project.root / "own/parts").symlink_to("../common")
    (project.root / "own/style.css.j2").write_text("{% include 'parts/x.css' %}", encoding="utf-8")
    project.configure(f'[target.html]\ntemplates = "own"\n{_SERVICES}').generate()
    assert not _imported(project, "check")
    (project.root / "common/x.css").write_text("/* yours */", encoding="utf-8")


def _lock(project: Project) -> None:
    lock = project.root / "errbook.lock"
    lock.write_text(
        lock.read_text(encoding="utf-8").replace("RouterInUseError", "BusyError"), encoding="utf-8"
    )


_EDITS: dict[str, Callable[[Project], object]] = {
    "a row": lambda p: p.write(a=_PAGE.replace("Wrong.", "False.")),
    "a code": lambda p: p.write(b=_OTHER.replace("B.1", "B.2")),
    "one more document": lambda p: p.write(a2=_OTHER),
    "a template": _own_template,
    "a template that another includes": _linked_template,
    "the configuration": _configure,
    "one more service": lambda p: p.configure(f"{_SERVICES}[service.c]\ndocs=['docs/b.rst']\n"),
    "a name in the lock": _lock,
    "a line of the lock twice": lambda p: (p.root / "errbook.lock").write_text(
        p.read("errbook.lock").replace("[b]\n", '[b]\n"B.1" = "XError Y 409"\n'), encoding="utf-8"
    ),
    "no lock": lambda p: (p.root / "errbook.lock").unlink(),
    "an output": lambda p: (p.root / "generated/markdown/a.md").write_text(
        p.read("generated/markdown/a.md").replace("Wrong.", "False."), encoding="utf-8"
    ),
    "a file in the way": lambda p: (p.root / "generated/markdown/a.md").write_text(
        "mine", encoding="utf-8"
    ),
    "a missing output": lambda p: (p.root / "generated/html/index.html").unlink(),
}


@pytest.mark.parametrize("edit", _EDITS)
def test_changes_are_noticed(known: Project, edit: str) -> None:
    """Whatever an output depends on changes, runs with and without the cache agree."""
    _EDITS[edit](known)
    for arguments in (("check",), ("check", "--output-format", "json"), ("lint",)):
        assert _both(known, *arguments).status in (0, 1)
    known.errbook("generate")
    first = known.files()
    known.errbook("generate", "--no-cache")
    assert known.files() == first
    _both(known, "check")


def test_nothing_changed(known: Project) -> None:
    """If nothing changed, what reads, renders and formats is not even imported."""
    for command in ("check", "generate", "lint"):
        assert not _imported(known, command)
        assert _imported(known, command, "--no-cache")


def test_other_line_ends(known: Project) -> None:
    """Outputs that git checked out with CRLF are up to date."""
    for path in known.files():
        if path.startswith("generated/"):
            file = known.root / path
            file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    for command in ("check", "generate"):
        assert not _imported(known, command)


def test_one_service_changed(known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the service that changed is compiled, although all share one lock."""
    seen: list[str] = []
    compile_service = compiler.compile_service

    def seeing(source: Source, *rest: Any, **more: Any) -> object:
        seen.append(source.id)
        return compile_service(source, *rest, **more)

    monkeypatch.setattr(compiler, "compile_service", seeing)
    more = page(("409", "B.1", "Busy", "", ""), ("400", "B.2", "Wrong row", "", ""))
    known.write(b=more).generate()
    known.generate()
    known.write(b=more.replace("row ", "line")).generate()
    assert seen == ["b", "b"]


def test_cached_diagnostics(project: Project) -> None:
    """Cached diagnostics are printed again, with their source lines."""
    project.write(demo=page(("4000", "API.01", "A.", "", ""), ("400", "API.02", "", "", "")))
    first = project.generate().err
    assert "docs/demo.rst:9:3: warning" in first
    assert project.errbook("generate").err.startswith(first.rpartition("errbook:")[0])
    assert not _imported(project, "generate")


def test_lost_names_are_reported_once(project: Project) -> None:
    """Diagnostics about new codes are not cached for the next run."""
    project.write(demo=page(("400", "A.1", "No router", "", ""))).generate()
    project.write(demo=page(("400", "A.2", "No router", "", "")))
    assert "EB601" in project.generate("--all").err
    assert "EB601" not in _both(project, "check", "--all").err


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff" * 100),
        lambda path: path.write_text("[]\n[]", encoding="utf-8"),
        lambda path: path.write_bytes(_entries(path.parents[1])[0].read_bytes()),
        _flip,
        _directory,
    ],
    ids=[
        "missing",
        "short",
        "empty",
        "binary",
        "other",
        "exchanged",
        "flipped",
        "directory",
    ],
)
def test_damaged_cache(known: Project, damage: Callable[[Path], object]) -> None:
    """A damaged entry is ignored, and does no harm."""
    before = known.files()
    for path in _entries(known.root / cache.NAME)[::-1]:
        damage(path)
    assert _both(known, "check").status == 0
    known.write(b=_OTHER.replace("Busy", "Used"))
    assert _both(known, "check").status == 1
    known.write(b=_OTHER).generate()
    assert known.files() == before


def test_cache_that_cannot_be_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the cache cannot be written, errbook works without it."""
    place = project.root / "file"
    place.write_text("mine", encoding="utf-8")
    for name in (place, place / "below", Path("/dev/null/below")):
        monkeypatch.setenv("ERRBOOK_CACHE_DIR", str(name))
        project.write(demo=_PAGE).generate()
        assert _both(project, "check").status == 0
    assert place.read_text(encoding="utf-8") == "mine"


def test_place_of_the_cache(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache is beside the configuration, or where it is configured; git ignores it."""
    place = project.root / cache.NAME
    project.write(demo=_PAGE).generate("--no-cache")
    assert not place.exists()
    project.errbook("check")
    assert (place / "entries/.gitignore").read_text(encoding="utf-8") == "*\n"
    assert _entries(place)
    monkeypatch.setenv("ERRBOOK_CACHE_DIR", str(project.root / "else/where"))
    project.errbook("check")
    assert [p.name for p in _entries(project.root / "else/where")] == [
        p.name for p in _entries(place)
    ]


def test_cache_shared_by_two_checkouts(
    known: Project,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A checkout uses what another one has cached, whatever its directory is called."""
    other = tmp_path_factory.mktemp("other") / "checkout"
    shared = known.root / cache.NAME
    for path, content in known.files().items():
        (other / path).parent.mkdir(parents=True, exist_ok=True)
        (other / path).write_bytes(content)
    monkeypatch.setenv("ERRBOOK_CACHE_DIR", str(shared))
    assert not _imported(Project(other, known._run), "check")
    (other / "docs/a.rst").write_text(_PAGE.replace("Wrong.", "False."), encoding="utf-8")
    assert _imported(Project(other, known._run), "generate")
    assert _both(known, "check").status == 0


def test_simultaneous_runs(known: Project) -> None:
    """Runs that write the same entries do not disturb each other."""
    command = [sys.executable, "-m", "errbook", "check"]

    def run(_: int) -> int:
        for path in _entries(known.root / cache.NAME):
            path.unlink(missing_ok=True)
        done = subprocess.run(command, cwd=known.root, capture_output=True, check=False)
        return done.returncode

    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(run, range(8))) == {0}
    assert not _imported(known, "check")
    names = {path.name for path in (known.root / cache.NAME / "entries").iterdir()}
    assert {name for name in names if len(name) < 64} == {".gitignore", "CACHEDIR.TAG"}


def test_oldest_entries_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache that is too large loses its oldest entries."""
    monkeypatch.setattr(cache, "_MAX_SIZE", 5500)
    store = Cache(tmp_path)
    keys = [cache.digest(str(number)) for number in range(4)]
    for age, key in enumerate(keys):
        store.put({key: Prose(text="x" * 2000, commonmark="")})
        os.utime(tmp_path / "entries" / key, (age, age))
    store.put({})
    assert [store.get(key, Prose) is not None for key in keys] == [False, False, True, True]


def test_another_version(known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries of another version of errbook or of its libraries are not used."""
    place = known.root / "site"
    (place / "black-1.0.dist-info").mkdir(parents=True)
    before = list(package.state())
    monkeypatch.setattr(sys, "path", [*sys.path, str(place)])
    assert list(package.state()) != before
    entries = _entries(known.root / cache.NAME)
    known.errbook("check")
    assert len(_entries(known.root / cache.NAME)) > len(entries)


def test_renamed_template(tmp_path: Path) -> None:
    """Renaming a template of errbook makes cached outputs stale."""
    (tmp_path / "a.j2").write_text("x", encoding="utf-8")
    before = dict(package.contents(tmp_path))
    (tmp_path / "a.j2").rename(tmp_path / "b.j2")
    assert dict(package.contents(tmp_path)) != before


def test_templates_beside_the_cache(project: Project) -> None:
    """A cache among the templates is not taken for one; broken links and pipes are not read."""
    (project.root / "style.css.j2").write_text("/* mine */", encoding="utf-8")
    (project.root / "none").symlink_to("nowhere")
    os.mkfifo(project.root / "pipe")
    project.write(demo=_PAGE).configure(
        '[target.html]\ntemplates = "."\n[service.demo]\ndocs = ["docs/demo.rst"]\n'
    )
    project.generate()
    project.errbook("check")
    assert not _imported(project, "check")


def test_forged_entries(known: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """In CI, `errbook check` does not believe an entry that hides an edited file.

    Elsewhere it does, but never writes a text from the cache.
    """
    path = "generated/python/api_errors/a.py"
    edited = known.root / path
    edited.write_text(known.read(path).replace("Wrong.", "Edited."), encoding="utf-8")
    entries = known.root / cache.NAME / "entries"
    for entry in entries.glob("*.compiled"):
        compiled = Cache(known.root / cache.NAME).get(entry.name, Compiled)
        assert compiled is not None
        assert compiled.rendering is not None
        digests = dict(compiled.rendering.digests)
        if path in digests:
            digests[path] = sha256(edited.read_bytes()).hexdigest()
        forged = replace(
            compiled,
            rendering=replace(compiled.rendering, digests=digests, texts={"../evil": "evil"}),
        )
        Cache(known.root / cache.NAME).put({entry.name: forged})
    assert known.errbook("check").status == 0
    assert known.errbook("check", "--no-cache").status == 1
    monkeypatch.setenv("CI", "true")
    assert known.errbook("check").status == 1
    known.errbook("generate")
    assert not (known.root.parent / "evil").exists()
