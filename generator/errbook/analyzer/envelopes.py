"""The shape of error responses, from the example bodies of a page."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from errbook.analyzer.spoilt_json import Fault, repaired
from errbook.diagnostics import Location
from errbook.model import ATTRIBUTE, CODE_KEY, Envelope, Key
from errbook.readers.document import CodeBlock

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CODE_KEYS = ("code", "error_code", "errorCode", "errCode")
_CODE_ENDINGS = ("code", "errno", "error")
_MESSAGE_KEYS = (
    "message",
    "error_msg",
    "errorMessage",
    "externalMessage",
    "errMsg",
    "error_message",
    "msg",
    "description",
    "detail",
    "details",
    "reason",
)
_MESSAGE_ENDINGS = (
    "message",
    "msg",
    "faultstring",
    "description",
    "detail",
    "details",
    "reason",
)
"""What the message beside a documented code may be called at the end, the likeliest first."""

_STATUS_KEYS = frozenset({"status", "status_code", "statusCode", "http_status"})
_WRAPPERS = frozenset({"error", "errors", "fault", "response", "result", "message"})
"""Keys around an error that are not the name of a fault."""

_BODY_LANGUAGES = frozenset({"", "json", "xml", "http", "console", "text", "none", "default"})
"""Of blocks in which a body has to be valid; in others it may be a literal of their language."""

_SUCCESS = re.compile(r"0+|2\d\d|ok|success", re.IGNORECASE)
_NO_CODE = re.compile(r"[()=;\"'\n]")
"""What makes a text an expression rather than a code, where no documented code has it."""

_DEPTH = 4
_LONGEST = 100_000  # characters; an example body is what a reader looks at

_SENTENCE = re.compile(r"[^\W\d_]\s+[^\W\d_]|[^\x00-\x7f]")
"""Two words, or text of a script that may put no blanks between them."""

_MOST_BODIES = 10  # of one block
_MOST_PATHS = 100  # to what could be a code, of one body
_NAMES = "|".join(_CODE_KEYS)
_SAYS_CODE = re.compile(rf"[\"'](?:{_NAMES})[\"']\s*:|<(?:{_NAMES})>", re.IGNORECASE)
_BODY = re.compile(r"^[ \t]*(?P<first>[{\[]|<(?=[A-Za-z?]))", re.MULTILINE)


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """Why a body is not valid."""

    format: str
    """``JSON`` or ``XML``."""

    reason: str
    location: Location


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One example body of an error response."""

    location: Location
    """Where its code stands, if that is known."""

    envelope: Envelope | None
    """None where it cannot be read at all."""

    code: str | None
    flaw: Flaw | None


def examples(blocks: Iterable[CodeBlock], codes: Collection[str]) -> Iterator[Example]:
    """Yield the bodies of errors among *blocks*; *codes* are those that the page documents."""
    for block in blocks:
        if len(block.text) > _LONGEST:
            continue
        found = [
            example
            for start in islice(_bodies(block.text), _MOST_BODIES)
            if (example := _example(block, start, codes)) is not None
        ]
        read = [example for example in found if example.envelope]
        yield from read or found[:1]


def _bodies(text: str) -> Iterator[int]:
    """Yield where in *text* a body may begin, none of them inside of another."""
    end = 0
    for match in _BODY.finditer(text):
        start = match.start("first")
        margin = match.start("first") - match.start()
        if start >= end:
            yield start
            # It ends, if it is drawn as most are, with the next line that is not further in.
            closing = re.compile(rf"^[ \t]{{0,{margin}}}[\]}}<]", re.MULTILINE).search(
                text, start + 1
            )
            end = closing.end() if closing else start + 1


