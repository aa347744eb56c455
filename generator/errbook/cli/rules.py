"""The command `errbook rules`."""

import click

from errbook.cli import console
from errbook.cli.exit_status import ExitStatus


@click.command()
def command() -> ExitStatus:
    """Print the rule reference as Markdown."""
    from errbook.lint import reference

    console.out(reference.rules_as_markdown())
    return ExitStatus.CLEAN
