"""The command line. Every command imports what it needs when it runs; only this module prints."""

import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from errbook import __version__
from errbook.diagnostics import Diagnostic, Failure, Severity

if TYPE_CHECKING:
    from errbook.pipeline import Outcome

_CLEAN, _FINDINGS, _FAILED, _BUG, _INTERRUPTED = 0, 1, 2, 70, 130
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="errbook %(version)s")
def errbook() -> None:
    """Compile the error tables of API documentation into code.

    Exit status: 0 clean, 1 findings or drift, 2 errbook could not do its work, 70 a bug in it.
    """


_config = click.option(
    "--config",
    type=click.Path(path_type=Path),
    envvar="ERRBOOK_CONFIG",
    help="The configuration, instead of the nearest errbook.toml or pyproject.toml.",
)
_strict = click.option(
    "--strict", is_flag=True, help="Let warnings count as errors do."
)


@errbook.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option(
    "--check", is_flag=True, help="Write nothing; exit 1 if anything would change."
)
@click.option("--diff", is_flag=True, help="Print what changes, as a unified diff.")
@click.option(
    "--prune", is_flag=True, help="Give up the classes of retired codes for good."
)
@_strict
@_config
def generate(
    services: tuple[str, ...],
    check: bool,
    diff: bool,
    prune: bool,
    strict: bool,
    config: Path | None,
) -> int:
    """Write what the documents say: of all services, or of SERVICE alone."""
    outcome, root = _run(config, services, prune=prune)
    if _counts(outcome, strict=strict):
        _err("errbook: nothing was written, for the documents contradict themselves")
        return _FINDINGS
    if check:
        _show_drift(outcome, diff=diff)
        return _FINDINGS if outcome.changes else _CLEAN
    _write(outcome, root, diff=diff)
    return _CLEAN


@errbook.command()
@_strict
@_config
def check(strict: bool, config: Path | None) -> int:
    """Tell what is wrong with the documents, and what generate would change."""
    outcome, _ = _run(config)
    _show_drift(outcome, diff=True)
    return _FINDINGS if outcome.changes or _counts(outcome, strict=strict) else _CLEAN


@errbook.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def parse(paths: tuple[str, ...]) -> int:
    """Print what is read from the documents PATH, as JSON. Needs no configuration."""
    from errbook import pipeline, report

    _out(report.pages_as_json(pipeline.parse(Path(path), path) for path in paths))
    return _CLEAN


def _run(
    config: Path | None, services: tuple[str, ...] = (), *, prune: bool = False
) -> tuple["Outcome", Path]:
    from errbook import pipeline, settings

    configured = settings.load(config or settings.find(Path.cwd()))
    outcome = pipeline.run(configured, services, prune=prune)
    for diagnostic in outcome.diagnostics:
        _err(_coloured(diagnostic))
    return outcome, configured.root


def _counts(outcome: "Outcome", *, strict: bool) -> bool:
    return outcome.has(Severity.ERROR) or (strict and outcome.has(Severity.WARNING))


def _show_drift(outcome: "Outcome", *, diff: bool) -> None:
    for change in outcome.changes:
        _out(f"{change.path}: {change.reason}")
    if diff:
        for change in outcome.changes:
            _out(change.diff().removesuffix("\n"))
    if outcome.changes:
        _err(
            f"errbook: {_files(len(outcome.changes))} would change; run errbook generate"
        )
    else:
        _err(f"errbook: {_files(outcome.files)} up to date")


def _write(outcome: "Outcome", root: Path, *, diff: bool) -> None:
    from errbook import output

    output.write(root, outcome.changes)
    for change in outcome.changes:
        _out(
            change.diff().removesuffix("\n")
            if diff
            else _done(change.new is None, change.path)
        )
    unchanged = outcome.files - sum(
        change.new is not None for change in outcome.changes
    )
    if unchanged:
        _err(f"errbook: {_files(unchanged)} up to date")


def _done(removed: bool, path: str) -> str:
    return f"removed {path}" if removed else f"wrote {path}"


def _files(number: int) -> str:
    return f"{number} file{'s' if number != 1 else ''}"


def _coloured(diagnostic: Diagnostic) -> str:
    severity = f": {diagnostic.severity}: "
    styled = click.style(
        diagnostic.severity, fg=_COLOURS[diagnostic.severity], bold=True
    )
    return str(diagnostic).replace(severity, f": {styled}: ", 1)


def _out(text: str) -> None:
    _print(text, sys.stdout)


def _err(text: str) -> None:
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    """Print *text*. A reader that has gone away is no reason to stop, nor to say so."""
    colour = None
    if os.environ.get("NO_COLOR"):
        colour = False
    elif os.environ.get("FORCE_COLOR"):
        colour = True
    try:
        click.echo(text, file=stream, color=colour)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line and exit as it says."""
    sys.exit(_exit_status(errbook))


def _exit_status(command: Callable[..., Any]) -> int:
    try:
        status = command(standalone_mode=False)
        return status if isinstance(status, int) else _CLEAN
    except click.ClickException as error:
        error.show()
        return _FAILED
    except Failure as failure:
        _err(f"errbook: {failure}")
        return _FAILED
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except Exception:
        _err(traceback.format_exc())
        _err(
            "errbook: this is a bug in errbook, not in your documents; please report it with the "
            f"lines above, the document and errbook {__version__}"
        )
        return _BUG
