"""The process of the command `errbook`, which is `python -m errbook` too."""

import gc
import sys

_COLLECTING = (50_000, 20, 100)  # allocations, then collections of the younger


def main() -> None:
    """Run the command line and exit as it says."""
    # Little of what a run makes is garbage before its end, where all of it is. To look for it
    # seldom is faster, from the first import on, and so is not to look at what is left.
    gc.set_threshold(*_COLLECTING)
    from errbook import cli

    status = cli.main()
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
