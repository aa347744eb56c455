"""The command `errbook check`."""

from pathlib import Path

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Failure


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--diff", is_flag=True, help="Print the changes as a diff.")
@options.VERBOSE
@options.QUIET
@options.ALL
@options.OUTPUT_FORMAT
@options.STRICT
@options.NO_CACHE
@options.CONFIG
def command(
    files: tuple[str, ...],
    diff: bool,
    verbose: bool,
    quiet: bool,
    everything: bool,
    output_format: str,
    strict: bool,
    no_cache: bool,
    config: Path | None,
) -> ExitStatus:
    """Check the documents and the generated files.

    Exit with status 1 on findings with severity error, and if a generated file is modified,
    missing, orphaned or not in git. With FILE, only the findings in these documents are printed.
    """
    from errbook.build import pipeline
    from errbook.build.exclusive import exclusive
    from errbook.cli import outcomes

    settings = options.settings(config)
    for file in files:
        if not Path(file).exists():
            raise Failure(file, "no such file", "check the path")
    # In CI, an entry that a pull request has put into the cache could hide an edited output.
    cache = options.cache(settings.root, no_cache=no_cache or options.is_ci())
    with exclusive(settings.root, console.show_waiting, shared=True):
        outcome = pipeline.run(settings, cache=cache, progress=console.progress)
    if files:
        outcome = outcomes.limited(outcome, settings.root, files)
    amount = console.Amount.chosen(everything=everything, quiet=quiet)
    status = outcomes.show_check(
        outcome, settings, output_format, amount, verbose=verbose, diff=diff
    )
    return outcomes.with_findings(status, outcome, strict=strict)
