"""The command `errbook schema`."""

import click

from errbook.cli import console
from errbook.cli.exit_status import ExitStatus


@click.command()
@click.argument("name", type=click.Choice(("catalogue", "configuration")), metavar="NAME")
def command(name: str) -> ExitStatus:
    """Print the JSON Schema (2020-12) of what errbook writes, or of its configuration."""
    import json

    if name == "configuration":
        from errbook.project.schema import configuration_schema
        from errbook.targets import TARGETS

        schema = configuration_schema(TARGETS)
    else:
        from errbook.targets.catalogue import catalogue_schema

        schema = catalogue_schema()
    console.out(json.dumps(schema, ensure_ascii=False, indent=2))
    return ExitStatus.CLEAN
