"""How many codes a cell seems to contain, judged by the shapes of the codes around it."""

import re
from collections.abc import Collection
from collections.abc import Set as AbstractSet

import msgspec

from errbook.analyzer import ErrorTable
from errbook.analyzer.cells import apparent_codes, collapsed_shape, shape
from errbook.readers.document import Cell


class SingleCodes(msgspec.Struct, frozen=True, kw_only=True):
    """The cells of a table that contain one code each, and the shapes of these codes."""

    codes: tuple[tuple[str, Cell], ...]
    shapes: AbstractSet[str]
    collapsed_shapes: AbstractSet[str]
    """The shapes of the codes without spaces and separators."""

    def count(self, cell: Cell) -> int:
        """Return how many codes *cell* seems to contain."""
        listed = _listed_codes(cell.text, self.collapsed_shapes)
        if listed > 1:
            return listed
        return _glued_codes(re.sub(r"\s", "", cell.text), self.shapes)


def single_codes(table: ErrorTable) -> SingleCodes:
    """Return the cells of *table* that contain one code each."""
    codes: dict[int, dict[str, Cell]] = {}
    for item in table.documented:
        cell = item.cells["code"]
        codes.setdefault(id(cell), {})[item.code] = cell
    single = [next(iter(found.items())) for found in codes.values() if len(found) == 1]
    plain = [code for code, cell in single if _is_plain(cell.text)]
    collapsed_shapes = set(map(collapsed_shape, plain))
    if 2 * len(plain) < len(single):  # words are parts of codes: ``auth/missing``
        collapsed_shapes.discard("A")
    return SingleCodes(
        codes=tuple(single),
        shapes={shape(cell.text) for _, cell in single},
        collapsed_shapes=collapsed_shapes,
    )


def _is_plain(text: str) -> bool:
    return len(apparent_codes(text)) == 1 and not re.search(r"\s", text)


def _listed_codes(text: str, collapsed_shapes: AbstractSet[str]) -> int:
    """Return the number of codes in *text*, which separators divide.

    They must all have the same shape, one of *collapsed_shapes*: ``BAD_A, BAD_B`` has two codes,
    ``I/O_ERROR`` one.
    """
    parts = apparent_codes(text)
    shapes_of_parts = set(map(collapsed_shape, parts))
    is_list = len(shapes_of_parts) == 1 and shapes_of_parts <= collapsed_shapes
    return len(parts) if is_list else 1


def _glued_codes(text: str, shapes: Collection[str]) -> int:
    """Return the number of codes in *text*, which follow each other without a separator.

    They must all have the same shape, one of *shapes*, and begin with the same letters: ``A.1A.2``
    is two codes with the shape ``A.0``, ``0x8C`` is one code.
    """
    whole = shape(text)
    letters = re.findall(r"[^\W\d_]+", text)
    for known in shapes:
        begins_with_letters = known.startswith("A") and not known.endswith("A")
        count = len(whole) // len(known)
        if begins_with_letters and count > 1 and known * count == whole:
            letters_per_code = len(letters) // count
            if len(set(letters[::letters_per_code])) == 1:
                return count
    return 1
