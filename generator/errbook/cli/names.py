"""The command `errbook names`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Diagnostic, Failure, Severity

if TYPE_CHECKING:
    from errbook.naming.explanation import NamedError


@click.command()
@click.argument("services", nargs=-1, metavar="[SERVICE]...")
@click.option("--numbered", is_flag=True, help="Only classes named after the number of their code.")
@click.option("--toml", is_flag=True, help="Print tables for the configuration, ready to edit.")
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print the names.",
)
@options.CONFIG
def command(
    services: tuple[str, ...],
    numbered: bool,
    toml: bool,
    output_format: str,
    config: Path | None,
) -> ExitStatus:
    """List codes, classes and their origin.

    For each documented error: the code, the class, where its name comes from, and the message. With
    SERVICE, only the errors of that service. Nothing is written: new codes are listed with the
    names that errbook generate would give them.
    """
    from errbook.build import pipeline
    from errbook.cli import name_list
    from errbook.naming.explanation import explained
    from errbook.naming.suggestions import Origin

    if toml and output_format != "text":
        raise click.UsageError("--toml and --output-format json exclude each other")
    settings = options.settings(config)
    listed: dict[str, tuple[NamedError, ...]] = {}
    failures: list[Failure] = []
    errors: list[Diagnostic] = []
    for service, result in pipeline.analyses(settings, services, console.progress).items():
        if isinstance(result, Failure):
            failures.append(result)
            continue
        curated = settings.service(service).names
        listed[service] = explained(result.catalogue, result.names, curated)
        errors += [found for found in result.diagnostics if found.severity == Severity.ERROR]
    shown = {
        service: tuple(
            error
            for error in named
            if not (numbered and error.speaks)
            # The printed table replaces the one with the configured names.
            or (toml and error.origin == Origin.CONFIGURED)
        )
        for service, named in listed.items()
    }
    if output_format == "json":
        console.out(name_list.as_json(shown))
    elif toml:
        console.out(name_list.as_toml(shown, settings.table_prefix))
    else:
        for line in name_list.as_lines(shown, console.columns()):
            console.out(line)
        console.err(f"errbook: {name_list.summary(listed)}")
    console.show_diagnostics(errors, settings.root, console.Amount.ERRORS)
    console.show_failures(failures)
    if failures:
        return ExitStatus.FAILED
    return ExitStatus.FINDINGS if errors else ExitStatus.CLEAN
