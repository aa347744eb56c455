"""Answers queries about errors."""

import sys
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from .bodies import text_of
from .classes import CommonClass, common_class, common_classes
from .explanations import explanation, listing
from .logs import Logs
from .lookup import Lookup
from .matching import Entry, find, similar

_MAX_EXPLAINED = 10
"""If more errors have the same message, they are only listed."""


class Answer(NamedTuple):
    """What a query finds, and what it does not find."""

    entries: Sequence[Entry]
    is_list: bool = False
    """Whether the entries are listed, not explained, if there are several."""

    problems: Sequence[str] = ()


def answer(query: str, lookup: Lookup) -> Answer:
    """Return what *query* finds; for ``-``, what the text on standard input is about."""
    if query == "-":
        return _about(text_of(sys.stdin.buffer.read(), ""), lookup)
    if query.lstrip().startswith(("{", "<")):
        return _about(query, lookup)
    entries, is_partial = find(query, lookup.entries)
    if (is_partial or not entries) and (common := common_class(query, lookup)):
        return _of_class(common)
    if not entries:
        return Answer([], problems=(_unknown(query, lookup),))
    return Answer(entries, is_list=is_partial or len(entries) > _MAX_EXPLAINED)


def found(answers: Iterable[Answer]) -> list[Entry]:
    """Return the entries in *answers*, each once."""
    entries = chain.from_iterable(answer.entries for answer in answers)
    return list(dict.fromkeys(entries))


def as_text(answers: Iterable[Answer], lookup: Lookup, package: str) -> str:
    """Return *answers*, each as an explanation or as a list of the errors that it has."""
    blocks: list[list[str]] = []
    explained: set[Entry] = set()
    for answer in answers:
        if answer.is_list and len(answer.entries) > 1:
            blocks.append(list(listing(answer.entries, lookup)))
        else:
            entries = [entry for entry in answer.entries if entry not in explained]
            explained.update(entries)
            blocks += [list(explanation(entry, lookup, package)) for entry in entries]
    return "\n\n".join("\n".join(lines) for lines in blocks)


def _about(text: str, lookup: Lookup) -> Answer:
    """Return what *text*, a body or the lines of a log, is about."""
    envelopes = {name: info.envelope for name, info in lookup.services.items()}
    entries, unknown = Logs(lookup.entries, envelopes).find(text)
    problems = [_unknown(code, lookup) for code in unknown]
    if not entries and not unknown:
        if common := next(common_classes(text, lookup), None):
            return _of_class(common)
        problems = ["no documented error in the text"]
    return Answer(entries, problems=problems)


def _of_class(common: CommonClass) -> Answer:
    if not common.entries:
        problem = f"no error is documented for {common.description}"
        return Answer([], problems=(problem,))
    return Answer(common.entries, is_list=True)


def _unknown(query: str, lookup: Lookup) -> str:
    near_misses = " or ".join(similar(query, lookup.entries))
    question = f"; did you mean {near_misses}?" if near_misses else ""
    return f"unknown error '{query}'{question}"
