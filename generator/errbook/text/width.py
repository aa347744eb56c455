"""How many columns of a terminal a text takes."""

import unicodedata


def width(text: str) -> int:
    """Return the columns of *text*: an ideograph takes two, a combining mark none."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
