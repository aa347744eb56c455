"""Options that several commands share, and the functions that interpret them."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errbook.diagnostics import Diagnostic, Failure, Severity

if TYPE_CHECKING:
    from errbook.build.cache import Cache
    from errbook.project.settings import Settings

CONFIG = click.option(
    "--config",
    type=click.Path(path_type=Path),
    envvar="ERRBOOK_CONFIG",
    show_envvar=True,
    help="Configuration file. Default: the nearest errbook.toml or pyproject.toml.",
)
NO_CACHE = click.option("--no-cache", is_flag=True, help="Do not read or write the cache.")
STRICT = click.option("--strict", is_flag=True, help="Treat warnings as errors.")
ALL = click.option("--all", "everything", is_flag=True, help="Print every finding, including info.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="List every changed file and class.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
OUTPUT_FORMAT = click.option(
    "--output-format",
    type=click.Choice(("text", "json", "github")),
    default="text",
    show_default=True,
    help="How to print findings: text to standard error, json and github to standard output.",
)


def settings(config: Path | None) -> "Settings":
    """Return the settings in the file *config*, by default in the nearest configuration file.

    Raises Failure if there is none, or if it has a mistake.
    """
    found = settings_if_any(config)
    if found is None:
        raise Failure(
            str(Path.cwd()),
            "no configuration in this directory or above it",
            "add [tool.errbook.service.NAME] with docs to pyproject.toml or errbook.toml",
        )
    return found


def settings_if_any(config: Path | None) -> "Settings | None":
    """Return the settings as `settings` does, or None if there is no configuration file."""
    from errbook.project import configuration
    from errbook.targets import TARGETS

    path = config or configuration.find(Path.cwd())
    return configuration.load(path, TARGETS) if path else None


def cache(root: Path, *, no_cache: bool) -> "Cache":
    """Return the cache of the project at *root*."""
    from errbook.build.cache import Cache

    return Cache(None if no_cache else _cache_directory(root))


def is_ci() -> bool:
    """Return whether a CI service runs errbook."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def workspace(root: Path) -> Path:
    """Return the directory for files that are being written in the project at *root*."""
    from errbook.build.cache import digest

    return _cache_directory(root) / "drafts" / digest(str(root.resolve()))


def _cache_directory(root: Path) -> Path:
    from errbook.build.cache import NAME

    configured = os.environ.get("ERRBOOK_CACHE_DIR")
    return Path(configured) if configured else root / NAME


def counts(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Return whether *diagnostics* affect the exit status: errors do, warnings if *strict*."""
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in counted for diagnostic in diagnostics)
