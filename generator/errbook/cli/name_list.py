"""The names of classes as text for a terminal, as TOML for the configuration, and as JSON."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from errbook.naming.explanation import NamedError
from errbook.naming.words import curated_from_class
from errbook.text.toml import quoted
from errbook.text.visible import one_line, visible_json
from errbook.text.width import width

_MIN_TEXT_WIDTH = 20

Listed = Mapping[str, Sequence[NamedError]]
"""Id of a service -> its errors."""


def as_lines(listed: Listed, columns: int | None) -> Iterator[str]:
    """Yield aligned lines: code, class, origin and message.

    The messages end at the right edge of a terminal with so many *columns*. If several services are
    listed, each has a heading.
    """
    for service, errors in listed.items():
        if len(listed) > 1:
            yield f"{service}:"
        rows = [
            (one_line(e.code), e.class_name, e.origin.value, one_line(_in_one_line(e.text)))
            for e in errors
        ]
        widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
        for *cells, text in rows:
            padded = [
                cell + " " * (w - width(cell)) for cell, w in zip(cells, widths[:3], strict=True)
            ]
            start = "  ".join(padded)
            yield f"{start}  {_shortened(text, columns, width(start) + 2)}".rstrip()


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, columns: int | None, used: int) -> str:
    """Return *text* so short that it fits into *columns*, of which so many are *used*."""
    if columns is None:
        return text
    room = max(columns - used, _MIN_TEXT_WIDTH)
    if width(text) <= room:
        return text
    while width(text) >= room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def summary(listed: Listed) -> str:
    """Return how many classes there are, and how to rename those that do not speak."""
    errors = [error for named in listed.values() for error in named]
    numbered = sum(not error.speaks for error in errors)
    counted = f"{len(errors)} classes" if len(errors) != 1 else "1 class"
    text = f"{counted}, {numbered} of them named after the number of the code"
    return f"{text}; --numbered --toml prints a table to rename them" if numbered else text


def as_toml(listed: Listed, table_prefix: str) -> str:
    """Return a table of names for each service; as it is, it renames nothing."""
    return "\n\n".join(
        "\n".join([f"[{table_prefix}service.{service}.names]", *map(_entry, errors)])
        for service, errors in listed.items()
    )


def _entry(error: NamedError) -> str:
    """Return the line for *error*, after comments with its text and the names it does not have."""
    comments = [_in_one_line(error.text)] if error.text else []
    for refused in error.refused:
        name = f"{curated_from_class(refused.name)}: " if refused.name else ""
        comments.append(f"  {name}{refused.reason}")
    entry = f"{quoted(error.code)} = {quoted(curated_from_class(error.class_name))}"
    return "\n".join([*(f"# {one_line(comment)}" for comment in comments), entry])


def as_json(listed: Listed) -> str:
    """Return the errors of all services as one JSON document."""
    names = [
        {
            "service": service,
            "code": error.code,
            "class": error.class_name,
            "origin": error.origin.value,
            "numbered": not error.speaks,
            "text": error.text,
            "refused": error.refused,
        }
        for service, errors in listed.items()
        for error in errors
    ]
    encoded = msgspec.json.format(msgspec.json.encode({"names": names}), indent=2)
    return visible_json(encoded.decode())
