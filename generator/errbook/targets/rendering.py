"""The Jinja2 environment of the targets, and where the templates lie."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

# In a wheel the templates lie in the package, in a checkout two levels above it.
_PLACES = (
    Path(__file__).parents[1] / "templates",
    Path(__file__).parents[3] / "templates",
)
_TEMPLATES = next(place for place in _PLACES if place.is_dir())

Filters = Mapping[str, Callable[..., str]]


def environment(target: str, filters: Filters) -> Environment:
    """Return the environment of the templates of *target*.

    Nothing is escaped by itself: every template passes every value through one of *filters*.
    """
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES / target),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - no HTML is written here; the targets quote by themselves
    )
    made.filters.update(filters)
    return made


def render(environment: Environment, template: str, **context: Any) -> str:
    """Return what *template* makes of *context*."""
    return environment.get_template(f"{template}.j2").render(context)
