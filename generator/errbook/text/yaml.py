"""Text and values as YAML that parsers for versions 1.1 and 1.2 read in the same way."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from errbook.text.visible import visible

# Text that every parser reads as a string, unless it is in _NUMBER or _NOT_STRINGS.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/()%,'=+ -]*[A-Za-z0-9._/()%,'=+-])?")
_NUMBER = re.compile("[eE][0-9]+")  # in one parser for version 1.1
_MAX_IMPLICIT_KEY = 1000
_NOT_STRINGS = frozenset("y n yes no on off true false null nan inf infinity".split())


def scalar(text: str) -> str:
    """Return *text* as a YAML scalar: plain if that is safe, else double-quoted."""
    is_plain = _PLAIN.fullmatch(text) and not _NUMBER.fullmatch(text)
    if is_plain and text.lower() not in _NOT_STRINGS:
        return text
    # A JSON string is a YAML string but for characters that YAML forbids or treats as line ends.
    return visible(json.dumps(text, ensure_ascii=False))


def key(text: str, indent: int) -> str:
    """Return *text* as a key in a mapping that is indented by *indent* columns, with the colon.

    A long key needs the indicator ``?``: without it, a key is limited to 1024 characters (YAML
    1.2.2, section 7.4.2).
    """
    written = scalar(text)
    if len(written) < _MAX_IMPLICIT_KEY:
        return f"{written}:"
    return f"? {written}\n{' ' * indent}:"


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
        members = (f"{margin}{key(k, indent)}{block(v, indent + 2)}" for k, v in value.items())
        return "".join(members) or " {}"
    return "".join(f"{margin}-{block(item, indent + 2)}" for item in value) or " []"
