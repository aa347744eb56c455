"""Printing: findings, outdated files, progress, and streams that may break."""

import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from enum import Enum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from errbook.diagnostics import Diagnostic, Failure, Severity
from errbook.text.visible import visible

if TYPE_CHECKING:
    from errbook.build.drift import Drift
    from errbook.comparison import Change

_T = TypeVar("_T")
_SECONDS_BEFORE_PROGRESS = 1
_MAX_OF_A_KIND = 3
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class Amount(Enum):
    """How many findings are printed."""

    EVERYTHING = tuple(Severity)
    USUAL = (Severity.ERROR, Severity.WARNING)
    ERRORS = (Severity.ERROR,)

    @classmethod
    def chosen(cls, *, everything: bool, quiet: bool) -> "Amount":
        """Return the amount that the options ``--all`` and ``--quiet`` choose."""
        if everything:
            return cls.EVERYTHING
        return cls.ERRORS if quiet else cls.USUAL


def show_diagnostics(
    diagnostics: Iterable[Diagnostic],
    root: Path,
    amount: Amount,
    lines_of: Callable[[Path], Sequence[str]] | None = None,
) -> None:
    """Print *diagnostics*, whose paths are relative to *root*, with their source lines.

    *lines_of* returns the lines of a file; by default, as the readers of documents count them.

    A hint is printed once per rule. Unless *amount* is everything, the fourth and later findings of
    a rule in a file are only counted.
    """
    shown = [found for found in diagnostics if found.severity in amount.value]
    if not shown:
        return
    from errbook.cli import report

    if lines_of is None:
        from errbook import readers

        lines_of = readers.lines
    explained: set[str] = set()
    for path, in_file in groupby(shown, lambda found: found.location.path):
        lines = lines_of(root / path)
        counts: Counter[str] = Counter()
        for found in in_file:
            counts[found.rule] += 1
            if counts[found.rule] > _MAX_OF_A_KIND and amount != Amount.EVERYTHING:
                continue
            line = found.location.line
            source_line = lines[line - 1] if line <= len(lines) else None
            hinted = found.rule in explained
            _print(report.as_text(found, source_line, _colored, hint=not hinted), sys.stderr)
            explained.add(found.rule)
        if amount != Amount.EVERYTHING:
            for rule, count in counts.items():
                if count > _MAX_OF_A_KIND:
                    more = count - _MAX_OF_A_KIND
                    err(f"{path}: … {more} more {rule} in this file; --all shows them")


def print_findings(
    output_format: str,
    diagnostics: Iterable[Diagnostic],
    files: Iterable["Drift"] = (),
    changes: Iterable["Change"] = (),
) -> None:
    """Print *diagnostics*, *files* and *changes* in the *output_format* ``json`` or ``github``."""
    if output_format == "json":
        from errbook.cli import json_report

        out(json_report.findings_as_json(diagnostics, files, changes))
    else:
        from errbook.cli import report

        for line in report.findings_for_github(diagnostics, files):
            out(line)


def summary(diagnostics: Sequence[Diagnostic], amount: Amount = Amount.EVERYTHING) -> str:
    """Return the number of *diagnostics* per severity: ``1 error, 2 warnings``.

    It says how to see those that are not in *amount*, and how to learn more about a rule.
    """
    counts = Counter(found.severity for found in diagnostics)
    parts = [_counted(counts[severity], severity) for severity in Severity if counts[severity]]
    if counts[Severity.INFO] and amount == Amount.USUAL:
        parts[-1] += " (--all shows them)"
    shown = next((found.rule for found in diagnostics if found.severity in amount.value), None)
    more = f"; errbook explain {shown} explains a rule" if shown else ""
    return (", ".join(parts) or "no findings") + more


def _counted(number: int, severity: Severity) -> str:
    if number == 1 or severity == Severity.INFO:
        return f"{number} {severity}"
    return f"{number} {severity}s"


def show_failures(failures: Iterable[Failure]) -> None:
    """Print *failures*, one line each."""
    lines = (str(each) for failure in failures for each in (failure, *failure.more))
    for line in dict.fromkeys(lines):
        err(f"errbook: {line}")


def show_waiting() -> None:
    """Print that another run has to end first."""
    err("errbook: waiting for another run in this project to end")


def _colored(severity: str) -> str:
    return click.style(severity, fg=_COLORS[Severity(severity)], bold=True)


def progress(items: Sequence[_T], label: str) -> Iterator[_T]:
    """Yield *items*. On a terminal, draw a progress bar after the first second."""
    with ExitStack() as bars:
        begin, bar = time.monotonic(), None
        shown = sys.stderr is not None and sys.stderr.isatty() and not os.environ.get("CI")
        for number, item in enumerate(items, 1):
            yield item
            if bar is not None:
                bar.update(1)
            elif shown and time.monotonic() - begin > _SECONDS_BEFORE_PROGRESS:
                drawn = click.progressbar(length=len(items), label=label, file=sys.stderr)
                bar = bars.enter_context(drawn)
                bar.update(number)


def columns() -> int | None:
    """Return the width of the terminal on standard output; None if it is not a terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def out(text: str) -> None:
    """Print a result, with escapes for invisible characters."""
    _print(visible(text), sys.stdout)


def err(text: str) -> None:
    """Print a line that is not a result, with escapes for invisible characters."""
    _print(visible(text), sys.stderr)


def _print(text: str, stream: TextIO | None) -> None:
    """Print *text*. If nobody can read it, drop it silently.

    Only standard output has results, so only if it cannot be written, OSError is raised.
    """
    if stream is None:  # closed before errbook began
        return
    color = None
    if os.environ.get("NO_COLOR"):
        color = False
    elif os.environ.get("FORCE_COLOR"):
        color = True
    try:
        click.echo(text, file=stream, color=color)
        stream.flush()
    except OSError as error:
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise
        discard_output(stream)


def discard_output(stream: TextIO) -> None:
    """Discard everything that is printed on *stream* from now on, also at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
