"""The JSON Schema of the configuration, from its types."""

import msgspec

from errbook.project.configuration import Targets, declared


def configuration_schema(targets: Targets) -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a configuration in which there are these *targets*."""
    (_,), components = msgspec.json.schema_components([declared(targets)])
    top = components.pop("Configuration")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "title": "errbook configuration",
        "$defs": components,
    }
