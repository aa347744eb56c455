"""The command `errbook generate`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from errbook.build.pipeline import Outcome


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
    from errbook.build import pipeline, writing
    from errbook.build.exclusive import exclusive

    settings = options.settings(config)
    with exclusive(settings.root, console.show_waiting, shared=check):
        outcome = pipeline.run(
            settings,
            services,
            prune=prune,
            cache=options.cache(settings.root, no_cache=no_cache),
            progress=console.progress,
        )
        _show_findings(outcome, settings.root, output_format, check=check)
        if options.counts(outcome.diagnostics, strict=strict):
            console.err(f"errbook: {console.summary(outcome.diagnostics)}; nothing was written")
            return ExitStatus.FINDINGS
        if not check:
            writing.write(settings.root, outcome.changes, options.workspace(settings.root))
    if output_format == "text":
        show = console.show_drift if check else console.show_written
        show(outcome, diff=diff)
    return ExitStatus.FINDINGS if check and outcome.changes else ExitStatus.CLEAN


def _show_findings(outcome: "Outcome", root: Path, output_format: str, *, check: bool) -> None:
    """Print the findings of *outcome*, and raise the failure that stopped the run, if any."""
    if output_format == "text":
        console.show_diagnostics(outcome.diagnostics, root)
    else:
        console.print_findings(output_format, outcome.diagnostics, outcome.changes if check else ())
    if outcome.failure:
        raise outcome.failure
