"""Checks of messages, descriptions and handlings."""

import re
from collections import Counter
from collections.abc import Iterator

from errbook.analyzer import Documented, ErrorTable, Page
from errbook.analyzer.placeholders import styles
from errbook.diagnostics import Diagnostic
from errbook.rules.texts import (
    ACCIDENTAL_LIST,
    MISSING_HANDLING,
    MIXED_PLACEHOLDERS,
    NO_TEXT,
    SOURCE_RESIDUE,
)

# What is left of a program: joined strings, escapes, calls that format.
_RESIDUE = re.compile(r"""["']\s*\+|\+\s*["']|\\[nrt"]|\b(String|str)\.format\(|%n\b""")
_ITEM = re.compile(r"(?m)^(\d+[.)]|-) ")


def check_texts(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the rows that say nothing, where the table has a column for it."""
    fields = table.table.columns.fields
    if "message" not in fields and "description" not in fields:
        return
    for item in table.documented:
        if item.occurrence.message is None and item.occurrence.description is None:
            yield NO_TEXT.at(item.occurrence.location, code=item.code)


def check_handlings(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the rows with a blank handling between rows that have one."""
    rows = {id(item.occurrence): item for item in table.documented}
    items = list(rows.values())
    for above, item, below in zip(items, items[1:], items[2:], strict=False):
        if (
            _lacks_handling(item)
            and above.occurrence.handling
            and below.occurrence.handling
        ):
            yield MISSING_HANDLING.at(item.occurrence.location, code=item.code)


def _lacks_handling(item: Documented) -> bool:
    """Tell whether the handling was left out: a cell with ``-`` was not."""
    return item.occurrence.handling is None and "handling" not in item.cells


def check_placeholders(page: Page) -> Iterator[Diagnostic]:
    """Yield the first message whose placeholders are not written like most of the page."""
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
            return


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
            yield ACCIDENTAL_LIST.at(cell.location, marker=markers[0])
