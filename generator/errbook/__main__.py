"""The entry point of the command `errbook` and of `python -m errbook`."""

import gc
import os

_GC_THRESHOLD = (50_000, 20, 100)  # allocations, then collections of the younger generations


def main() -> None:
    """Run the command line and exit with its status."""
    # A run creates little garbage, so rare collections are faster, from the first import on.
    gc.set_threshold(*_GC_THRESHOLD)
    from errbook import cli

    status = cli.main()
    # Python's cleanup would take longer than a check that finds no change. It is not needed:
    # everything is written and flushed, and no process is left.
    os._exit(status)


if __name__ == "__main__":
    main()
