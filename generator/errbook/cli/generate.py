"""The command `errbook generate`."""

from pathlib import Path

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus


@click.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option("--diff", is_flag=True, help="Print the changes as a diff, not as a list of files.")
@click.option("--prune", is_flag=True, help="Permanently remove the classes of retired codes.")
@options.OUTPUT_FORMAT
@options.STRICT
@options.NO_CACHE
@options.CONFIG
def command(
    services: tuple[str, ...],
    check: bool,
    diff: bool,
    prune: bool,
    output_format: str,
    strict: bool,
    no_cache: bool,
    config: Path | None,
) -> ExitStatus:
    """Generate the outputs from the documents.

    With SERVICE, only the outputs of that service, and the files about all services. Files whose
    content would not change are left alone.
    """
    from errbook.build import output, pipeline

    settings = options.settings(config)
    outcome = pipeline.run(
        settings,
        services,
        prune=prune,
        cache=options.cache(settings.root, no_cache=no_cache),
        progress=console.progress,
    )
    is_text = output_format == "text"
    if is_text:
        console.show_diagnostics(outcome.diagnostics, settings.root)
    else:
        console.print_findings(output_format, outcome.diagnostics, outcome.changes if check else ())
    if outcome.failure:
        raise outcome.failure
    if options.counts(outcome.diagnostics, strict=strict):
        console.err(f"errbook: {console.summary(outcome.diagnostics)}; nothing was written")
        return ExitStatus.FINDINGS
    if check:
        if is_text:
            console.show_drift(outcome, diff=diff)
        return ExitStatus.FINDINGS if outcome.changes else ExitStatus.CLEAN
    output.write(settings.root, outcome.changes)
    if is_text:
        console.show_written(outcome, diff=diff)
    return ExitStatus.CLEAN
