"""A faster parser than docutils' for regular tables and plain cells, with the same trees.

docutils traces the borders of every cell, looks up the Unicode data of every character, and starts
one state machine per cell. If all borders cross the whole table, slicing its lines is enough; if a
cell is ASCII words, a paragraph is. docutils handles everything else. A test compares the trees of
all real pages and of random tables. This module, `QuickParser` in `readers.rst` and `QuickCells` in
`readers.rst.sphinx` could be removed: errbook would return the same results, more slowly.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec
from docutils import nodes
from docutils.parsers.rst import Parser, states
from docutils.parsers.rst.tableparser import GridTableParser
from docutils.statemachine import StringList, UnexpectedIndentationError, string2lines

# Characters that neither begin nor end markup, so not *, |, \\, @ or a backquote. An underscore
# inside a word and a colon at the end of a word are also safe.
_PLAIN = re.compile(
    r"""(?:[A-Za-z0-9 .,;()\[\]<>'"/%$=?!\#&+~{}-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|:(?=[ ]|$))+"""
)
_ITEM = re.compile(r"(?:[A-Za-z]|[0-9]+|[ivxlcdmIVXLCDM]+)[.)](?: |$)")


class QuickParser(Parser):
    """docutils' parser, with faster operations on ASCII lines."""

    first_line = 1
    """The number of the first line of the text."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse *inputstring* into *document*."""
        self.setup_parse(inputstring, document)
        self.statemachine = states.RSTStateMachine(
            state_classes=self.state_classes,
            initial_state=self.initial_state,
            debug=document.reporter.debug_flag,
        )
        lines = string2lines(
            inputstring, tab_width=document.settings.tab_width, convert_whitespace=True
        )
        places = [(document["source"], self.first_line - 1 + i) for i in range(len(lines))]
        numbered = _Lines(lines, items=places)
        self.statemachine.run(numbered, document, inliner=self.inliner)
        self.finish_parse()


class _Lines(StringList):
    """Lines that are cut by index if they are ASCII, where every character is one column wide."""

    def pad_double_width(self, pad_char: str) -> None:
        """Pad the characters that take two columns, which ASCII does not have."""
        if not "".join(self.data).isascii():
            super().pad_double_width(pad_char)

    def get_2D_block(  # noqa: N802 - the name is docutils'
        self, top: int, left: int, bottom: int, right: int, strip_indent: bool = True
    ) -> Any:
        """Return the text between these lines and columns."""
        block = self[top:bottom]
        if not "".join(block.data).isascii():
            return super().get_2D_block(top, left, bottom, right, strip_indent)
        data = [line[left:right].rstrip() for line in block.data]
        indent = min((len(line) - len(line.lstrip()) for line in data if line), default=right)
        if strip_indent and 0 < indent < right:
            data = [line[indent:] for line in data]
        block.data = data
        return block


class QuickCells:
    """The part of a state that parses plain cells and regular grids without docutils."""

    state_machine: Any
    grid_table_top_pat: Any

    def nested_parse(
        self,
        block: StringList,
        input_offset: int,
        node: Any = None,
        *args: Any,
        **options: Any,
    ) -> int:
        """Parse *block* into *node*, and return the offset after it."""
        if isinstance(node, nodes.entry) and (paragraphs := _paragraphs(block)):
            node.extend(paragraphs)
            return input_offset + len(block)
        state: Any = super()  # one of docutils'
        return int(state.nested_parse(block, input_offset, node, *args, **options))

    def table_top(
        self, match: Any, context: Any, next_state: Any, isolate: Any, parser: Any
    ) -> Any:
        """Parse a table, using this module's parser for grids."""
        chosen = _GridParser if parser is GridTableParser else parser
        state: Any = super()
        return state.table_top(match, context, next_state, isolate, chosen)

    def isolate_grid_table(self) -> Any:
        """Return the table's lines, the messages about it, and whether a blank line follows."""
        state: Any = super()
        machine = self.state_machine
        try:
            block = machine.input_lines.get_text_block(machine.line_offset, flush_left=True)
        except UnexpectedIndentationError:
            return state.isolate_grid_table()
        lines = [line.strip() for line in block.data]
        ends_with_border = self.grid_table_top_pat.match(lines[-1])
        if not (ends_with_border and _is_ascii_box(lines)):
            return state.isolate_grid_table()
        machine.next_line(len(lines) - 1)
        block.disconnect()
        block.data = lines
        return block, [], True


def _is_ascii_box(lines: Sequence[str]) -> bool:
    """Return whether all *lines* are ASCII, equally long, and begin and end with a border."""
    return (
        "".join(lines).isascii()
        and all(line[0] in "+|" and line[-1] in "+|" for line in lines)
        and len(set(map(len, lines))) == 1
    )


class _GridParser(GridTableParser):
    """A parser that cuts a regular grid at its borders instead of tracing its cells."""

    def parse(self, block: StringList) -> Any:
        """Return the widths of the columns, the head rows and the body rows."""
        grid = _regular_grid(block.data)
        if grid is None:
            return super().parse(block)
        rows: list[list[Any]] = []
        for top, bottom in pairwise(grid.borders):
            row: list[Any] = []
            for left, right in pairwise(grid.corners):
                cell = block.get_2D_block(top + 1, left + 1, bottom, right)
                cell.disconnect()
                cell.replace(self.double_width_pad_char, "")
                row.append((0, 0, top + 1, cell))
            rows.append(row)
        return grid.widths, rows[: grid.head_rows], rows[grid.head_rows :]


class _Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table whose borders all cross the whole table, so that no cell spans rows or columns."""

    corners: list[int]
    """The text columns of the vertical borders."""

    borders: list[int]
    """The indexes of the lines that are horizontal borders."""

    head_rows: int

    @property
    def widths(self) -> list[int]:
        return [right - left - 1 for left, right in pairwise(self.corners)]


def _regular_grid(lines: Sequence[str]) -> _Grid | None:
    """Return the grid that *lines* draw, or None if it is irregular."""
    corners = [column for column, character in enumerate(lines[0]) if character == "+"]
    borders = [number for number, line in enumerate(lines) if line[0] == "+"]
    plain_border = lines[0]
    head_border = plain_border.replace("-", "=")
    is_regular = (
        len(borders) > 1
        and _is_border(plain_border, corners)
        and all(lines[number] in (plain_border, head_border) for number in borders)
        and _has_all_verticals(lines, corners)
    )
    heads = [number for number in borders if lines[number] == head_border]
    if not is_regular or len(heads) > 1 or lines[-1] == head_border:
        return None
    head_rows = borders.index(heads[0]) if heads else 0
    return _Grid(corners=corners, borders=borders, head_rows=head_rows)


def _is_border(line: str, corners: Sequence[int]) -> bool:
    """Return whether *line* is like ``+---+-----+``: dashes between the *corners*."""
    dashes = ["-" * (right - left - 1) for left, right in pairwise(corners)]
    return all(dashes) and line == "+".join(["", *dashes, ""])


def _has_all_verticals(lines: Sequence[str], corners: Sequence[int]) -> bool:
    """Return whether every line between borders has a ``|`` below every corner.

    False if there is a combining character, because indexes then differ from columns.
    """
    texts = [line for line in lines if line[0] == "|"]
    return all(line[column] == "|" for line in texts for column in corners) and not any(
        map(unicodedata.combining, "".join(lines))
    )


def _paragraphs(block: StringList) -> list[nodes.paragraph] | None:
    """Return the paragraphs of *block*, or None if it contains anything else."""
    paragraphs: list[nodes.paragraph] = []
    lines: list[str] = []
    place: tuple[str | None, int] = (None, 0)
    for line, (source, number) in zip([*block.data, ""], [*block.items, (None, 0)], strict=True):
        if line:
            if not line[0].isalnum() or not _PLAIN.fullmatch(line):
                return None
            if not lines:
                if _ITEM.match(line):
                    return None
                place = (source, number + 1)
            lines.append(line)
        elif lines:
            text = "\n".join(lines)
            paragraph = nodes.paragraph(text, "", nodes.Text(text))
            paragraph.source, paragraph.line = place
            paragraphs.append(paragraph)
            lines = []
    return paragraphs
