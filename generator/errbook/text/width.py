"""How many columns of a terminal a text takes."""

import unicodedata


def width(text: str) -> int:
    """Return the columns of *text*: an ideograph takes two, a combining mark none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )
