"""The variable parts of documented messages."""

import re
from collections.abc import Iterator
from itertools import count

from errbook.model import Message

# Possessive quantifiers keep the time linear. Not placeholders: escapes in URLs (``%2f``, ``%c3``),
# text after an escaped percent sign, and repetition in a pattern (``{1,64}``).
_PLACEHOLDER = re.compile(
    r"""
      (?<!%)%(?!2[cf]|[cd]\d)(?:\((?P<printf>[^()\s]+)\)|\d++\$)?+   # %s %(name)s %1$s
        [-+#0]*+(?:\d++|\*)?+(?:\.(?:\d++|\*))?+(?:hh?|ll?|z)?       # %-.20s %05d %llu
        (?(printf)[a-z]|[sdiuxXfrvqcog](?![A-Za-z]))
    | (?<!%)%[-+#0]*+(?:\d++)?+<(?P<ruby>[A-Za-z_]\w*+)>           # %<name>s %-10<name>s
        [-+#0]*+(?:\d++)?+(?:\.\d++)?+[sdiuxXfFeEgGcbBop](?![A-Za-z])      # %<name>05d
    | \$?\{\{\s*+(?P<doubled>[\w.-]+)\s*+\}\}                     # {{name}}
    | (?:\$|\#|(?<!%)%)?                                        # ${name} #{name} %{name}
        \{\s*+(?P<braces>[\w.-]*+(?:\ [\w.-]++)*+)               # {name} {0} {}
        (?:![rsa])?                                              # {name!r}
        (?: :%[^{}]*+                                            # {name:%Y-%m-%d}
          | :(?:[^{}]?[<>=^])?[-+]?\#?\d*+[,_]?(?:\.\d++)?[A-Za-z%]?\d*+     # {name:>10}
          | ,\s*+(?:number|date|time|choice)(?:,[^{}]*+)?        # {0,number}
        )?\s*+\}
    | <(?P<angles>[A-Za-z_][\w.-]*+(?:\ [\w.-]++)*+)>             # <name>
    | (?<![A-Za-z0-9])(?:x{2,}|X{2,})(?![A-Za-z0-9])             # xxx
    | \*{3,}(?:-\*{2,})*                                         # *** and masked UUIDs
    """,
    re.VERBOSE,
)
_ASCII_LETTER = re.compile("[A-Za-z]")
_CLOSING_TAG = re.compile(r"</([\w.-]++)>")

_STYLES = {
    "%": "%s",
    "%{": "%{}",
    "#": "#{}",
    "{": "{}",
    "$": "${}",
    "<": "<>",
    "x": "xxx",
    "X": "xxx",
    "*": "***",
}
"""The beginning of a placeholder -> the name of its style."""


def parse_message(text: str) -> Message:
    """Split *text* into literals and params.

    Placeholders without a name, or with a number, become ``arg1``, ``arg2`` … in order. A name
    without an ASCII letter uses up a number, too: targets that cannot write the name use
    the number. If a placeholder begins with a percent sign, ``%%`` stands for one percent sign.
    """
    matches = list(_placeholders(text))
    names = [next(filter(_is_name, match.groups()), "") for match in matches]
    taken = frozenset(names)
    free_names = (name for name in map("arg{}".format, count(1)) if name not in taken)
    params: list[str] = []
    for name in names:
        number = "" if _ASCII_LETTER.search(name) else next(free_names)
        params.append(name or number)
    ends = [0, *(match.end() for match in matches)]
    starts = [*(match.start() for match in matches), len(text)]
    literals = tuple(text[end:start] for end, start in zip(ends, starts, strict=True))
    if any(match[0].startswith("%") for match in matches):
        literals = tuple(literal.replace("%%", "%") for literal in literals)
    return Message(text=text, literals=literals, params=tuple(params))


def styles(text: str) -> frozenset[str]:
    """Return the styles of the placeholders in *text*: ``%s``, ``{}``, ``xxx``."""
    found = (match[0] for match in _placeholders(text))
    return frozenset(_STYLES["%{" if each.startswith("%{") else each[0]] for each in found)


def _placeholders(text: str) -> Iterator[re.Match[str]]:
    """Yield the placeholders in *text*; ``<b>`` is markup if ``</b>`` follows it."""
    closed = {match[1]: match.start() for match in _CLOSING_TAG.finditer(text)}
    for match in _PLACEHOLDER.finditer(text):
        if closed.get(match["angles"] or match["ruby"], -1) < match.start():
            yield match


def _is_name(text: str | None) -> bool:
    return text is not None and any(map(str.isalpha, text))
