"""Several processes give the results of one, and end with the process that started them."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from conftest import Project
from errbook.analysis import Analysis
from errbook.build import compiler, pipeline, processes
from errbook.diagnostics import Failure
from errbook.project import configuration, sources
from errbook.project.lock import Section
from errbook.targets import TARGETS
from errbook.targets.rendering import Rendering
from pages import page

_PAGE = page(("404", "API.01", "No router", "Gone.", ""))
_SERVICES = '[service.a]\ndocs = ["docs/a.rst"]\n[service.b]\ndocs = ["docs/b.rst"]\n'


@pytest.mark.parametrize("services", ["abc", "*"])
def test_same_results_as_one_process(
    project: Project, monkeypatch: pytest.MonkeyPatch, services: str
) -> None:
    """Several processes compile services, or read the documents of one, as one process does."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    for name in "abc":
        project.write(**{name: page(("404", f"{name}.1", "No router", "Gone.", ""))})
    tables = (
        f'[service.{"all" if name == "*" else name}]\ndocs = ["docs/{name}.rst"]\n'
        for name in services
    )
    project.configure("".join(tables))
    settings = configuration.load(project.root / "errbook.toml", TARGETS)
    read = [sources.read(s, project.root, Section()) for s in settings.services]

    work = partial(compiler.compile_service, settings=settings, prune=False, render=True)

    def compiled() -> list[tuple[Analysis, Rendering | None]]:
        results = compiler.compile_all(read, work, pipeline.no_progress)
        return [result for result in results if not isinstance(result, Failure)]

    alone = compiled()
    assert [bool(rendering) for _, rendering in alone] == [True] * len(services)
    monkeypatch.setattr(compiler, "_MIN_SIZE_FOR_PROCESSES", 0)
    started: list[object] = []
    start = processes._start
    monkeypatch.setattr(processes, "_start", lambda *given: started.append(start(*given)))
    assert compiled() == alone
    assert len(started) == 1


def test_no_more_processes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses new processes, the current one does all the work."""

    def start(_: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(compiler, "_MIN_SIZE_FOR_PROCESSES", 0)
    monkeypatch.setattr("multiprocessing.Process.start", start)
    project.write(a=_PAGE, b=_PAGE).configure(_SERVICES).generate()


def _killed(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return -number


def test_process_that_is_killed() -> None:
    """Earlier results are kept, and nothing waits for the killed process."""
    results = processes.map_in_order(_killed, [0, 1, 2, 3, 4, 5], 2)
    assert [next(results) for _ in range(3)] == [0, -1, -2]
    with pytest.raises(processes.Died):
        next(results)


def _failing(number: int) -> int:
    return 1 // number


def test_bug_in_a_process() -> None:
    """An exception from another process names the place where it was raised."""
    with pytest.raises(ZeroDivisionError) as caught:
        list(processes.map_in_order(_failing, [1, 0], 2))
    assert "in _failing" in caught.value.__notes__[0]


@pytest.mark.parametrize("services", [_SERVICES, '[service.all]\ndocs = ["docs/*.rst"]\n'])
def test_failure_in_a_process(
    project: Project, monkeypatch: pytest.MonkeyPatch, services: str
) -> None:
    """A failure in one of several processes is reported as if there were only one."""
    monkeypatch.setattr(compiler, "_MIN_SIZE_FOR_PROCESSES", 0)
    deep = "".join(f"{'  ' * n}* x\n\n" for n in range(400))
    project.write(a=f"{_PAGE}\n{'text ' * 20_000}", b=f"{_PAGE}\n{deep}").configure(services)
    result = project.errbook("check")
    assert result.status == 2
    assert "errbook: docs/b.rst: the markup is nested too deeply" in result.err


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C interrupt this process and those that it starts, as in a terminal.

    A shell starts background jobs (`pytest &`) with SIGINT ignored, and processes inherit that.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


_ANNOUNCING = """
import os
import sys

from errbook import __main__
from errbook.build import processes

def results(*arguments):
    print("started", flush=True)
    return wait_for_results(*arguments)

os.cpu_count = lambda: 2
wait_for_results, processes._results = processes._results, results
sys.argv = ["errbook", "check"]
__main__.main()
"""
"""Runs `errbook check`, and prints a line as soon as all of its processes have started."""


@pytest.mark.usefixtures("interruptible")
def test_interrupted(project: Project) -> None:
    """Ctrl-C ends all processes, and prints no message."""
    rows = [("404", f"A.{n}", "No router", "Gone. " * 20, "") for n in range(2500)]
    text = page(*rows)
    assert 2 * len(text) > compiler._MIN_SIZE_FOR_PROCESSES
    project.write(a=text, b=text).configure(_SERVICES)
    with subprocess.Popen(
        [sys.executable, "-c", _ANNOUNCING],
        cwd=project.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"started\n"
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")  # click ends the line of ^C
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


_START = multiprocessing.Process.start


def _interrupting(process: multiprocessing.Process) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    _START(process)


@pytest.mark.usefixtures("interruptible")
def test_interrupted_while_processes_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C takes effect once all processes have started, and then ends them all."""
    monkeypatch.setattr("multiprocessing.Process.start", _interrupting)
    with pytest.raises(KeyboardInterrupt):
        next(processes.map_in_order(_failing, [1, 1], 2))
    assert not multiprocessing.active_children()
