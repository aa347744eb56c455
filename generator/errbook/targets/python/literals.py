"""Text as Python source."""

from collections.abc import Iterable

from errbook.text.visible import one_line


def literal(text: str) -> str:
    """Return *text* as a Python string literal with the quotes that black would choose."""
    source = escaped(text)
    quote = '"' if source.count('"') <= source.count("'") else "'"
    return quote + source.replace(quote, "\\" + quote) + quote


def tuple_literal(expressions: Iterable[str]) -> str:
    """Return the source of a tuple of *expressions*: ``(404,)``."""
    items = list(expressions)
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"


def escaped(text: str) -> str:
    """Return *text* as it stands in a string literal, except for quotes."""
    return one_line(text.replace("\\", "\\\\"))
