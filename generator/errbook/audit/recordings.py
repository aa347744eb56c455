"""Recorded responses: HAR files, and files with a JSON object per line.

HAR 1.2: http://www.softwareishard.com/blog/har-12-spec/. Chromium leaves out the text of a body
that it no longer has; Firefox encodes bodies in base64 that are not text.
"""

import binascii
import json
import re
import zlib
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from errbook.diagnostics import Failure, Location

SUFFIXES = frozenset((".har", ".jsonl", ".ndjson"))
_ENTRIES = re.compile(r'(?<!\\)"entries"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_PACKED = (b"\x1f\x8b", b"\x78")
"""How gzip and deflate (RFC 1950) begin."""

_MAX_BODY = 4_000_000
_REMEDY = 'record a HAR file, or write lines such as {"status": 404, "body": {…}}'


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded response."""

    http_status: int
    headers: tuple[tuple[str, str], ...]
    body: object
    """Bytes, a str, parsed JSON, or None."""

    host: str
    """The host and port of the URL; empty if it is not known."""

    location: Location
    entry: int | None
    """The number of the entry in a HAR file."""


class _Pair(msgspec.Struct, frozen=True):
    """A header in a HAR file."""

    name: str
    value: object = ""


class _Content(msgspec.Struct, frozen=True):
    text: str | None = None
    encoding: str | None = None
    media_type: str | None = msgspec.field(name="mimeType", default=None)


class _HarResponse(msgspec.Struct, frozen=True):
    status: int | None = None
    headers: tuple[_Pair, ...] | None = None
    content: _Content | None = None


class _HarRequest(msgspec.Struct, frozen=True):
    url: str | None = None


class _Entry(msgspec.Struct, frozen=True):
    response: _HarResponse
    request: _HarRequest | None = None


class _Line(msgspec.Struct, frozen=True):
    status: int
    body: object = None
    url: str | None = None
    headers: dict[str, object] | list[object] | None = None


def read(path: str, text: str) -> Iterator[Response]:
    """Yield the responses in the recording *path*, which has this *text*.

    Raises Failure if it is not a recording; if some lines are not, after all others.
    """
    if _is_har(text):
        yield from _har(path, text)
        return
    broken: list[tuple[int, Exception]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            location = Location(path=path, line=number, column=1)
            try:
                response = _from_line(line, location)
            except (ValueError, RecursionError) as error:
                broken.append((number, error))
                continue
            if response is not None:
                yield response
    if broken:
        number, first = broken[0]
        lines = "1 more line" if len(broken) == 2 else f"{len(broken) - 1} more lines"
        others = f" (and {lines})" if len(broken) > 1 else ""
        what = f"this is not a recorded response{others}: {first}"
        raise Failure(f"{path}:{number}", what, _REMEDY)


def _is_har(text: str) -> bool:
    """Return whether *text* is one object with the member `log`."""
    return re.match(r'\s*\{\s*"log"\s*:', text) is not None


def _har(path: str, text: str) -> Iterator[Response]:
    decoder = json.JSONDecoder()
    begin = _ENTRIES.search(text)
    position = begin.end() if begin else len(text)
    line, counted = 1, 0
    number = 0
    while True:
        position = _end(_BETWEEN, text, position)
        if text[position : position + 1] != "{":
            break
        number += 1
        line += text.count("\n", counted, position)
        counted = position
        location = Location(path=path, line=line, column=position - text.rfind("\n", 0, position))
        try:
            value, position = decoder.raw_decode(text, position)
            response = _from_entry(msgspec.convert(value, _Entry, strict=False), location, number)
        except (ValueError, RecursionError) as error:
            what = f"entry {number} is not a recorded response: {error}"
            raise Failure(f"{path}:{line}", what, _REMEDY) from None
        if response is not None:
            yield response
    if text[position : position + 1] != "]":
        raise Failure(path, "this HAR file has no entries, or was cut off", _REMEDY)


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _from_entry(entry: _Entry, location: Location, number: int) -> Response | None:
    """Return the response in a HAR *entry*; None if none came, as for a blocked request."""
    response = entry.response
    if response.status is None or not 100 <= response.status <= 599:
        return None
    headers = tuple((pair.name, str(pair.value)) for pair in response.headers or ())
    content = response.content or _Content()
    if content.media_type and not any(name.lower() == "content-type" for name, _ in headers):
        headers = (*headers, ("content-type", content.media_type))
    return Response(
        http_status=response.status,
        headers=headers,
        body=_body(content.text, content.encoding),
        host=_host(entry.request.url if entry.request else None),
        location=location,
        entry=number,
    )


def _body(text: str | None, encoding: str | None) -> str | bytes | None:
    """Return the body in a HAR file, decoded from base64 and unpacked."""
    if encoding != "base64" or text is None:
        return text
    try:
        content = binascii.a2b_base64(text)
    except ValueError:
        return text
    if not content.startswith(_PACKED):
        return content
    try:
        return zlib.decompressobj(wbits=47).decompress(content, _MAX_BODY)
    except zlib.error:
        return content


def _from_line(line: str, location: Location) -> Response | None:
    """Return the response in a *line* of JSON; None if no response came, as status 0 says.

    Raises ValueError for other lines.
    """
    response = msgspec.json.decode(line, type=_Line, strict=False)
    if response.status == 0:
        return None
    if not 100 <= response.status <= 599:
        raise ValueError(f"{response.status} is not an HTTP status")
    return Response(
        http_status=response.status,
        headers=_headers(response.headers),
        body=response.body,
        host=_host(response.url),
        location=location,
        entry=None,
    )


def _headers(value: dict[str, object] | list[object] | None) -> tuple[tuple[str, str], ...]:
    """Return headers that are an object, a list of pairs, or a list of HAR's objects."""
    if isinstance(value, dict):
        return tuple((name, str(text)) for name, text in value.items())
    try:
        pairs = msgspec.convert(value or (), tuple[_Pair, ...])
        return tuple((pair.name, str(pair.value)) for pair in pairs)
    except msgspec.ValidationError:
        return msgspec.convert(value, tuple[tuple[str, str], ...])


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
