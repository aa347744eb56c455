"""The command `errbook schema`."""

import click

from errbook.cli import console
from errbook.cli.exit_status import ExitStatus


@click.command()
@click.argument("name", type=click.Choice(("catalogue", "configuration")), metavar="NAME")
def command(name: str) -> ExitStatus:
    """Print a JSON Schema.

    NAME is `catalogue`, for the JSON files that errbook generates, or `configuration`. The schema
    follows JSON Schema 2020-12.
    """
    import json

    from errbook.text.json_schema import json_schema

    if name == "configuration":
        from errbook.project.configuration import configuration_type
        from errbook.targets import TARGETS

        schema = json_schema(configuration_type(TARGETS), "errbook configuration")
    else:
        from errbook.targets.catalogue import CatalogueFile

        schema = json_schema(CatalogueFile, "errbook catalogue")
    console.out(json.dumps(schema, ensure_ascii=False, indent=2))
    return ExitStatus.CLEAN
