"""The width of text in a terminal."""

import unicodedata


def width(text: str) -> int:
    """Return how many columns *text* takes: an ideograph takes two, a combining mark none."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
