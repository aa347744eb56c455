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


def schema(shape: Shape, codes: Iterable[str], *, has_messages: bool) -> _Schema:
    """Return the schema of the body.

    Its code is not an enum, because clients must not fail on a new code. If the body is
    undocumented, no property is required. Unless *has_messages*, the message is not.
    """
    code: _Schema = {
        "type": "string",
        "description": "The error code. New codes may be added at any time.",
        "x-extensible-enum": list(codes),
    }
    message: _Schema = {"type": "string", "description": "A human-readable error message."}
    leaves = [
        _Leaf(shape.code, code, shape.is_documented),
        _Leaf(shape.message, message, shape.is_documented and has_messages),
    ]
    body = _nested(
        [
            _Leaf(
                _without_attribute_prefix(leaf.path),
                leaf.schema | _attribute(leaf.path),
                leaf.is_required,
            )
            for leaf in leaves
        ]
    )
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


class _Leaf(msgspec.Struct, frozen=True):
    path: _Path
    schema: _Schema
    is_required: bool


def _nested(leaves: list[_Leaf]) -> _Schema:
    """Return the schema of a value that has the *leaves* at their paths."""
    members: dict[Key, list[_Leaf]] = {}
    for leaf in leaves:
        if not leaf.path:
            return leaf.schema
        rest = _Leaf(leaf.path[1:], leaf.schema, leaf.is_required)
        members.setdefault(leaf.path[0], []).append(rest)
    schemas: dict[Key, _Schema] = {}
    for step, inner in members.items():
        # A code that is itself a key has no schema.
        schemas[step] = _nested([leaf for leaf in inner if step != CODE_KEY or leaf.path])
    if 0 in schemas:
        return {"type": "array", "items": schemas[0]}
    if CODE_KEY in schemas:
        return {"type": "object", "additionalProperties": schemas[CODE_KEY]}
    properties = {str(step): inner for step, inner in schemas.items()}
    required = [str(s) for s, inner in members.items() if any(leaf.is_required for leaf in inner)]
    listed: _Schema = {"required": required} if required else {}
    return {"type": "object"} | listed | {"properties": properties}


def body(shape: Shape, code: str, message: str | None) -> Value:
    """Return the body that has *code* and *message* in their places."""
    path = tuple(
        code if step == CODE_KEY else step for step in _without_attribute_prefix(shape.message)
    )
    start: Value = {}
    if CODE_KEY not in shape.code:
        start = _put(start, _without_attribute_prefix(shape.code), code)
    elif message is None:
        return _put(start, path[:-1], {})
    return start if message is None else _put(start, path, message)


def _put(value: Value, path: _Path, leaf: Value) -> Value:
    """Return *value* with *leaf* at *path*; missing lists and dicts are created."""
    if not path:
        return leaf
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_put(value[0] if isinstance(value, list) and value else {}, rest, leaf)]
    members = value if isinstance(value, dict) else {}
    return members | {step: _put(members.get(step, {}), rest, leaf)}
