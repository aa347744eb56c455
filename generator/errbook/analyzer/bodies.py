"""Parsing JSON and XML into values, and finding the character at which they are invalid."""

import json
import re
from typing import TYPE_CHECKING

from errbook.analyzer.lenient_json import Fault, repaired

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_DEPTH = 4
"""The maximum number of enclosing elements; the members of an element with more are not read."""


_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_LONE_SURROGATE = re.compile(f"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")
"""The escape of half a character, which UTF-8 cannot encode: RFC 8259, section 8.2."""


class Attribute(str):
    """A key that is an XML attribute, not an element."""

    __slots__ = ()


def read_json(text: str) -> tuple[object, Fault | None]:
    """Return the first value in *text*, or None, and the fault in its JSON, if any."""
    decoder = json.JSONDecoder()
    text = _LONE_SURROGATE.sub(r"\\ufffd", text)
    try:
        return decoder.raw_decode(text)[0], None
    except RecursionError:
        return None, Fault("it is nested too deeply", 0)
    except json.JSONDecodeError as error:
        original_fault = _unexpected(text, error.pos)
    except ValueError:
        return None, Fault("one of its numbers is too large", 0)
    json_text, fault = repaired(text)
    try:
        return decoder.raw_decode(json_text)[0], fault
    except (ValueError, RecursionError):
        return None, original_fault


def _unexpected(text: str, index: int) -> Fault:
    if not text[index:].strip():
        return Fault("it ends too early", index)
    return Fault(f"{text[index]!r} is unexpected", index)


def read_xml(text: str) -> tuple[object, Fault | None]:
    """Return the elements in *text* as dicts by tag, or None, and the fault in its XML, if any."""
    if declared := re.search("<!(DOCTYPE|ENTITY)", text):
        return None, Fault("errbook refuses DOCTYPE and ENTITY declarations", declared.start())
    from xml.etree import ElementTree

    try:
        # Declarations that make XML dangerous were refused above.
        root = ElementTree.fromstring(text.strip())  # noqa: S314
    except ElementTree.ParseError as error:
        line, column = error.position
        line_start = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
        return None, Fault(str(error).partition(":")[0], line_start + column)
    return {_local_name(root.tag): _element_value(root, 0)}, None


def _element_value(element: "Element", depth: int) -> object:
    if len(element) == 0 and not element.attrib:
        return (element.text or "").strip()
    if depth > _MAX_DEPTH:
        return None
    members: dict[str, object] = {Attribute(k): v for k, v in element.attrib.items()}
    for child in element:
        members.setdefault(_local_name(child.tag), _element_value(child, depth + 1))
    return members


def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2]
