"""Unique names."""

from collections.abc import Callable, Container


class FreeNames:
    """Finds names that are not taken, in constant time even if very many names are alike.

    Names are compared by their *form*, and *taken* contains the forms of the names that are taken.
    The caller adds to it, and never removes from it. *numbered* is the format of a name with a
    number.
    """

    def __init__(
        self,
        taken: Container[str],
        *,
        form: Callable[[str], str] = str,
        numbered: str = "{name}_{number}",
    ) -> None:
        self._taken = taken
        self._form = form
        self._numbered = numbered
        self._next_numbers: dict[str, int] = {}

    def find(self, name: str) -> str:
        """Return *name* if it is free, else a free name with the lowest number: ``name_2``."""
        form = self._form(name)
        number = self._next_numbers.get(form, 2)
        free = name
        while self._form(free) in self._taken:
            free = self._numbered.format(name=name, number=number)
            number += 1
        self._next_numbers[form] = number
        return free
