"""What each fast path buys: errbook without one of them at a time, cold, on the same pages.

`python bench/fast_paths.py [RUNS]` prints medians for the real pages, or for a made one where these
do not lie beside the checkout. What is left out is replaced, in errbook alone, by what it saves.
"""

import gc
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

from compare import CORPUS, Run, forget, made_page, project, run, spread


def main() -> None:
    """Print the table, row by row in turns."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    taken: dict[str, list[Run]] = {row: [] for row in _ROWS}
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "project"
        project(root, CORPUS or [made_page(Path(name), 1_000)])
        for _ in range(runs):
            for row, measured in taken.items():
                forget(root)
                measured.append(run([sys.executable, __file__, "--without", row], root))
    print("| without | seconds (least to most) | memory, MiB |")
    print("| ------- | ----------------------- | ----------- |")
    for row, measured in taken.items():
        seconds = spread([one.seconds for one in measured], digits=2)
        print(f"| {row} | {seconds} | {max(one.memory for one in measured)} |")


def _generate(without: str) -> None:
    """Be `errbook generate`, with the row *without* as it says."""
    from errbook import __main__ as errbook

    # What is replaced is imported before errbook can say how garbage is collected.
    if _ROWS[without] is not _collector:
        gc.set_threshold(*errbook._COLLECTING)
    sys.argv[1:] = ["generate"]
    with ExitStack() as stack:
        for name, value in _ROWS[without]().items():
            stack.enter_context(patch(name, value))
        errbook.main()


def _several_processes() -> dict[str, Any]:
    return {"errbook.build.compiler._WORTH_PROCESSES": sys.maxsize}


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


def _taking_apart() -> dict[str, Any]:
    return {"errbook.readers.rst._take_apart": Mock(), **_several_processes()}


def _collector() -> dict[str, Any]:
    return {"errbook.__main__.gc": Mock(), **_several_processes()}


_ROWS = {
    "nothing": dict[str, Any],
    "several processes": _several_processes,
    "these, and `readers.rst.quick`: docutils reads all tables": _quick,
    "these, and `targets.python.formatting`: black formats it all": _formatting,
    "these, and `readers.rst` taking documents apart": _taking_apart,
    "these, and what `__main__` tells the garbage collector": _collector,
}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--without"]:
        _generate(sys.argv[2])
    main()
