"""Rules about error codes: how they are spelled, and which errors share one."""

import re
import unicodedata
from collections.abc import Iterator

from errbook.analyzer import Documented, ErrorTable
from errbook.analyzer.cells import is_quoted, is_range
from errbook.diagnostics import Severity
from errbook.lint.code_counts import single_codes
from errbook.lint.rule import Facts, Finding, rule
from errbook.model import Occurrence


@rule(
    "EB201",
    "not-a-code",
    Severity.WARNING,
    message="'{text}' in the code column is not an error code",
    hint="write a code there, or move the row out of the table",
    why="A client cannot catch a sentence, `Other …`, or a stand-in such as `5xx` or `{{code}}`. "
    "It is left out of the catalogue; other codes in the same cell are not.",
    example="""
        ======  ============  ================
        Status  Error Code    Description
        ======  ============  ================
        500     Other errors  Contact support.
        ======  ============  ================
    """,
)
def not_a_code(facts: Facts) -> Iterator[Finding]:
    """Rows with other text in the code column."""
    for table in facts.error_tables:
        for row in table.skipped:
            if row.text is not None and not row.is_range:
                yield Finding(row.location, text=row.text)


@rule(
    "EB202",
    "unrelated-messages",
    Severity.WARNING,
    message="the code '{code}' means '{message}' here, but '{other}' at line {line}",
    hint="if these are two errors, give each its own code, or document them in two services",
    once=("code",),
    why="A client cannot distinguish two errors with the same code. In the catalogue they are one "
    "error.",
    example="""
        Routers
        -------

        ==========  =================
        Error Code  Error Message
        ==========  =================
        1           Router not found.
        ==========  =================

        Disks
        -----

        ==========  ==============
        Error Code  Error Message
        ==========  ==============
        1           Volume is busy
        ==========  ==============
    """,
)
def unrelated_messages(facts: Facts) -> Iterator[Finding]:
    """Codes that mean unrelated things in several tables of a page."""
    for page in facts.pages:
        first: dict[str, tuple[ErrorTable, Occurrence]] = {}
        for table in page.error_tables:
            for item in table.documented:
                here = item.occurrence
                before, other = first.setdefault(item.code, (table, here))
                if before is table or not (here.message and other.message):
                    continue
                if _are_unrelated(here, other):
                    yield Finding(
                        item.cells["message"].location,
                        code=item.code,
                        message=here.message.text,
                        other=other.message.text,
                        line=other.location.line,
                    )


def _are_unrelated(here: Occurrence, other: Occurrence) -> bool:
    words, others = _message_words(here), _message_words(other)
    return bool(words and others) and words.isdisjoint(others)


def _message_words(occurrence: Occurrence) -> set[str]:
    """Return the words of the message without stop words. Each ideograph is a word."""
    text = " ".join(occurrence.message.literals) if occurrence.message else ""
    words = re.findall(
        r"[^\W_]{3,}" if text.isascii() else r"[a-z0-9]{3,}|[^\x00-\x7f]",
        text.casefold(),
    )
    return set(words) - _STOP_WORDS


_STOP_WORDS = frozenset("the and are was not for this that with has have been can cannot".split())


@rule(
    "EB203",
    "case-variants",
    Severity.WARNING,
    message="'{code}' differs from '{other}' ({place}) only in case",
    hint="spell both the same way; if they are two codes, make them differ in more than case",
    why="Clients compare codes exactly, and a server usually sends only one of the two spellings.",
    example="""
        ==========  ===========
        Error Code  Description
        ==========  ===========
        Ecs.0005    No quota.
        ECS.0005    No quota.
        ==========  ===========
    """,
)
def case_variants(facts: Facts) -> Iterator[Finding]:
    """Codes that differ from an earlier code only in case."""
    first: dict[str, Documented] = {}
    reported: set[str] = set()
    for item in facts.documented:
        other = first.setdefault(item.code.casefold(), item)
        if other.code != item.code and item.code not in reported:
            reported.add(item.code)
            yield Finding(
                item.cells["code"].location,
                code=item.code,
                other=other.code,
                place=other.cells["code"].location,
            )


@rule(
    "EB204",
    "space-in-code",
    Severity.WARNING,
    message="the code '{text}' contains a space{reading}",
    hint="write the code exactly as the server sends it",
    why="A space next to a dot is treated as a typo and removed. Other spaces are kept. They are "
    "reported if most codes in the table have none, because the server probably sends the code "
    "without the space.",
    example="""
        ==========  ===========
        Error Code  Description
        ==========  ===========
        DCS. 4855   No backup.
        DCS.4856    No restore.
        DCS.4857    No disk.
        ==========  ===========
    """,
)
def space_in_code(facts: Facts) -> Iterator[Finding]:
    """Codes with a space in tables where most codes have none.

    A code that is read without its spaces is reported in every table.
    """
    for table in facts.error_tables:
        single = single_codes(table)
        with_spaces = [(code, cell) for code, cell in single.codes if _has_space(cell.text)]
        for code, cell in with_spaces:
            is_unusual = 2 * len(with_spaces) < len(single.codes)
            is_dropped = code == "".join(cell.text.split())
            if (is_unusual or is_dropped) and single.count(cell) == 1:
                text = " ".join(cell.text.split())
                reading = f" and is read as '{code}'" if code != text else ""
                yield Finding(cell.location, text=text, reading=reading)


def _has_space(text: str) -> bool:
    words = " ".join(text.split())
    return " " in words and not is_quoted(text) and not is_range(words)


