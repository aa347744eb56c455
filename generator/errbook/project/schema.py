"""The JSON Schema of the configuration, from its types."""

from typing import Any

import msgspec

from errbook.project.configuration import Targets, declared


def configuration_schema(targets: Targets) -> dict[str, object]:
    """Return the JSON Schema (2020-12) of a configuration in which there are these *targets*."""
    (_,), components = msgspec.json.schema_components([declared(targets)])
    tables = {name: _without_absence(table) for name, table in components.items()}
    top = tables.pop("Configuration")
    assert isinstance(top, dict)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **top,
        "title": "errbook configuration",
        "$defs": tables,
    }


def _without_absence(schema: object) -> object:
    """Return *schema* without null, which TOML cannot write, and without empty defaults."""
    if isinstance(schema, list):
        return [_without_absence(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _without_absence(item) for name, item in schema.items()}
    alternatives: Any = plain.pop("anyOf", ())
    options = [option for option in alternatives if option != {"type": "null"}]
    if len(options) == 1:
        plain |= options[0]
    elif options:
        plain["anyOf"] = options
    if plain.get("default") in (None, "", (), {}):
        plain.pop("default", None)
    return plain
