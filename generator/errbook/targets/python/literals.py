"""Text as Python source: string literals and docstrings."""

import re
import textwrap

from errbook.targets.python.formatting import LINE

# What must not stand in source code as it is: controls, and what is invisible or turns the
# direction of text. A list of our own, for what Python calls printable changes with its Unicode.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    r"|[\ud800-\udfff\U000e0000-\U000e007f]"
)


def literal(text: str) -> str:
    """Return *text* as a Python string literal with the quotes that black would choose."""
    escaped = _escaped(text)
    quote = '"' if escaped.count('"') <= escaped.count("'") else "'"
    return quote + escaped.replace(quote, "\\" + quote) + quote


def docstring(text: str, indent: int = 0) -> str:
    """Return a docstring literal of *text*, its lines wrapped, for a line indented by *indent*."""
    wrapped: list[str] = []
    for line in text.strip().splitlines():
        lines = textwrap.wrap(
            line,
            LINE - indent,
            initial_indent="" if wrapped else "   ",  # the room of the quotes
            break_long_words=False,
            break_on_hyphens=False,
        )
        wrapped += lines or [""] * bool(wrapped and wrapped[-1])
    escaped = "\n".join(_escaped(line.strip()) for line in wrapped)
    escaped = escaped.replace('"""', r"\"\"\"")
    escaped = " " * escaped.startswith('"') + escaped
    if len(wrapped) == 1:
        return f'"""{_closed(escaped)}"""'
    margin = "\n" + " " * indent
    indented = escaped.replace("\n", margin).replace(margin + "\n", "\n\n")
    return f'"""{indented}{margin}"""'


def _closed(text: str) -> str:
    """Return *text* so that the quotes of a docstring can follow."""
    return text[:-1] + r"\"" if text.endswith('"') else text


def _escaped(text: str) -> str:
    return _UNSAFE.sub(_escape, text.replace("\\", "\\\\"))


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    short = {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}.get(number)
    if short:
        return short
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    )
