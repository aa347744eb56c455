"""Parsing JSON and XML into values, and finding the character at which they are invalid."""

import json
import re
from typing import TYPE_CHECKING, Any

import msgspec

from errbook.analyzer.lenient_json import Fault, repaired

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_DEPTH = 4
"""The maximum number of enclosing elements; the members of an element with more are not read."""


_TAG_OR_TEXT = re.compile(r"<[^<>]*>?|[^<]+|>")

_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_LONE_SURROGATE = re.compile(f"{_HIGH}(?!{_LOW})|(?<!{_HIGH}){_LOW}")
"""The escape of half a character, which UTF-8 cannot encode: RFC 8259, section 8.2."""


class Attribute(str):
    """A key that is an XML attribute, not an element."""

    __slots__ = ()


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The value of a JSON or XML text."""

    value: object
    """None if it cannot be read."""

    fault: Fault | None
    """The first reason why it is not valid."""

    end: int | None = None
    """The index after it; None if it had to be repaired, or cannot be read."""


def _unread(reason: str, index: int = 0) -> Body:
    return Body(value=None, fault=Fault(reason, index))


def read_json(text: str) -> Body:
    """Return the first value in *text*, which is repaired if it is not valid JSON."""
    decoder = json.JSONDecoder()
    text = _LONE_SURROGATE.sub(r"\\ufffd", text)
    try:
        value, end = decoder.raw_decode(text)
        return Body(value=value, fault=None, end=end)
    except RecursionError:
        return _unread("it is nested too deeply")
    except json.JSONDecodeError as error:
        unrepaired = Body(value=None, fault=_unexpected(text, error.pos))
    except ValueError:
        return _unread("one of its numbers is too large")
    json_text, fault = repaired(text)
    try:
        return Body(value=decoder.raw_decode(json_text)[0], fault=fault)
    except (ValueError, RecursionError):
        return unrepaired


def _unexpected(text: str, index: int) -> Fault:
    if not text[index:].strip():
        return Fault("it ends too early", index)
    return Fault(f"{text[index]!r} is unexpected", index)


def read_xml(text: str) -> Body:
    """Return the first element in *text* as a dict by tag."""
    if declared := re.search("<!(DOCTYPE|ENTITY)", text):
        return _unread("errbook refuses DOCTYPE and ENTITY declarations", declared.start())
    from xml.etree import ElementTree

    make: Any = ElementTree.XMLPullParser  # its type stub is incomplete
    parser = make(("start", "end"))
    depth = 0
    # Whatever follows the first element is not part of the body, so the text is fed in pieces.
    for match in _TAG_OR_TEXT.finditer(text):
        try:
            # Declarations that make XML dangerous were refused above.
            parser.feed(match[0])
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth == 0:
                    value = {_local_name(element.tag): _element_value(element, 0)}
                    return Body(value=value, fault=None, end=match.end())
        except ElementTree.ParseError as error:
            line, column = error.position
            line_start = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
            return _unread(str(error).partition(":")[0], line_start + column)
    return _unread("it ends too early", len(text.rstrip()))


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
