"""Unique names."""

from collections.abc import Callable
from itertools import count


def unique_name(
    name: str, is_taken: Callable[[str], bool], numbered: str = "{name}_{number}"
) -> str:
    """Return *name* if it is free, else the first free name with a number: ``name_2``.

    *numbered* is the format of a name with a number.
    """
    if not is_taken(name):
        return name
    candidates = (numbered.format(name=name, number=number) for number in count(2))
    return next(candidate for candidate in candidates if not is_taken(candidate))
