"""Text as Python source: string literals and docstrings."""

import textwrap
from collections.abc import Iterable

from errbook.targets.python.formatting import LINE
from errbook.text.visible import one_line


def literal(text: str) -> str:
    """Return *text* as a Python string literal with the quotes that black would choose."""
    escaped = _escaped(text)
    quote = '"' if escaped.count('"') <= escaped.count("'") else "'"
    return quote + escaped.replace(quote, "\\" + quote) + quote


def tuple_literal(expressions: Iterable[str]) -> str:
    """Return the source of a tuple of *expressions*: ``(404,)``."""
    items = list(expressions)
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def docstring(text: str, indent: int = 0) -> str:
    """Return *text* as a docstring literal with wrapped lines, indented by *indent* columns."""
    escaped = "\n".join(_escaped(line) for line in _wrapped(text, LINE - indent))
    escaped = escaped.replace('"""', r"\"\"\"")
    if escaped.startswith('"'):
        escaped = " " + escaped
    if "\n" not in escaped:
        if escaped.endswith('"'):  # it would join the closing quotes
            escaped = escaped[:-1] + r"\""
        return f'"""{escaped}"""'
    margin = "\n" + " " * indent
    indented = escaped.replace("\n", margin).replace(margin + "\n", "\n\n")
    return f'"""{indented}{margin}"""'


def _wrapped(text: str, columns: int) -> list[str]:
    """Return the lines of *text*, wrapped at *columns*, with blank lines collapsed to one."""
    wrapped: list[str] = []
    for line in text.strip().splitlines():
        lines = textwrap.wrap(
            line,
            columns,
            initial_indent="" if wrapped else "   ",  # room for the quotes
            break_long_words=False,
            break_on_hyphens=False,
        )
        if lines:
            wrapped += [line.strip() for line in lines]
        elif wrapped and wrapped[-1]:
            wrapped.append("")
    return wrapped


def _escaped(text: str) -> str:
    return one_line(text.replace("\\", "\\\\"))
