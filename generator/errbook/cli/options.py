"""What several commands share: options, and what these lead to."""

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
    help="The configuration, instead of the nearest errbook.toml or pyproject.toml.",
)
NO_CACHE = click.option(
    "--no-cache", is_flag=True, help="Neither believe nor keep what runs remember."
)
STRICT = click.option("--strict", is_flag=True, help="Let warnings count as errors do.")
OUTPUT_FORMAT = click.option(
    "--output-format",
    type=click.Choice(("text", "json", "github")),
    default="text",
    help="How findings are printed; json and github go to standard output.",
)


def settings(config: Path | None) -> "Settings":
    """Return the settings in the file *config*, or in the nearest one.

    Raises Failure where there is none, or it is wrong.
    """
    found = settings_if_any(config)
    if found is None:
        raise Failure(
            str(Path.cwd()),
            "there is no configuration here or above",
            "write [tool.errbook.service.NAME] with its docs into pyproject.toml or errbook.toml",
        )
    return found


def settings_if_any(config: Path | None) -> "Settings | None":
    """Return the settings in the file *config*, or in the nearest one, if there is any."""
    from errbook.project import configuration
    from errbook.targets import TARGETS

    path = config or configuration.find(Path.cwd())
    return configuration.load(path, TARGETS) if path else None


def cache(root: Path, *, no_cache: bool) -> "Cache":
    """Return the cache of the project at *root*."""
    from errbook.build.cache import NAME, Cache

    elsewhere = os.environ.get("ERRBOOK_CACHE_DIR")
    place = Path(elsewhere) if elsewhere else root / NAME
    return Cache(None if no_cache else place)


def counts(diagnostics: Iterable[Diagnostic], *, strict: bool) -> bool:
    """Tell whether *diagnostics* affect the exit status: errors, and if *strict* warnings."""
    counted = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in counted for diagnostic in diagnostics)
