"""Text and values as YAML that parsers for versions 1.1 and 1.2 read in the same way."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

# Text that every parser reads as a string, unless it is in _NUMBER or _NOT_STRINGS.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/()%,'=+ -]*[A-Za-z0-9._/()%,'=+-])?")
_NUMBER = re.compile("[eE][0-9]+")  # in one parser for version 1.1
# JSON strings are YAML strings, except for characters that YAML forbids or treats as line ends.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NOT_STRINGS = frozenset("y n yes no on off true false null nan inf infinity".split())


def scalar(text: str) -> str:
    """Return *text* as a YAML scalar: plain if that is safe, else double-quoted."""
    is_plain = _PLAIN.fullmatch(text) and not _NUMBER.fullmatch(text)
    if is_plain and text.lower() not in _NOT_STRINGS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda character: f"\\u{ord(character[0]):04x}", quoted)


Value: TypeAlias = "str | bool | Sequence[Value] | Mapping[str, Value]"
"""A value that `block` can write; the order of keys is kept."""


def block(value: Value, indent: int) -> str:
    """Return *value* as block YAML to follow a key, with its lines indented by *indent* columns."""
    margin = "\n" + " " * indent
    if isinstance(value, bool):
        return f" {str(value).lower()}"
    if isinstance(value, str):
        return " " + scalar(value)
    if isinstance(value, Mapping):
        members = (f"{margin}{scalar(k)}:{block(v, indent + 2)}" for k, v in value.items())
        return "".join(members) or " {}"
    return "".join(f"{margin}-{block(item, indent + 2)}" for item in value) or " []"
