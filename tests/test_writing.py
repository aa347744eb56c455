"""Writing: killed runs, and runs at the same time, leave nothing torn and nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import Project, git
from pages import page

_BEFORE = page(("400", "API.01", "invalid request:xxx"), ("404", "API.02", "no router"))
_AFTER = page(("400", "API.01", "invalid request:%s"), ("409", "API.03", "router in use"))
_OTHER = page(("400", "API.01", "invalid request:xxx"), ("503", "API.04", "no disk left"))

_RUNNER = """
import os
import signal
import sys

from errbook import __main__

number, action = int(sys.argv[1]), sys.argv[2]
changing = {"os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "tempfile.mkdtemp"}
count = 0

def hook(event, arguments):
    global count
    is_opened = event == "open" and isinstance(arguments[2], int)
    if event in changing or is_opened and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        count += 1
        if count != number:
            return
        if action == "PAUSE":
            print("paused", flush=True)
            sys.stdin.readline()
        else:
            os.kill(os.getpid(), getattr(signal, action))

sys.addaudithook(hook)
sys.argv[1:] = sys.argv[3:]
__main__.main()
"""
"""Runs errbook, and does something at the n-th call that changes a file or a directory."""

_CALLS = range(1, 90)
"""More than the calls of a run; the test of kills checks that."""


def _start(project: Project, call: int, action: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _RUNNER, str(call), action, *arguments]
    return subprocess.Popen(
        command,
        cwd=project.root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def _outputs(project: Project) -> dict[str, bytes]:
    return {name: content for name, content in project.files().items() if ".git/" not in name}


@pytest.fixture
def repository(project: Project) -> Project:
    """Commit a project with its outputs, but without a .gitignore."""
    project.write(one=_BEFORE).generate()
    git(project.root, "init", "--quiet")
    git(project.root, "add", ".")
    git(project.root, "commit", "--quiet", "--message", "outputs")
    return project


def _killed_everywhere(repository: Project, action: str, calls: Sequence[int]) -> int:
    """Kill a run at each of *calls*, check what it leaves, and return how many did not get there.

    Each run begins without a cache.
    """
    repository.write(one=_AFTER).generate()
    expected, too_late = _outputs(repository), 0
    for call in calls:
        git(repository.root, "checkout", "--quiet", ".")
        git(repository.root, "clean", "-fdxq")
        repository.write(one=_AFTER)
        process = _start(repository, call, action, "generate")
        process.communicate(timeout=60)
        if process.returncode == 0:
            too_late += 1
        elif action != "SIGKILL":
            number = getattr(signal, action)
            assert process.returncode == 128 + number, call
        new = git(repository.root, "status", "--porcelain", "--untracked-files=all")
        assert not [line for line in new.splitlines() if line.startswith("??")], (call, new)
        repository.generate()
        assert _outputs(repository) == expected, call
        drafts = repository.root / ".errbook_cache" / "drafts"
        assert not drafts.exists(), call
    return too_late


@pytest.mark.parametrize("action", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_killed_at_some_calls(repository: Project, action: str) -> None:
    """Git sees no new file after a run was killed, and the next run repairs everything."""
    _killed_everywhere(repository, action, _CALLS[:: len(_CALLS) // 5])


@pytest.mark.slow
@pytest.mark.parametrize("action", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_killed_at_every_call(repository: Project, action: str) -> None:
    """Git sees no new file wherever a run was killed, and the next run repairs everything."""
    assert _killed_everywhere(repository, action, _CALLS) > 0


@pytest.mark.parametrize("action", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_all_or_nothing_is_written(repository: Project, action: str) -> None:
    """A run that is asked to end has written all files, or rolls back what it has replaced."""
    before = repository.write(one=_AFTER).files()
    repository.generate("--no-cache")
    states = [before, repository.files()]
    for call in _CALLS[:40:4]:
        git(repository.root, "checkout", "--quiet", ".")
        repository.write(one=_AFTER)
        process = _start(repository, call, action, "generate", "--no-cache")
        process.communicate(timeout=60)
        files = {**repository.files(), ".git/index": before[".git/index"]}
        states = [{**state, ".git/index": before[".git/index"]} for state in states]
        assert files in states, call


def _two_runs(repository: Project, call: int, second: str) -> tuple[int, str]:
    """Pause a run at *call*, start another one, and return status and messages of the latter."""
    first = _start(repository, call, "PAUSE", "generate", "--no-cache")
    assert first.stdout is not None
    reached = first.stdout.readline() == "paused\n"
    repository.write(one=second)
    other = _start(repository, 0, "PAUSE", "generate", "--no-cache")
    assert other.stderr is not None
    said = other.stderr.readline() if reached else ""
    assert other.poll() is None or not reached
    first.communicate("\n", timeout=60)
    _, err = other.communicate(timeout=60)
    assert first.returncode == 0
    return other.returncode, said + err


@pytest.mark.parametrize("second", [_AFTER, _OTHER], ids=["same documents", "other documents"])
def test_two_runs(repository: Project, second: str) -> None:
    """The second of two runs waits for the first, says so, and its result is whole."""
    for call in (1, 12, 25):
        repository.write(one=_BEFORE).generate()
        repository.write(one=_AFTER)
        status, err = _two_runs(repository, call, second)
        assert (status, "waiting for another run" in err) == (0, True)
        files = _outputs(repository)
        assert repository.generate().out == ""
        assert _outputs(repository) == files


@pytest.mark.slow
@pytest.mark.parametrize("second", [_AFTER, _OTHER], ids=["same documents", "other documents"])
@pytest.mark.parametrize(
    "calls",
    [_CALLS[:60:4], pytest.param([*range(100)], marks=pytest.mark.long)],
    ids=["some calls", "every call"],
)
def test_two_runs_with_a_pause(repository: Project, second: str, calls: Sequence[int]) -> None:
    """Wherever the first of two runs is paused, the result of the second is whole."""
    for call in calls:
        repository.write(one=_BEFORE).generate()
        repository.write(one=_AFTER)
        assert _two_runs(repository, call, second)[0] == 0
        assert repository.errbook("check", "--no-cache").status == 0


def test_two_runs_with_caches_of_their_own(repository: Project, tmp_path: Path) -> None:
    """Runs wait for each other although their caches are in different directories."""
    repository.write(one=_AFTER)
    first = _start(repository, 12, "PAUSE", "generate")
    assert first.stdout is not None
    assert first.stdout.readline() == "paused\n"
    environment = os.environ | {"ERRBOOK_CACHE_DIR": str(tmp_path / "elsewhere")}
    command = [sys.executable, "-m", "errbook", "check"]
    with subprocess.Popen(command, cwd=repository.root, env=environment) as other:
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=1.5)
        first.communicate("\n", timeout=60)
        assert other.wait(timeout=60) == 0


def test_rollback_keeps_what_others_wrote(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that another program has changed since is not rolled back."""
    project.write(one=_BEFORE).generate()
    project.write(one=_AFTER)
    edited, broken = project.root / "errbook.lock", project.root / "generated/openapi/demo.yaml"
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target == broken and self.suffix == ".new":
            edited.unlink()
            edited.write_text("edited meanwhile", encoding="utf-8")
            raise PermissionError(1, "Operation not permitted")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    assert project.errbook("generate").status == 2
    assert project.read("errbook.lock") == "edited meanwhile"
    assert "API.02" in project.read("generated/python/api_errors/demo.py")


def test_cache_that_cannot_be_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a directory for drafts they are written beside their places, and removed."""
    monkeypatch.setenv("ERRBOOK_CACHE_DIR", "/dev/null/cache")
    project.write(one=_BEFORE).generate()
    left = project.root / "generated/openapi/.demo.yaml.errbook-draft"
    left.write_text("a draft of a run that was killed", encoding="utf-8")
    assert project.errbook("check").status == 1
    project.generate()
    assert not left.exists()
    assert not [name for name in project.files() if "errbook-" in name]
