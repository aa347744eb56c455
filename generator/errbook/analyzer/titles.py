"""Evidence from the titles and the introduction of a table or list: whether it is about errors."""

import re
from collections.abc import Iterable, Sequence
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
    """That title."""


def topic(title: str) -> Topic | None:
    """Return the subject of *title*, if it is known."""
    mentions_errors = vocabulary.ERRORS_IN_TITLES.search(title)
    codes = vocabulary.CODES_IN_TITLES.search(title)
    numbers = codes or vocabulary.NUMBERS_IN_TITLES.search(title)
    if (mentions_errors and numbers) or (vocabulary.EXITS_IN_TITLES.search(title) and codes):
        return "codes"
    is_list = vocabulary.LISTS_OF_ERRORS.search(title)
    if is_list and mentions_errors:
        return "codes"
    if vocabulary.OTHER_THINGS_IN_TITLES.search(title):
        return "others"
    if mentions_errors:
        return "errors"
    if is_list or (numbers and vocabulary.OTHER_CODES_IN_TITLES.search(title)):
        return "statuses"
    return None


def title_evidence(titles: Iterable[str]) -> Evidence:
    """Return the evidence from *titles*, the nearest first."""
    for title in titles:
        subject = topic(title)
        if subject is not None:
            return Evidence(topic=subject, title=title)
    return Evidence(topic=None, title="")


_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_INTRODUCES = re.compile(
    r"[:：]\s*$|\b(follow|below|table|list|these|possible|folgend|suivant|siguient)"
)


def introduces_errors(paragraph: str) -> bool:
    """Return whether *paragraph* introduces errors: ``In case of error, the codes are:``."""
    sentences: Sequence[str] = _SENTENCE_END.split(paragraph.strip())
    return any(
        topic(sentence) in ("codes", "errors")
        and (_INTRODUCES.search(sentence) or vocabulary.CODES_IN_TITLES.search(sentence))
        for sentence in sentences
    )


def mentions_errors(title: str) -> bool:
    """Return whether *title*, a heading, section title or file name, mentions errors or exits."""
    return bool(vocabulary.ERRORS_IN_TITLES.search(title)) or topic(title) == "codes"


def mentions_codes(heading: str) -> bool:
    """Return whether *heading* mentions codes or numbers of any kind."""
    patterns = vocabulary.CODES_IN_TITLES, vocabulary.NUMBERS_IN_TITLES
    return any(pattern.search(heading) for pattern in patterns)


def speaks_of_trouble(texts: Iterable[str]) -> bool:
    """Return whether at least a third of *texts* report that something went wrong."""
    found = [bool(vocabulary.TROUBLE.search(text)) for text in texts]
    return any(found) and 3 * sum(found) >= len(found)
