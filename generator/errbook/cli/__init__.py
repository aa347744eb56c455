"""The command line. Every command imports what it needs when it runs."""

import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook import __version__
from errbook.cli import console
from errbook.diagnostics import Diagnostic, Failure, Severity

if TYPE_CHECKING:
    from errbook.analyzer import Page
    from errbook.build.cache import Cache
    from errbook.project.settings import Settings

_CLEAN, _FINDINGS, _FAILED, _BUG, _INTERRUPTED = 0, 1, 2, 70, 130


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
_no_cache = click.option(
    "--no-cache", is_flag=True, help="Neither believe nor keep what runs remember."
)
_strict = click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
_format = click.option(
    "--output-format",
    "form",
    type=click.Choice(("text", "json", "github")),
    default="text",
    help="How findings are printed; json and github go to standard output.",
)


@errbook.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option("--diff", is_flag=True, help="Print what changes, as a unified diff.")
@click.option("--prune", is_flag=True, help="Give up the classes of retired codes for good.")
@_format
@_strict
@_no_cache
@_config
def generate(
    services: tuple[str, ...],
    check: bool,
    diff: bool,
    prune: bool,
    form: str,
    strict: bool,
    no_cache: bool,
    config: Path | None,
) -> int:
    """Write what the documents say: of all services, or of SERVICE alone."""
    from errbook.build import output, pipeline

    configured = _configured(config)
    outcome = pipeline.run(
        configured,
        services,
        prune=prune,
        cache=_cache(configured.root, no_cache=no_cache),
        track=console.track,
    )
    is_text = form == "text"
    if is_text:
        console.say(outcome.diagnostics, configured.root)
    else:
        console.print_findings(form, outcome.diagnostics, outcome.changes if check else ())
    if outcome.failure:
        raise outcome.failure
    if _count(outcome.diagnostics, Severity.ERROR, *[Severity.WARNING] * strict):
        console.err("errbook: nothing was written, for what is told above")
        return _FINDINGS
    if check:
        if is_text:
            console.show_drift(outcome, diff=diff)
        return _FINDINGS if outcome.changes else _CLEAN
    output.write(configured.root, outcome.changes)
    if is_text:
        console.show_written(outcome, diff=diff)
    return _CLEAN


@errbook.command()
@_format
@_strict
@_no_cache
@_config
def check(form: str, strict: bool, no_cache: bool, config: Path | None) -> int:
    """Tell what is wrong with the documents, and what generate would change."""
    from errbook.build import pipeline

    configured = _configured(config)
    known = _cache(configured.root, no_cache=no_cache)
    outcome = pipeline.run(configured, cache=known, track=console.track)
    if form == "text":
        console.say(outcome.diagnostics, configured.root)
        if outcome.diagnostics:
            console.err(f"errbook: {console.summary(outcome.diagnostics)}")
    else:
        console.print_findings(form, outcome.diagnostics, outcome.changes)
    if outcome.failure:
        raise outcome.failure
    if form == "text":
        console.show_drift(outcome, diff=True)
    counted = _count(outcome.diagnostics, Severity.ERROR, *[Severity.WARNING] * strict)
    return _FINDINGS if outcome.changes or counted else _CLEAN


