"""The command `errbook rules`."""

import click

from errbook.cli import console
from errbook.cli.exit_status import ExitStatus


@click.command()
def command() -> ExitStatus:
    """Print the reference of rules and changes as Markdown."""
    from errbook.audit.reference import audit_as_markdown
    from errbook.comparison.reference import changes_as_markdown
    from errbook.lint.reference import rules_as_markdown

    references = (rules_as_markdown(), changes_as_markdown(), audit_as_markdown())
    console.out("\n\n".join(references))
    return ExitStatus.CLEAN
