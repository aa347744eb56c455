"""Where a cell of a table stands in the source, and what a node stands in."""

from typing import TypeVar

import msgspec
from docutils import nodes
from docutils.statemachine import StringList

_Node = TypeVar("_Node", bound=nodes.Node)


class Origin(msgspec.Struct, frozen=True, kw_only=True):
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


def enclosing(node: nodes.Node, kind: type[_Node]) -> _Node | None:
    """Return the nearest node of *kind* that *node* stands in."""
    ancestor: nodes.Node | None = node.parent
    while ancestor is not None and not isinstance(ancestor, kind):
        ancestor = ancestor.parent
    return ancestor
