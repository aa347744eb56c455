"""The entry point of the command `errbook` and of `python -m errbook`."""

import gc
import os
import signal
from typing import NoReturn

_GC_THRESHOLD = (50_000, 20, 100)  # allocations, then collections of the younger generations


def _end(number: int, _: object) -> NoReturn:
    """End the run as Ctrl-C does: what is half done is undone."""
    raise SystemExit(128 + number)


def main() -> None:
    """Run the command line and exit with its status."""
    # A run creates little garbage, so rare collections are faster, from the first import on.
    gc.set_threshold(*_GC_THRESHOLD)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    from errbook import cli

    try:
        status = cli.main()
    except SystemExit as end:
        status = int(end.code or 0)
    # Python's cleanup would take longer than a check that finds no change. It is not needed:
    # everything is written and flushed, and no process is left.
    os._exit(status)


if __name__ == "__main__":
    main()
