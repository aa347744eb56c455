"""The command `errbook generate`."""

from pathlib import Path

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Failure


@click.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option("--diff", is_flag=True, help="Print the changes as a diff.")
@click.option("--prune", is_flag=True, help="Permanently remove the classes of retired codes.")
@click.option("--retire", is_flag=True, help="Retire codes even if they may still be documented.")
@options.VERBOSE
@options.QUIET
@options.ALL
@options.OUTPUT_FORMAT
@options.STRICT
@options.NO_CACHE
@options.CONFIG
def command(
    services: tuple[str, ...],
    check: bool,
    diff: bool,
    prune: bool,
    retire: bool,
    verbose: bool,
    quiet: bool,
    everything: bool,
    output_format: str,
    strict: bool,
    no_cache: bool,
    config: Path | None,
) -> ExitStatus:
    """Generate the outputs from the documents.

    With SERVICE, only the outputs of that service, and the files that all services share. A service
    with errors keeps its files; the others are written. Files whose content would not change are
    left alone.
    """
    from errbook.build import pipeline, writing
    from errbook.build.exclusive import exclusive
    from errbook.cli import outcomes

    settings = options.settings(config)
    with exclusive(settings.root, console.show_waiting, shared=check):
        outcome = pipeline.run(
            settings,
            services,
            prune=prune,
            retire=retire,
            strict=strict and not check,
            cache=options.cache(settings.root, no_cache=no_cache),
            progress=console.progress,
        )
        try:
            if not check:
                writing.write(settings.root, outcome.changes, options.workspace(settings.root))
        except Failure as failure:
            outcome = outcomes.failed(outcome, failure)
    amount = console.Amount.chosen(everything=everything, quiet=quiet)
    show = outcomes.show_check if check else outcomes.show_generate
    status = show(outcome, settings, output_format, amount, verbose=verbose, diff=diff)
    return outcomes.with_findings(status, outcome, strict=strict and check)
