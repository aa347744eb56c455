"""The command `errbook audit`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Failure

if TYPE_CHECKING:
    from errbook.audit import Verdict
    from errbook.audit.baseline import Baseline
    from errbook.audit.codes import ServiceCodes
    from errbook.audit.facts import Observed
    from errbook.build.audited import ReadFiles
    from errbook.project.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--responses",
    "recordings",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Recorded responses: a HAR file, a file with a JSON object per line, or a directory of "
    "them; can be repeated.",
)
@click.option("--unused", is_flag=True, help="Also list documented codes that no file mentions.")
@click.option(
    "--service",
    "names",
    multiple=True,
    metavar="NAME",
    help="A service to audit; can be repeated. Default: all.",
)
@click.option(
    "--catalogue",
    "files",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="A catalogue file to use instead of the project's documents; can be repeated.",
)
@click.option(
    "--baseline",
    "baseline_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A file with known findings, which are not reported.",
)
@click.option(
    "--write-baseline", is_flag=True, help="Write all findings to the file of --baseline."
)
@options.QUIET
@options.OUTPUT_FORMAT
@options.NO_CACHE
@options.CONFIG
def command(
    paths: tuple[str, ...],
    recordings: tuple[str, ...],
    unused: bool,
    names: tuple[str, ...],
    files: tuple[str, ...],
    baseline_file: Path | None,
    write_baseline: bool,
    quiet: bool,
    output_format: str,
    no_cache: bool,
    config: Path | None,
) -> ExitStatus:
    """Check code and responses for unknown codes.

    PATH is a file or a directory with code; by default it is the project, or nothing if there are
    --responses. Codes are reported that are undocumented, retired, or successes used as errors.
    Exit with status 1 on errors and warnings.
    """
    if write_baseline and baseline_file is None:
        raise click.UsageError("--write-baseline needs the file: --baseline FILE --write-baseline")
    if unused and recordings and not paths:
        raise click.UsageError("--unused is about code: give a PATH, too")
    from errbook import audit
    from errbook.audit import responses
    from errbook.audit.codes import Codes
    from errbook.audit.facts import Facts
    from errbook.build import audited

    settings = None if files else options.settings(config)
    root = settings.root if settings else Path.cwd()
    services = audited.chosen(_services(settings, files, no_cache=no_cache), names)
    codes = Codes(services)
    baseline = None if write_baseline else _baseline(baseline_file, root)
    recorded = audited.recordings_in(recordings)
    found = audited.read_files(
        paths or (() if recordings else (str(root),)),
        root,
        [
            *(audited.inputs(settings) if settings else map(Path, files)),
            *recorded,
            *filter(None, [baseline_file]),
        ],
        codes,
        console.progress,
        lists_mentions=unused,
    )
    received, failures = audited.read_responses(recorded, root)
    facts = Facts(
        codes=codes,
        files=found.facts,
        observed=responses.observed(received, codes),
        lists_unused=unused,
    )
    gone = baseline.gone(root) if baseline else frozenset[str]()
    verdict = audit.judge(facts, baseline, found.paths | gone)
    failures += found.failures
    if write_baseline and baseline_file is not None and not failures:
        return _write_baseline(baseline_file, verdict)
    if output_format == "json":
        from errbook.cli import json_report

        console.out(json_report.audit_as_json(verdict.diagnostics, facts.observed))
    elif output_format == "github":
        console.print_findings(output_format, verdict.diagnostics)
    else:
        count = len(received) if recordings else None
        _show(verdict, facts.observed, found, count, root, quiet=quiet)
    if failures:
        console.show_failures(failures)
        return ExitStatus.FAILED
    counted = options.counts(verdict.diagnostics, strict=True)
    return ExitStatus.FINDINGS if counted else ExitStatus.CLEAN


def _services(
    settings: "Settings | None", files: Sequence[str], *, no_cache: bool
) -> "tuple[ServiceCodes, ...]":
    from errbook.build import audited

    if settings is None:
        return audited.in_files(files)
    cache = options.cache(settings.root, no_cache=no_cache)
    return audited.in_project(settings, cache, console.progress)


def _baseline(path: Path | None, root: Path) -> "Baseline | None":
    if path is None:
        return None
    from errbook.audit import baseline
    from errbook.build import audited
    from errbook.files import read_text

    name = audited.shown(path, root)
    return baseline.read(read_text(path, name), name)


def _write_baseline(path: Path, verdict: "Verdict") -> ExitStatus:
    from errbook.audit import baseline

    try:
        path.write_text(baseline.render(verdict.known), encoding="utf-8", newline="\n")
    except OSError as error:
        what = f"this file cannot be written ({error.strerror})"
        raise Failure(str(path), what, "check its directory and permissions") from None
    console.err(f"errbook: wrote {path} with {_counted(len(verdict.known), 'finding')}")
    return ExitStatus.CLEAN


def _show(
    verdict: "Verdict",
    observed: "Sequence[Observed]",
    found: "ReadFiles",
    responses: int | None,
    root: Path,
    *,
    quiet: bool,
) -> None:
    amount = console.Amount.ERRORS if quiet else console.Amount.EVERYTHING
    console.show_diagnostics(verdict.diagnostics, root, amount, _lines)
    if quiet:
        return
    if observed:
        from errbook.cli import traffic

        for line in traffic.table(observed):
            console.out(line)
    parts: list[str] = []
    if found.paths or found.skipped or responses is None:
        parts.append(f"{_counted(len(found.paths), 'file')}, {_counted(found.lines, 'line')}")
    if found.skipped:
        parts[-1] += f" ({found.skipped} skipped: binary, minified or over 5 MB)"
    if responses is not None:
        parts.append(_counted(responses, "response"))
    if verdict.hidden:
        parts.append(f"{_counted(verdict.hidden, 'known finding')} in the baseline")
    console.err(f"errbook: {'; '.join(parts)}")
    console.err(f"errbook: {console.summary(verdict.diagnostics, amount)}")


def _lines(path: Path) -> list[str]:
    """Return the lines of the file at *path* to show: none of a HAR file, an entry has many."""
    from errbook.build import walking

    if path.suffix == ".har":
        return []
    try:
        return (walking.text_of(path) or "").replace("\r\n", "\n").split("\n")
    except OSError:
        return []


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
