"""Measure each fast path: run errbook without one of them at a time, cold, on the same pages.

`python bench/fast_paths.py [RUNS]` prints medians, for the real pages if they are next to the
checkout, else for a generated one. Each fast path is replaced by the slower code that it avoids.
"""

import gc
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

from compare import CORPUS, Run, clean, create_project, generated_page, run, spread


def main() -> None:
    """Print the table. Its rows are measured in turns."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    runs_by_row: dict[str, list[Run]] = {row: [] for row in _ROWS}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        create_project(root, CORPUS or [generated_page(Path(name), 1_000)])
        for _ in range(runs):
            for row, measured in runs_by_row.items():
                clean(root)
                measured.append(run([sys.executable, __file__, "--without", row], root))
    print("| without | seconds (min to max) | memory, MiB |")
    print("| ------- | -------------------- | ----------- |")
    for row, measured in runs_by_row.items():
        seconds = spread([each.seconds for each in measured], digits=2)
        print(f"| {row} | {seconds} | {max(each.memory for each in measured)} |")


def _generate(without: str) -> None:
    """Run `errbook generate` without the fast path of the row *without*."""
    from errbook import __main__ as errbook

    # Replacing imports most modules. So collect garbage as errbook does before it imports them.
    if _ROWS[without] is not _collector:
        gc.set_threshold(*errbook._GC_THRESHOLD)
    sys.argv[1:] = ["generate"]
    with ExitStack() as stack:
        for name, value in _ROWS[without]().items():
            stack.enter_context(patch(name, value))
        errbook.main()


def _several_processes() -> dict[str, Any]:
    return {"errbook.build.compiler._MIN_SIZE_FOR_PROCESSES": sys.maxsize}


def _quick() -> dict[str, Any]:
    from docutils.parsers.rst import Parser, states

    from errbook.readers.rst import sphinx

    plain = tuple(
        type(state.__name__, (sphinx._Tolerant, state), {}) for state in states.state_classes
    )
    return {
        "errbook.readers.rst.QuickParser": Parser,
        "errbook.readers.rst.state_classes": plain,
        "errbook.readers.rst.sphinx.state_classes": plain,
        **_several_processes(),
    }


def _formatting() -> dict[str, Any]:
    from errbook.targets.python.formatting import black_formatted

    return {"errbook.targets.python.source.formatted": black_formatted, **_several_processes()}


def _freeing() -> dict[str, Any]:
    return {"errbook.readers.tree._free_tree": Mock(), **_several_processes()}


def _collector() -> dict[str, Any]:
    return {"errbook.__main__.gc": Mock(), **_several_processes()}


_ROWS = {
    "nothing": dict[str, Any],
    "several processes": _several_processes,
    "processes and `readers.rst.quick` (docutils reads all tables)": _quick,
    "processes and `targets.python.formatting` (black formats all files)": _formatting,
    "processes and taking document trees apart in `readers.tree`": _freeing,
    "processes and settings of the garbage collector in `__main__`": _collector,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--without"]:
        _generate(sys.argv[2])
    main()
