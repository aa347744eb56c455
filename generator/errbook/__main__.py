"""The process of the command `errbook`, which is `python -m errbook` too."""

import gc
import os

_COLLECTING = (50_000, 20, 100)  # allocations, then collections of the younger


def main() -> None:
    """Run the command line and exit as it says."""
    # Little of what a run makes is garbage before its end, where all of it is. To look for it
    # seldom is faster, from the first import on.
    gc.set_threshold(*_COLLECTING)
    from errbook import cli

    status = cli.main()
    # Python would take everything apart before it ends, which takes longer than what `check` does
    # where nothing changed. Everything is written and flushed by now, and no process is left.
    os._exit(status)


if __name__ == "__main__":
    main()
