"""Compare the time that `python -m api_errors` takes to answer with that of starting Python.

`python bench/explain_time.py [CODES]` compiles a page with 10,000 codes, or with as many as given,
and answers each query in a new Python, several times. Bytecode is cached, as it is for installed
packages.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from import_time import generate, milliseconds

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
    """Print a table: medians, and their ratio to the start of Python."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        generate(root, count)
        package = root / "generated" / "python"
        start = statistics.median(milliseconds(["-c", "pass"], package))
        print(f"| {count:,} codes: query | ms (min to max) | ratio to {start:.0f} ms |")
        print("| --- | --- | --- |")
        for label, query in _QUERIES.items():
            is_line = label == "a line of a log"
            arguments = ["-m", "api_errors", "-" if is_line else query]
            times = milliseconds(arguments, package, stdin=query if is_line else "")
            median = statistics.median(times)
            spread = f"{median:.0f} ({min(times):.0f} to {max(times):.0f})"
            print(f"| {label} | {spread} | {median / start:.1f} |")


if __name__ == "__main__":
    main()
