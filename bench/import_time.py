"""Compare the import time of a generated service with that of an enum with as many members.

`python bench/import_time.py [CODES]` compiles a page with 300 codes, or with as many as given, and
starts a new Python for every measurement. Bytecode is cached, as it is for installed packages.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from errbook.build import pipeline, writing
from errbook.project import configuration
from errbook.targets import TARGETS

_RUNS = 15
_STATUSES = (400, 401, 403, 404, 409, 429, 500, 503)


def main() -> None:
    """Print the medians, in milliseconds; the start of Python itself does not count."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        generate(root, count)
        members = "".join(f'    BIG_{n:04} = "BIG.{n:04}"\n' for n in range(count))
        plain = f"from enum import StrEnum\n\n\nclass Plain(StrEnum):\n{members}"
        (root / "plain.py").write_text(plain)
        start = _median("pass", root)
        enum = _median("import plain", root) - start
        package = root / "generated" / "python"
        service = _median("import api_errors.big", package) - start
    print(f"a plain StrEnum with {count} members  {enum:5.1f} ms")
    print(f"a service with {count} codes          {service:5.1f} ms")
    print(f"twice the enum plus 15 ms           {2 * enum + 15:5.1f} ms")


def generate(root: Path, count: int) -> None:
    """Compile a page with *count* codes in the new project *root*."""
    rows = "".join(
        f"   {_STATUSES[n % 8]}, BIG.{n:04}, Disk %s of server {n} is broken: %s, "
        f"The disk {n} cannot be used., Check disk {n} and try again later.\n"
        for n in range(count)
    )
    headings = "Status, Error Code, Error Message, Description, Solution"
    page = f".. csv-table::\n   :header: {headings}\n\n{rows}"
    (root / "page.rst").write_text(page)
    (root / "errbook.toml").write_text('[service.big]\ndocs = ["page.rst"]\n')
    outcome = pipeline.run(configuration.load(root / "errbook.toml", TARGETS))
    writing.write(root, outcome.changes, root / "drafts" / "here")


def _median(code: str, directory: Path) -> float:
    times = [milliseconds(["-c", code], directory) for _ in range(_RUNS + 1)]
    return statistics.median(times[1:])


def milliseconds(arguments: list[str], directory: Path, stdin: str = "") -> float:
    """Return how long Python takes with *arguments* in *directory*."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=directory,
        env=environment,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
    )
    elapsed = time.perf_counter() - begin
    assert "Traceback" not in done.stderr, done.stderr
    return elapsed * 1000


if __name__ == "__main__":
    main()
