"""Compare the time that explaining an error takes with that of starting Python.

`python bench/explain_time.py [CODES]` compiles a page with 10,000 codes, or with as many as given,
and answers each query in a new Python, several times: with `python -m api_errors`, and with
`errbook explain`. Bytecode is cached, as it is for installed packages; so is what errbook has read.
"""

import sys
import tempfile
from pathlib import Path

from compare import spread
from import_time import generate, milliseconds

_RUNS = 15
_QUERIES = {
    "a code": "BIG.0017",
    "another spelling": "big-17",
    "a class": "DiskOfServer17BrokenError",
    "the beginning of ten codes": "BIG.001",
    "a message": "Disk a-1 of server 17 is broken: smoke",
    "a body": '{"code": "BIG.0017", "message": "m"}',
    "a line of a log": "2026-10-21 07:28:00 ERROR app: BIG.0017 (503)",
    "an unknown code, with near misses": "BIG.00017a",
}


def main() -> None:
    """Print a table: medians, and the ratio to a start of Python just before."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        generate(root, count)
        _print_table("python -m api_errors", ["api_errors"], root / "generated" / "python", count)
        print()
        _print_table("errbook explain", ["errbook", "explain"], root, count)


def _print_table(title: str, program: list[str], directory: Path, count: int) -> None:
    print(f"| {title}, {count:,} codes: query | ms (min to max) | ratio (min to max) |")
    print("| --- | --- | --- |")
    for label, query in _QUERIES.items():
        is_text = label == "a line of a log"
        starts, answers = _measured(program, query, directory, is_text=is_text)
        ratios = [answer / start for start, answer in zip(starts, answers, strict=True)]
        print(f"| {label} | {spread(answers, digits=0)} | {spread(ratios, digits=1)} |")


def _measured(
    program: list[str], query: str, directory: Path, *, is_text: bool
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of starting Python, and of answering *query*, in turns."""
    arguments, stdin = (["-"], query) if is_text else ([query], "")
    command = ["-m", *program, *arguments]
    starts: list[float] = []
    answers: list[float] = []
    milliseconds(command, directory, stdin)  # creates the bytecode and the cache
    for _ in range(_RUNS):
        starts.append(milliseconds(["-c", "pass"], directory))
        answers.append(milliseconds(command, directory, stdin))
    return starts, answers


if __name__ == "__main__":
    main()
