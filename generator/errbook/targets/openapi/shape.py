"""The body of an error response: its schema, and examples."""

from collections.abc import Iterable

import msgspec

from errbook.model import ATTRIBUTE, CODE_KEY, Envelope, Key
from errbook.text.yaml import Value

_Path = tuple[Key, ...]
_Schema = dict[str, Value]


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope in the form that a schema needs: in XML, the root element is not a key."""

    media_type: str = "application/json"
    root: str | None = None
    code: _Path = ("code",)
    message: _Path = ("message",)
    is_documented: bool = False


def shape_of(envelope: Envelope | None) -> Shape:
    """Return the shape of *envelope*, or a guess if it is None."""
    if envelope is None:
        return Shape()
    root = envelope.code[0] if envelope.media_type == "application/xml" else None
    if not isinstance(root, str) or root == CODE_KEY:
        root = None
    depth = 0 if root is None else 1
    return Shape(
        media_type=envelope.media_type,
        root=root,
        code=envelope.code[depth:],
        message=envelope.message[depth:],
        is_documented=True,
    )


def schema(shape: Shape, codes: Iterable[str]) -> _Schema:
    """Return the schema of the body.

    Its code is not an enum, because clients must not fail on a new code. If the body is
    undocumented, no property is required.
    """
    code: _Schema = {
        "type": "string",
        "description": "The error code. New codes may be added at any time.",
        "x-extensible-enum": list(codes),
    }
    message: _Schema = {"type": "string", "description": "A human-readable error message."}
    leaves = [(shape.code, code), (shape.message, message)]
    body = _nested(
        [(_without_attribute_prefix(path), leaf | _attribute(path)) for path, leaf in leaves]
    )
    if not shape.is_documented:
        del body["required"]
    if shape.root is not None:
        body["xml"] = {"name": shape.root}
    return body


def _without_attribute_prefix(path: _Path) -> _Path:
    """Return *path* without the mark of an XML attribute."""
    return tuple(s.removeprefix(ATTRIBUTE) if isinstance(s, str) else s for s in path)


def _attribute(path: _Path) -> _Schema:
    """Return the keywords for an XML attribute, if *path* leads to one."""
    is_attribute = str(path[-1]).startswith(ATTRIBUTE)
    return {"xml": {"attribute": True}} if is_attribute else {}


def _nested(leaves: list[tuple[_Path, _Schema]]) -> _Schema:
    """Return the schema of a value that has the *leaves* at their paths."""
    members: dict[Key, list[tuple[_Path, _Schema]]] = {}
    for path, leaf in leaves:
        if not path:
            return leaf
        members.setdefault(path[0], []).append((path[1:], leaf))
    schemas: dict[Key, _Schema] = {}
    for step, inner in members.items():
        # A code that is itself a key has no schema.
        schemas[step] = _nested([x for x in inner if step != CODE_KEY or x[0]])
    if 0 in schemas:
        return {"type": "array", "items": schemas[0]}
    if CODE_KEY in schemas:
        return {"type": "object", "additionalProperties": schemas[CODE_KEY]}
    properties = {str(step): inner for step, inner in schemas.items()}
    return {"type": "object", "required": list(properties), "properties": properties}


def body(shape: Shape, code: str, message: str) -> Value:
    """Return the body that has *code* and *message* in their places."""
    path = tuple(
        code if step == CODE_KEY else step for step in _without_attribute_prefix(shape.message)
    )
    start: Value = {}
    if CODE_KEY not in shape.code:
        start = _put(start, _without_attribute_prefix(shape.code), code)
    return _put(start, path, message)


def _put(value: Value, path: _Path, text: str) -> Value:
    """Return *value* with *text* at *path*; missing lists and dicts are created."""
    if not path:
        return text
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_put(value[0] if isinstance(value, list) and value else {}, rest, text)]
    members = value if isinstance(value, dict) else {}
    return members | {step: _put(members.get(step, {}), rest, text)}
