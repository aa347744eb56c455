"""Printing: findings, outdated files, progress, and streams that may break."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from errbook.diagnostics import Diagnostic, Failure, Severity
from errbook.text.visible import visible

if TYPE_CHECKING:
    from errbook.build.output import Change
    from errbook.build.pipeline import Outcome

_T = TypeVar("_T")
_SECONDS_BEFORE_PROGRESS = 1
_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def show_diagnostics(diagnostics: Sequence[Diagnostic], root: Path) -> None:
    """Print *diagnostics*, whose paths are relative to *root*, with their source lines."""
    if not diagnostics:
        return
    from errbook import readers
    from errbook.cli import report

    read: dict[str, list[str]] = {}
    for found in diagnostics:
        path, line = found.location.path, found.location.line
        if path not in read:
            read[path] = readers.lines(root / path)
        shown = read[path][line - 1] if line <= len(read[path]) else None
        _print(report.as_text(found, shown, _colored), sys.stderr)


def print_findings(
    output_format: str, diagnostics: Iterable[Diagnostic], changes: Iterable["Change"]
) -> None:
    """Print *diagnostics* and *changes* in the *output_format* ``json`` or ``github``."""
    if output_format == "json":
        from errbook.cli import json_report

        out(json_report.findings_as_json(diagnostics, changes))
    else:
        from errbook.cli import report

        for line in report.findings_for_github(diagnostics, changes):
            out(line)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the number of *diagnostics* per severity: ``1 error, 2 warnings``."""
    counts = Counter(found.severity for found in diagnostics)
    parts = [_counted(counts[severity], severity) for severity in Severity if counts[severity]]
    return ", ".join(parts) or "no findings"


def _counted(number: int, severity: Severity) -> str:
    if number == 1 or severity == Severity.INFO:
        return f"{number} {severity}"
    return f"{number} {severity}s"


def show_drift(outcome: "Outcome", *, diff: bool) -> None:
    """Print which files are outdated and why; with *diff*, also the differences."""
    for change in outcome.changes:
        out(f"{change.path}: {change.reason}")
    if diff:
        for change in outcome.changes:
            out(change.diff().removesuffix("\n"))
    if outcome.changes:
        remedies = dict.fromkeys(change.remedy for change in outcome.changes)
        err(f"errbook: {_files(len(outcome.changes))} to change; {', or '.join(remedies)}")
    else:
        err(f"errbook: {_files(outcome.files)} up to date")


def show_written(outcome: "Outcome", *, diff: bool) -> None:
    """Print which files were written and removed, as a diff if *diff*."""
    for change in outcome.changes:
        out(change.diff().removesuffix("\n") if diff else _done(change.new is None, change.path))
    unchanged = outcome.files - sum(change.new is not None for change in outcome.changes)
    if outcome.changes:
        err(f"errbook: {_files(len(outcome.changes))} changed, {unchanged} already up to date")
    else:
        err(f"errbook: {_files(unchanged)} up to date")


def show_failures(failures: Iterable[Failure]) -> None:
    """Print *failures*, one line each."""
    for failure in failures:
        err(f"errbook: {failure}")


def show_waiting() -> None:
    """Print that another run has to end first."""
    err("errbook: waiting for another run in this project to end")


def _done(removed: bool, path: str) -> str:
    return f"removed {path}" if removed else f"wrote {path}"


def _files(number: int) -> str:
    return f"{number} file{'s' if number != 1 else ''}"


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
