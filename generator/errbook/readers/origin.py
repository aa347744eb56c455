"""Where a cell of a table stands in the source."""

from typing import NamedTuple

from docutils.statemachine import StringList


class Origin(NamedTuple):
    """Where a cell of a table stands in the source."""

    line: int
    border: int
    """A line that stands as far from the margin as the table."""

    width: int
    """Terminal columns from the left edge of the table to the cell, at least."""

    words: str
    """The first line of its text, as it stands there."""


class LocatedList(StringList):
    """The lines of a cell, with the place that docutils would not carry along."""

    origin: Origin
