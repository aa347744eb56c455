"""Compare errbook with a simple script (`baseline.py`), by running both in turns on the same pages.

`python bench/compare.py [RUNS]` prints the times of both, their ratio (median, minimum and
maximum), errbook's memory, and where its time goes. The pages are real ones, if they are next to
the checkout, and generated ones with 100 to 100,000 rows.
"""

import cProfile
import os
import pstats
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
CORPUS = sorted((_HERE.parents[1] / "shared" / "corpus" / "pages").glob("*.rst"))
_VPN = sorted((_HERE.parent / "source_docs" / "vpn").glob("*.rst"))
_ERRBOOK = [str(Path(sys.executable).parent / "errbook")]
_STAGES = {
    "reading": ("readers/__init__.py", "read_document"),
    "analyzing": ("analyzer/__init__.py", "analyze"),
    "checking": ("lint/__init__.py", "diagnose"),
    "naming": ("naming/__init__.py", "assign"),
    "python": ("targets/python/module.py", "render"),
    "openapi": ("targets/openapi/__init__.py", "render"),
    "markdown": ("targets/markdown.py", "render"),
    "catalogue": ("targets/catalogue.py", "render"),
    "html": ("targets/html.py", "_page_entry"),
}


@dataclass(frozen=True)
class Run:
    """The time and memory that a command took."""

    seconds: float
    memory: int
    """MiB, of its largest process."""


def main() -> None:
    """Print the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print("| case | errbook | baseline | ratio (min to max) | memory, MiB |")
        print("| ---- | ------- | -------- | ------------------ | ----------- |")
        if CORPUS:
            _compare(root / "corpus", f"{len(CORPUS)} pages", CORPUS, runs)
        _compare(root / "vpn", "the VPN page", _VPN, runs)
        for rows in (100, 1_000, 10_000):
            pages = [generated_page(root, rows)]
            _compare(root / f"{rows}", f"{rows:,} rows", pages, runs if rows < 5000 else 1)
        print()
        _print_growth(root, [generated_page(root, 10_000)], [generated_page(root, 100_000)])
        print()
        _print_startup_times(runs)
        print()
        _print_stages(root / "corpus" if CORPUS else root / "1000")


def generated_page(root: Path, rows: int) -> Path:
    """Write a page with a table of *rows* errors, and return its path."""
    page = root / f"rows_{rows}.rst"
    page.write_text(_page(rows), encoding="utf-8")
    return page


def create_project(root: Path, pages: list[Path]) -> list[Path]:
    """Create a project at *root* with one service per page; return the copies of the pages."""
    root.mkdir()
    copies = [root / f"page_{number}.rst" for number in range(len(pages))]
    for page, copy in zip(pages, copies, strict=True):
        shutil.copy(page, copy)
    services = (f'[service.{copy.stem}]\ndocs = ["{copy.name}"]\n' for copy in copies)
    (root / "errbook.toml").write_text("".join(services))
    return copies


def _cold(root: Path) -> Run:
    """Generate the outputs of the project at *root* as if for the first time."""
    clean(root)
    return run([*_ERRBOOK, "generate"], root)


def clean(root: Path) -> None:
    """Remove the outputs, cache and lock of the project at *root*."""
    for output in ("generated", ".errbook_cache"):
        shutil.rmtree(root / output, ignore_errors=True)
    (root / "errbook.lock").unlink(missing_ok=True)


def _compare(root: Path, name: str, pages: list[Path], runs: int) -> None:
    """Print a line for a cold run over *pages*, one without changes, and one after an edit."""
    copies = create_project(root, pages)
    (root / "baseline").mkdir()
    baseline = [sys.executable, str(_HERE / "baseline.py"), "baseline"]
    baseline += [copy.name for copy in copies]
    errbook_runs: dict[str, list[Run]] = {}
    baseline_runs: list[Run] = []
    for _ in range(runs):
        errbook_runs.setdefault("cold", []).append(_cold(root))
        baseline_runs.append(run(baseline, root))
        errbook_runs.setdefault("nothing changed", []).append(run([*_ERRBOOK, "check"], root))
        _edit(copies)
        edited = run([*_ERRBOOK, "generate"], root)
        errbook_runs.setdefault("one row edited", []).append(edited)
    for case, measured in errbook_runs.items():
        _print(f"{name}, {case}", measured, baseline_runs)


def _print_growth(root: Path, small: list[Path], large: list[Path]) -> None:
    """Compare cold runs over the pages *small* and *large*; the baseline is too slow for these."""
    create_project(root / "small", small)
    create_project(root / "large", large)
    short, long = _cold(root / "small"), _cold(root / "large")
    print(
        f"100,000 rows take {long.seconds / short.seconds:.1f} times as long as 10,000, cold "
        f"({long.seconds:.0f} s and {short.seconds:.1f} s), and {long.memory} MiB"
    )


def _edit(pages: list[Path]) -> None:
    """Change a word in a table row, on the first of *pages* where that is possible."""
    for page in pages:
        text = page.read_text(encoding="utf-8")
        edited = re.sub(r"(?im)^(\|.*\b)(the)\b", lambda m: m[1] + m[2].swapcase(), text, count=1)
        if edited != text:
            page.write_text(edited, encoding="utf-8")
            return
    raise ValueError("no page has a row that can be edited")


def _print(name: str, errbook_runs: list[Run], baseline_runs: list[Run]) -> None:
    pairs = zip(errbook_runs, baseline_runs, strict=True)
    ratios = spread([own.seconds / other.seconds for own, other in pairs], digits=3)
    times = [
        f"{statistics.median(run.seconds for run in runs):.2f} s"
        for runs in (errbook_runs, baseline_runs)
    ]
    memory = max(run.memory for run in errbook_runs)
    print(f"| {name} | {' | '.join(times)} | {ratios} | {memory} |", flush=True)


def spread(values: list[float], digits: int) -> str:
    """Return the median of *values*, with the minimum and the maximum."""
    median, minimum, maximum = (
        f"{value:.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"{median} ({minimum} to {maximum})"


def run(command: list[str], root: Path) -> Run:
    """Run *command* at *root*, with cached bytecode, as installed packages have it.

    Raises CalledProcessError if it fails.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_maxrss // 1024)