def _example(block: CodeBlock, start: int, codes: Collection[str]) -> Example | None:
    is_xml = block.text[start] == "<"
    value, fault = (_xml if is_xml else _json)(block.text[start:])
    paths = [
        found
        for found in islice(_paths(value, (), codes), _MOST_PATHS)
        if found[2] in codes or _may_be_code(found[2], codes)
    ]
    documented = (found for found in paths if found[2] in codes)
    code, message, shown = next(documented, paths[0] if paths else ((), (), None))
    if shown is None and (value is not None or not _SAYS_CODE.search(block.text)):
        return None
    found = flaw = None
    if shown is not None:
        found = Envelope(
            media_type="application/xml" if is_xml else "application/json",
            code=_with_attributes(value, code),
            message=_with_attributes(value, message),
            location=block.location,
        )
    if fault is not None and block.language in _BODY_LANGUAGES:
        place = _place(block, start + fault.at)
        flaw = Flaw(format="XML" if is_xml else "JSON", reason=fault.reason, location=place)
    if found is None and flaw is None:
        return None
    at = block.text.find(shown, start) if shown else start
    return Example(location=_place(block, max(at, start)), envelope=found, code=shown, flaw=flaw)


def _may_be_code(text: str, codes: Collection[str]) -> bool:
    """Tell whether *text* may be an error's code that none of the documented *codes* is."""
    marks = set(_NO_CODE.findall(text))
    return not _SUCCESS.fullmatch(text) and all(
        any(mark in code for code in codes) for mark in marks
    )


def _place(block: CodeBlock, index: int) -> Location:
    """Return the place of the character *index* of the text of *block*."""
    before = block.text[:index]
    lines = before.count("\n")
    first = block.text.partition("\n")[0]
    margin = block.location.column - 1 - (len(first) - len(first.lstrip()))
    column = margin + len(before) - (before.rfind("\n") + 1) + 1
    return Location(path=block.location.path, line=block.location.line + lines, column=column)


def envelope(found: Collection[Example], codes: Collection[str]) -> Envelope | None:
    """Return the envelope of the examples *found*.

    A body with one of the documented *codes* goes before one with another.
    """
    shown = [example for example in found if example.envelope]
    first = next((example for example in shown if example.code in codes), None)
    return (first or shown[0]).envelope if shown else None


def _json(text: str) -> tuple[object, Fault | None]:
    """Return the first value in *text* (None if there is none), and what is wrong with it."""
    decoder = json.JSONDecoder()
    try:
        return decoder.raw_decode(text)[0], None
    except RecursionError:
        return None, Fault("it is nested too deep", 0)
    except json.JSONDecodeError as error:
        other = Fault("this is not expected here", error.pos)
    except ValueError:
        return None, Fault("one of its numbers is too large", 0)
    whole, fault = repaired(text)
    try:
        return decoder.raw_decode(whole)[0], fault
    except (ValueError, RecursionError):
        return None, other


def _xml(text: str) -> tuple[object, Fault | None]:
    """Return the elements in *text* as dicts by their tags (None if there are none)."""
    if declared := re.search("<!(DOCTYPE|ENTITY)", text):
        return None, Fault("it declares entities", declared.start())
    from xml.etree import ElementTree

    try:
        # What makes XML dangerous, its declarations, was refused above.
        root = ElementTree.fromstring(text.strip())  # noqa: S314
    except ElementTree.ParseError as error:
        line, column = error.position
        begin = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
        return None, Fault(str(error).partition(":")[0], begin + column)
    return {_local(root.tag): _tree(root, 0)}, None


def _tree(element: "Element", depth: int) -> object:
    if len(element) == 0 and not element.attrib:
        return (element.text or "").strip()
    if depth > _DEPTH:
        return None
    members: dict[str, object] = {_Attribute(k): v for k, v in element.attrib.items()}
    for child in element:
        members.setdefault(_local(child.tag), _tree(child, depth + 1))
    return members


class _Attribute(str):
    """The key of a member that is an attribute, no element."""

    __slots__ = ()


def _with_attributes(value: object, path: "_Path") -> "_Path":
    """Return *path* into *value*, its last step marked if an attribute of XML stands there."""
    *outer, last = path
    for step in outer:
        if isinstance(value, dict) and step != CODE_KEY:
            value = value.get(step)
        else:
            return path
    keys = value if isinstance(value, dict) else ()
    is_attribute = any(isinstance(key, _Attribute) and key == last for key in keys)
    return (*outer, f"{ATTRIBUTE}{last}") if is_attribute else path


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


_Path = tuple[Key, ...]


