"""Finding the listings of errors: runs of sections, lists and directives with a code in each item.

Such a listing becomes a table: the codes are its first column, the labels its other headings.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from errbook.analyzer import vocabulary
from errbook.analyzer.cells import codes_in, is_range, status_and_code, statuses_in
from errbook.analyzer.columns import Columns, names_a_member
from errbook.analyzer.evidence import (
    has_marks_of_code,
    is_code_in_capitals,
    is_identifier,
    is_surely_code,
    say_error,
    stands_for_others,
)
from errbook.analyzer.items import contents_of, empty, label_field, with_text
from errbook.analyzer.tables import AnalyzedTable
from errbook.analyzer.titles import (
    Evidence,
    evidence_of,
    mentions_codes,
    mentions_errors,
    mostly_speak_of_trouble,
    speaks_of_trouble,
    title_evidence,
)
from errbook.analyzer.vocabulary import normalized
from errbook.http_status import PHRASES, is_only_statuses
from errbook.project.settings import ServiceSettings
from errbook.readers.document import Cell, Item, Listing, Row, Table
from errbook.text.numbering import is_numbering

_FIELDS = (
    "code",
    "http_status",
    "module",
    "name",
    "message",
    "description",
    "handling",
    "retryable",
)

_Shape = Literal["code", "labelled", "name", "capitals", "last", "range", ""]
"""What a head looks like: a code for sure, one under a label, a name that may be one, a word in
capitals, a word in brackets at the end of a title, a range of codes, or none of these.
"""


class _Entry(msgspec.Struct):
    """An item whose head looks like a code."""

    item: Item
    codes: Cell
    """The head without words such as ``Error`` before it."""

    status: Cell | None
    shape: _Shape
    is_named: bool = False
    """Whether words for an error stand before it."""


class ReadCodes(msgspec.Struct, frozen=True):
    """What the error tables of a page have."""

    codes: Collection[str]
    names: Collection[str]
    """The names beside the codes."""

    titles: Collection[str]
    """The titles above them."""


def error_listings(
    listings: Sequence[Listing], read: ReadCodes, service: ServiceSettings
) -> Iterator[AnalyzedTable]:
    """Yield the *listings* of errors as tables, but not those that explain a few *read* codes."""
    found = [(listing, _entries(listing, read.titles)) for listing in listings]
    with_code: set[str] = set()
    sections = [pair for pair in found if pair[0].kind == "section"]
    for _, group in groupby(sorted(sections, key=_level), key=_level):
        members = list(group)
        if _are_sections_of_codes(members, read):
            for listing, entries in members:
                if entries and _lists_errors(listing, entries):
                    with_code |= {entry.item.term for entry in entries}
                    yield _table(listing, entries, service)
    lists = [
        (listing, entries)
        for listing, entries in found
        if listing.kind not in ("section", "block")
        and entries
        and listing.context.section not in with_code  # as a part of what a section says
        and not _are_few(entries, read)
    ]
    accepted = [pair for pair in lists if len(pair[1]) > 1 and _lists_errors(*pair)]
    siblings = {_around(listing) for listing, _ in accepted}
    for listing, entries in lists:
        is_sibling = _around(listing) in siblings and all(
            entry.item.style == "code" and is_surely_code(entry.codes.text) for entry in entries
        )
        if (listing, entries) in accepted or is_sibling:
            yield _table(listing, entries, service)


def _around(listing: Listing) -> tuple[str, tuple[str, ...]]:
    """Return what *listing* has in common with those of the sections beside its own."""
    return listing.kind, listing.context.titles[1:]


def _level(pair: tuple[Listing, list[_Entry]]) -> int:
    return pair[0].level


def _are_sections_of_codes(
    members: Sequence[tuple[Listing, list[_Entry]]], read: ReadCodes
) -> bool:
    """Return whether the sections of one level have codes: at least three, or most of them.

    A section with a code may be alone in its group, if other groups have such sections, too.
    """
    entries = [entry for _, found in members for entry in found if entry.shape != "range"]
    items = [item for listing, _ in members for item in listing.items]
    sections = sum(1 for item in items if not stands_for_others(item.term))
    if len(entries) == sections == 1 and members[0][0].level == 1:
        return not read.codes and _is_page_of_code(entries[0])
    is_many = len(entries) > 2 or (
        len(entries) == 2 and (sections < 4 or _are_under_codes(members, entries))
    )
    return is_many and not _are_few(entries, read)


def _is_page_of_code(entry: _Entry) -> bool:
    """Return whether *entry*, the page, is about one code: ``Error CS0029``, or with a solution."""
    code = entry.codes.text
    is_named = entry.item.head.text != code or mentions_errors(entry.item.term.replace(code, ""))
    title = entry.item.rest.text
    is_alone = not title or bool(entry.item.separator and speaks_of_trouble([title]))
    has_solution = any(label_field(part) == "handling" for part in entry.item.parts)
    return (
        is_code_in_capitals(code)
        and not code.isalpha()
        and (is_named or (is_alone and has_solution))
    )


def _are_under_codes(
    members: Sequence[tuple[Listing, list[_Entry]]], entries: Sequence[_Entry]
) -> bool:
    """Return whether all *entries* are codes for sure, under a title of error codes."""
    titles = (title_evidence(listing.context.titles) for listing, found in members if found)
    return all(found.topic == "codes" and mentions_codes(found.title) for found in titles) and all(
        is_surely_code(entry.codes.text) for entry in entries
    )


def _are_few(entries: Sequence[_Entry], read: ReadCodes) -> bool:
    """Return whether *entries* are less than half of the *read* codes: they are examples."""
    known = {*read.codes, *read.names}
    are_read = all(known.issuperset(codes_in(entry.codes.text)) for entry in entries)
    return are_read and 2 * len(entries) < len(read.codes)


def _entries(listing: Listing, groups: Collection[str]) -> list[_Entry]:
    """Return the items of *listing* that may be codes, if they are more than its numbering.

    *groups* are titles with an error table below.
    """
    items = [item for item in listing.items if item.term not in groups]
    entries = [entry for item in items if (entry := _entry(item, listing))]
    if listing.kind == "section":
        titles = {entry.item.term for entry in entries}
        others = (item for item in items if item.term not in titles)
        entries += [entry for item in others if (entry := _labelled_entry(item))]
    if listing.kind in ("definition list", "field list") and 4 * len(entries) >= 3 * len(items):
        # The other terms are plain words: ``Error``, ``timeout``.
        entries = [entry for item in items if (entry := _entry(item, listing, plain=True))]
    codes = [entry for entry in entries if entry.shape in ("code", "labelled")]
    is_of_exits = any(map(vocabulary.PROGRAM_EXITS.search, listing.context.titles[:1]))
    if _are_statuses(codes) and not is_of_exits:
        codes = _behind_statuses(codes)
    elif _are_numbered(codes):
        codes = []
    last = [entry for entry in entries if entry.shape == "last"]
    if len(last) > 2 and 4 * len(last) >= 3 * len(items):
        codes += last
    if _are_members(codes):
        return []
    names = [entry for entry in entries if entry.shape == "name"]
    if listing.kind == "section" and len(codes) + len(names) > 1:
        terms = {entry.item.term for entry in entries}
        names += _words_of_trouble((item for item in items if item.term not in terms), listing)
    if not _name_trouble(names):
        names = [entry for entry in names if _has_known_labels(entry.item)]
    words = [entry for entry in entries if entry.shape == "capitals"]
    is_list_of_words = len(words) > 2 and mostly_speak_of_trouble(list(map(_text, words)))
    is_list_of_words |= len(words) > 1 and all(_ERRNO.fullmatch(e.codes.text) for e in words)
    if not (codes or names or is_list_of_words):
        words = [entry for entry in words if _has_known_labels(entry.item)]
    found = [*codes, *names, *words]
    ranges = [entry for entry in entries if entry.shape == "range"] if found else []
    return sorted([*found, *ranges], key=lambda entry: entry.item.head.location)


def _words_of_trouble(items: Iterable[Item], listing: Listing) -> Iterator[_Entry]:
    """Yield the titles among *items* that are one word for trouble: ``Timeout``."""
    for item in items:
        is_word = item.term == item.head.text and not mentions_errors(item.term)
        is_word = is_word and speaks_of_trouble([item.term])
        entry = _entry(item, listing, plain=True) if is_word else None
        if entry is not None:
            yield entry


_LABELS_OF_CODES = vocabulary.CODE | vocabulary.CODE_ALONE | vocabulary.CODE_OF_ERRORS
_PREFIX = re.compile(r"((?:[^\W\d_]+[.°]?[ :：#]+){1,3})(?=\S*$)")
_CODE_AND_TITLE = re.compile(r"((?=\S*\d)[A-Z]\S{0,60}?)[:：]\s+(\S.*)", re.DOTALL)
_NOT_A_CODE = re.compile(
    r"--?[A-Za-z].*|[/.@$#<].*|.*(\(|://|[=<>]).*|.*\.(py|js|ts|go|java|rb|md|rst|json|ya?ml|txt|html)"
    r"|\d{4}-\d\d(-\d\d)?"
)
_VERSION = re.compile(r"v?\d+(\.\d+)*\.[\dx]+")
_NAME = re.compile(r"[^\W\d_]+(?:[-.:][^\W\d_]+)+|[^\W\d_]*[a-z][A-Z][^\W\d_]*")
_ERRNO = re.compile(r"E[A-Z]{2,}")
"""What the errors of POSIX are named: ``EINVAL``."""

_CAPITALS = re.compile(r"[A-Z]{2,}")


def _entry(item: Item, listing: Listing, *, plain: bool = False) -> _Entry | None:
    """Return *item* as an entry if its head looks like a code, or with *plain*, is one word."""
    codes = item.head
    prefix = _PREFIX.match(codes.text)
    statuses, code = status_and_code(codes.text)
    if statuses and codes_in(code) and (code.islower() or not is_only_statuses(codes.text)):
        status = with_text(codes, codes.text.removesuffix(code).strip())
        return _Entry(item=item, codes=with_text(codes, code), status=status, shape="code")
    if prefix and _names_codes(prefix[1]):
        codes = msgspec.structs.replace(codes, text=codes.text[prefix.end() :])
        if item.is_last and has_marks_of_code(codes.text):
            return _Entry(item=item, codes=codes, status=None, shape="code")
    if titled := _CODE_AND_TITLE.fullmatch(codes.text):
        codes = with_text(codes, titled[1])
        title = " ".join(filter(None, [titled[2], item.rest.text]))
        item = msgspec.structs.replace(item, rest=with_text(item.rest, title))
    shape = _shape(codes.text, item, listing)
    if not shape and is_range(codes.text) and not codes_in(codes.text):
        shape = "range"
    if plain and not shape and is_identifier(codes.text) and not _NOT_A_CODE.fullmatch(codes.text):
        shape = "capitals"
    if not shape:
        return None
    is_named = bool(prefix and mentions_errors(prefix[1]))
    return _Entry(item=item, codes=codes, status=None, is_named=is_named, shape=shape)


def _labelled_entry(item: Item) -> _Entry | None:
    """Return *item* as an entry if a label below its title, such as ``Code``, has one code."""
    for part in item.parts:
        if normalized(part.label) in _LABELS_OF_CODES:
            codes = codes_in(part.rest.text)
            if len(codes) == 1 and is_identifier(codes[0]) and not is_only_statuses(codes[0]):
                title = with_text(item.head, item.term)
                others = tuple(other for other in item.parts if other is not part)
                item = msgspec.structs.replace(item, rest=title, parts=others)
                return _Entry(item=item, codes=part.rest, status=None, shape="labelled")
    return None


def _names_codes(words: str) -> bool:
    """Return whether *words* name what follows them: ``Error 17``, ``Code 17``."""
    patterns = (
        vocabulary.ERRORS_IN_TITLES,
        vocabulary.CODES_IN_TITLES,
        vocabulary.WORDS_BEFORE_CODES,
    )
    return any(pattern.search(words) for pattern in patterns)


def _shape(head: str, item: Item, listing: Listing) -> _Shape:
    """Return the shape of *head*, the weakest one if it has several codes."""
    codes = codes_in(head)
    if not codes or not is_identifier(head) or any(map(_NOT_A_CODE.fullmatch, codes)):
        return ""
    if any(map(is_numbering, codes)):
        return ""
    if item.is_last:
        return "code" if all(map(is_surely_code, codes)) else "last"
    if item.style == "code":
        return "code"
    is_title = listing.kind == "section"
    is_plain_item = listing.kind == "list" and not item.style
    if is_plain_item and not (item.separator or codes[0].lstrip("-").isdigit()):
        return ""
    if is_title and not item.separator and item.rest.text and _is_small_number(codes[0]):
        return ""
    if is_title and any(map(_VERSION.fullmatch, codes)):
        return ""
    if all(map(has_marks_of_code, codes)):
        return "code"
    if all(map(_NAME.fullmatch, codes)):
        return "name"
    return "capitals" if all(map(_CAPITALS.fullmatch, codes)) else ""


def _is_small_number(code: str) -> bool:
    """Return whether *code* may number a title: ``2 Installation``."""
    return code.isdigit() and len(code) < 3


def _name_trouble(names: Sequence[_Entry]) -> bool:
    """Return whether the *names* themselves say that something went wrong: ``DiskFull``."""
    heads = [entry.codes.text for entry in names]
    return bool(heads) and (say_error(heads) or speaks_of_trouble(map(_words, heads)))


def _words(code: str) -> str:
    """Return the words in *code*: ``NoSuchDisk`` has three."""
    return re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", code))


def _has_known_labels(item: Item) -> bool:
    return any(label_field(part) for part in item.parts)


def _are_numbered(entries: Sequence[_Entry]) -> bool:
    """Return whether the heads only number the items: ``1.``, ``2.``, ``3.``."""
    heads = [entry.codes.text for entry in entries]
    return (
        all(
            head.isdigit()
            and entry.item.separator in ("", ".")
            and entry.item.rest.text
            and entry.item.style == ""
            for head, entry in zip(heads, entries, strict=True)
        )
        and len(heads) > 1
        and [int(head) for head in heads] == list(range(int(heads[0]), int(heads[0]) + len(heads)))
        and int(heads[0]) < 2
        and any(entry.item.separator == "." for entry in entries)
    )


_TYPE = re.compile(r"[(\[]?([^\W\d]+)\b")


def _are_members(entries: Sequence[_Entry]) -> bool:
    """Return whether the items are members of a body, or parameters, rather than errors."""
    types = [
        word
        for entry in entries
        if (match := _TYPE.match(entry.item.rest.text))
        and (word := match[1].lower()) in vocabulary.DATA_TYPES
    ]
    return any(names_a_member(entry.codes.text) for entry in entries) or (
        len(types) * 2 > len(entries)
    )


def _are_statuses(entries: Sequence[_Entry]) -> bool:
    """Return whether the heads are HTTP statuses, at least half of them registered ones."""
    heads = [entry.codes.text for entry in entries]
    registered = sum(1 for head in heads if PHRASES.keys() & set(statuses_in(head)))
    return bool(heads) and all(map(is_only_statuses, heads)) and 2 * registered >= len(heads)


_CODE_AND_REST = re.compile(r"([^\s:：]+)(?:\s*[:：]|\s+[-–—](?=\s))?\s*(.*)", re.DOTALL)


def _behind_statuses(entries: Sequence[_Entry]) -> list[_Entry]:
    """Return the codes behind the statuses, as in ``404: NoSuchDisk``, if all entries have one."""
    matches = (_CODE_AND_REST.match(entry.item.rest.text) for entry in entries)
    found = [match for match in matches if match is not None]
    codes = [match[1] for match in found]
    if len(codes) < len(entries) or not all(
        has_marks_of_code(c) or _NAME.fullmatch(c) for c in codes
    ):
        return []
    return [
        _Entry(
            item=msgspec.structs.replace(entry.item, rest=with_text(entry.item.rest, match[2])),
            codes=with_text(entry.item.rest, match[1]),
            status=entry.codes,
            shape="code",
        )
        for entry, match in zip(entries, found, strict=True)
    ]


def _lists_errors(listing: Listing, entries: Sequence[_Entry]) -> bool:
    """Return whether something besides their shape says that the heads are codes of errors.

    That is a title, the introduction, or the codes themselves: ``ERR_NO_DISK``.
    """
    context = listing.context
    found = evidence_of(context.titles, context.introduction, context.earlier)
    if found.topic == "others":
        return False
    if listing.kind != "section" and 2 * len(entries) < len(listing.items):
        return False
    is_own = _is_own(found, listing)
    if listing.level == len(listing.items) == 1:
        return True  # a page of one code
    is_sure = (is_own and mentions_codes(found.title)) or _are_telling(entries)
    if found.topic == "codes" and is_sure:
        return True
    are_labelled = all(entry.shape == "labelled" for entry in entries) or _are_labelled(entries)
    if found.topic in ("codes", "errors") and is_own and are_labelled:
        return True
    reports_trouble = mostly_speak_of_trouble(list(map(_text, entries)))
    is_known = found.topic in ("codes", "errors", "statuses")
    if is_known and is_own and reports_trouble and _are_telling(entries):
        return True
    if is_own and vocabulary.CODES_OF_OUTCOMES.search(found.title) and _are_sure(entries):
        return True
    if found.topic is None and _have_causes_and_actions(entries):
        return True
    if len(entries) > 1 and all(entry.is_named for entry in entries):
        return True
    if len(entries) > 2 and say_error([entry.codes.text for entry in entries]):
        return True
    if found.topic is None or (found.topic == "codes" and not is_own):
        return _are_all_messages(listing, entries)
    return len(entries) > 2 and reports_trouble and (is_own or found.topic != "statuses")


def _are_sure(entries: Sequence[_Entry]) -> bool:
    return all(is_surely_code(entry.codes.text) for entry in entries)


def _have_causes_and_actions(entries: Sequence[_Entry]) -> bool:
    """Return whether all entries are codes for sure, with a cause and with what to do."""
    return all(
        is_surely_code(entry.codes.text)
        and {"description", "handling"} <= {label_field(part) for part in entry.item.parts}
        for entry in entries
    )


def _are_labelled(entries: Sequence[_Entry]) -> bool:
    """Return whether most entries have labels such as ``Cause`` or ``Solution``."""
    return 2 * sum(1 for entry in entries if _has_known_labels(entry.item)) > len(entries)


def _is_own(found: Evidence, listing: Listing) -> bool:
    """Return whether what is *found* is the title of the section itself, or the introduction."""
    titles = listing.context.titles
    return listing.kind == "section" or found.title not in titles[1:] or not listing.context.section


_TELLING = re.compile(r".*\d.*|[^a-z]+")


def _are_telling(entries: Sequence[_Entry]) -> bool:
    """Return whether most heads have digits or capitals alone, or say what went wrong.

    ``E_DISK`` and ``disk_full`` do, ``max_retries`` does not.
    """
    heads = [entry.codes.text for entry in entries]
    telling = [
        head
        for head in heads
        if _TELLING.fullmatch(head) or say_error([head]) or speaks_of_trouble([plain_words(head)])
    ]
    return 2 * len(telling) > len(heads)


def plain_words(code: str) -> str:
    """Return the words in *code* without ``error``, which is in names of functions, too."""
    return re.sub("(?i:errors?)", "", _words(code))


def _are_all_messages(listing: Listing, entries: Sequence[_Entry]) -> bool:
    """Return whether all sections are codes with messages that report that something went wrong.

    The message is the title, or a block of code at the beginning.
    """
    messages = [
        entry.item.rest.text or entry.item.parts[0].whole.text
        for entry in entries
        if entry.item.rest.text or [part.kind for part in entry.item.parts[:1]] == ["code"]
    ]
    is_complete = len(messages) == len(entries) == len(listing.items) > 2
    return listing.kind == "section" and is_complete and mostly_speak_of_trouble(messages)


def _text(entry: _Entry) -> str:
    return item_text(entry.codes.text, entry.item)


def item_text(head: str, item: Item) -> str:
    """Return the words in *head*, the rest of its term, and the first texts below it."""
    below = (part.whole.text for part in item.parts[:2])
    return " ".join([_words(head), item.rest.text, *below])


def _with_titles_below(entries: list[_Entry]) -> list[_Entry]:
    """Return *entries* with the headings directly below them as their titles, if all have one."""
    below = [entry.item.parts[:1] for entry in entries if not entry.item.rest.text]
    titles = {
        part.label
        for parts in below
        for part in parts
        if part.kind == "heading" and not label_field(part)
    }
    if not 1 < len(titles) == len(entries):
        return entries
    return [
        msgspec.structs.replace(
            entry,
            item=msgspec.structs.replace(
                entry.item, rest=entry.item.parts[0].whole, parts=entry.item.parts[1:]
            ),
        )
        for entry in entries
    ]


def _table(listing: Listing, entries: Iterable[_Entry], service: ServiceSettings) -> AnalyzedTable:
    """Return *listing* as a table with one row for each of *entries*."""
    read = [
        (entry, contents_of(entry.item, entry.codes, entry.status, listing.kind))
        for entry in _with_titles_below(list(entries))
    ]
    fields = [field for field in _FIELDS if any(field in c.fields for _, c in read)]
    rows = tuple(
        Row(
            cells=tuple(
                contents.fields.get(field) or empty(entry.codes.location) for field in fields
            ),
            location=entry.item.head.location,
        )
        for entry, contents in read
    )
    headings = Row(
        cells=tuple(Cell(text=name, commonmark=name, location=listing.location) for name in fields),
        location=listing.location,
    )
    return AnalyzedTable(
        table=Table(
            headings=(headings,), rows=rows, context=listing.context, location=rows[0].location
        ),
        kind=listing.kind,
        heading_row=headings,
        columns=Columns(fields=tuple(fields), overruled=()),
        rows=rows,
        labelled=tuple(contents.extra for _, contents in read),
        is_excluded=listing.context.section in service.exclude,
        unknown_columns=(),
    )
