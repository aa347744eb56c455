"""The example bodies of error responses in the code blocks of a page."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

import msgspec

from errbook.analyzer.bodies import Body, read_json, read_xml
from errbook.analyzer.envelopes import CODE_KEYS, find_code, xml_steps
from errbook.analyzer.lenient_json import Fault
from errbook.diagnostics import Location
from errbook.model import Envelope
from errbook.readers.document import CodeBlock

_BODY_LANGUAGES = frozenset({"", "json", "xml", "http", "console", "text", "none", "default"})
"""The languages in which bodies must be valid; in others they may be literals of the language."""

_MAX_CHARACTERS = 100_000  # per block; people do not read longer examples
_MAX_BODIES = 10  # per block
_NAMES = "|".join(CODE_KEYS)
_MENTIONS_CODE = re.compile(rf"[\"'](?:{_NAMES})[\"']\s*:|<(?:{_NAMES})>", re.IGNORECASE)
_BODY = re.compile(
    r"^(?P<margin>[ \t]*)(?:<\?[^<>\n]*>[ \t]*)?(?P<first>[{\[]|<(?=[A-Za-z]))", re.MULTILINE
)


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """Why a body is not valid."""

    format: str
    """``JSON`` or ``XML``."""

    reason: str
    location: Location


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One example body of an error response."""

    location: Location
    """The location of its code, or else its beginning."""

    envelope: Envelope | None
    """None if it cannot be read."""

    code: str | None
    """None if it cannot be read."""

    flaw: Flaw | None


def error_examples(blocks: Iterable[CodeBlock], codes: Collection[str]) -> Iterator[Example]:
    """Yield the error bodies in *blocks*, on a page that documents *codes*.

    If none of a block's bodies can be read, the first one is yielded nevertheless.
    """
    for block in blocks:
        if len(block.text) > _MAX_CHARACTERS:
            continue
        bodies = islice(_bodies(block.text), _MAX_BODIES)
        examples = (_example(block, start, body, codes) for start, body in bodies)
        found = [example for example in examples if example is not None]
        readable = [example for example in found if example.envelope]
        yield from readable or found[:1]


def page_envelope(page_examples: Iterable[Example], codes: Collection[str]) -> Envelope | None:
    """Return the envelope of a page, preferably from an example with a documented code."""
    shown = [example for example in page_examples if example.envelope]
    with_documented_code = (example for example in shown if example.code in codes)
    example = next(with_documented_code, shown[0] if shown else None)
    return example.envelope if example else None


def _bodies(text: str) -> Iterator[tuple[int, Body]]:
    """Yield the bodies in *text* with the indexes at which they begin."""
    end = 0
    for match in _BODY.finditer(text):
        start = match.start("first")
        if start >= end:
            body = (read_xml if text[start] == "<" else read_json)(text[start:])
            yield start, body
            if body.end is not None:
                end = start + body.end
            else:
                end = _likely_end(text, start, margin=len(match["margin"]))


def _likely_end(text: str, start: int, *, margin: int) -> int:
    """Return the end of the body at *start*: the next bracket that is not indented further."""
    closing = re.compile(rf"^[ \t]{{0,{margin}}}[\]}}<]", re.MULTILINE).search(text, start + 1)
    return closing.end() if closing else start + 1


def _example(block: CodeBlock, start: int, body: Body, codes: Collection[str]) -> Example | None:
    """Return the example with *body*, which begins at *start*, or None if it is not of an error."""
    is_xml = block.text[start] == "<"
    value = body.value
    flaw = _flaw(block, start, body.fault, "XML" if is_xml else "JSON")
    match = find_code(value, codes)
    if match is None:
        mentions_code = value is None and _MENTIONS_CODE.search(block.text)
        if flaw is None or not mentions_code:
            return None
        return Example(location=_place(block, start), envelope=None, code=None, flaw=flaw)
    envelope = Envelope(
        media_type="application/xml" if is_xml else "application/json",
        code=xml_steps(value, match.code_steps),
        message=xml_steps(value, match.message_steps),
        location=block.location,
    )
    # A code with escapes is not found: the text has it in another form.
    index = max(block.text.find(match.code, start), start)
    return Example(location=_place(block, index), envelope=envelope, code=match.code, flaw=flaw)


def _flaw(block: CodeBlock, start: int, fault: Fault | None, format_name: str) -> Flaw | None:
    if fault is None or block.language not in _BODY_LANGUAGES:
        return None
    location = _place(block, start + fault.index)
    return Flaw(format=format_name, reason=fault.reason, location=location)


def _place(block: CodeBlock, index: int) -> Location:
    """Return the location of the character at *index* in the text of *block*."""
    before = block.text[:index]
    lines = before.count("\n")
    first = block.text.partition("\n")[0]
    margin = block.location.column - 1 - (len(first) - len(first.lstrip()))
    column = margin + len(before) - (before.rfind("\n") + 1) + 1
    return Location(path=block.location.path, line=block.location.line + lines, column=column)
