"""Finding the code and the message of an error in the value of a body."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TypeGuard

import msgspec

from errbook.analyzer.bodies import Attribute
from errbook.model import ATTRIBUTE, CODE_KEY, Envelope, Key, Steps
from errbook.project.settings import EnvelopeOptions, ServiceSettings

CODE_KEYS = ("code", "error_code", "errorCode", "errCode")
"""The usual keys of codes, the likeliest first."""

_CODE_ENDINGS = ("code", "errno", "error")
"""Endings of a code's key, in lower case; used for documented codes only."""

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
"""Endings of the message's key, in lower case, the likeliest first."""

_STATUS_KEYS = frozenset({"status", "status_code", "statusCode", "http_status"})
_WRAPPERS = frozenset({"error", "errors", "fault", "response", "result", "message"})
"""Keys that enclose an error, but do not name it."""

_SUCCESS = re.compile(r"0+|2\d\d|ok|success", re.IGNORECASE)
_EXPRESSION_MARKS = re.compile(r"[()=;\"'\n]")
"""Characters of an expression; a code has one of them only if a documented code has it, too."""

_SENTENCE = re.compile(r"[^\W\d_]\s+[^\W\d_]|[^\x00-\x7f]")
"""Two words, or a character that is not ASCII: some scripts have no spaces between words."""

_MAX_DEPTH = 4
"""The maximum number of keys and indexes that lead to the object with the code."""

_MAX_MATCHES = 100  # in one body

Members = Mapping[str, object]
"""A JSON object, or an XML element."""


class CodeMatch(msgspec.Struct, frozen=True, kw_only=True):
    """A code in a value, and the message that belongs to it."""

    code: str
    code_steps: Steps
    message_steps: Steps


def find_code(value: object, codes: Collection[str]) -> CodeMatch | None:
    """Return the code of the error in *value*, preferably one of the documented *codes*."""
    first = None
    for match in islice(_matches(value, (), codes), _MAX_MATCHES):
        if match.code in codes:
            return match
        if first is None and _may_be_code(match.code, codes):
            first = match
    return first


def _may_be_code(text: str, codes: Collection[str]) -> bool:
    """Return whether *text* may be an undocumented code; *codes* are the documented ones."""
    marks = set(_EXPRESSION_MARKS.findall(text))
    return not _SUCCESS.fullmatch(text) and all(
        any(mark in code for code in codes) for mark in marks
    )


def xml_steps(value: object, steps: Steps) -> Steps:
    """Return *steps* into *value*, the last one with ``@`` if it leads to an XML attribute."""
    *outer, last = steps
    for step in outer:
        if not _is_object(value) or not isinstance(step, str) or step == CODE_KEY:
            return steps
        value = value.get(step)
    keys = value.keys() if _is_object(value) else ()
    is_attribute = any(isinstance(key, Attribute) and key == last for key in keys)
    return (*outer, f"{ATTRIBUTE}{last}") if is_attribute else steps


def _is_object(value: object) -> TypeGuard[Members]:
    return isinstance(value, dict)


def _is_array(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)


def _matches(
    value: object, steps: Steps, codes: Collection[str], outer_message: Steps | None = None
) -> Iterator[CodeMatch]:
    """Yield the codes in *value*, the likeliest first.

    *steps* lead to *value*, *outer_message* to the nearest message outside it.
    """
    if len(steps) > _MAX_DEPTH:
        return
    if _is_array(value):
        for item in value[:1]:
            yield from _matches(item, (*steps, 0), codes, outer_message)
    elif _is_object(value):
        yield from _member_matches(value, steps, codes, outer_message)


def _member_matches(
    members: Members, steps: Steps, codes: Collection[str], outer_message: Steps | None
) -> Iterator[CodeMatch]:
    """Yield the code that is one of *members*, then the codes inside them."""
    key = _code_key(members, codes)
    others = {name: inner for name, inner in members.items() if name != key}
    inner_message = _message_steps(others)
    message = (*steps, *inner_message) if inner_message else outer_message
    if key is not None:
        yield from _own_match(key, str(members[key]), others, steps, codes, message)
    for name, inner in members.items():
        inner_matches = _matches(inner, (*steps, name), codes, message)
        if len(members) == 1 and _is_keyed_error(inner, name, codes):
            fault = _keyed_error_match(name, inner, steps)
            # A code may be spelled like a wrapper; a code inside is likelier then.
            if name.lower() in _WRAPPERS:
                inner_matches = chain(inner_matches, [fault])
            else:
                inner_matches = chain([fault], inner_matches)
        yield from inner_matches


