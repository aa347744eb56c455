"""Codes of the lock that are gone from the tables, but perhaps not from the documents."""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from errbook.analyzer import Page
from errbook.diagnostics import Location
from errbook.project.lock import KnownDocument, LockEntry


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """Codes that were read once, and the place where they were probably lost."""

    codes: tuple[str, ...]
    reason: str
    location: Location


def losses(
    locked: Mapping[str, LockEntry],
    known: Mapping[str, KnownDocument],
    pages: Iterable[Page],
    texts: Mapping[str, str],
) -> tuple[Loss, ...]:
    """Return the codes in *locked* that *pages* do not document although they may still have them.

    *known* are the documents that had codes, *texts* the current ones, both by path. A code that is
    retired already is not lost. A code is really gone if its text is nowhere; if it has no
    letter, only unread tables count, because any number may occur in a text.
    """
    pages = tuple(pages)
    documented = {item.code for page in pages for item in page.documented}
    gone = [
        code
        for code, entry in sorted(locked.items())
        if not entry.retired and not entry.pruned and code not in documented
    ]
    if not gone:
        return ()
    lost: dict[str, _Cause] = {}
    unread = {str(number): table for number, table in enumerate(_unread_tables(pages))}
    in_tables = _Words({name: table.text for name, table in unread.items()})
    in_documents = _Words(texts)
    suspect = next(_suspect_documents(known, pages, texts), None)
    for code in gone:
        if place := in_tables.find(code):
            lost[code] = unread[place.path].cause
        elif re.search(r"[^\W\d_]", code) and (place := in_documents.find(code)):
            lost[code] = _Cause("its text is still here, but not in an error table", place)
        elif suspect is not None:
            lost[code] = suspect
    return tuple(_grouped(lost))


class _Cause(msgspec.Struct, frozen=True):
    reason: str
    location: Location
    is_exact: bool = False
    """Whether the reason is only about this location, not about the whole document."""


class _UnreadText(msgspec.Struct, frozen=True):
    """The text of a table that documents no code."""

    text: str
    cause: _Cause


def _unread_tables(pages: Iterable[Page]) -> Iterator[_UnreadText]:
    for page in pages:
        for unread in page.unread_tables:
            reason = f"this table cannot be read: {unread.reason}"
            yield _UnreadText(unread.text, _Cause(reason, unread.location, is_exact=True))
        read = {id(table.table) for table in page.error_tables}
        for table in page.tables:
            if id(table) not in read:
                cells = (cell.text for row in table.rows for cell in row.cells)
                cause = _Cause(
                    "this table is not read as an error table", table.table.location, is_exact=True
                )
                yield _UnreadText("\n".join(cells), cause)


class _Words:
    """The places of all words in some texts, which are by name: many codes are found quickly."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        # In reStructuredText a backslash may stand before any character of a code.
        self._texts = {name: text.replace("\\", "") for name, text in texts.items()}
        self._places: dict[str, list[tuple[str, int]]] = {}
        for name, text in self._texts.items():
            for word in re.finditer(r"\w+", text):
                self._places.setdefault(word[0], []).append((name, word.start()))

    def find(self, code: str) -> Location | None:
        """Return the first place of *code* as a whole, in the text named `Location.path`."""
        words = list(re.finditer(r"\w+", code))
        rarest = min(words, key=lambda word: len(self._places.get(word[0], ())), default=None)
        if rarest is None:
            return None
        escaped = r"\s+".join(map(re.escape, code.split()))
        pattern = re.compile(rf"(?<!\w)(?<!\w[.-]){escaped}(?!\w|[.-]\w)")
        for name, position in self._places.get(rarest[0], ()):
            text = self._texts[name]
            # A blank in the code may be several in the text.
            begin = max(0, position - rarest.start() - _MAX_BLANKS)
            found = pattern.search(text, begin, position + len(code) + _MAX_BLANKS)
            if found is not None:
                return Location.at(name, text, found.start())
        return None


_MAX_BLANKS = 100


def _suspect_documents(
    known: Mapping[str, KnownDocument], pages: Iterable[Page], texts: Mapping[str, str]
) -> Iterator[_Cause]:
    """Yield what happened to documents that had codes, if it may have hidden some."""
    by_path = {page.path: page for page in pages}
    for path, document in known.items():
        if path not in texts:
            yield _Cause(f"{path} had codes and is missing", document.location)
        elif not texts[path].strip():
            yield _Cause("this document is empty", Location(path=path, line=1, column=1))
        elif path in by_path and by_path[path].unread > document.unread:
            places = [
                *(table.location for table in by_path[path].unread_tables),
                *(include.location for include in by_path[path].includes),
            ]
            yield _Cause("this table cannot be read", min(places))
        elif path in by_path and not by_path[path].error_tables:
            reason = "this document had codes and no longer has an error table"
            yield _Cause(reason, Location(path=path, line=1, column=1))


def _grouped(lost: Mapping[str, _Cause]) -> Iterator[Loss]:
    """Yield one loss per cause, and one per document for codes in its text."""
    causes: dict[tuple[str, str], _Cause] = {}
    codes: dict[tuple[str, str], list[str]] = {}
    for code, cause in lost.items():
        key = cause.reason, str(cause.location) if cause.is_exact else cause.location.path
        causes.setdefault(key, cause)
        codes.setdefault(key, []).append(code)
    for key, cause in causes.items():
        yield Loss(codes=tuple(codes[key]), reason=cause.reason, location=cause.location)
