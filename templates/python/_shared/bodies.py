"""Reads the bodies of error responses: JSON, XML, forms or text, in any encoding."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .envelopes import ATTRIBUTE, is_array, is_object

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

# json, re and xml are imported in the functions that need them: importing them here
# would take longer than importing all the exceptions.

_MAX_CHARACTERS = 1_000_000
"""Error bodies are much smaller, and parsing a larger body would take too long."""

_MAX_BYTES = 4 * _MAX_CHARACTERS

_BEGINNING = 200
"""The number of characters that an error without code and message shows of its body."""

_MAX_XML_DEPTH = 8  # known envelopes have at most four levels


def parse(body: object, content_type: str, *, in_lines: bool = False) -> object:
    """Return the value of a JSON body, or an XML body or a form as dicts.

    With *in_lines*, several lines of JSON, or the events of a stream, are a list. Returns
    None for other text. A body that is neither bytes nor a str is already parsed, and is
    returned unchanged.
    """
    if isinstance(body, bytes | bytearray):
        if len(body) > _MAX_BYTES:
            return None
        body = text_of(bytes(body), content_type)
    if not isinstance(body, str):
        return body
    if len(body) > _MAX_CHARACTERS:
        return None
    text = _without_prefix(body)
    if text.startswith("<"):
        return _parse_xml(text)
    if content_type.lower().startswith("application/x-www-form-urlencoded"):
        return _parse_form(text)
    value = _parse_json(text)
    return _parse_lines(text) if value is None and in_lines else value


def text_of(body: bytes, content_type: str) -> str:
    """Return the text of *body*, without gzip, which urllib leaves to its caller."""
    return _decode(_unzipped(body), content_type)


def beginning(body: object, content_type: str) -> str:
    """Return the first 200 characters of *body*; an empty str if it cannot be shown."""
    if isinstance(body, bytes | bytearray):
        start = _unzipped(bytes(body[:_MAX_BYTES]))[: 4 * _BEGINNING]
        return _decode_any(start, content_type)[:_BEGINNING]
    if is_object(body) or is_array(body):
        return _as_json(body)[:_BEGINNING]
    return body[:_BEGINNING] if isinstance(body, str) else ""


def _unzipped(body: bytes) -> bytes:
    """Return *body* without gzip; at most some MB of it."""
    if not body.startswith(b"\x1f\x8b"):
        return body

    # Imported here, because most clients have done this already.
    import zlib

    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, _MAX_BYTES)
    except zlib.error:
        return body


def _decode_any(body: bytes, content_type: str) -> str:
    """Decode *body*, with replacement characters where it is malformed."""
    has_mark = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = _charset(content_type) or ("utf-16" if has_mark else "utf-8")
    try:
        return body.decode(encoding, "replace")
    except (LookupError, ValueError):  # unknown encoding, or not for text
        return body.decode("utf-8", "replace")


def _as_json(value: object) -> str:
    import json

    try:
        return json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return ""


def _charset(content_type: str) -> str:
    """Return the charset in the header Content-Type; an empty str if there is none."""
    _, _, charset = content_type.lower().partition("charset=")
    return charset.partition(";")[0].strip(" \"'")


def _decode(body: bytes, content_type: str) -> str:
    """Decode *body* with the first encoding that makes it look like JSON or XML."""
    import json
    import re

    charset = _charset(content_type)
    declaration = re.search(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]+)""", body)
    declared = declaration[1].decode("ascii", "replace") if declaration else ""
    for encoding in (charset, declared, json.detect_encoding(body)):
        try:
            text = body.decode(encoding)
        except (LookupError, ValueError):  # unknown encoding, or not this one
            continue
        if _strip(text).startswith(("{", "[", "<")):
            return text
    return _decode_any(body, content_type)


def _strip(text: str) -> str:
    """Return *text* without leading whitespace and byte order mark."""
    return text.lstrip("\ufeff \t\r\n")


def _without_prefix(text: str) -> str:
    """Return *text* without what some servers put around JSON, such as ``)]}'``."""
    text = _strip(text.strip("\0")).rstrip("\0 \t\r\n")
    return text.removeprefix(")]}'").lstrip(", \t\r\n")


def _parse_json(text: str) -> object:
    import json

    try:
        value: object = json.loads(text, parse_int=_number)
    except (ValueError, RecursionError):
        return None
    # Some gateways quote the body of the service.
    if isinstance(value, str) and value.startswith("{"):
        return _parse_json(value)
    return value


def _parse_lines(text: str) -> object:
    """Return the values of the lines, each JSON; None if one before the last is not.

    They may be server-sent events: lines with ``data: `` before JSON, and ``event: error``.
    """
    import json
    import re

    text = re.sub("(?m)^(?:data: ?|(?:event|id|retry)?:.*)", "", text)
    *lines, last = [line for line in text.splitlines() if line.strip()] or [""]
    values: list[object] = []
    try:
        values = [json.loads(line) for line in lines]
        return [*values, json.loads(last)]
    except (ValueError, RecursionError):
        is_cut_off = bool(lines) and len(values) == len(lines)
        return values if is_cut_off else None


def _number(digits: str) -> int | float:
    """Return the number with these *digits*; infinity if there are thousands of them."""
    try:
        return int(digits)
    except ValueError:
        return float(digits)


def _parse_form(text: str) -> object:
    """Return the fields of a form, as the error responses of some OAuth servers are."""
    from urllib.parse import parse_qsl

    return dict(parse_qsl(text))


def _parse_xml(text: str) -> object:
    from xml.etree import ElementTree

    # Entities can expand without limit, and error bodies never declare any.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    try:
        root = ElementTree.fromstring(text)
        return {_local_name(root.tag): _content(root, depth=1)}
    except (ValueError, RecursionError, ElementTree.ParseError, LookupError):
        return None


def _content(element: "Element", depth: int) -> object:
    """Return the text of *element*, or its attributes and children by name.

    An attribute is stored as ``@code`` and, unless a child has that name, as ``code``. A
    text beside attributes is stored as ``value``. Children with the same name are a list;
    of texts, which are in several languages, only the first is stored.
    """
    if not _has_parts(element) or depth > _MAX_XML_DEPTH:
        return (element.text or "").strip()
    children: dict[str, list[Element]] = {}
    for child in element:
        children.setdefault(_local_name(child.tag), []).append(child)
    members: dict[str, object] = {}
    for name, same in children.items():
        shown = same if all(map(_has_parts, same)) else same[:1]
        contents = [_content(child, depth + 1) for child in shown]
        members[name] = contents if len(contents) > 1 else contents[0]
    for name, text in _attributes(element):
        members[f"{ATTRIBUTE}{name}"] = text
        members.setdefault(name, text)
    if text := (element.text or "").strip():
        members.setdefault("value", text)
    return members


def _has_parts(element: "Element") -> bool:
    return len(element) > 0 or bool(list(_attributes(element)))


def _attributes(element: "Element") -> Iterator[tuple[str, str]]:
    """Yield the names and texts of the attributes, except ``xml:lang`` and the like."""
    for name, text in element.attrib.items():
        if not name.startswith("{http://www.w3.org/XML/1998/namespace}"):
            yield _local_name(name), text


def _local_name(name: object) -> str:
    """Return *name* without its namespace: ``{urn:x}Code`` becomes ``Code``."""
    return str(name).rpartition("}")[2]
