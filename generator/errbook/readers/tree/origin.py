"""What a tree says beyond docutils: the positions of cells, and directives."""

from typing import TypeVar

import msgspec
from docutils import nodes
from docutils.statemachine import StringList

ORIGIN = "errbook-origin"
"""The name of the attribute with an entry's Origin, or its Location if that is known."""

DIRECTIVE, ARGUMENT = "errbook-directive", "errbook-argument"
"""The attributes of an unknown directive's content: its name, and the text after the name."""

CELLS = "errbook-cells"
"""The name of the attribute with the number of cells that are written in a row."""

_Node = TypeVar("_Node", bound=nodes.Node)


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """The position of a table's cell in the source."""

    line: int
    border: int
    """The number of a line that is indented like the table."""

    width: int
    """Terminal columns from the table's left edge to the cell, or to a point before it."""

    words: str
    """The first line of the cell's text, as in the source."""


class LocatedList(StringList):
    """The lines of a cell with the cell's Origin, which docutils does not pass on.

    A part of the lines, such as a table in the cell, has none.
    """

    origin: Origin | None = None


def enclosing(node: nodes.Node, kind: type[_Node]) -> _Node | None:
    """Return the nearest ancestor of *node* that is of *kind*."""
    ancestor: nodes.Node | None = node.parent
    while ancestor is not None and not isinstance(ancestor, kind):
        ancestor = ancestor.parent
    return ancestor


def section_title(section: nodes.section | None) -> str | None:
    """Return the title of *section*, if it has one."""
    title = section.next_node(nodes.title) if section is not None else None
    return title.astext() if title else None


def line_of(node: nodes.Node) -> int:
    """Return the line of *node*, or of its nearest ancestor with a line."""
    ancestor: nodes.Node | None = node
    while ancestor is not None:
        if ancestor.line:
            return ancestor.line
        ancestor = ancestor.parent
    return 1
