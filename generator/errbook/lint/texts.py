"""Checks of messages, descriptions and handlings."""

import re
from collections import Counter
from collections.abc import Iterator

from errbook.analyzer import Documented, ErrorTable, Page
from errbook.analyzer.placeholders import styles
from errbook.diagnostics import Diagnostic, Location
from errbook.rules.texts import (
    ACCIDENTAL_LIST,
    MISSING_HANDLING,
    MIXED_PLACEHOLDERS,
    NO_TEXT,
    SOURCE_RESIDUE,
)

# What is left of a program: joined strings, escaped quotes, calls that format. A plus between
# quotes of its own, as in ``"+86"``, is none.
_RESIDUE = re.compile(
    r"""["'] \+ |\ \+ ["']|[\w.,!;)]["']\s*\+\s*["']|\\"|\b(String|str)\.format\("""
)
_ITEM = re.compile(r"(?m)^(\d+[.)]|-) ")


def check_texts(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the rows that say nothing, where the table has a column for it."""
    fields = table.table.columns.fields
    if "message" not in fields and "description" not in fields:
        return
    for item in _rows(table):
        here = item.occurrence
        if here.message is None and here.description is None:
            yield NO_TEXT.at(here.location, code=item.code)


def _rows(table: ErrorTable) -> list[Documented]:
    """Return what *table* documents, of each row the first code."""
    rows: dict[Location, Documented] = {}
    for item in table.documented:
        rows.setdefault(item.occurrence.location, item)
    return list(rows.values())


def check_handlings(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the rows with a blank handling between rows that have one."""
    items = _rows(table)
    for above, item, below in zip(items, items[1:], items[2:], strict=False):
        if _lacks_handling(item) and above.occurrence.handling and below.occurrence.handling:
            yield MISSING_HANDLING.at(item.occurrence.location, code=item.code)


def _lacks_handling(item: Documented) -> bool:
    """Tell whether the handling was left out: a cell with ``-`` was not."""
    return item.occurrence.handling is None and "handling" not in item.cells


def check_placeholders(page: Page) -> Iterator[Diagnostic]:
    """Yield the messages whose placeholders are not written like most of the page."""
    written = [
        (item, style)
        for item in page.documented
        if item.occurrence.message
        for style in styles(item.occurrence.message.text)
    ]
    usual = Counter(style for _, style in written).most_common(1)
    for item, style in written:
        if style != usual[0][0]:
            yield MIXED_PLACEHOLDERS.at(
                item.cells["message"].location, style=style, usual=usual[0][0]
            )


def check_messages(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the messages with the remains of a program, or with a list that nobody meant."""
    cells = {
        id(cell): cell
        for item in table.documented
        for name, cell in item.cells.items()
        if name in ("code", "message")
    }
    for cell in cells.values():
        residue = _RESIDUE.search(cell.text)
        if residue:
            shown = cell.text[max(0, residue.start() - 15) : residue.end() + 15]
            yield SOURCE_RESIDUE.at(cell.location, residue=" ".join(shown.split()))
        markers = _ITEM.findall(cell.commonmark)
        if len(markers) == 1 and _ITEM.match(cell.commonmark):
            yield ACCIDENTAL_LIST.at(cell.location)
