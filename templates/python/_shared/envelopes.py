"""Envelopes: where the body of an error response has its code and message."""

from typing import TYPE_CHECKING, NamedTuple, TypeGuard

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Path = tuple[str | int, ...]
"""Steps into a body, each the key of a member, the index of an item, or CODE_KEY."""

CODE_KEY = "*"
"""Stands for the key of an object's only member, as in ``{"itemNotFound": {…}}``."""

ATTRIBUTE = "@"
"""Prefix of a step to an attribute of an XML element, such as ``@code``."""


class Envelope(NamedTuple):
    """The media type of an error response, and the paths to its code and message."""

    media_type: str = "application/json"
    code: Path = ("code",)
    message: Path = ("message",)
    has_body: bool = True
    """Whether error responses have a body at all."""

    sends_description: bool = False
    """Whether the description takes the place of a message that is not documented."""

    def enclose(self, code: str, message: str | None) -> object:
        """Return a body with *code* and *message*: dicts and lists, or a str for XML.

        None if error responses have no body. A message that is None is left out.
        """
        if not self.has_body:
            return None
        body: object = None
        path = tuple(code if step == CODE_KEY else step for step in self.message)
        if CODE_KEY not in self.code:  # else the code is a key above the message
            body = _placed(code, self.code, body)
        elif message is None:
            body = _placed({}, path[:-1], body)
        if message is not None:
            body = _placed(message, path, body)
        return body if self.media_type == "application/json" else _xml(body)


def value_at(path: Path, body: object) -> object:
    """Return the value at *path* in *body*, or None if there is no such value."""
    value = body
    for position, step in enumerate(path):
        if isinstance(step, int):
            if not is_array(value) or step >= len(value):
                return None
            value = value[step]
        elif not is_object(value):
            return None
        elif step == CODE_KEY:
            if len(value) != 1:
                return None
            ((key, member),) = value.items()
            is_last = position == len(path) - 1
            value = key if is_last else member
        else:
            value = value.get(step)
    return value


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Return whether *value* is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[object]]:
    """Return whether *value* is a JSON array."""
    return isinstance(value, list)


def _placed(value: object, path: Path, body: object) -> object:
    """Return a copy of *body* with *value* at *path*."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        return [_placed(value, rest, value_at((0,), body))]
    members = body if is_object(body) else {}
    return members | {step: _placed(value, rest, members.get(step))}


def _xml(body: object) -> str:
    """Return *body*, a dict with one member, as an XML document."""
    # Imported here, because most programs never write XML.
    from xml.etree import ElementTree

    assert is_object(body)
    ((name, content),) = body.items()
    return ElementTree.tostring(_element(name, content), encoding="unicode")


def _element(name: str, content: object) -> "Element":
    from xml.etree import ElementTree

    element = ElementTree.Element(name)
    if not is_object(content):
        element.text = str(content)
        return element
    for key, member in content.items():
        if key.startswith(ATTRIBUTE):
            element.set(key.removeprefix(ATTRIBUTE), str(member))
        else:
            element.append(_element(key, member))
    return element
