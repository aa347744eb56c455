"""Characters that move the cursor of a terminal, hide text, or cannot be seen."""

import re

# str.isprintable() is not used: it depends on Python's Unicode version, and has no-break and
# ideographic spaces among the unprintable characters.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, except for tabs and line feeds
    "\xad\u180e\u200b-\u200d\u2060-\u2065\ufeff"  # without width
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # the direction of text
    "\u2028\u2029\ufff9-\ufffb"  # line ends, annotations
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"  # no characters, tags
)

_MAX_LENGTH = 100


def visible(text: str) -> str:
    r"""Return *text* with escapes for invisible characters: ``\u001b``, ``\U000e0041``.

    Python, TOML and YAML read the escapes back. Tabs and line feeds stay.
    """
    return INVISIBLE.sub(_escape, text)


def one_line(text: str) -> str:
    r"""Return `visible` *text* with escapes for tabs and line feeds, too: ``\t``, ``\n``."""
    return visible(text).replace("\t", r"\t").replace("\n", r"\n")


def short_line(text: str) -> str:
    """Return `one_line` of *text*, cut after a hundred characters."""
    line = one_line(text)
    return line if len(line) <= _MAX_LENGTH else f"{line[: _MAX_LENGTH - 1]}…"


def visible_json(text: str) -> str:
    """Return the JSON *text* with escapes for invisible characters (RFC 8259, section 7)."""
    return INVISIBLE.sub(_escape_in_json, text)


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def _escape_in_json(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
