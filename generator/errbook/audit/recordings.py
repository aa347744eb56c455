"""Recorded responses: HAR files, and files with a JSON object per line.

HAR 1.2: http://www.softwareishard.com/blog/har-12-spec/. Chromium leaves out the text of a body
that it no longer has; Firefox encodes bodies in base64 that are not text.
"""

import binascii
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import msgspec

from errbook.diagnostics import Failure, Location

SUFFIXES = frozenset((".har", ".json", ".jsonl", ".ndjson"))
_ENTRIES = re.compile(r'(?<!\\)"entries"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_GZIP = b"\x1f\x8b"
_MAX_BODY = 4_000_000
_REMEDY = "record a HAR file, or write lines such as {\"status\": 404, \"body\": {…}}"


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


def read(path: str, text: str) -> Iterator[Response]:
    """Yield the responses in the recording *path*, which has this *text*.

    Raises Failure if it is not a recording.
    """
    if _is_har(text):
        yield from _har(path, text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            location = Location(path=path, line=number, column=1)
            try:
                value = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise _failure(f"{path}:{number}", f"this is not JSON ({error})") from None
            yield _from_line(_object(value, f"{path}:{number}"), location)


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
        location = Location(
            path=path, line=line, column=position - text.rfind("\n", 0, position)
        )
        try:
            entry, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            what = f"entry {number} is not JSON ({error})"
            raise _failure(f"{path}:{line}", what) from None
        response = _from_entry(entry, location, number)
        if response is not None:
            yield response
    if text[position : position + 1] != "]":
        raise _failure(path, "this HAR file has no entries, or was cut off")


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _from_entry(entry: Mapping[str, Any], location: Location, number: int) -> Response | None:
    """Return the response in a HAR *entry*; None if none came, as for a blocked request."""
    place = f"{location.path}:{location.line}"
    response = _object(entry.get("response"), place)
    status = response.get("status")
    if not isinstance(status, int) or not 100 <= status <= 599:
        return None
    content = response.get("content")
    known: Mapping[str, Any] = content if isinstance(content, dict) else {}
    headers = _headers(response.get("headers"))
    if not any(name.lower() == "content-type" for name, _ in headers) and known.get("mimeType"):
        headers = (*headers, ("content-type", str(known["mimeType"])))
    request = entry.get("request")
    url = request.get("url") if isinstance(request, dict) else None
    return Response(
        http_status=status,
        headers=headers,
        body=_body(known.get("text"), known.get("encoding")),
        host=_host(url),
        location=location,
        entry=number,
    )


def _body(text: object, encoding: object) -> object:
    """Return the body in a HAR file, decoded from base64 and unpacked."""
    if encoding != "base64" or not isinstance(text, str):
        return text
    try:
        content = binascii.a2b_base64(text)
    except ValueError:
        return text
    if not content.startswith(_GZIP):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _MAX_BODY)
    except zlib.error:
        return content


def _from_line(value: Mapping[str, Any], location: Location) -> Response:
    place = f"{location.path}:{location.line}"
    status = value.get("status")
    if isinstance(status, str) and status.isdecimal():
        status = int(status)
    if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
        raise _failure(place, "this line has no status, a number from 100 to 599")
    return Response(
        http_status=status,
        headers=_headers(value.get("headers")),
        body=value.get("body"),
        host=_host(value.get("url")),
        location=location,
        entry=None,
    )


def _headers(value: object) -> tuple[tuple[str, str], ...]:
    """Return headers that are an object, a list of pairs, or a list of HAR's objects."""
    if isinstance(value, dict):
        members = cast("dict[str, object]", value)
        return tuple((name, str(text)) for name, text in members.items())
    pairs: list[tuple[str, str]] = []
    for item in cast("list[Any]", value) if isinstance(value, list) else ():
        if isinstance(item, dict) and "name" in item:
            pairs.append((str(item["name"]), str(item.get("value", ""))))
        elif isinstance(item, list) and len(cast("list[Any]", item)) == 2:
            pairs.append((str(item[0]), str(item[1])))
    return tuple(pairs)


def _host(url: object) -> str:
    if not isinstance(url, str):
        return ""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _object(value: object, place: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _failure(place, "this is not a recorded response")
    return cast("dict[str, Any]", value)


def _failure(place: str, what: str) -> Failure:
    return Failure(place, what, _REMEDY)
