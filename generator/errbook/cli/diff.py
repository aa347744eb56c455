"""The command `errbook diff`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus

if TYPE_CHECKING:
    from errbook.build.states import Side
    from errbook.project.settings import Settings


@click.command()
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--fail-on",
    type=click.Choice(("breaking", "deprecation", "addition", "text")),
    default="breaking",
    show_default=True,
    help="Exit with status 1 on changes of this level or a more important one.",
)
@click.option(
    "--output-format",
    type=click.Choice(("text", "json", "github", "markdown")),
    default="text",
    show_default=True,
    help="How to print the changes; markdown is a comment for a pull request.",
)
@options.CONFIG
def command(
    old: str | None, new: str | None, fail_on: str, output_format: str, config: Path | None
) -> ExitStatus:
    """Print what changed between two states of the API.

    OLD and NEW are git revisions, catalogues (JSON files), or directories of catalogues. By
    default, OLD is the last commit that the branch shares with its upstream branch, and NEW is the
    working tree. The last line is the part of the version that the changes raise.
    """
    from errbook.build import revisions
    from errbook.cli import changes
    from errbook.comparison import Level, compare_all

    settings = None if old and new else options.settings(config)
    settings = settings or options.settings_if_any(config)
    root = settings.root if settings else Path.cwd()
    before = _side(old or revisions.merge_base(root), root, config)
    after = _working_tree(settings) if settings and not new else _side(new or "", root, config)
    found = changes.judged(compare_all(*changes.comparable(before, after)), settings)
    if output_format == "json":
        from errbook.cli import json_report

        console.out(json_report.changes_as_json(found, changes.level_of(found)))
    elif output_format == "markdown":
        from errbook.cli import changelog

        console.out(changelog.as_markdown(found, root, before, after))
    elif output_format == "github":
        changes.show_for_github(found, Level(fail_on))
    else:
        changes.show(found)
    changes.show_unused(found, settings)
    level = changes.level_of(found)
    counts = level is not None and level.is_at_least(Level(fail_on))
    return ExitStatus.FINDINGS if counts else ExitStatus.CLEAN


def _working_tree(settings: "Settings") -> "Side":
    """Return the state of the project with these *settings*."""
    from errbook.build import git, states
    from errbook.build.exclusive import exclusive

    with exclusive(settings.root, console.show_waiting, shared=True):
        found = states.of_project(settings, console.progress)
    return states.Side(states=found, commit=git.line(settings.root, "rev-parse", "HEAD"))


def _side(name: str, root: Path, config: Path | None) -> "Side":
    """Return the states that the argument *name* stands for."""
    from errbook.build import states
    from errbook.project import configuration
    from errbook.targets import TARGETS

    if Path(name).exists():
        return states.of_catalogues(Path(name), name)
    return states.of_revision(
        name,
        root,
        config.name if config else None,
        lambda path: configuration.load(path, TARGETS),
        console.progress,
    )
