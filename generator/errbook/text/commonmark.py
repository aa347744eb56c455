"""Text as CommonMark that GitHub, MDX, MkDocs and MyST all show unchanged."""

import re
from collections.abc import Iterable, Sequence

from errbook.text.visible import visible
from errbook.text.width import width

# Characters that begin or end markup in a dialect, anywhere in a line, or make an address a link.
# No dialect takes an underscore between letters for markup, so ``tenant_id`` stays readable.
_MARKUP = re.compile(
    r"[\\`*\[\]<{}|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=[A-Za-z#])"
    r"|(?:(?<=http)|(?<=https)|(?<=ftp)):(?=//)|(?<=www)\.|(?<=\S)@(?=\S)",
    re.IGNORECASE,
)
# Text that would make a line a heading, a list, a quotation, a directive, a MyST comment or target,
# or an MDX import.
_LINE_START = re.compile(r"^(?:[#=+>:%-]|\((?=.*\)=)|[ie](?=mport\b|xport\b))")
_NUMBER = re.compile(r"^(\d+)([.)])")
# Addresses that GitHub and MDX would turn into links.
_URL = re.compile(
    r"""(?<![A-Za-z0-9])(?:https?://|www\.(?=[A-Za-z0-9]))[^\s<>"'“”‘’`|{}\\^\[\]]+""",
    re.IGNORECASE,
)
_HOST = re.compile(r"https?://[^/]*[a-z0-9]|www\.[a-z0-9-]+\.", re.IGNORECASE)

_MAX_ALIGNED = 100
"""The width up to which the columns of a table are aligned. Else one wide cell widens every row."""

BREAK = "  \n"
"""A line break in a paragraph. Python-Markdown does not support a backslash for it."""


def escape(text: str, *, begins_line: bool = True, links: bool = True) -> str:
    """Return *text*, which is one line, as CommonMark that renders as this `visible` text.

    ``a*b`` becomes ``a&#42;b``, because numeric entities mean the same in every dialect. Unless
    *links* is false, an address becomes a link, because some dialects would make it one anyway.
    """
    text = visible(text)
    if begins_line and (number := _NUMBER.match(text)):
        rest = escape(text[number.end() :], begins_line=False, links=links)
        return number[1] + entity(number[2]) + rest
    pieces: list[str] = []
    end = 0
    for url in _URL.finditer(text) if links else ():
        address = url[0].rstrip(".,;:!?*_~)(")
        if _HOST.match(address):
            target = address if "://" in address else f"http://{address}"
            pieces.append(_escaped(text[end : url.start()], begins_line and not end))
            pieces.append(f"[{_escaped(address, False)}]({link_target(target)})")
            end = url.start() + len(address)
    return "".join(pieces) + _escaped(text[end:], begins_line and not end)


def _escaped(text: str, begins_line: bool) -> str:
    escaped = _MARKUP.sub(lambda match: entity(match[0]), text)
    if begins_line:
        escaped = _LINE_START.sub(lambda match: entity(match[0]), escaped)
    return escaped


def link_target(url: str) -> str:
    """Return *url* as the target of a link, without characters that are markup."""
    scheme, colon, rest = url.partition(":")  # MyST only accepts a lower-case scheme
    without_entities = re.sub(r"&(?=#?\w+;)", "%26", scheme.lower() + colon + rest)
    return re.sub(
        r"""[\x00-\x20\x7f<>\\()\[\]{}|*`"'^$]|[^\x00-\x7f]""",
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()),
        without_entities,
    )


def code_span(text: str) -> str:
    """Return *text* as inline code: ``a`b`` becomes ``` ``a`b`` ```."""
    text = visible(text)
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def code_lines(text: str) -> str:
    """Return each line of *text* as inline code, with line breaks between them."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return BREAK.join(code_span(line) for line in lines if line)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with aligned columns, except for wide cells. The cells are CommonMark."""
    rows = list(rows)
    widths = [
        min(max(3, *map(width, column)), _MAX_ALIGNED)
        for column in zip(headings, *rows, strict=True)
    ]
    lines = [headings, ["-" * width for width in widths], *rows]
    return "\n".join(
        f"| {' | '.join(c + ' ' * (w - width(c)) for c, w in zip(line, widths, strict=True))} |"
        for line in lines
    )


def entity(character: str) -> str:
    """Return *character* as a numeric entity."""
    return f"&#{ord(character)};"
