"""The command `errbook parse`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook.cli import console
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Diagnostic, Failure

if TYPE_CHECKING:
    from errbook.analyzer import Page


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def command(paths: tuple[str, ...]) -> ExitStatus:
    """Print what is read from documents, as JSON.

    PATH is a document, a directory, or - for standard input. A configuration is neither needed nor
    used.
    """
    from errbook.build import documents
    from errbook.cli import json_report

    pages: list[tuple[Page, tuple[Diagnostic, ...]]] = []
    failures: list[Failure] = []
    for path in documents.expanded(paths):
        try:
            pages.append(documents.parse(Path(path), path))
        except Failure as failure:
            failures.append(failure)
    if pages:
        console.out(json_report.pages_as_json(pages))
    console.show_failures(failures)
    return ExitStatus.FAILED if failures else ExitStatus.CLEAN
