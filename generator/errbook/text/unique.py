"""Names that no two things may share."""

from collections.abc import Callable
from itertools import count


def unique_name(
    name: str, is_taken: Callable[[str], bool], numbered: str = "{name}_{number}"
) -> str:
    """Return *name* if it is free, else the first of ``name_2``, ``name_3`` … that is.

    *numbered* is how a number is added.
    """
    if not is_taken(name):
        return name
    candidates = (numbered.format(name=name, number=number) for number in count(2))
    return next(candidate for candidate in candidates if not is_taken(candidate))