@errbook.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_format
@click.option("--strict", is_flag=True, expose_value=False, help="Warnings count anyway.")
@_no_cache
@_config
def lint(paths: tuple[str, ...], form: str, no_cache: bool, config: Path | None) -> int:
    """Tell what is wrong with the documents PATH, or with all that are configured.

    A document of no service, or without a configuration, is looked at by itself.
    """
    from errbook.build import pipeline
    from errbook.project import configuration
    from errbook.targets import TARGETS

    root = Path()
    if paths:
        place = config or configuration.find(Path.cwd())
        configured = configuration.load(place, TARGETS) if place else None
        diagnostics, failures = pipeline.lint(
            {Path(path): path for path in paths},
            configured,
            _cache(configured.root if configured else root, no_cache=no_cache),
        )
    else:
        configured = _configured(config)
        root = configured.root
        known = _cache(root, no_cache=no_cache)
        diagnostics, failure = pipeline.lint_all(configured, known, console.track)
        failures = (failure,) if failure else ()
    if form == "text":
        console.say(diagnostics, root)
        if diagnostics or not failures:
            console.err(f"errbook: {console.summary(diagnostics)}")
    else:
        console.print_findings(form, diagnostics, ())
    if failures:
        return _failed(failures)
    counting = (Severity.ERROR, Severity.WARNING)
    return _FINDINGS if _count(diagnostics, *counting) else _CLEAN


@errbook.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def parse(paths: tuple[str, ...]) -> int:
    """Print what is read from the documents PATH, as JSON. Needs no configuration."""
    from errbook.build import pipeline
    from errbook.cli import report

    pages: list[Page] = []
    failures: list[Failure] = []
    for path in paths:
        try:
            pages.append(pipeline.parse(Path(path), path))
        except Failure as failure:
            failures.append(failure)
    if pages:
        console.out(report.pages_as_json(pages))
    return _failed(failures) if failures else _CLEAN


@errbook.command()
def rules() -> int:
    """Print the reference of the rules, in Markdown."""
    from errbook.lint import reference

    console.out(reference.rules_as_markdown())
    return _CLEAN


@errbook.command()
@click.argument("of", type=click.Choice(("catalogue", "configuration")))
def schema(of: str) -> int:
    """Print the JSON Schema (2020-12) of what errbook writes, or of its configuration."""
    if of == "configuration":
        import json

        from errbook.project.schema import configuration_schema
        from errbook.targets import TARGETS

        console.out(json.dumps(configuration_schema(TARGETS), indent=2))
        return _CLEAN
    from importlib import resources

    path = resources.files("errbook") / "schemas" / f"{of}.json"
    console.out(path.read_text(encoding="utf-8").rstrip())
    return _CLEAN


def _cache(root: Path, *, no_cache: bool) -> "Cache":
    """Return what runs over the project at *root* remember."""
    from errbook.build import cache

    elsewhere = os.environ.get("ERRBOOK_CACHE_DIR")
    place = Path(elsewhere) if elsewhere else root / cache.NAME
    return cache.Cache(None if no_cache else place)


def _configured(config: Path | None) -> "Settings":
    from errbook.project import configuration
    from errbook.targets import TARGETS

    place = config or configuration.find(Path.cwd())
    if place is None:
        raise Failure(
            str(Path.cwd()),
            "there is no configuration here or above",
            "write [tool.errbook.service.NAME] with its docs into pyproject.toml or errbook.toml",
        )
    return configuration.load(place, TARGETS)


def _failed(failures: Iterable[Failure]) -> int:
    for failure in failures:
        console.err(f"errbook: {failure}")
    return _FAILED


def _count(diagnostics: Iterable[Diagnostic], *severities: Severity) -> int:
    return sum(found.severity in severities for found in diagnostics)


def main() -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # JSON and diagnostics are UTF-8 (RFC 8259, section 8.1), whatever the locale is.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = errbook(standalone_mode=False)
        return status if isinstance(status, int) else _CLEAN
    except click.ClickException as error:
        error.show()
        return _FAILED
    except Failure as failure:
        return _failed([failure])
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except Exception as error:
        if isinstance(error, OSError) and error.errno and error.filename is None:
            console.give_up(sys.stdout)
            console.err(
                f"errbook: the output cannot be written ({error.strerror}); make room for it"
            )
            return _FAILED
        import traceback

        console.err(traceback.format_exc())
        console.err(
            "errbook: this is a bug in errbook, not in your documents; please report it with the "
            f"lines above, the document and errbook {__version__}"
        )
        return _BUG
