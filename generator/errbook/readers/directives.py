"""Directives that docutils has not, or has in a way that loses what errbook needs."""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives import tables
from docutils.statemachine import StringList
from docutils.utils import column_width


@dataclass(frozen=True, slots=True)
class Origin:
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


class _AnyOption(dict[str, Any]):
    """An option specification that lets every other option pass."""

    def __missing__(self, name: str) -> Any:
        return directives.unchanged


def tolerant(directive: type[Directive]) -> type[Directive]:
    """Return *directive* with the options of Sphinx, which docutils would refuse it for."""
    specification = _AnyOption(directive.option_spec or {})
    return type(directive.__name__, (directive,), {"option_spec": specification})


# Their text may begin in the line of the directive; of others, what stands there is a title.
_BEGIN_AT_ONCE = frozenset({"seealso", "todo", "hlist", "centered"})
_AFTER_VERSION = frozenset(
    {"versionadded", "versionchanged", "versionremoved", "deprecated"}
)
_OPTION = re.compile(r":[\w-]+:( |$)")


class UnknownDirective(Directive):
    """A directive that docutils does not have: its content is kept, whatever it means."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the content, parsed."""
        container = nodes.container()
        self.state.nested_parse(self._text(), self.content_offset, container)
        if _is_table(self.name) and not any(container.findall(nodes.table)):
            line = self.state_machine.get_source_and_line(self.lineno)[1]
            self.reporter.error(UNREADABLE.format(self.name), line=line)
        return [container]

    def _text(self) -> StringList:
        """Return the lines of the content without title and options.

        A blank line between these and the rest is usual, and often missing.
        """
        first, _, _ = self.block_text.partition("\n")
        text = self.content
        if re.search(r"::\s+\S", first) and text:
            if self.name in _AFTER_VERSION:
                text[0] = text[0].partition(" ")[2]
            elif self.name not in _BEGIN_AT_ONCE:
                text = text[1:]
        options = 0
        while options < len(text) and _OPTION.match(text[options]):
            options += 1
        return text[options:]


UNREADABLE = 'the table of the directive "{}" cannot be read'
"""The message of docutils' reporter about a table directive that nobody here knows."""


_TABLE = re.compile(
    r"(^|[-_:])table$|(flat|long|list|csv|excel|data|config|grid)table$"
)


def _is_table(directive: str) -> bool:
    """Tell whether *directive* is called like a table, and not like a hint to LaTeX."""
    return bool(_TABLE.search(directive.lower()))


class CodeBlock(UnknownDirective):
    """A code block with the options of Sphinx, which docutils would refuse."""

    def run(self) -> list[nodes.Node]:
        """Return the content as it is."""
        lines = self._text()
        lines = lines[next((i for i, line in enumerate(lines) if line.strip()), 0) :]
        text = "\n".join(lines)
        block = nodes.literal_block(text, text)
        block.line = lines.items[0][1] + 1 if lines.items else self.lineno
        return [block]


def _given(convert: Callable[[str], Any]) -> Callable[[str | None], Any]:
    """Return *convert* for an option that must have a value: docutils breaks without one."""

    def checked(argument: str | None) -> Any:
        if argument is None:
            raise ValueError("a value is missing")
        return convert(argument)

    return checked


class CsvTable(tables.CSVTable):
    """A table of comma-separated values whose cells know where they stand."""

    option_spec: ClassVar[Any] = tables.CSVTable.option_spec | {
        name: _given(tables.CSVTable.option_spec[name])
        for name in ("delim", "quote", "escape")
    }

    def parse_csv_data_into_rows(
        self, csv_data: Any, dialect: Any, source: str
    ) -> tuple[list[list[Any]], int]:
        """Return the rows that docutils makes a table of, and how many columns there are."""
        lines = list(csv_data)
        if isinstance(csv_data, StringList):
            places = [offset + 1 for _, offset in csv_data.items]
        else:
            places = list(self._lines_of_header(len(lines)))
        reader = csv.reader((f"{line}\n" for line in lines), dialect=dialect)
        rows: list[list[Any]] = []
        begin = 0
        for row in reader:
            numbered = list(zip(places, lines, strict=True))[begin : reader.line_num]
            rows.append(
                [
                    (0, 0, 0, _located(cell, origin, source))
                    for cell, origin in zip(row, _origins(row, numbered), strict=True)
                ]
            )
            begin = reader.line_num
        return rows, max(map(len, rows), default=0)

    def _lines_of_header(self, count: int) -> Iterator[int]:
        """Yield the source lines of the option ``:header:``, which has *count* lines."""
        block = self.block_text.splitlines()
        first = next((i for i, line in enumerate(block) if _HEADER.match(line)), 0)
        for number in range(self.lineno + first, self.lineno + first + count):
            yield self.state_machine.get_source_and_line(number)[1] or number


_HEADER = re.compile(r"\s*:header:", re.IGNORECASE)


def _located(cell: str, origin: Origin, source: str) -> LocatedList:
    lines = cell.splitlines()
    items = [(source, origin.line - 1 + i) for i in range(len(lines))]
    located = LocatedList(lines, items=items)
    located.origin = origin
    return located


def _origins(row: list[str], lines: list[tuple[int, str]]) -> Iterator[Origin]:
    """Yield where the cells of *row* stand, which was read from the numbered *lines*."""
    at, column = 0, 0
    for cell in row:
        words = next((line.strip() for line in cell.splitlines() if line.strip()), "")
        for index in range(at, len(lines)):
            found = lines[index][1].find(words, column if index == at else 0)
            if found >= 0:
                at, column = index, found
                break
        number, line = lines[at]
        margin = len(line) - len(line.lstrip())
        yield Origin(number, number, column_width(line[margin:column]), words)
        column += max(len(words), 1)


REPLACED: dict[str, type[Directive]] = {
    "code": CodeBlock,
    "code-block": CodeBlock,
    "sourcecode": CodeBlock,
    "csv-table": CsvTable,
}
"""What takes the place of a directive of docutils."""
