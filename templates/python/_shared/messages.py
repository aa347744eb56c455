"""Documented messages with placeholders: filled in, or matched against a response."""

from collections.abc import Mapping

Template = tuple[str, ...]
"""A documented message: literal, param, literal, param, …, literal."""


def fill(template: Template, params: Mapping[str, object]) -> str:
    """Return the message of *template* with the values of *params*."""
    return "".join(
        str(params[piece]) if number % 2 else piece
        for number, piece in enumerate(template)
    )


def match(template: Template, message: str) -> dict[str, str] | None:
    """Return the params that make *template* this *message*, or None if none do.

    Each literal piece is looked for where it comes first, so the time is linear. Case,
    whitespace and a final full stop do not count; a param that occurs twice keeps its
    first value.
    """
    literals = [_squeeze(piece) for piece in template[::2]]
    shown = _squeeze(message)
    if literals[-1]:
        literals[-1], shown = literals[-1].rstrip(".。"), shown.rstrip(".。")
    if len(literals) == 1:
        return {} if shown == literals[0] else None
    first, *middle, last = literals
    end = len(shown) - len(last)
    begin = len(first)
    if begin > end or not shown.startswith(first) or not shown.endswith(last):
        return None
    places = [
        place for place, character in enumerate(message) if not character.isspace()
    ]
    params: dict[str, str] = {}
    for name, literal in zip(template[1::2], [*middle, None], strict=True):
        stop = end if literal is None else shown.find(literal, begin, end)
        if stop < 0:
            return None
        value = message[places[begin] : places[stop - 1] + 1] if stop > begin else ""
        params.setdefault(name, value)
        begin = stop + len(literal or "")
    return params


def _squeeze(text: str) -> str:
    """Return *text* in lower case without whitespace, a character for each that is left."""
    return "".join(
        c.lower() if len(c.lower()) == 1 else c for c in text if not c.isspace()
    )
