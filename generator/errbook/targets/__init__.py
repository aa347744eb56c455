"""The targets: each has a module and a line in the table here; most have templates.

The table has the targets' options, not the targets: reading a configuration must not import them.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from errbook.project.settings import END, NO_KEYWORD, TargetOptions, TemplateOptions, limit

_PACKAGE = Path(__file__).parents[1]

# In a wheel the templates are in the package, in a checkout two levels above it.
_PLACES = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")
TEMPLATES = next(place for place in _PLACES if place.is_dir())


class CatalogueOptions(TargetOptions, frozen=True, kw_only=True):
    """One JSON file per service."""


class PythonOptions(TemplateOptions, frozen=True, kw_only=True):
    """A Python package with one exception class per code."""

    package: Annotated[
        str,
        limit(
            "is '{}', which is not a package name",
            "use letters, digits and _, with a letter first, and no Python keyword",
            pattern=f"{NO_KEYWORD}[A-Za-z_][A-Za-z0-9_]*{END}",
        ),
        Meta(description="The name of the package."),
    ] = "api_errors"


class OpenapiOptions(TemplateOptions, frozen=True, kw_only=True):
    """One OpenAPI document per service, with reusable components."""

    version: Annotated[
        Literal["3.0.4", "3.1.1", "3.2.0"], Meta(description="The OpenAPI version.")
    ] = "3.1.1"


class MarkdownOptions(TemplateOptions, frozen=True, kw_only=True):
    """One reference page per service, and an index."""


class HtmlOptions(TemplateOptions, frozen=True, kw_only=True):
    """One searchable page for all services."""


TARGETS: Mapping[str, type[TargetOptions]] = {
    "catalogue": CatalogueOptions,
    "python": PythonOptions,
    "openapi": OpenapiOptions,
    "markdown": MarkdownOptions,
    "html": HtmlOptions,
}
"""Name of a target, which is that of its module -> the type of its options."""