@rule(
    "EB205",
    "glued-codes",
    Severity.WARNING,
    message="'{code}' looks like {count} codes but is read as one",
    hint="put each code in its own row",
    why="No server sends all of them as one code. Codes in one cell are separated only at commas, "
    "semicolons, slashes, line breaks, `or` and `and`, and only if each part looks like a code: it "
    "has a digit, or begins with a capital letter and has neither `_` nor `-`.",
    example="""
        ==================  ===========
        Error Code          Description
        ==================  ===========
        VPC.0101            Wrong name.
        VPC.0102VPC.0103    Wrong size.
        VPC.0104|VPC.0105   Wrong user.
        ==================  ===========
    """,
)
def glued_codes(facts: Facts) -> Iterator[Finding]:
    """Cells that look like several codes but are read as one."""
    for table in facts.error_tables:
        single = single_codes(table)
        for _, cell in single.codes:
            count = single.count(cell)
            if count > 1:
                yield Finding(cell.location, code=cell.text, count=count)


@rule(
    "EB206",
    "conflicting-pages",
    Severity.WARNING,
    message="the code '{code}' has {statement} here, but {other} at {place}",
    hint="make both pages agree, or document the code in one place",
    once=("code",),
    why="The pages of a service form one catalogue. Where they contradict each other, errbook "
    "keeps both, because it does not know which one is right.",
    example="""
        On one page:

        ======  ==========
        Status  Error Code
        ======  ==========
        400     API.01
        ======  ==========

        On another:

        ======  ==========
        Status  Error Code
        ======  ==========
        404     API.01
        ======  ==========
    """,
)
def conflicting_pages(facts: Facts) -> Iterator[Finding]:
    """Codes that two pages document with different statuses or unrelated messages."""
    first: dict[str, Occurrence] = {}
    for item in facts.documented:
        here = item.occurrence
        other = first.setdefault(item.code, here)
        if here.location.path == other.location.path:
            continue
        contradiction = _contradiction(here, other)
        if contradiction is not None:
            field, statement, contrary = contradiction
            yield Finding(
                item.cells.get(field, item.cells["code"]).location,
                code=item.code,
                statement=statement,
                other=contrary,
                place=f"{other.location.path}:{other.location.line}",
            )


def _contradiction(here: Occurrence, other: Occurrence) -> tuple[str, str, str] | None:
    """Return the field in which the occurrences contradict each other, and both values."""
    statuses, others = here.http_status, other.http_status
    if statuses and others and set(statuses).isdisjoint(others):
        return "http_status", f"the HTTP status {statuses[0]}", str(others[0])
    if here.message and other.message and _are_unrelated(here, other):
        return "message", f"the message '{here.message.text}'", f"'{other.message.text}'"
    return None


@rule(
    "EB207",
    "row-without-code",
    Severity.WARNING,
    message="this row has no error code",
    hint="fill in the code, or move the row out of the table",
    why="A row without a code documents no error. It is left out of the catalogue.",
    example="""
        ======  ==========  ============
        Module  Error Code  Description
        ======  ==========  ============
        Disks   API.01      Out of disk.
        Images  \\           No image.
        ======  ==========  ============
    """,
)
def row_without_code(facts: Facts) -> Iterator[Finding]:
    """Rows with neither a code nor a status."""
    for table in facts.error_tables:
        for row in table.skipped:
            if row.text is None and row.http_status is None:
                yield Finding(row.location)


@rule(
    "EB208",
    "look-alike-character",
    Severity.WARNING,
    message="the code '{code}' contains {character}",
    hint="type the code again; if the server really sends this character, ignore the rule here",
    once=("code",),
    why="Zero-width and full-width characters, and look-alikes from other scripts, get into a page "
    "by copying. No server sends such a code, and no client can type it.",
    example="""
        ==========  ============
        Error Code  Description
        ==========  ============
        АPI.01      Out of disk.
        ==========  ============
    """,
)
def look_alike_character(facts: Facts) -> Iterator[Finding]:
    """Codes with characters that nobody sees or that look like others."""
    for item in facts.documented:
        for character in item.code:
            if not character.isascii() and _is_deceptive(character, item.code):
                name = unicodedata.name(character, "an unnamed character")
                yield Finding(
                    item.cells["code"].location,
                    code=item.code,
                    character=f"{name} (U+{ord(character):04X})",
                )
                break


_LATIN_LOOK_ALIKES = frozenset("АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
_FULL_WIDTH = range(0xFF01, 0xFF5F)


def _is_deceptive(character: str, code: str) -> bool:
    """Return whether *character* in *code* is invisible, full-width, or not in its alphabet."""
    if unicodedata.category(character) in ("Cf", "Zs", "Cc") or ord(character) in _FULL_WIDTH:
        return True
    if unicodedata.category(character) == "Pd" or character == "\N{MINUS SIGN}":
        return True
    is_foreign = unicodedata.name(character, "").startswith(("CYRILLIC ", "GREEK "))
    return is_foreign and (
        re.search("[A-Za-z]", code) is not None
        or all(letter in _LATIN_LOOK_ALIKES for letter in code if letter.isalpha())
    )


@rule(
    "EB209",
    "range-of-codes",
    Severity.INFO,
    message="'{text}' is a range, not an error code",
    hint="list the codes of the range that a client can receive",
    why="A client receives one code, not a range, so there is nothing to catch. The range is left "
    "out of the catalogue.",
    example="""
        ==========  ===============
        Error Code  Description
        ==========  ===============
        2           Out of disk.
        3..99       Special errors.
        ==========  ===============
    """,
)
def range_of_codes(facts: Facts) -> Iterator[Finding]:
    """Ranges in the code column."""
    for table in facts.error_tables:
        for row in table.skipped:
            if row.text is not None and row.is_range:
                yield Finding(row.location, text=row.text)
