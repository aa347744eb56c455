"""The directive csv-table, with the locations of its cells."""

import csv
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from docutils.parsers.rst.directives import tables
from docutils.statemachine import StringList
from docutils.utils import column_width

from errbook.readers.tree.origin import LocatedList, Origin


def _with_value(convert: Callable[[str], Any]) -> Callable[[str | None], Any]:
    """Return *convert* for an option that must have a value, without which docutils crashes."""

    def checked(argument: str | None) -> Any:
        if argument is None:
            raise ValueError("a value is missing")
        return convert(argument)

    return checked


class CsvTable(tables.CSVTable):
    """A table of comma-separated values that records the origins of its cells."""

    option_spec: ClassVar[Any] = tables.CSVTable.option_spec | {
        name: _with_value(tables.CSVTable.option_spec[name])
        for name in ("delim", "quote", "escape")
    }

    def parse_csv_data_into_rows(
        self, csv_data: Any, dialect: Any, source: str
    ) -> tuple[list[list[Any]], int]:
        """Return the rows, in the form that docutils expects, and the number of columns."""
        lines = list(csv_data)
        if isinstance(csv_data, StringList):
            places = [offset + 1 for _, offset in csv_data.items]
        else:
            places = list(self._header_lines(len(lines)))
        numbered = list(zip(places, lines, strict=True))
        reader = csv.reader((f"{line}\n" for line in lines), dialect=dialect)
        rows: list[list[Any]] = []
        begin = 0
        for row in reader:
            origins = _origins(row, numbered[begin : reader.line_num])
            rows.append(
                [
                    (0, 0, 0, _located(cell, origin, source))
                    for cell, origin in zip(row, origins, strict=True)
                ]
            )
            begin = reader.line_num
        return rows, max(map(len, rows), default=0)

    def _header_lines(self, count: int) -> Iterator[int]:
        """Yield the line numbers of the option ``:header:``, which has *count* lines."""
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
    """Yield the origins of the cells of *row*, which was read from the numbered *lines*."""
    current, column = 0, 0
    for cell in row:
        words = next((line.strip() for line in cell.splitlines() if line.strip()), "")
        written = words.partition('"')[0]  # a quotation mark is written twice
        for index in range(current, len(lines)):
            found = lines[index][1].find(written, column if index == current else 0)
            if found >= 0:
                current, column = index, found
                break
        number, line = lines[current]
        margin = len(line) - len(line.lstrip())
        yield Origin(
            line=number,
            border=number,
            width=column_width(line[margin:column]),
            words=words,
        )
        column += max(len(written), 1)
