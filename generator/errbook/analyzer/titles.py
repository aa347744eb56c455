"""Evidence from the titles and the introduction of a table or list: whether it is about errors."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from textwrap import shorten
from typing import Literal

import msgspec

from errbook.analyzer import vocabulary

Topic = Literal["codes", "statuses", "errors", "others"]
"""The subject of a title.

``codes`` are error codes: ``Return codes``, ``Errors``. ``statuses`` are codes of success and
failure: ``Close codes``. ``errors`` is a title that only mentions errors: ``Error handling``.
``others`` are other things, which may have codes, too: ``Commands``, ``Fields of an error``.
"""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """What the titles say, the nearest first."""

    topic: Topic | None
    """The subject of the nearest title with a known subject."""

    title: str
    """That title, or the beginning of the sentence that introduces codes."""


_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=1000)
def topic(title: str) -> Topic | None:
    """Return the subject of *title*, if it is known."""
    title = _CAMEL_CASE.sub(" ", title)
    if vocabulary.OTHER_ERRORS.search(title):
        return "others"
    if vocabulary.STATES.search(title):
        return None
    mentions_errors = vocabulary.ERRORS_IN_TITLES.search(title)
    codes = vocabulary.CODES_IN_TITLES.search(title)
    numbers = codes or vocabulary.NUMBERS_IN_TITLES.search(title)
    is_of_exits = (vocabulary.EXITS_IN_TITLES.search(title) and codes) or (
        vocabulary.PROGRAM_EXITS.search(title) and numbers
    )
    if (mentions_errors and numbers) or is_of_exits:
        return "codes"
    is_list = vocabulary.LISTS_OF_ERRORS.search(title)
    if vocabulary.CODES_IN_TITLES.fullmatch(title) or vocabulary.CODES_OF_OUTCOMES.search(title):
        return "statuses"
    if is_list and mentions_errors:
        return "codes"
    if vocabulary.OTHER_THINGS_IN_TITLES.search(_without_part_of_product(title)):
        return "others"
    if mentions_errors:
        return "errors"
    if is_list or (numbers and vocabulary.OTHER_CODES_IN_TITLES.search(title)):
        return "statuses"
    return None


_PART_OF_PRODUCT = re.compile(
    r"\s*\([^()]*\)$|^.*\b(?:service|api|module|component|manager|engine)s?$", re.IGNORECASE
)


def _without_part_of_product(title: str) -> str:
    """Return *title* without a note in brackets; empty if it names what may have errors itself.

    ``Event service`` is no title of events.
    """
    return _PART_OF_PRODUCT.sub("", title)


def title_evidence(titles: Sequence[str]) -> Evidence:
    """Return the evidence from *titles*, the nearest first."""
    for title in titles:
        subject = topic(title)
        if subject is not None:
            return Evidence(topic=subject, title=title)
    for title in titles:
        if vocabulary.ENDS_WITH_CODES.search(title):
            return Evidence(topic="statuses", title=title)
    return Evidence(topic=None, title="")


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_MIN_WORDS_OF_SENTENCE = 6
_ENDS_WITH_COLON = re.compile(r"[:：]$")
_INTRODUCES = re.compile(
    r"[:：]\s*$|\b(follow|below|table|list|these|possible|folgend|suivant|siguient)"
)


def evidence_of(titles: Sequence[str], introduction: str, earlier: str) -> Evidence:
    """Return the evidence from *titles* and from the paragraphs before a table or list.

    A sentence that introduces codes counts if the titles speak neither of errors nor of others.
    """
    found = title_evidence(titles)
    last = _sentences(introduction)[-1]
    if vocabulary.INTRODUCES_MEMBERS.search(last):
        return Evidence(topic="others", title=shorten(last, 60, placeholder=" …"))
    is_heading = bool(_ENDS_WITH_COLON.search(last)) and len(last.split()) < _MIN_WORDS_OF_SENTENCE
    subject = topic(last.rstrip(":：")) if is_heading else None
    is_of_exits = re.search("(?i)return|exit", last)  # ``The function returns:``
    if subject == "others" and not (mentions_codes(last) or is_of_exits):
        return Evidence(topic="others", title=last)
    if subject == "codes":
        return Evidence(topic="codes", title=last)
    if found.topic in ("codes", "errors", "others"):
        return found
    introducing = max(_introductions(introduction, earlier), key=_by_weight, default=None)
    return introducing or found


def _by_weight(evidence: Evidence) -> bool:
    return evidence.topic == "codes"


def introduces_errors(paragraph: str, evidence: Evidence) -> bool:
    """Return whether *paragraph* introduces errors: ``In case of error, the codes are:``.

    If the *evidence* speaks of other things, it is not enough to mention an error code.
    """
    is_of_others = evidence.topic == "others"
    return any(
        (_names_codes(sentence) and (not is_of_others or _INTRODUCES.search(sentence)))
        or _announces_errors(sentence)
        for sentence in _sentences(paragraph)
    )


def _sentences(text: str) -> list[str]:
    """Return the sentences of *text*, cut if they are much longer than sentences are."""
    return [sentence[:_MAX_SENTENCE] for sentence in _SENTENCE_END.split(text.strip())]


_FAILS_WITH_CODES = re.compile(
    r"\bfail(?:s|ed)?\b.{1,60}\b(?:these|following)\b.{1,20}\bcodes?\b", re.IGNORECASE
)


def _announces_errors(sentence: str) -> bool:
    """Return whether *sentence* announces errors: ``These errors may occur:``."""
    errors = list(vocabulary.ERRORS_IN_TITLES.finditer(sentence))
    places = list(_INTRODUCES.finditer(sentence))
    return any(
        _are_near(place, error, sentence, _MAX_GAP // 2) for error in errors for place in places
    )


def _introductions(introduction: str, earlier: str) -> Iterator[Evidence]:
    """Yield the sentences that introduce codes: ``The program exits with these codes:``.

    One in the paragraphs *earlier* must say where they are: ``The error codes below``.
    """
    for sentence in (*_sentences(introduction), *filter(_INTRODUCES.search, _sentences(earlier))):
        of_errors = _names_codes(sentence)
        if of_errors or vocabulary.CODES_OF_OUTCOMES.search(sentence):
            title = shorten(sentence, 60, placeholder=" …")
            yield Evidence(topic="codes" if of_errors else "statuses", title=title)


_KIND_OF_CODES = re.compile(
    r"(\w+)[ -](?:codes?|list|table|reference)\b(?:.{0,40}?\((\w+)\))?"
    r"|^(?:\w+ ){0,3}?(\w+)s(?=$| (?:of|for|in|from|by|on)\b)",
    re.IGNORECASE,
)


def kinds_of_codes(title: str) -> set[str]:
    """Return the words for the codes of which *title* speaks: ``alarm`` of ``Alarm codes``."""
    found = (word.casefold() for words in _KIND_OF_CODES.findall(title) for word in words if word)
    return {form for word in found for form in (word, f"{word}s")}


_MAX_SENTENCE = 400
_MIN_GAP, _MAX_GAP = 2, 40
"""The letters between two words; ideographs say more in fewer."""


def _names_codes(sentence: str) -> bool:
    """Return whether *sentence* names codes of errors: two words near each other.

    A status must follow directly, because much returns a status.
    """
    codes = list(vocabulary.CODES_IN_TITLES.finditer(sentence))
    if not codes:
        return False
    if _FAILS_WITH_CODES.search(sentence):
        return True
    errors = [
        found
        for pattern in (vocabulary.ERRORS_IN_TITLES, vocabulary.EXITS_IN_TITLES)
        for found in pattern.finditer(sentence)
    ]
    for code in codes:
        is_status = code[0].casefold().startswith("status")
        limit = _MIN_GAP if is_status or not code[0].isascii() else _MAX_GAP
        is_part_of_word = sentence[: code.start()].endswith("-")  # G-code
        if not is_part_of_word and any(_are_near(code, word, sentence, limit) for word in errors):
            return True
    return False


def _are_near(one: re.Match[str], other: re.Match[str], sentence: str, limit: int) -> bool:
    """Return whether at most *limit* letters stand between *one* and *other*.

    There must be no comma after *one*, as in ``with another code, an error is returned``.
    """
    first, second = (one, other) if one.start() <= other.start() else (other, one)
    gap = sentence[first.end() : second.start()]
    return len(gap) <= limit and not (first is one and "," in gap)


def mentions_errors(title: str) -> bool:
    """Return whether *title*, a heading, section title or file name, mentions errors or exits."""
    return bool(vocabulary.ERRORS_IN_TITLES.search(title)) or topic(title) == "codes"


def mentions_codes(heading: str) -> bool:
    """Return whether *heading* mentions codes or numbers of any kind."""
    patterns = vocabulary.CODES_IN_TITLES, vocabulary.NUMBERS_IN_TITLES
    return any(pattern.search(heading) for pattern in patterns)


def mostly_speak_of_trouble(texts: Sequence[str]) -> bool:
    """Return whether more than half of *texts* report that something went wrong."""
    return 2 * sum(map(_reports_trouble, texts)) > len(texts)


def speaks_of_trouble(texts: Iterable[str]) -> bool:
    """Return whether at least a third of *texts* report that something went wrong."""
    found = list(map(_reports_trouble, texts))
    return any(found) and 3 * sum(found) >= len(found)


def _reports_trouble(text: str) -> bool:
    return bool(vocabulary.TROUBLE.search(text.replace("_", " ")))
