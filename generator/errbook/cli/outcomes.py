"""Printing the outcome of a run, for `errbook generate` and `errbook check`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from errbook.build.drift import Drift, drift
from errbook.build.output import FileChange
from errbook.build.pipeline import Outcome
from errbook.cli import console, options
from errbook.cli.console import Amount
from errbook.cli.exit_status import ExitStatus
from errbook.comparison import Level
from errbook.diagnostics import Failure
from errbook.project.settings import Settings

_MAX_CHANGES = 10
"""How many changes of a kind are all listed."""

_SOME_CHANGES = 3
_MAX_DIFF_LINES = 200


def limited(outcome: Outcome, root: Path, files: Iterable[str]) -> Outcome:
    """Return *outcome* with only the diagnostics in *files*."""
    chosen = {Path(file).resolve() for file in files}
    found = tuple(d for d in outcome.diagnostics if (root / d.location.path).resolve() in chosen)
    return msgspec.structs.replace(outcome, diagnostics=found)


def failed(outcome: Outcome, failure: Failure) -> Outcome:
    """Return *outcome* of a run whose files could not be written because of *failure*."""
    failures = (*outcome.failures, failure)
    return msgspec.structs.replace(outcome, failures=failures, renewed=(), changes=(), api=())


def with_findings(status: ExitStatus, outcome: Outcome, *, strict: bool) -> ExitStatus:
    """Return the exit status of a command that has checked: *status*, or that of findings."""
    counted = options.counts(outcome.diagnostics, strict=strict)
    return max(status, ExitStatus.FINDINGS if counted else ExitStatus.CLEAN)


def show_generate(
    outcome: Outcome,
    settings: Settings,
    output_format: str,
    amount: Amount,
    *,
    verbose: bool,
    diff: bool,
) -> ExitStatus:
    """Print what *outcome* has written, and return the exit status."""
    if output_format != "text":
        console.print_findings(output_format, outcome.diagnostics, (), outcome.api)
        console.show_failures(outcome.failures)
        return _status(outcome)
    _show_findings(outcome, settings.root, amount)
    if amount != Amount.ERRORS:
        _show_changes(outcome, verbose=verbose)
    if diff:
        _show_diff(outcome.changes)
    if outcome.renewed and amount != Amount.ERRORS:
        _show_written(outcome, verbose=verbose)
    _show_stopped(outcome, "written")
    return _status(outcome)


def show_check(
    outcome: Outcome,
    settings: Settings,
    output_format: str,
    amount: Amount,
    *,
    verbose: bool,
    diff: bool,
) -> ExitStatus:
    """Print what *outcome* would change, and return the exit status."""
    files = drift(settings, outcome)
    if output_format != "text":
        console.print_findings(output_format, outcome.diagnostics, files, outcome.api)
        console.show_failures(outcome.failures)
    else:
        _show_findings(outcome, settings.root, amount)
        if amount != Amount.ERRORS:
            _show_changes(outcome, verbose=verbose)
        if diff:
            _show_diff(outcome.changes)
        _show_drift(files)
        if outcome.renewed and not files and amount != Amount.ERRORS:
            console.err(f"errbook: {_files(len(outcome.paths))} up to date")
        _show_stopped(outcome, "checked")
    return max(_status(outcome), ExitStatus.FINDINGS if files else ExitStatus.CLEAN)


def _status(outcome: Outcome) -> ExitStatus:
    if outcome.failures:
        return ExitStatus.FAILED
    return ExitStatus.FINDINGS if outcome.stopped else ExitStatus.CLEAN


def _show_findings(outcome: Outcome, root: Path, amount: Amount) -> None:
    if outcome.merged_lock:
        console.err("errbook: errbook.lock has a merge conflict; the names of both sides are kept")
    console.show_diagnostics(outcome.diagnostics, root, amount)
    if outcome.without_codes and amount != Amount.ERRORS:
        without = f"{outcome.without_codes} without error codes"
        console.err(f"errbook: {outcome.documents} documents, {without}")
    if outcome.diagnostics and amount != Amount.ERRORS:
        console.err(f"errbook: {console.summary(outcome.diagnostics, amount)}")


def _show_drift(files: Sequence[Drift]) -> None:
    """Print the *files* that are not as they should be, and what repairs them."""
    for file in files:
        why = f", {file.reason}" if file.kind == "modified" else ""
        console.out(f"{file.path}: {file.kind}{why}")
    for remedy, same in groupby(sorted(files, key=_by_remedy), _by_remedy):
        counts = Counter(file.kind for file in same)
        counted = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        console.err(f"errbook: {counted}: {remedy}")


def _by_remedy(file: Drift) -> str:
    return file.remedy


def _show_changes(outcome: Outcome, *, verbose: bool) -> None:
    """Print what *outcome* changes for programs, one line per service and kind of change."""
    shown_changes = [change for change in outcome.api if change.level != Level.TEXT]
    for service, changes in groupby(shown_changes, lambda change: change.service):
        for label, same in groupby(changes, lambda change: change.rule.label):
            texts = [change.text for change in same]
            is_short = len(texts) <= _MAX_CHANGES and service not in outcome.new_services
            shown = texts if verbose or is_short else texts[:_SOME_CHANGES]
            more = "" if len(shown) == len(texts) else ", … (-v lists all)"
            console.out(f"{service}: {len(texts)} {label}: {', '.join(shown)}{more}")


def _show_diff(changes: Iterable[FileChange]) -> None:
    """Print *changes* as a unified diff, but not more than a few screens of it."""
    lines = [line for change in changes for line in change.diff().removesuffix("\n").split("\n")]
    for line in lines[:_MAX_DIFF_LINES]:
        console.out(line)
    if len(lines) > _MAX_DIFF_LINES:
        console.out(f"… {len(lines) - _MAX_DIFF_LINES} more lines of differences")


def _show_written(outcome: Outcome, *, verbose: bool) -> None:
    """Print how many files were written and removed; if *verbose*, also which."""
    if verbose:
        for change in outcome.changes:
            console.out(f"removed {change.path}" if change.new is None else f"wrote {change.path}")
    unchanged = len(outcome.paths) - sum(change.new is not None for change in outcome.changes)
    if outcome.changes:
        changed = _files(len(outcome.changes))
        console.err(f"errbook: {changed} changed, {unchanged} already up to date")
    else:
        console.err(f"errbook: {_files(unchanged)} up to date")


def _show_stopped(outcome: Outcome, done: str) -> None:
    """Print which services have no outputs in *outcome*, and why. *done*: written or checked."""
    console.show_failures(outcome.failures)
    if not outcome.renewed:
        if not outcome.failures:
            console.err(f"errbook: nothing was {done}, because of the findings above")
    elif outcome.stopped:
        names = ", ".join(outcome.stopped)
        what = f"the outputs of {names} and the shared files"
        console.err(f"errbook: {what} were not {done}")
    elif outcome.others_stopped:
        names = ", ".join(outcome.others_stopped)
        console.err(
            f"errbook: the shared files were not {done}, because of errors in {names}; "
            "run errbook lint to see them"
        )


def _files(number: int) -> str:
    return f"{number} file{'s' if number != 1 else ''}"