def _print_startup_times(runs: int) -> None:
    """Print the start-up times of errbook, and of Python alone."""
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    commands |= {f"errbook {option}": [*_ERRBOOK, option] for option in ("--version", "--help")}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(3 * runs):
        for name, command in commands.items():
            times[name].append(run(command, _HERE).seconds)
    for name, seconds in times.items():
        print(f"{name}: {1000 * statistics.median(seconds):.0f} ms")


def _print_stages(root: Path) -> None:
    """Print the time of each stage of a cold run, measured by a profiler, which slows it down."""
    from errbook.build import compiler
    from errbook.project import configuration, sources
    from errbook.project.lock import Section
    from errbook.targets import TARGETS

    settings = configuration.load(root / "errbook.toml", TARGETS)
    profile = cProfile.Profile()
    for service in settings.services:
        source = sources.read(service, root, Section())
        profile.runcall(compiler.compile_service, source, settings, prune=False, render=True)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for stage, (file, function) in _STAGES.items():
        seconds = sum(s[3] for k, s in stats.items() if k[0].endswith(file) and k[2] == function)
        print(f"{stage}: {seconds:.2f} s")


def _page(count: int) -> str:
    """Return a page with a grid table of *count* errors."""
    headings = ("Status Code", "Error Code", "Error Message", "Description", "Solution")
    rows = [
        (
            str(400 + number % 5),
            f"BIG.{number:06}",
            f"The object {number} was not found in the bucket %s.",
            f"The object that the request names is not in bucket {number % 97}.",
            "Check the name of the object, and try again.",
        )
        for number in range(count)
    ]
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]

    def line(cells: tuple[str, ...]) -> str:
        return "|" + "|".join(f" {c:<{w}} " for c, w in zip(cells, widths, strict=True)) + "|\n"

    border = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"
    table = border + line(headings) + border.replace("-", "=")
    table += "".join(line(row) + border for row in rows)
    return f"Errors\n======\n\n{table}"


if __name__ == "__main__":
    main()
