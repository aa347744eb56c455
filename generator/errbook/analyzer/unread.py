"""Places where a page seems to list codes, but none was read."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

import msgspec

from errbook.analyzer import vocabulary
from errbook.analyzer.cells import codes_in
from errbook.analyzer.columns import list_members, names_a_member
from errbook.analyzer.evidence import (
    holds_only_statuses,
    holds_registered_statuses,
    is_code_in_capitals,
    is_surely_code,
    is_true_of_most,
    looks_like_code,
    say_error,
    stands_for_others,
)
from errbook.analyzer.listings import item_text, plain_words
from errbook.analyzer.tables import AnalyzedTable
from errbook.analyzer.titles import (
    Evidence,
    mentions_codes,
    mentions_errors,
    mostly_speak_of_trouble,
    speaks_of_trouble,
    title_evidence,
    topic,
)
from errbook.diagnostics import Location
from errbook.http_status import is_phrase
from errbook.readers.document import Context, Document, Listing


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A table or a list under a title that speaks of codes, from which no code was read."""

    what: str
    """``table``, the kind of the listing, or ``text``."""

    title: str
    headings: tuple[str, ...] = ()
    """The headings of a table, without those of statuses."""

    example: str = ""
    """A word in the text that may be a code."""

    location: Location


def unread_codes(
    tables: Sequence[AnalyzedTable], listings: Sequence[Listing], documented: Collection[str]
) -> Iterator[Unread]:
    """Yield where codes may stand that are not among those *documented* on the page.

    Nothing is reported in a section in which an error table was read.
    """
    read = {table.table.context.section for table in tables if table.is_error_table}
    known = frozenset(documented)

    def is_of_code(section: str | None) -> bool:
        return not known.isdisjoint((section or "").replace(":", " ").split()[:2])

    for table in tables:
        evidence = own_evidence(table.table.context)
        texts = [table.texts(i) for i in range(table.width)]
        is_of_codes = evidence.topic == "codes" or (
            topic(evidence.title) == "statuses"  # not any title that ends with codes
            and mentions_codes(evidence.title)
            and any(mentions_codes(cell.text) for row in table.table.headings for cell in row.cells)
        )
        if is_of_code(table.table.context.section):
            is_of_codes |= any(is_true_of_most(cells, is_surely_code) for cells in texts)
        if is_of_codes and table.table.context.section not in read:
            is_other = table.is_excluded or list_members(table.headings, texts)
            if documented:  # a table of their ranges
                is_other = is_other or any(all(map(stands_for_others, t)) for t in texts if t)
            if any(map(_are_statuses, texts)):
                cells = chain.from_iterable(row.cells for row in table.rows)
                words = _apparent_codes(" ".join(cell.commonmark for cell in cells))
                is_other = is_other or len(words) < 2 or set(documented).issuperset(words)
            if not is_other and len(table.rows) > 1:
                yield Unread(
                    what="table",
                    title=evidence.title or table.table.context.section or "",
                    headings=tuple(
                        heading
                        for heading, cells in zip(table.headings, texts, strict=False)
                        if not _are_statuses(cells)
                    ),
                    location=table.table.location,
                )
    for listing in listings:
        evidence = own_evidence(listing.context)
        heads = [item.head.text for item in listing.items]
        is_below_code = is_of_code(listing.context.section)
        says_codes = (
            evidence.topic == "codes"
            or (is_below_code and all(map(is_surely_code, heads)))
            or (evidence.topic == "errors" and all(map(is_code_in_capitals, heads)))
            or (
                evidence.topic == "statuses"
                and mostly_speak_of_trouble([item_text(i.head.text, i) for i in listing.items])
            )
        )
        is_unread = says_codes and listing.context.section not in read
        title = evidence.title or listing.context.section or ""
        if is_unread and (
            _lists_other_codes(listing, documented) or _lists_other_numbers(listing, title)
        ):
            yield Unread(what=listing.kind, title=title, location=listing.location)


def _are_statuses(cells: Sequence[str]) -> bool:
    return holds_only_statuses(cells) and holds_registered_statuses(cells)


def unread_texts(
    document: Document, read: Collection[int], documented: Collection[str]
) -> Iterator[Unread]:
    """Yield the sections of *document* under titles of errors whose texts seem to have codes.

    *read* are the lines of what was read or reported. A section in another one is not repeated.
    """
    if not documented and _is_about_one_code(document):
        location = Location(path=document.path, line=1, column=1)
        yield Unread(what="page", title=document.titles[0], location=location)
        return
    lines = document.text.splitlines()
    for table in document.tables:  # which have been judged
        for row in table.rows:
            lines[row.location.line - 1] = ""
    known = {*documented, *(part for code in documented for part in code.split("."))}
    end = 0
    for section in document.sections:
        if section.lines.start < end or not _promises_codes(section.title):
            continue
        if any(line in section.lines for line in read):
            continue
        end = section.lines.stop
        found = [
            (line, code)
            for line in section.lines
            for code in _apparent_codes(lines[line - 1])
            if code not in known
        ]
        has_list = any(
            _BRINGS_TEXT.match(lines[line - 1]) or _ITEM_ZERO.match(lines[line - 1])
            for line in section.lines
        )
        inner = [other.title for other in document.sections if other.lines.start in section.lines]
        titles = [title for title in inner if say_error([title]) and title not in known]
        is_of_errors = topic(section.title) == "errors"
        if is_of_errors:
            found = [(line, code) for line, code in found if is_code_in_capitals(code)]
        of_codes = not is_of_errors and bool(
            mentions_codes(section.title) or vocabulary.LISTS_OF_PROBLEMS.search(section.title)
        )
        is_titled = of_codes and not known.issuperset(_apparent_codes(" ".join(inner)))
        least = 4 if is_of_errors else 2
        if len({code for _, code in found}) >= least or (found and is_titled):
            line, code = found[0]
            location = Location(path=document.path, line=line, column=1)
            location = msgspec.structs.replace(location, column=lines[line - 1].index(code) + 1)
            yield Unread(what="text", title=section.title, example=code, location=location)
        elif len(titles) > 1:
            yield Unread(
                what="text", title=section.title, example=titles[0], location=section.location
            )
        elif has_list and of_codes:
            yield Unread(what="text", title=section.title, location=section.location)


