"""The process of the command `errbook`, which is `python -m errbook` too."""

import gc
import os

_COLLECTING = (50_000, 20, 100)  # allocations, then collections of the younger


def main() -> None:
    """Run the command line and exit as it says."""
    # A run makes little garbage until it ends, so collecting seldom is faster, from the first
    # import on.
    gc.set_threshold(*_COLLECTING)
    from errbook import cli

    status = cli.main()
    # Python would take everything apart, which takes longer than a check where nothing changed.
    # Everything is written and flushed, and no process is left.
    os._exit(status)


if __name__ == "__main__":
    main()
