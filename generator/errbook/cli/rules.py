"""The command `errbook rules`."""

import click

from errbook.cli import console
from errbook.cli.exit_status import ExitStatus


@click.command()
def command() -> ExitStatus:
    """Print the reference of rules and changes as Markdown."""
    from errbook.comparison.reference import changes_as_markdown
    from errbook.lint.reference import rules_as_markdown

    console.out(f"{rules_as_markdown()}\n\n{changes_as_markdown()}")
    return ExitStatus.CLEAN
