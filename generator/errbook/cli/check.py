"""The command `errbook check`."""

from pathlib import Path

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus


@click.command()
@options.OUTPUT_FORMAT
@options.STRICT
@options.NO_CACHE
@options.CONFIG
def command(output_format: str, strict: bool, no_cache: bool, config: Path | None) -> ExitStatus:
    """Check the documents and the generated files.

    Exit with status 1 on findings with severity error, or if `errbook generate` would change a
    file. The changes are printed as a unified diff.
    """
    from errbook.build import pipeline
    from errbook.build.exclusive import exclusive

    settings = options.settings(config)
    # In CI, an entry that a pull request has put into the cache could hide an edited output.
    cache = options.cache(settings.root, no_cache=no_cache or options.is_ci())
    with exclusive(settings.root, console.show_waiting, shared=True):
        outcome = pipeline.run(settings, cache=cache, progress=console.progress)
    is_text = output_format == "text"
    if is_text:
        console.show_diagnostics(outcome.diagnostics, settings.root)
        if outcome.diagnostics:
            console.err(f"errbook: {console.summary(outcome.diagnostics)}")
    else:
        console.print_findings(output_format, outcome.diagnostics, outcome.changes)
    if outcome.failure:
        raise outcome.failure
    if is_text:
        console.show_drift(outcome, diff=True)
    counted = options.counts(outcome.diagnostics, strict=strict)
    return ExitStatus.FINDINGS if outcome.changes or counted else ExitStatus.CLEAN
