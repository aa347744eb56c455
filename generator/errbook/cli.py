"""The command line. Every command imports what it needs when it runs; only this module prints."""

import io
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from errbook import __version__
from errbook.diagnostics import Diagnostic, Failure, Severity

if TYPE_CHECKING:
    from errbook.output import Change
    from errbook.pipeline import Outcome
    from errbook.settings import Settings

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
_format = click.option(
    "--output-format",
    "form",
    type=click.Choice(("text", "json", "github")),
    default="text",
    help="How findings are printed; json and github go to standard output.",
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
    from errbook import pipeline

    configured = _configured(config)
    outcome = pipeline.run(configured, services, prune=prune)
    _say(outcome.diagnostics, configured.root)
    if _count(outcome.diagnostics, Severity.ERROR, *[Severity.WARNING] * strict):
        _err("errbook: nothing was written, for what is told above")
        return _FINDINGS
    if check:
        _show_drift(outcome, diff=diff)
        return _FINDINGS if outcome.changes else _CLEAN
    _write(outcome, configured.root, diff=diff)
    return _CLEAN


@errbook.command()
@_format
@_strict
@_config
def check(form: str, strict: bool, config: Path | None) -> int:
    """Tell what is wrong with the documents, and what generate would change."""
    from errbook import pipeline

    configured = _configured(config)
    outcome = pipeline.run(configured)
    if form == "text":
        _say(outcome.diagnostics, configured.root)
        _show_drift(outcome, diff=True)
    else:
        _print_findings(form, outcome.diagnostics, outcome.changes)
    counted = _count(outcome.diagnostics, Severity.ERROR, *[Severity.WARNING] * strict)
    return _FINDINGS if outcome.changes or counted else _CLEAN


@errbook.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_format
@click.option(
    "--strict", is_flag=True, expose_value=False, help="Warnings count anyway."
)
@_config
def lint(paths: tuple[str, ...], form: str, config: Path | None) -> int:
    """Tell what is wrong with the documents PATH, or with all that are configured.

    A document of no service, or without a configuration, is looked at by itself.
    """
    from errbook import pipeline, settings

    root = Path()
    if paths:
        place = config or settings.find(Path.cwd())
        configured = settings.load(place) if place else None
        diagnostics = pipeline.lint({Path(path): path for path in paths}, configured)
    else:
        configured = _configured(config)
        root = configured.root
        diagnostics = pipeline.lint_all(configured)
    if form == "text":
        _say(diagnostics, root)
        _err(f"errbook: {_summary(diagnostics)}")
    else:
        _print_findings(form, diagnostics, ())
    counting = (Severity.ERROR, Severity.WARNING)
    return _FINDINGS if _count(diagnostics, *counting) else _CLEAN


@errbook.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def parse(paths: tuple[str, ...]) -> int:
    """Print what is read from the documents PATH, as JSON. Needs no configuration."""
    from errbook import pipeline, report

    _out(report.pages_as_json(pipeline.parse(Path(path), path) for path in paths))
    return _CLEAN


@errbook.command()
def rules() -> int:
    """Print the reference of the rules, in Markdown."""
    from errbook import reference

    _out(reference.rules_as_markdown())
    return _CLEAN


def _configured(config: Path | None) -> "Settings":
    from errbook import settings

    place = config or settings.find(Path.cwd())
    if place is None:
        raise Failure(
            str(Path.cwd()),
            "there is no configuration here or above",
            "write [tool.errbook.service.NAME] with its docs into pyproject.toml or errbook.toml",
        )
    return settings.load(place)


def _count(diagnostics: Iterable[Diagnostic], *severities: Severity) -> int:
    return sum(found.severity in severities for found in diagnostics)


def _say(diagnostics: Iterable[Diagnostic], root: Path) -> None:
    """Print *diagnostics*, whose paths are relative to *root*, with their source lines."""
    from errbook import readers, report

    read: dict[str, list[str]] = {}
    for found in diagnostics:
        path, line = found.location.path, found.location.line
        if path not in read:
            read[path] = readers.lines(root / path)
        shown = read[path][line - 1] if line <= len(read[path]) else None
        _err(report.as_text(found, shown, _coloured))


def _print_findings(
    form: str, diagnostics: Iterable[Diagnostic], changes: Iterable["Change"]
) -> None:
    from errbook import report

    if form == "json":
        _out(report.findings_as_json(diagnostics, changes))
    else:
        for line in report.findings_for_github(diagnostics, changes):
            _out(line)


def _summary(diagnostics: Iterable[Diagnostic]) -> str:
    counts = Counter(found.severity for found in diagnostics)
    parts = [
        f"{counts[severity]} {severity}{'s' * (counts[severity] != 1 and severity != 'info')}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "nothing to say"


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


def _coloured(severity: str) -> str:
    return click.style(severity, fg=_COLOURS[Severity(severity)], bold=True)


def _out(text: str) -> None:
    _print(text, sys.stdout)


def _err(text: str) -> None:
    _print(text, sys.stderr)


def _print(text: str, stream: TextIO | None) -> None:
    """Print *text*. A reader that has gone away is no reason to stop, nor to say so."""
    if stream is None:  # closed before errbook began
        return
    colour = None
    if os.environ.get("NO_COLOR"):
        colour = False
    elif os.environ.get("FORCE_COLOR"):
        colour = True
    try:
        click.echo(text, file=stream, color=colour)
        stream.flush()
    except BrokenPipeError:
        _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Let what is still to be printed on *stream*, at the exit too, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def main() -> None:
    """Run the command line and exit as it says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON and diagnostics are UTF-8 (RFC 8259, section 8.1), whatever the locale is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
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
    except Exception as error:
        if isinstance(error, OSError) and error.filename is None:
            _give_up(sys.stdout)
            _err(
                f"errbook: the output cannot be written ({error.strerror}); make room for it"
            )
            return _FAILED
        _err(traceback.format_exc())
        _err(
            "errbook: this is a bug in errbook, not in your documents; please report it with the "
            f"lines above, the document and errbook {__version__}"
        )
        return _BUG
