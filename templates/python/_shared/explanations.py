"""Lays out what is documented about errors, as text for a terminal and as JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from .lookup import Lookup
from .matching import Entry
from .problems import PHRASES

_COLUMNS = 79  # a terminal with 80 may wrap a full line
_INDENT = "  "
_LABEL = 15  # the columns of a label: "Worth retrying"

_Lines = Iterator[str]

_Fact = tuple[str, str]
"""A label and a text."""


def explanation(entry: Entry, lookup: Lookup, package: str) -> _Lines:
    """Yield the lines about *entry*; its class is in *package*, which may be empty."""
    service = lookup.services[entry.service]
    yield from _wrapped(f"{entry.code} ({service.title})", "", "")
    names = list(_names(entry, service.enum, package))
    occurrences = [_facts(each, names) for each in lookup.occurrences(entry) or [{}]]
    shared = [fact for fact in occurrences[0] if _is_in(fact, occurrences)]
    yield from _labeled(shared)
    if len(occurrences) == 1:
        return
    for number, facts in enumerate(occurrences, 1):
        yield f"{_INDENT}{number} of {len(occurrences)}:"
        yield from _labeled([fact for fact in facts if fact not in shared])


def listing(entries: Iterable[Entry], lookup: Lookup) -> _Lines:
    """Yield a line for each of *entries*, below the title of its service."""
    for service, info in lookup.services.items():
        rows = [entry for entry in entries if entry.service == service]
        if rows:
            yield from _wrapped(f"{info.title} ({service})", "", "")
            yield from _table(rows, lookup)


def as_data(entry: Entry, lookup: Lookup) -> dict[str, Any]:
    """Return what is documented about *entry*, for JSON."""
    return {
        "service": entry.service,
        "code": entry.code,
        "kind": entry.kind,
        "class": entry.class_name,
        "former_classes": entry.former,
        "member": entry.member,
        "http_status": entry.http_status,
        "occurrences": lookup.occurrences(entry),
    }


def printable(text: str) -> str:
    r"""Return *text* with escapes for characters that a terminal may act on: ``\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode() for c in text
    )


def _is_in(fact: _Fact, occurrences: Iterable[list[_Fact]]) -> bool:
    return all(fact in facts for facts in occurrences)


def _facts(occurrence: dict[str, Any], names: Iterable[_Fact]) -> list[_Fact]:
    """Return the facts that *occurrence* documents, and those in *names*."""
    statuses = ", ".join(map(_status, occurrence.get("http_status", ())))
    facts = (
        ("Message", occurrence.get("message")),
        ("What happened", occurrence.get("description")),
        ("What to do", occurrence.get("handling")),
        ("Worth retrying", _yes_or_no(occurrence.get("retryable"))),
        ("HTTP status", statuses),
        ("Name", occurrence.get("name")),
        ("Module", occurrence.get("module")),
        ("Withdrawn", _withdrawal(occurrence)),
        *names,
        ("Documented in", occurrence.get("docs_url") or occurrence.get("page")),
    )
    return [(label, text) for label, text in facts if text]


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


def _withdrawal(occurrence: dict[str, Any]) -> str:
    withdrawn = occurrence.get("withdrawn", False)
    return "this code is struck through in the documents" if withdrawn else ""


def _status(http_status: int) -> str:
    return f"{http_status} {PHRASES.get(http_status, '')}".rstrip()


def _names(entry: Entry, enum: str, package: str) -> Iterator[_Fact]:
    """Yield the names in Python, and why there may be no class."""
    if entry.kind == "success":
        yield "Meaning", "success, not an error: it has no exception class"
    if entry.kind == "retired":
        yield "Deprecated", "this code is no longer documented"
    module = f"{package}.{entry.service}" if package else entry.service
    if entry.class_name is not None:
        yield "Class", f"{module}.{entry.class_name}"
        for name in entry.former:
            yield "Former class", f"{module}.{name}"
    yield "Member", f"{module}.{enum}.{entry.member}"


def _labeled(facts: Iterable[_Fact]) -> _Lines:
    """Yield the lines of *facts*, with the texts in a column beside the labels."""
    for label, text in facts:
        first = f"{_INDENT}{label:{_LABEL}}"
        for line in filter(None, text.splitlines()):
            yield from _wrapped(line, first, " " * len(first))
            first = " " * len(first)


def _table(rows: Sequence[Entry], lookup: Lookup) -> _Lines:
    codes = [printable(entry.code) for entry in rows]
    statuses = [", ".join(map(str, entry.http_status)) for entry in rows]
    code_width = min(max(map(_width, codes)), 30)
    status_width = min(max(map(len, statuses)), 8)
    for entry, code, status in zip(rows, codes, statuses, strict=True):
        start = f"{_INDENT}{_filled(code, code_width)}  {status:{status_width}}  "
        summary = printable(" ".join(_summary(entry, lookup).split()))
        yield _cut(start + summary).rstrip()


def _summary(entry: Entry, lookup: Lookup) -> str:
    for occurrence in lookup.occurrences(entry):
        for field in ("message", "description", "handling"):
            if text := occurrence.get(field):
                return str(text)
    return "(no longer documented)" if entry.kind == "retired" else ""


def _wrapped(text: str, first: str, other: str) -> _Lines:
    """Yield *text* in lines that begin with *first*, and then with *other*."""
    line = first
    is_empty = True
    for word in printable(" ".join(text.split())).split(" "):
        for piece in _pieces(word, _COLUMNS - _width(other)):
            space = "" if is_empty else " "
            if not is_empty and _width(line + space + piece) > _COLUMNS:
                yield line
                line, space = other, ""
            line += space + piece
            is_empty = False
    yield line.rstrip()


def _pieces(word: str, columns: int) -> Iterator[str]:
    """Yield *word*, in pieces that fit if it is text in a script without spaces.

    Names and links stay in one piece, so that they can be copied.
    """
    if word.isascii() or _width(word) <= columns:
        yield word
        return
    piece = ""
    for character in word:
        if _width(piece + character) > columns:
            yield piece
            piece = ""
        piece += character
    yield piece


def _cut(line: str) -> str:
    """Return *line*, with dots in the place of what does not fit."""
    if _width(line) <= _COLUMNS:
        return line
    while _width(line) > _COLUMNS - 3:
        line = line[: min(len(line) - 1, _COLUMNS)]
    return f"{line}..."


def _filled(text: str, columns: int) -> str:
    return text + " " * (columns - _width(text))


def _width(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