def _paths(
    value: object, path: _Path, codes: Collection[str], around: _Path | None = None
) -> Iterator[tuple[_Path, _Path, str]]:
    """Yield where below *value* a code and its message stand, and the code.

    *around* is where the nearest message outside of *value* stands.
    """
    if len(path) > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:1]:
            yield from _paths(item, (*path, 0), codes, around)
    if not isinstance(value, dict):
        return
    key = _code_key(value, codes)
    others = {k: v for k, v in value.items() if k != key}
    named = _message(others)
    message = (*path, *named) if named else around
    if key is not None:
        code = str(value[key])
        if _is_known(key, code, codes):
            own = message or _prefixed(path, _only_sentence(others))
        else:
            own = _prefixed(path, _message_key(others))
        if own is not None and own != (*path, key):
            yield (*path, key), own, code
    for name, inner in value.items():
        found = _paths(inner, (*path, name), codes, message)
        if len(value) == 1 and _is_fault(name, inner, codes):
            inside = _message_key(inner)
            assert inside is not None
            fault = [((*path, CODE_KEY), (*path, CODE_KEY, inside), name)]
            # A wrapper may be called like a code; what stands in it is likelier one.
            is_wrapper = name.lower() in _WRAPPERS
            found = chain(found, fault) if is_wrapper else chain(fault, found)
        yield from found


def _message_key(value: dict[str, object]) -> str | None:
    known = (key for key in _MESSAGE_KEYS if isinstance(value.get(key), str))
    return next(known, None) or _alike(value, _MESSAGE_KEYS)


def _prefixed(path: _Path, key: str | None) -> _Path | None:
    return None if key is None else (*path, key)


def _message(members: dict[str, object]) -> _Path:
    """Return the steps to the message among *members*, by the form of its name; () without one."""
    if (key := _message_key(members)) is not None:
        return (key,)
    for ending in _MESSAGE_ENDINGS:
        for name, inner in members.items():
            if name.lower().endswith(ending):
                if isinstance(inner, str):
                    return (name,)
                if isinstance(inner, dict) and isinstance(inner.get("value"), str):
                    return name, "value"  # OData 2 and 3, which name its language too
    return ()


def _only_sentence(members: dict[str, object]) -> str | None:
    """Return the key of the only one of *members* that is text for people."""
    found = [k for k, v in members.items() if isinstance(v, str) and _SENTENCE.search(v)]
    return found[0] if len(found) == 1 else None


def _is_known(key: str, code: str, codes: Collection[str]) -> bool:
    """Tell whether *code* is one by itself: a number may be anything but under such a *key*."""
    is_word = any(map(str.isalpha, code))
    return code in codes and (is_word or key.lower().endswith(_CODE_ENDINGS))


def _code_key(value: dict[str, object], codes: Collection[str]) -> str | None:
    """Return the key of a documented code, else one that is called like a code's."""
    scalars = [
        key
        for key, inner in value.items()
        if isinstance(inner, str | int) and not isinstance(inner, bool)
    ]
    documented = [key for key in scalars if str(value[key]) in codes and key not in _STATUS_KEYS]
    # The message may repeat the code.
    called_so = (key for key in documented if key.lower().endswith(_CODE_ENDINGS))
    known = (key for key in _CODE_KEYS if key in scalars)
    found = chain(called_so, documented, known)
    return next(found, None) or _alike(value, _CODE_KEYS)


def _alike(value: dict[str, object], keys: Iterable[str]) -> str | None:
    """Return the key of *value* that is one of *keys* but for case: XML capitalizes them."""
    lower = {key.lower() for key in keys}
    return next((k for k, v in value.items() if k.lower() in lower and isinstance(v, str)), None)


def _is_fault(name: str, inner: object, codes: Collection[str]) -> bool:
    """Tell whether *name* is that of a fault: a code itself, over a status and a message."""
    if not isinstance(inner, dict) or _message_key(inner) is None:
        return False
    if name.lower() in _WRAPPERS:
        return name in codes and _code_key(inner, codes) is None
    shown = str(inner.get("code", ""))
    is_status = bool(re.fullmatch(r"[1-5]\d\d", shown)) and shown not in codes
    return name in codes or is_status
