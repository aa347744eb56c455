"""JSON Schemas generated from types."""

import msgspec


def json_schema(of: type[msgspec.Struct], title: str) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of the type *of*, with this *title*."""
    (_,), components = msgspec.json.schema_components([of])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **components.pop(of.__name__),
        "title": title,
        "$defs": components,
    }