def _own_match(
    key: str,
    code: str,
    others: Members,
    steps: Steps,
    codes: Collection[str],
    message: Steps | None,
) -> Iterator[CodeMatch]:
    """Yield the *code* under *key* if there is a message for it.

    If the code is recognizable, the message may be under any key, or outside the code's object.
    """
    if not _is_recognizable(key, code, codes):
        message = _step_to(steps, _message_key(others))
    elif not message:
        message = _step_to(steps, _only_sentence_key(others))
    if message is not None and message != (*steps, key):
        yield CodeMatch(code=code, code_steps=(*steps, key), message_steps=message)


def _step_to(steps: Steps, key: str | None) -> Steps | None:
    return None if key is None else (*steps, key)


def _keyed_error_match(name: str, inner: Members, steps: Steps) -> CodeMatch:
    """Return the code *name*, which is the key of *inner*, the object with its message."""
    key = _message_key(inner)
    assert key is not None
    return CodeMatch(
        code=name, code_steps=(*steps, CODE_KEY), message_steps=(*steps, CODE_KEY, key)
    )


def _is_keyed_error(inner: object, name: str, codes: Collection[str]) -> TypeGuard[Members]:
    """Return whether *inner* has a message, and its key *name* is a code or names the error."""
    if not _is_object(inner) or _message_key(inner) is None:
        return False
    if name.lower() in _WRAPPERS:
        return name in codes and _code_key(inner, codes) is None
    inner_code = str(inner.get("code", ""))
    is_status = bool(re.fullmatch(r"[1-5]\d\d", inner_code)) and inner_code not in codes
    return name in codes or is_status


def _message_steps(members: Members) -> Steps:
    """Return the steps to the message in *members*, judging by keys alone; () if there is none."""
    if (key := _message_key(members)) is not None:
        return (key,)
    for ending in _MESSAGE_ENDINGS:
        for name, inner in members.items():
            if name.lower().endswith(ending):
                if isinstance(inner, str):
                    return (name,)
                if _is_object(inner) and isinstance(inner.get("value"), str):
                    return name, "value"  # OData 2 and 3, which put a language beside it
    return ()


def _message_key(members: Members) -> str | None:
    known = (key for key in _MESSAGE_KEYS if isinstance(members.get(key), str))
    return next(known, None) or _key_in_any_case(members, _MESSAGE_KEYS)


def _only_sentence_key(members: Members) -> str | None:
    """Return the key of the only sentence in *members*; None if there are none or several."""
    keys = [k for k, v in members.items() if isinstance(v, str) and _SENTENCE.search(v)]
    return keys[0] if len(keys) == 1 else None


def _is_recognizable(key: str, code: str, codes: Collection[str]) -> bool:
    """Return whether *code* is documented, and has a letter or is under a code's *key*.

    Under another key, a number can mean anything.
    """
    is_word = any(map(str.isalpha, code))
    return code in codes and (is_word or key.lower().endswith(_CODE_ENDINGS))


def _code_key(members: Members, codes: Collection[str]) -> str | None:
    """Return the key of a documented code, or else one of the usual keys of codes."""
    scalars = [
        key
        for key, inner in members.items()
        if isinstance(inner, str | int) and not isinstance(inner, bool)
    ]
    documented = [key for key in scalars if str(members[key]) in codes and key not in _STATUS_KEYS]
    # Keys that look like a code's come first, because the message may repeat the code.
    well_named = (key for key in documented if key.lower().endswith(_CODE_ENDINGS))
    usual = (key for key in CODE_KEYS if key in scalars)
    return next(chain(well_named, documented, usual), None) or _key_in_any_case(members, CODE_KEYS)


def _key_in_any_case(members: Members, keys: Iterable[str]) -> str | None:
    """Return the key of a text in *members* that is one of *keys*, ignoring case, as XML needs."""
    lower = {key.lower() for key in keys}
    return next((k for k, v in members.items() if k.lower() in lower and isinstance(v, str)), None)


def configured_envelope(service: ServiceSettings) -> Envelope | None:
    """Return the envelope in the configuration of *service*, if there is one."""
    options = service.envelope
    if not isinstance(options, EnvelopeOptions):
        return None
    return Envelope(
        media_type="application/json",
        code=_steps(options.code),
        message=_steps(options.message),
        location=None,
    )


def _steps(path: str) -> tuple[Key, ...]:
    """Return the steps of a configured path: ``errors[0].code`` has three."""
    steps = re.findall(r"[^.\[\]]+|\[\d+\]", path)
    return tuple(int(step[1:-1]) if step.startswith("[") else step for step in steps)
