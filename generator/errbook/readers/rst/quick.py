"""What docutils does in tables, done at once where a table is regular or a cell plain text.

docutils traces the borders of every cell, looks up the Unicode data of every character, and starts
a state machine a cell. Where borders go all the way and a cell is ASCII words, this comes to slices
and a paragraph. All else is left to docutils. The trees are equal, which a test holds over all real
pages and random tables. Without this module, and its two names in `readers.rst` and
`readers.sphinx`, errbook reads the same, slower.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Parser, states
from docutils.parsers.rst.tableparser import GridTableParser
from docutils.statemachine import StringList, UnexpectedIndentationError, string2lines

# Characters that begin and end no markup: no *, `, |, \\, @ or backquote; an underscore inside of a
# word, and a colon at the end of one, are none either.
_PLAIN = re.compile(
    r"""(?:[A-Za-z0-9 .,;()\[\]<>'"/%$=?!\#&+~{}-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|:(?=[ ]|$))+"""
)
_ITEM = re.compile(r"(?:[A-Za-z]|[0-9]+|[ivxlcdmIVXLCDM]+)[.)](?: |$)")


class QuickParser(Parser):
    """The parser of docutils, with lines that know when they are ASCII."""

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
        numbered = _Lines(lines, source=document["source"])
        self.statemachine.run(numbered, document, inliner=self.inliner)
        self.finish_parse()


class _Lines(StringList):
    def pad_double_width(self, pad_char: str) -> None:
        """Pad the characters that take two columns: ASCII has none."""
        if not "".join(self.data).isascii():
            super().pad_double_width(pad_char)

    def get_2D_block(  # noqa: N802 - the name is docutils'
        self, top: int, left: int, bottom: int, right: int, strip_indent: bool = True
    ) -> Any:
        """Return what stands between these lines and columns: characters, in ASCII."""
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
    """A state that takes the paragraphs of plain cells as they are."""

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
        parsed: int = super().nested_parse(block, input_offset, node, *args, **options)  # type: ignore[misc]
        return parsed

    def table_top(
        self, match: Any, context: Any, next_state: Any, isolate: Any, parser: Any
    ) -> Any:
        """Take up a table."""
        chosen = _GridParser if parser is GridTableParser else parser
        return super().table_top(match, context, next_state, isolate, chosen)  # type: ignore[misc]

    def isolate_grid_table(self) -> Any:
        """Return the lines of the table that begins here, the messages about it, and its end."""
        machine = self.state_machine  # type: ignore[attr-defined]
        try:
            block = machine.input_lines.get_text_block(machine.line_offset, flush_left=True)
        except UnexpectedIndentationError:
            return super().isolate_grid_table()  # type: ignore[misc]
        lines = [line.strip() for line in block.data]
        is_drawn = (
            "".join(lines).isascii()
            and all(line[0] in "+|" and line[-1] in "+|" for line in lines)
            and len(set(map(len, lines))) == 1
            and self.grid_table_top_pat.match(lines[-1])  # type: ignore[attr-defined]
        )
        if not is_drawn:
            return super().isolate_grid_table()  # type: ignore[misc]
        machine.next_line(len(lines) - 1)
        block.disconnect()
        block.data = lines
        return block, [], True


class _GridParser(GridTableParser):
    """Reads a table in which every border goes all the way without tracing the cells."""

    def parse(self, block: StringList) -> Any:
        """Return the widths of the columns, the rows of the head, and those of the body."""
        lines = block.data
        corners = [at for at, character in enumerate(lines[0]) if character == "+"]
        borders = [number for number, line in enumerate(lines) if line[0] == "+"]
        widths = [right - left - 1 for left, right in pairwise(corners)]
        kinds = {"+".join(["", *(mark * width for width in widths), ""]): mark for mark in "-="}
        heads = [number for number in borders if kinds.get(lines[number]) == "="]
        is_regular = (
            len(borders) > 1
            and all(widths)
            and all(lines[number] in kinds for number in borders)
            and len(heads) < 2
            and all(line[at] == "|" for line in lines if line[0] == "|" for at in corners)
            and not any(map(unicodedata.combining, "".join(lines)))
        )
        if not is_regular or {0, len(lines) - 1}.intersection(heads):
            return super().parse(block)
        rows: list[list[Any]] = []
        for top, bottom in pairwise(borders):
            rows.append([])
            for left, right in pairwise(corners):
                cell = block.get_2D_block(top + 1, left + 1, bottom, right)
                cell.disconnect()
                cell.replace(self.double_width_pad_char, "")
                rows[-1].append((0, 0, top + 1, cell))
        head = borders.index(heads[0]) if heads else 0
        return widths, rows[:head], rows[head:]


def _paragraphs(block: StringList) -> list[nodes.paragraph] | None:
    """Return the paragraphs of *block*, or None if there is anything else in it."""
    found: list[nodes.paragraph] = []
    lines: list[str] = []
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
            found.append(paragraph)
            lines = []
    return found
