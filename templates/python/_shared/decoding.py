"""What an error response says: code, message, request id. Nothing here raises."""

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from datetime import datetime
    from xml.etree.ElementTree import Element

# json, re, xml and email.utils are imported where a response needs them: together they
# would cost an importing program more than all classes do.


class Headers(Protocol):
    """The headers of a response, as any HTTP client has them."""

    def items(self) -> Iterable[tuple[str, str]]:
        """Return names and values."""
        ...


Path = tuple[str | int, ...]
"""Steps into a body: the key of a member, the index of an item, or CODE_KEY."""

CODE_KEY = "*"
"""The step to the only member, whose key is the code: ``{"itemNotFound": {…}}``."""


ATTRIBUTE = "@"
"""What a step begins with where an attribute of XML is meant."""


class Envelope(NamedTuple):
    """Where in the body of an error response the code and the message stand."""

    media_type: str = "application/json"
    code: Path = ("code",)
    message: Path = ("message",)

    def enclose(self, code: str, message: str) -> object:
        """Return a body with *code* and *message*: dicts and lists, for XML a str."""
        shown = tuple(code if step == CODE_KEY else step for step in self.message)
        body = None if CODE_KEY in self.code else _put(None, self.code, code)
        body = _put(body, shown, message)
        if self.media_type == "application/json":
            return body
        from xml.etree import ElementTree

        ((name, content),) = cast("dict[str, object]", body).items()
        return ElementTree.tostring(_element(name, content), encoding="unicode")


def _put(body: object, path: Path, text: str) -> object:
    """Return *body*, or a new one, with *text* at *path*."""
    if not path:
        return text
    step, *rest = path
    if isinstance(step, int):
        items = cast("list[object]", body) if isinstance(body, list) else []
        return [_put(items[0] if items else None, tuple(rest), text)]
    members = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    return members | {step: _put(members.get(step), tuple(rest), text)}


class Answer(NamedTuple):
    """What a response says about an error."""

    code: str | None
    message: str | None
    request_id: str | None
    retry_after: "int | datetime | None"
    """Seconds, or a point in time (RFC 9110 section 10.2.3)."""


_OAUTH = Envelope(code=("error",), message=("error_description",))
"""RFC 6749 section 5.2; others have just a text under ``error``."""

KNOWN_SHAPES = tuple(
    Envelope(code=(*outer, code), message=(*outer, message))
    for outer in ((), ("error",), ("response",))
    for code, message in (
        ("code", "message"),
        ("error_code", "error_msg"),
        ("errorCode", "errorMessage"),
        ("errCode", "externalMessage"),
        ("errCode", "errMsg"),
    )
) + (
    Envelope(code=("message", "code"), message=("message", "details")),
    Envelope(code=("Code",), message=("Message",)),
    Envelope(code=("Error", "Code"), message=("Error", "Message")),
    _OAUTH,
)
"""The envelopes that are tried after the documented one."""

_FAULT = Envelope(code=(CODE_KEY,), message=(CODE_KEY, "message"))
"""A name over a message, which is the code if it is documented or over a status."""

# Characters: no error body is as large, and parsing one would cost.
_LARGEST = 1_000_000
_DEEPEST = 8  # elements of XML in each other
_MOST_FAILURES = 100  # of a list that are looked at
_WRAPPERS = frozenset(("error", "errors", "fault", "response", "result", "message"))
"""Keys over an error that are not its name."""

_REQUEST_ID_HEADERS = ("x-request-id", "x-openstack-request-id", "x-compute-request-id")
_REQUEST_ID_KEYS = ("request_id", "requestId", "RequestId")


def decode(
    headers: Headers | None, body: object, envelope: Envelope, known: Container[str]
) -> Answer:
    """Return what *headers* and *body* say; *envelope* is the documented one.

    *body* is bytes, a str, or what a JSON parser made of it. A code that is *known* goes
    before one that is not.
    """
    fields = _fields(headers)
    value = _parsed(body, fields.get("content-type", ""))
    found = list(_codes_and_messages(value, envelope, known))
    code, message = min(
        found,
        key=lambda pair: (
            pair[0] is None or pair[0] not in known,
            pair[0] is None,
            pair[1] is None,
        ),
        default=(None, None),
    )
    if message is None:
        message = next((text for other, text in found if other is None), None)
    ids = (
        *(fields.get(name) for name in _REQUEST_ID_HEADERS),
        *(
            _text(_at(part, (key,)))
            for part in _parts(value)
            for key in _REQUEST_ID_KEYS
        ),
    )
    return Answer(
        code=code,
        message=message,
        request_id=next(filter(None, ids), None),
        retry_after=_retry_after(fields.get("retry-after", "")),
    )


def _fields(headers: Headers | None) -> dict[str, str]:
    """Return *headers* by their names in lower case; none where there are none."""
    items = getattr(headers, "items", None)
    try:
        return (
            {_header(name).lower(): _header(value) for name, value in items()}
            if items
            else {}
        )
    except (TypeError, ValueError):
        return {}


def _header(text: object) -> str:
    return text.decode("latin-1") if isinstance(text, bytes) else str(text)


