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


_IN_URI = r"[!#-;=?-Z\[\]_a-z~]*"  # the characters of RFC 3986, section 2


_HeaderName = Annotated[
    str,
    limit(
        "is '{}', which is not the name of a header",
        'use letters, digits and -, as in "X-Acme-Request-Id"',
        pattern=f"^[A-Za-z0-9!#$%&'*+.^_`|~-]+{END}",
    ),
]


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
    problem_type: Annotated[
        str,
        limit(
            "is '{}', which is not a URI with one {{code}}",
            'write {code} where the code goes, as in "urn:acme:{code}"',
            pattern=rf"^(?:about:blank|{_IN_URI}\{{code\}}{_IN_URI}){END}",
        ),
        Meta(
            description="The type of problem details (RFC 9457); {code} stands for the code. "
            "Default: about:blank."
        ),
    ] = "about:blank"
    request_id_header: Annotated[
        _HeaderName | None,
        Meta(
            description="The header of responses that has the request id. "
            "Default: only common headers."
        ),
    ] = None


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
