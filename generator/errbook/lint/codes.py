"""Checks of error codes: how they are spelled, and what else goes by the same code."""

import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet

from errbook.analyzer import Documented, ErrorTable, Page
from errbook.analyzer.cells import apparent_codes, form, is_quoted, is_range, shape
from errbook.diagnostics import Diagnostic
from errbook.model import Occurrence
from errbook.readers.document import Cell
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
    plain = [code for code, cell in single if _is_plain(cell.text)]
    forms = set(map(form, plain))
    if 2 * len(plain) < len(single):  # words are parts of codes: ``auth/missing``
        forms.discard("A")
    for code, cell in single:
        count = _listed(cell.text, forms) or _glued(re.sub(r"\s", "", cell.text), shapes)
        if count > 1:
            yield GLUED_CODES.at(cell.location, code=cell.text, count=count)
        # What is read without its blanks is told even where most codes have one.
        elif _has_blank(cell.text) and (
            code == "".join(cell.text.split()) or 2 * with_blanks < len(single)
        ):
            text = " ".join(cell.text.split())
            reading = f"; it is read as '{code}'" if code != text else ""
            yield BLANK_IN_CODE.at(cell.location, text=text, reading=reading)


def _is_plain(text: str) -> bool:
    return len(apparent_codes(text)) == 1 and not re.search(r"\s", text)


def _listed(text: str, forms: AbstractSet[str]) -> int:
    """Return how many codes of one of *forms* marks separate in *text*, or 0.

    They have all the same form: ``BAD_A, BAD_B`` are two, ``I/O_ERROR`` is one.
    """
    parts = apparent_codes(text)
    found = set(map(form, parts))
    return len(parts) if len(parts) > 1 and len(found) == 1 and found <= forms else 0


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
    for table in page.error_tables:
        for item in table.documented:
            here = item.occurrence
            before, other = first.setdefault(item.code, (table, here))
            if before is table or not (here.message and other.message):
                continue
            if _are_unrelated(here, other):
                yield UNRELATED_MESSAGES.at(
                    item.cells["message"].location,
                    code=item.code,
                    message=here.message.text,
                    other=other.message.text,
                    line=other.location.line,
                )


def _are_unrelated(here: Occurrence, other: Occurrence) -> bool:
    words, others = _words(here), _words(other)
    return bool(words and others) and words.isdisjoint(others)


def _words(occurrence: Occurrence) -> set[str]:
    """Return the words of the message that mean something; each ideograph is one."""
    text = " ".join(occurrence.message.literals) if occurrence.message else ""
    words = re.findall(
        r"[^\W_]{3,}" if text.isascii() else r"[a-z0-9]{3,}|[^\x00-\x7f]",
        text.casefold(),
    )
    return set(words) - _STOP_WORDS


_STOP_WORDS = frozenset("the and are was not for this that with has have been can cannot".split())


def check_case(items: Iterable[Documented]) -> Iterator[Diagnostic]:
    """Yield the codes among *items* that differ from an earlier one by case alone."""
    first: dict[str, Documented] = {}
    told: set[str] = set()
    for item in items:
        other = first.setdefault(item.code.casefold(), item)
        if other.code != item.code and item.code not in told:
            told.add(item.code)
            yield CASE_VARIANTS.at(
                item.cells["code"].location,
                code=item.code,
                other=other.code,
                place=other.cells["code"].location,
            )


def check_conflicts(items: Iterable[Documented]) -> Iterator[Diagnostic]:
    """Yield the codes that two pages document with other statuses or unrelated messages."""
    first: dict[str, Occurrence] = {}
    for item in items:
        here = item.occurrence
        other = first.setdefault(item.code, here)
        if here.location.path == other.location.path:
            continue
        field, said, contrary = _contradiction(here, other)
        if field:
            yield CONFLICTING_PAGES.at(
                item.cells.get(field, item.cells["code"]).location,
                code=item.code,
                said=said,
                other=contrary,
                page=f"{other.location.path}:{other.location.line}",
            )


def _contradiction(here: Occurrence, other: Occurrence) -> tuple[str, str, str]:
    """Return the field in which the two cannot both be right and what they say, or empty texts."""
    statuses, others = here.http_status, other.http_status
    if statuses and others and set(statuses).isdisjoint(others):
        return "http_status", f"the HTTP status {statuses[0]}", str(others[0])
    if here.message and other.message and _are_unrelated(here, other):
        said, contrary = here.message.text, other.message.text
        return "message", f"the message '{said}'", f"'{contrary}'"
    return "", "", ""