def _parsed(body: object, content_type: str) -> object:
    """Return the value of a JSON body, an XML body as nested dicts, or None."""
    if isinstance(body, bytes | bytearray):
        if len(body) > 4 * _LARGEST:
            return None
        body = _decoded(bytes(body), content_type)
    if not isinstance(body, str):
        return body
    if len(body) > _LARGEST:
        return None
    text = body.lstrip("\ufeff \t\r\n")
    return _parsed_xml(text) if text.startswith("<") else _parsed_json(text)


def _parsed_json(text: str) -> object:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _parsed_xml(text: str) -> object:
    from xml.etree import ElementTree

    # Declarations could expand without bounds; no error body has any.
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    try:
        return _tree(ElementTree.fromstring(text))
    except (ValueError, RecursionError, ElementTree.ParseError, LookupError):
        return None


def _decoded(body: bytes, content_type: str) -> str:
    """Return the text of *body* in the first likely encoding that makes a body of it."""
    import json
    import re

    declared = re.search(rb"""^\s*<\?xml[^>]*encoding=["']([\w.-]+)""", body)
    names = (
        content_type.lower().partition("charset=")[2].partition(";")[0].strip(" \"'"),
        declared[1].decode("ascii", "replace") if declared else "",
        json.detect_encoding(body),
    )
    for name in filter(None, names):
        try:
            text = body.decode(name)
        except (
            LookupError,
            ValueError,
        ):  # no charset that Python has, none of text, another
            continue
        if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[", "<"):
            return text
    return body.decode("utf-8", "replace")


def _tree(root: "Element") -> object:
    return {_local(root.tag): _content(root, 1)}


def _content(element: "Element", depth: int) -> object:
    """Return what is in *element*: its text, or attributes and children by their names."""
    if (not len(element) and not element.attrib) or depth > _DEEPEST:
        return (element.text or "").strip()
    members: dict[str, object] = {}
    for child in element:
        members.setdefault(_local(child.tag), _content(child, depth + 1))
    for key, text in element.attrib.items():
        members[f"{ATTRIBUTE}{_local(key)}"] = text
        members.setdefault(_local(key), text)
    return members


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _codes_and_messages(
    value: object, envelope: Envelope, known: Container[str]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield what could be the code and the message, the likeliest first."""
    for body, shapes in (
        (value, (envelope, *KNOWN_SHAPES)),
        (_fault(value, known), (_FAULT,)),
        *((part, KNOWN_SHAPES) for part in _parts(value)[1:]),
    ):
        for shape in shapes:
            code, message = _text(_at(body, shape.code)), _text(
                _at(body, shape.message)
            )
            if (
                code is not None
                and code not in known
                and (shape is _OAUTH or CODE_KEY in shape.code)
                and (message is None or code.lower() in _WRAPPERS)
            ):
                code = None  # any key stands over something, any text under error
            if code is not None or message is not None:
                yield code, message


def _fault(value: object, known: Container[str]) -> object:
    """Return *value* if its only key names a fault: a *known* one, or one over a status."""
    status, key = _text(_at(value, (CODE_KEY, "code"))), _text(_at(value, (CODE_KEY,)))
    is_status = status is not None and len(status) == 3 and status.isdigit()
    if key is None or key.lower() in _WRAPPERS:
        return None
    return value if is_status or key in known else None


def _parts(value: object) -> list[object]:
    """Return *value* and what it may carry: its only member, the items of a list."""
    parts: list[object] = [value]
    members = (
        cast("dict[str, object]", value) if isinstance(value, dict) else {"": value}
    )
    for key, member in members.items():
        if isinstance(member, list):
            parts += cast("list[object]", member)[:_MOST_FAILURES]
        elif len(members) == 1 or key == "error":
            parts.append(member)
    return parts


def _at(value: object, path: Path) -> object:
    for number, step in enumerate(path, 1):
        if isinstance(step, int):
            items = cast("list[object]", value) if isinstance(value, list) else []
            value = items[step] if step < len(items) else None
        elif not isinstance(value, dict):
            return None
        elif step == CODE_KEY:
            members = cast("dict[str, object]", value)
            if len(members) != 1:
                return None
            ((key, member),) = members.items()
            value = key if number == len(path) else member
        else:
            value = cast("dict[str, object]", value).get(step)
    return value


def _text(value: object) -> str | None:
    """Return *value* where it is a text, or a number that stands for one."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            return str(value)
        except ValueError:  # an integer of too many digits
            return None
    return None


def _retry_after(value: str) -> "int | datetime | None":
    value = value.strip()
    if not value:
        return None
    if value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    from datetime import UTC
    from email.utils import parsedate_to_datetime

    try:
        date = parsedate_to_datetime(value)
        # RFC 5322, section 3.3: -0000 is UTC, too, which datetime takes for no zone.
        return date if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _element(name: str, content: object) -> "Element":
    from xml.etree import ElementTree

    element = ElementTree.Element(name)
    if isinstance(content, dict):
        for key, inner in cast("dict[str, object]", content).items():
            if key.startswith(ATTRIBUTE):
                element.set(key.removeprefix(ATTRIBUTE), str(inner))
            else:
                element.append(_element(key, inner))
    else:
        element.text = str(content)
    return element