_BEGINS_WITH_CODE = re.compile(
    r"(?:[^\W\d_]+ ){0,2}([A-Z][A-Z0-9_.-]*\d{2,})\b(?!\.\d)(\s*[:：]\s)?"
)


def _is_about_one_code(document: Document) -> bool:
    """Return whether the page's title is a code, and what is below it says what to do.

    A title that mentions errors, or has a text after the code, is enough.
    """
    title = document.titles[0] if document.titles else ""
    found = _BEGINS_WITH_CODE.match(title)
    if not found or not is_code_in_capitals(found[1]) or _OTHER_NAME.fullmatch(found[1]):
        return False
    fields = {
        field
        for section in document.sections[1:]
        for field in vocabulary.text_fields(vocabulary.normalized(section.title))
    }
    return bool(found[2]) or mentions_errors(title) or "handling" in fields


def _promises_codes(title: str) -> bool:
    subject = topic(title)
    is_list_of_codes = subject == "statuses" and vocabulary.ENDS_WITH_CODES.search(title)
    is_list = is_list_of_codes or vocabulary.LISTS_OF_PROBLEMS.search(title)
    return bool(is_list) or subject in ("codes", "errors")


_ITEM_ZERO = re.compile(r"\s*0[.)]\s+\S")
"""The first item of a list that is numbered as codes are: ``0. Success``."""

_BRINGS_TEXT = re.compile(
    r"^\s*(?:\.\. |`{3,}\{|:{3,}\{)(?:\w+:)?(?:auto|doxygen|literalinclude)[\w-]*(?:::|\})",
    re.MULTILINE,
)
"""A directive that brings its text from the outside, from programs for example."""

_APPARENT_CODE = re.compile(
    r"(?:urn:[\w:.-]{1,100}:|https?://[^\s`\"'<>]{1,100}/)(?:problems?|errors?|probs)[/:][\w-]+"
    r"|(?<![\w.$/-])(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[A-Z]{1,8}[-.]?\d{2,6})(?![\w/-])"
    r"|(?<=[`\"'>])(?:[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Za-z]+(?:Error|Exception)|[A-Z]+\d|\d{4,6}"
    r"|[a-z]+(?:[A-Z][a-z]+)+)"
    r"(?=[`\"'<])|(?<=#)\d{4,6}\b"
    r"|(?<!\S)[A-Z]\w{2,60}(?=[ \t]*=[ \t]*-?(?:0x[0-9a-fA-F]+|\d+)[ \t]*,)"  # of an enumeration
)
_CAMEL_CASE = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+")
_OTHER_NAME = re.compile(
    r"(?:RFC|PEP|CVE|UTF|ISO|IEC|SHA|AES|MD|HTTP|TLS|IPV|X|P|H|OAUTH|BASE|INT|UINT|S)[-.]?\d+.*"
)


def _apparent_codes(text: str) -> list[str]:
    """Return the different words in *text*, in whatever markup, that look like codes."""
    words = dict.fromkeys(_APPARENT_CODE.findall(text))
    return [
        word
        for word in words
        if not (_OTHER_NAME.fullmatch(word) or names_a_member(word))
        and (not _CAMEL_CASE.fullmatch(word) or speaks_of_trouble([plain_words(word)]))
    ]


def own_evidence(context: Context) -> Evidence:
    """Return what its own title, or that of its section, says; not those farther away."""
    nearest = context.titles[: 1 + context.titles.index(context.section)] if context.section else ()
    return title_evidence(nearest or context.titles[:1])


_LIKE_A_STATUS = re.compile(r"(?:[^\W\d_]+ ){0,2}[1-5]\d\d")
_END_OF_PHRASE = re.compile(r"\s+[-–—]\s|[:：.,(（]")


def _lists_other_numbers(listing: Listing, title: str) -> bool:
    """Return whether most items begin with numbers that only look like HTTP statuses.

    They have other texts than the reason phrases, under a *title* that speaks of codes, not HTTP.
    """
    about = f"{title} {listing.context.introduction}".casefold()
    if not mentions_codes(title) or "http" in about:
        return False
    texts = [item.rest.text for item in listing.items if _LIKE_A_STATUS.fullmatch(item.head.text)]
    others = [text for text in texts if text and not is_phrase(_END_OF_PHRASE.split(text)[0])]
    return len(others) > 1 and 2 * len(others) > len(listing.items)


def _lists_other_codes(listing: Listing, documented: Collection[str]) -> bool:
    """Return whether the items of *listing* begin with codes that are not *documented*."""
    heads = [item.head.text for item in listing.items]
    codes = {
        code
        for head in heads
        for code in codes_in(head)
        if looks_like_code(code) or (code.isupper() and len(code) > 3)
    }
    is_of_codes = len(codes) > 1 and 2 * len(codes) > len(listing.items)
    return is_of_codes and not holds_only_statuses(heads) and not codes <= set(documented)
