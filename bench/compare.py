"""errbook beside the straight way, on the same pages, in turns.

`python bench/compare.py [RUNS]` prints how long errbook takes for one second of the straight way
(medians, with the least and the most), the most memory of both, and where errbook's time goes. The
pages are the real ones if they lie beside the checkout, and made ones of 100, 1,000, 10,000 rows
and, with `--huge`, 100,000.
"""

import cProfile
import pstats
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_HERE = Path(__file__).parent
_CORPUS = sorted((_HERE.parents[1] / "shared" / "corpus" / "pages").glob("*.rst"))
_VPN = sorted((_HERE.parent / "source_docs" / "vpn").glob("*.rst"))
_ERRBOOK = [sys.executable, "-m", "errbook"]
_STAGES = {
    "reading": ("readers/__init__.py", "read"),
    "analyzing": ("analyzer/__init__.py", "analyze"),
    "naming": ("naming/__init__.py", "assign"),
    "python": ("targets/python.py", "render"),
    "openapi": ("targets/openapi.py", "render"),
    "markdown": ("targets/markdown.py", "render"),
    "catalogue": ("targets/catalogue.py", "render"),
    "html": ("targets/html.py", "render_index"),
}


def main() -> None:
    """Print the tables."""
    huge = "--huge" in sys.argv
    runs = next((int(word) for word in sys.argv[1:] if word.isdigit()), 5)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        print("| work | errbook | straight | ratio (least to most) | memory, MiB |")
        print("| ---- | ------- | -------- | --------------------- | ----------- |")
        if _CORPUS:
            _work(root / "corpus", "67 pages", _CORPUS, runs)
        _work(root / "vpn", "the VPN page", _VPN, runs)
        for rows in (100, 1_000, 10_000, *([100_000] * huge)):
            page = root / f"rows_{rows}.rst"
            page.write_text(_page(rows), encoding="utf-8")
            _work(
                root / f"{rows}", f"{rows:,} rows", [page], runs if rows < 10_000 else 1
            )
        print()
        _start(runs)
        print()
        _stages(root / "corpus" if _CORPUS else root / "1000")


def _work(root: Path, name: str, pages: list[Path], runs: int) -> None:
    """Print a line for the cold run over *pages*, one when nothing changed, one after an edit."""
    root.mkdir()
    copies = [root / f"page_{number}.rst" for number in range(len(pages))]
    for page, copy in zip(pages, copies, strict=True):
        shutil.copy(page, copy)
    services = (f'[service.{copy.stem}]\ndocs = ["{copy.name}"]\n' for copy in copies)
    (root / "errbook.toml").write_text("".join(services))
    (root / "straight").mkdir()
    straight = [
        sys.executable,
        str(_HERE / "straight.py"),
        "straight",
        *(c.name for c in copies),
    ]

    def cold() -> None:
        shutil.rmtree(root / "generated", ignore_errors=True)
        (root / "errbook.lock").unlink(missing_ok=True)

    def edit() -> None:
        text = copies[0].read_text(encoding="utf-8")
        copies[0].write_text(
            text.replace("the ", "teh ", 1) if "the " in text else f"{text}\n.\n"
        )

    for what, before, command in (
        ("cold", cold, "generate"),
        ("nothing changed", lambda: None, "check"),
        ("one row edited", edit, "generate"),
    ):
        _line(root, f"{name}, {what}", before, [*_ERRBOOK, command], straight, runs)


def _line(
    root: Path,
    name: str,
    before: Callable[[], None],
    ours: list[str],
    theirs: list[str],
    runs: int,
) -> None:
    pairs: list[tuple[float, float]] = []
    for _ in range(runs):
        before()
        pairs.append((_seconds(ours, root), _seconds(theirs, root)))
    ratios = sorted(ours / theirs for ours, theirs in pairs)
    times = [f"{statistics.median(side):.2f} s" for side in zip(*pairs, strict=True)]
    spread = f"{statistics.median(ratios):.3f} ({ratios[0]:.3f} to {ratios[-1]:.3f})"
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"| {name} | {' | '.join(times)} | {spread} | {memory} |", flush=True)


def _seconds(command: list[str], root: Path) -> float:
    begin = time.perf_counter()
    subprocess.run(command, cwd=root, capture_output=True, check=False)
    return time.perf_counter() - begin


def _start(runs: int) -> None:
    """Print what `errbook --version` takes, and Python alone."""
    commands = {"python -c pass": [sys.executable, "-c", "pass"]}
    commands |= {
        f"errbook {option}": [*_ERRBOOK, option] for option in ("--version", "--help")
    }
    for name, command in commands.items():
        taken = statistics.median(_seconds(command, _HERE) for _ in range(3 * runs))
        print(f"{name}: {1000 * taken:.0f} ms")


def _stages(root: Path) -> None:
    """Print how the time of a cold run is shared out, by a profiler, which stretches it."""
    from errbook import configuration, pipeline

    (root / "errbook.lock").unlink(missing_ok=True)
    profile = cProfile.Profile()
    settings = configuration.load(root / "errbook.toml")
    profile.runcall(pipeline.run, settings)
    stats: dict[tuple[str, int, str], tuple[int, int, float, float, object]]
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    for stage, (file, function) in _STAGES.items():
        taken = sum(
            s[3] for k, s in stats.items() if k[0].endswith(file) and k[2] == function
        )
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
        return (
            "|"
            + "|".join(f" {c:<{w}} " for c, w in zip(cells, widths, strict=True))
            + "|\n"
        )

    border = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"
    table = border + drawn(headings) + border.replace("-", "=")
    table += "".join(drawn(line) + border for line in lines)
    return f"Errors\n======\n\n{table}"


if __name__ == "__main__":
    main()
