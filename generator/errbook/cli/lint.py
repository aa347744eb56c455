"""The command `errbook lint`."""

from pathlib import Path

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@options.QUIET
@options.ALL
@options.OUTPUT_FORMAT
@click.option(
    "--strict",
    is_flag=True,
    expose_value=False,
    help="Accepted, but has no effect: lint always fails on warnings.",
)
@options.NO_CACHE
@options.CONFIG
def command(
    paths: tuple[str, ...],
    quiet: bool,
    everything: bool,
    output_format: str,
    no_cache: bool,
    config: Path | None,
) -> ExitStatus:
    """Check documents for problems.

    PATH is a document, a directory, or - for standard input; without PATH, all configured documents
    are checked, and info findings are only counted. A document that belongs to no configured
    service is checked on its own. Exit with status 1 on errors and warnings.
    """
    from errbook.build import documents, pipeline

    if paths:
        root = Path()  # the diagnostics name documents as they were given
        configured = options.settings_if_any(config)
        cache = options.cache(configured.root if configured else root, no_cache=no_cache)
        names = {Path(path): path for path in documents.expanded(paths)}
        diagnostics, failures = documents.lint(names, configured, cache)
    else:
        settings = options.settings(config)
        root = settings.root
        cache = options.cache(root, no_cache=no_cache)
        diagnostics, failures = pipeline.lint_all(settings, cache, console.progress)
    if output_format == "text":
        amount = console.Amount.chosen(
            everything=everything or (bool(paths) and not quiet), quiet=quiet
        )
        console.show_diagnostics(diagnostics, root, amount)
        if (diagnostics or not failures) and not quiet:
            console.err(f"errbook: {console.summary(diagnostics, amount)}")
    else:
        console.print_findings(output_format, diagnostics)
    if failures:
        console.show_failures(failures)
        return ExitStatus.FAILED
    counted = options.counts(diagnostics, strict=True)
    return ExitStatus.FINDINGS if counted else ExitStatus.CLEAN
