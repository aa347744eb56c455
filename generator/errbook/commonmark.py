"""How text is written as CommonMark that GitHub, MDX, MkDocs and MyST all show as that text."""

import re
from collections.abc import Iterable, Sequence

from errbook.textwidth import width

# What begins or ends markup in one of the dialects, wherever it stands in a line. An underscore
# between letters is none in any of them: ``tenant_id`` stays readable.
_MARKUP = re.compile(
    r"[\\`*\[\]<{}|~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=[A-Za-z#])",
)
# What would make a line a heading, a list, a quotation, a directive or an import of MDX.
_LINE_START = re.compile(r"^(?:[#=+>:-]|[ie](?=mport\b|xport\b))")
_NUMBER = re.compile(r"^(\d+)([.)])")


def escape(text: str, *, begins_line: bool = True) -> str:
    """Return one line of *text* as CommonMark that shows exactly it.

    Numeric entities are used, for they mean the same in every dialect: ``a*b`` becomes ``a&#42;b``.
    """
    if begins_line and (number := _NUMBER.match(text)):
        rest = escape(text[number.end() :], begins_line=False)
        return number[1] + _entity(number[2]) + rest
    escaped = _MARKUP.sub(lambda match: _entity(match[0]), text)
    if begins_line:
        escaped = _LINE_START.sub(lambda match: _entity(match[0]), escaped)
    return escaped


def code_span(text: str) -> str:
    """Return *text* as inline code: ``a`b`` becomes ``` ``a`b`` ```."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table with these cells, which are CommonMark, its columns drawn in line."""
    rows = list(rows)
    widths = [
        max(3, *map(width, column)) for column in zip(headings, *rows, strict=True)
    ]
    lines = [headings, ["-" * width for width in widths], *rows]
    return "\n".join(
        f"| {' | '.join(c + ' ' * (w - width(c)) for c, w in zip(line, widths, strict=True))} |"
        for line in lines
    )


def _entity(character: str) -> str:
    return f"&#{ord(character)};"
