"""errbook beside the straight way, on the same pages, in turns.

`python bench/compare.py [RUNS]` prints how long errbook takes for one second of the straight way
(medians, with the least and the most), the memory it needs, and where its time goes. The
pages are the real ones if they lie beside the checkout, and made ones of 100 to 100,000 rows.
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
    """What one command took."""

    seconds: float
    memory: int
    """MiB of its largest process."""


def main() -> None:
    """Print the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print("| work | errbook | straight | ratio (least to most) | memory, MiB |")
        print("| ---- | ------- | -------- | --------------------- | ----------- |")
        if CORPUS:
            _work(root / "corpus", "67 pages", CORPUS, runs)
        _work(root / "vpn", "the VPN page", _VPN, runs)
        for rows in (100, 1_000, 10_000):
            pages = [made_page(root, rows)]
            _work(root / f"{rows}", f"{rows:,} rows", pages, runs if rows < 5000 else 1)
        print()
        _growth(root, [made_page(root, 10_000)], [made_page(root, 100_000)])
        print()
        _start(runs)
        print()
        _stages(root / "corpus" if CORPUS else root / "1000")


def made_page(root: Path, rows: int) -> Path:
    """Return a page with a table of *rows* errors."""
    page = root / f"rows_{rows}.rst"
    page.write_text(_page(rows), encoding="utf-8")
    return page


def project(root: Path, pages: list[Path]) -> list[Path]:
    """Make a project at *root* with a service for each of *pages*; return its copies of them."""
    root.mkdir()
    copies = [root / f"page_{number}.rst" for number in range(len(pages))]
    for page, copy in zip(pages, copies, strict=True):
        shutil.copy(page, copy)
    services = (f'[service.{copy.stem}]\ndocs = ["{copy.name}"]\n' for copy in copies)
    (root / "errbook.toml").write_text("".join(services))
    return copies


def _cold(root: Path) -> Run:
    """Generate the project at *root* as if for the first time."""
    forget(root)
    return run([*_ERRBOOK, "generate"], root)


def forget(root: Path) -> None:
    """Remove what errbook made of the project at *root*, and what it knows of it."""
    for output in ("generated", ".errbook_cache"):
        shutil.rmtree(root / output, ignore_errors=True)
    (root / "errbook.lock").unlink(missing_ok=True)


def _work(root: Path, name: str, pages: list[Path], runs: int) -> None:
    """Print a line for the cold run over *pages*, one when nothing changed, one after an edit."""
    copies = project(root, pages)
    (root / "straight").mkdir()
    straight = [sys.executable, str(_HERE / "straight.py"), "straight"]
    straight += [copy.name for copy in copies]
    ours: dict[str, list[Run]] = {}
    theirs: list[Run] = []
    for _ in range(runs):
        ours.setdefault("cold", []).append(_cold(root))
        theirs.append(run(straight, root))
        ours.setdefault("nothing changed", []).append(run([*_ERRBOOK, "check"], root))
        _edit(copies)
        edited = run([*_ERRBOOK, "generate"], root)
        ours.setdefault("one row edited", []).append(edited)
    for what, took in ours.items():
        _print(f"{name}, {what}", took, theirs)


def _growth(root: Path, small: list[Path], large: list[Path]) -> None:
    """Print what the pages *large* cost against *small*, cold; the straight way is too slow."""
    project(root / "small", small)
    project(root / "large", large)
    one, other = _cold(root / "small"), _cold(root / "large")
    times = f"{other.seconds:.0f} s against {one.seconds:.1f} s"
    print(
        f"100,000 rows against 10,000, cold: {other.seconds / one.seconds:.1f} times ({times}), "
        f"{other.memory} MiB"
    )


def _edit(pages: list[Path]) -> None:
    """Change a word in a row of a table of the first of *pages* that has one to change."""
    for page in pages:
        text = page.read_text(encoding="utf-8")
        edited = re.sub(r"(?im)^(\|.*\b)(the)\b", lambda m: m[1] + m[2].swapcase(), text, count=1)
        if edited != text:
            page.write_text(edited, encoding="utf-8")
            return
    raise ValueError("no page has a row to edit")


def _print(name: str, ours: list[Run], theirs: list[Run]) -> None:
    pairs = zip(ours, theirs, strict=True)
    ratios = spread([own.seconds / other.seconds for own, other in pairs], digits=3)
    times = [f"{statistics.median(run.seconds for run in side):.2f} s" for side in (ours, theirs)]
    memory = max(run.memory for run in ours)
    print(f"| {name} | {' | '.join(times)} | {ratios} | {memory} |", flush=True)


def spread(values: list[float], digits: int) -> str:
    """Return the median of *values*, with the least and the most."""
    median, least, most = (
        f"{value:.{digits}f}" for value in (statistics.median(values), min(values), max(values))
    )
    return f"{median} ({least} to {most})"


def run(command: list[str], root: Path) -> Run:
    """Run *command* at *root*; its bytecode is cached, as that of installed packages is.

    Raises CalledProcessError where it fails.
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
    taken = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(taken, usage.ru_maxrss // 1024)


def _start(runs: int) -> None:
    """Print what `errbook --version` takes, and Python alone."""
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    commands |= {f"errbook {option}": [*_ERRBOOK, option] for option in ("--version", "--help")}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(3 * runs):
        for name, command in commands.items():
            taken[name].append(run(command, _HERE).seconds)
    for name, seconds in taken.items():
        print(f"{name}: {1000 * statistics.median(seconds):.0f} ms")


def _stages(root: Path) -> None:
    """Print how the time of a cold run is shared out, by a profiler, which stretches it."""
    from errbook.build import compiler
    from errbook.project import configuration, sources
    from errbook.project.lock import Section
    from errbook.targets import TARGETS

    settings = configuration.load(root / "errbook.toml", TARGETS)
    profile = cProfile.Profile()
    for service in settings.services:
        source = sources.read(service, root, Section())
        profile.runcall(compiler.compile_service, source, settings, prune=False, is_rendered=True)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for stage, (file, function) in _STAGES.items():
        taken = sum(s[3] for k, s in stats.items() if k[0].endswith(file) and k[2] == function)
        print(f"{stage}: {taken:.2f} s")


def _page(rows: int) -> str:
    """Return a page with a grid table of *rows* errors."""
    headings = ("Status Code", "Error Code", "Error Message", "Description", "Solution")
    lines = [
        (
            str(400 + number % 5),
            f"BIG.{number:06}",
            f"The object {number} was not found in the bucket %s.",
            f"The object that the request names is not in bucket {number % 97}.",
            "Check the name of the object, and try again.",
        )
        for number in range(rows)
    ]
    widths = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]

    def drawn(cells: tuple[str, ...]) -> str:
        return "|" + "|".join(f" {c:<{w}} " for c, w in zip(cells, widths, strict=True)) + "|\n"

    border = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"
    table = border + drawn(headings) + border.replace("-", "=")
    table += "".join(drawn(line) + border for line in lines)
    return f"Errors\n======\n\n{table}"


if __name__ == "__main__":
    main()
