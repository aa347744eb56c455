"""The shape of error responses, from the example bodies of a page."""

import json
import re
from collections.abc import Collection, Iterator
from xml.etree import ElementTree

from errbook.document import CodeBlock
from errbook.model import Envelope

_CODE_KEYS = ("code", "error_code", "errorCode", "errCode")
_MESSAGE_KEYS = (
    "message",
    "error_msg",
    "errorMessage",
    "externalMessage",
    "errMsg",
    "details",
)
_DEPTH = 4
_LONGEST = 100_000  # characters; an example body is what a reader looks at


def envelope(blocks: Collection[CodeBlock], codes: Collection[str]) -> Envelope | None:
    """Return the envelope that the example bodies among *blocks* show.

    A body with one of the documented *codes* goes before one with another.
    """
    found = [shown for block in blocks if (shown := _shown_in(block)) is not None]
    return next(
        (e for e, code in found if code in codes), found[0][0] if found else None
    )


def _shown_in(block: CodeBlock) -> tuple[Envelope, str] | None:
    if len(block.text) > _LONGEST:
        return None
    for media_type, paths in (("application/json", _json), ("application/xml", _xml)):
        for code_path, message_path, code in paths(block.text):
            shown = Envelope(
                media_type=media_type,
                code=code_path,
                message=message_path,
                location=block.location,
            )
            return shown, code
    return None


_Paths = Iterator[tuple[tuple[str, ...], tuple[str, ...], str]]


def _json(text: str) -> _Paths:
    start = re.search(r"^\s*[{\[]", text, re.MULTILINE)
    if start is None:
        return
    candidate = text[start.start() :].lstrip()
    # A comment, or a comma after the last member, spoils many an example.
    mended = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"(?m)(^|\s)//.*$", "", candidate))
    for body in (candidate, mended):
        try:
            value, _ = json.JSONDecoder().raw_decode(body)
        except (ValueError, RecursionError):
            continue
        yield from _members(value, ())
        return


def _members(value: object, path: tuple[str, ...]) -> _Paths:
    if not isinstance(value, dict) or len(path) > _DEPTH:
        return
    code = next(
        (key for key in _CODE_KEYS if isinstance(value.get(key), str | int)), None
    )
    message = next(
        (key for key in _MESSAGE_KEYS if isinstance(value.get(key), str)), None
    )
    if code is not None and message is not None:
        yield (*path, code), (*path, message), str(value[code])
    for key, member in value.items():
        yield from _members(member, (*path, key))


def _xml(text: str) -> _Paths:
    start = text.find("<")
    if start < 0 or re.search("<!(DOCTYPE|ENTITY)", text):
        return
    try:
        # What makes XML dangerous, its declarations, was refused above.
        root = ElementTree.fromstring(text[start:].strip())  # noqa: S314
    except ElementTree.ParseError:
        return
    code, message = root.find("Code"), root.find("Message")
    if code is not None and message is not None:
        yield (root.tag, "Code"), (root.tag, "Message"), (code.text or "").strip()
