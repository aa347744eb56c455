"""Fills in the placeholders of messages, and extracts their values from messages."""

from collections.abc import Mapping

Template = tuple[str, ...]
"""A documented message in pieces (literal, param, literal, param, …, literal)."""


def fill(template: Template, params: Mapping[str, object]) -> str:
    """Fill in *template* with the values of *params*.

    ``("Disk ", "name", " is full")`` with ``{"name": "a"}`` gives ``Disk a is full``.
    """
    pieces = list(template)
    for index in range(1, len(template), 2):
        pieces[index] = str(params[template[index]])
    return "".join(pieces)


def match(template: Template, message: str) -> dict[str, str] | None:
    """Return the params in *message*, or None if it does not match *template*.

    Case, whitespace and a final full stop are ignored. Each literal matches where it
    first occurs, which takes linear time. Whitespace alone between two params is where the
    first word ends. A repeated param keeps its first value.
    """
    literals = [_normalized(piece) for piece in template[::2]]
    names = template[1::2]
    text = _normalized(message)
    if literals[-1]:
        literals[-1] = literals[-1].rstrip(".。")
        text = text.rstrip(".。")
    if not names:
        return {} if text == literals[0] else None

    first, *middle, last = literals
    begin, end = len(first), len(text) - len(last)
    if begin > end or not text.startswith(first) or not text.endswith(last):
        return None

    # The values keep their whitespace, which *text* lacks, so they come from *message*.
    positions = [i for i, character in enumerate(message) if not character.isspace()]

    def value(start: int, stop: int) -> str:
        if start == stop:
            return ""
        return message[positions[start] : positions[stop - 1] + 1]

    params: dict[str, str] = {}
    following = [*middle[1:], ""]
    for index, (name, literal) in enumerate(zip(names[:-1], middle, strict=True)):
        stop = text.find(literal, begin, end)
        if template[2 * index + 2].isspace():
            after = following[index]
            limit = text.find(after, begin, end) if after else end
            stop = _end_of_word(positions, begin, limit)
        if stop < 0:
            return None
        params.setdefault(name, value(begin, stop))
        begin = stop + len(literal)
    params.setdefault(names[-1], value(begin, end))
    return params


def _end_of_word(positions: list[int], begin: int, end: int) -> int:
    """Return the end of the word at *begin*; whitespace is missing in *positions*."""
    for index in range(begin + 1, end):
        if positions[index] > positions[index - 1] + 1:
            return index
    return end


def _normalized(text: str) -> str:
    """Return *text* in lower case and without whitespace.

    No remaining character becomes two: ``İ``, whose lower case is two characters, is kept.
    """
    characters = [character for character in text if not character.isspace()]
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in characters)
