"""Checks of error codes: how they are spelled, and what else goes by the same code."""

import re
from collections.abc import Collection, Iterator

from errbook.analyzer import ErrorTable, Page
from errbook.analyzer.cells import is_quoted, is_range, shape
from errbook.diagnostics import Diagnostic
from errbook.document import Cell
from errbook.model import Catalogue, Occurrence
from errbook.rules.codes import (
    BLANK_IN_CODE,
    CASE_VARIANTS,
    CONFLICTING_PAGES,
    GLUED_CODES,
    UNRELATED_MESSAGES,
)


def check_spelling(table: ErrorTable) -> Iterator[Diagnostic]:
    """Yield the codes with a blank where the others have none, and those that are several."""
    codes: dict[int, dict[str, Cell]] = {}
    for item in table.documented:
        cell = item.cells["code"]
        codes.setdefault(id(cell), {})[item.code] = cell
    single = [next(iter(found.items())) for found in codes.values() if len(found) == 1]
    with_blanks = sum(_has_blank(cell.text) for _, cell in single)
    shapes = {shape(cell.text) for _, cell in single}
    for code, cell in single:
        count = _glued(re.sub(r"\s", "", cell.text), shapes)
        if count > 1:
            yield GLUED_CODES.at(cell.location, code=cell.text, count=count)
        elif _has_blank(cell.text) and 2 * with_blanks < len(single):
            text = " ".join(cell.text.split())
            reading = f"; it is read as '{code}'" if code != text else ""
            yield BLANK_IN_CODE.at(cell.location, text=text, reading=reading)


def _has_blank(text: str) -> bool:
    words = " ".join(text.split())
    return " " in words and not is_quoted(text) and not is_range(words)


def _glued(text: str, shapes: Collection[str]) -> int:
    """Return how many codes of one of *shapes* make *text*: ``A.1A.2`` is two of ``A.0``.

    They begin with the same letters; ``0x8C`` is one.
    """
    whole = shape(text)
    letters = re.findall(r"[^\W\d_]+", text)
    for known in shapes:
        count = len(whole) // len(known)
        if count > 1 and known[0] == "A" != known[-1] and known * count == whole:
            first = letters[:: len(letters) // count]
            if len(set(first)) == 1:
                return count
    return 1


def check_sections(page: Page) -> Iterator[Diagnostic]:
    """Yield the codes that say unrelated things in several tables of *page*."""
    first: dict[str, tuple[ErrorTable, Occurrence]] = {}
    told: set[str] = set()
    for table in page.error_tables:
        for item in table.documented:
            here = item.occurrence
            before, other = first.setdefault(item.code, (table, here))
            if (
                before is not table
                and item.code not in told
                and here.message
                and other.message
                and _are_unrelated(here, other)
            ):
                told.add(item.code)
                yield UNRELATED_MESSAGES.at(
                    here.location,
                    code=item.code,
                    message=here.message.text,
                    other=other.message.text,
                    line=other.location.line,
                )


def _are_unrelated(here: Occurrence, other: Occurrence) -> bool:
    words, others = _words(here), _words(other)
    return bool(words and others) and words.isdisjoint(others)


def _words(occurrence: Occurrence) -> set[str]:
    """Return the words of the message that mean something."""
    text = " ".join(occurrence.message.literals) if occurrence.message else ""
    return {
        word for word in re.findall(r"\w{3,}", text.casefold()) if word not in _EMPTY
    }


_EMPTY = frozenset(
    "the and are was not for this that with has have been can cannot".split()
)


def check_case(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Yield the codes that differ from an earlier one by case alone."""
    first: dict[str, tuple[str, Occurrence]] = {}
    for error in catalogue.errors:
        here = error.occurrences[0]
        code, occurrence = first.setdefault(error.code.casefold(), (error.code, here))
        if code != error.code:
            yield CASE_VARIANTS.at(
                here.location, code=error.code, other=code, place=occurrence.location
            )


def check_conflicts(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Yield the codes that two pages document with other statuses or unrelated messages."""
    for error in catalogue.errors:
        first = error.occurrences[0]
        for here in error.occurrences:
            if here.location.path == first.location.path:
                continue
            said, other = _contradiction(here, first)
            if said:
                yield CONFLICTING_PAGES.at(
                    here.location,
                    code=error.code,
                    said=said,
                    other=other,
                    page=f"{first.location.path}:{first.location.line}",
                )
                break


def _contradiction(here: Occurrence, other: Occurrence) -> tuple[str, str]:
    """Return what the two say that cannot both be so, or two empty texts."""
    statuses, others = here.http_status, other.http_status
    if statuses and others and set(statuses).isdisjoint(others):
        return f"the HTTP status {statuses[0]}", str(others[0])
    if here.message and other.message and _are_unrelated(here, other):
        return f"the message '{here.message.text}'", f"'{other.message.text}'"
    return "", ""
