"""Finds the errors that the body of a response, or the lines of a log, are about."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from .bodies import parse
from .envelopes import Envelope, is_array, is_object
from .failures import Failure
from .matching import Entry, Mentions, Messages
from .search import find_failures

_MAX_NESTING = (
    3  # Docker's logs have the lines of a program, which may be JSON, in JSON
)


class Found(NamedTuple):
    """What a text is about."""

    entries: list[Entry]
    """In the order of the text, each once."""

    unknown: list[str]
    """The codes in bodies that are not documented."""


class Logs:
    """Finds errors in bodies and in lines."""

    def __init__(
        self, entries: Sequence[Entry], envelopes: Mapping[str, Envelope]
    ) -> None:
        """*envelopes* are those of the services, by id."""
        self._entries = entries
        self._envelopes = envelopes

    @cached_property
    def _messages(self) -> Messages:
        return Messages(self._entries)

    @cached_property
    def _codes(self) -> dict[str, dict[str, Entry]]:
        """The entries of each service, by code."""
        codes: dict[str, dict[str, Entry]] = {name: {} for name in self._envelopes}
        for entry in self._entries:
            codes[entry.service][entry.code] = entry
        return codes

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self._entries)

    def find(self, text: str) -> Found:
        """Return what *text* is about: a body, or lines that may have bodies in them."""
        if found := self._in_body(text):
            return found
        in_lines = [self._in_line(line) for line in dict.fromkeys(text.splitlines())]
        entries = [entry for found in in_lines for entry in found.entries]
        unknown = [code for found in in_lines for code in found.unknown]
        if entries or unknown:
            return Found(list(dict.fromkeys(entries)), list(dict.fromkeys(unknown)))
        # The lines may be one body, below the head of the response.
        return self._in_body(_inner_body(text)) or Found([], [])

    def _in_line(self, line: str) -> Found:
        """Return what *line* is about: its body or codes decide, else its message."""
        found = self._in_body(_inner_body(line)) or Found([], [])
        if found.entries:
            return found
        if entries := self._mentions.find(line):
            return Found(entries, [])
        return found if found.unknown else Found(self._messages.find(line), [])

    def _in_body(self, body: str, nesting: int = 0) -> Found | None:
        """Return what *body*, JSON or XML, is about: its codes decide, else its messages.

        If its code is not documented, another one in its texts decides: lines of logs have
        codes of their own. None if it has neither.
        """
        value = parse(body, "")
        failures = [
            (failure, self._codes[service])
            for service, envelope in self._envelopes.items()
            for failure in _failures(value, envelope, self._codes[service])
        ]
        entries = [codes[code] for (code, _), codes in failures if code in codes]
        unknown = [code for (code, _), _ in failures if code is not None]
        if not entries:
            entries = [
                e for text in _texts(value) for e in self._in_text(text, nesting)
            ]
        if not entries and not unknown:
            messages = dict.fromkeys(
                text for (_, text), _ in failures if text is not None
            )
            entries = [e for text in messages for e in self._messages.find(text)]
        if entries:
            return Found(list(dict.fromkeys(entries)), [])
        return Found([], list(dict.fromkeys(unknown))) if unknown else None

    def _in_text(self, text: str, nesting: int) -> list[Entry]:
        """Return what *text*, a part of a body, is about: it may have a body in it."""
        found = None
        if nesting < _MAX_NESTING:
            found = self._in_body(_inner_body(text), nesting + 1)
        return found.entries if found and found.entries else self._mentions.find(text)


def _texts(value: object) -> Iterator[str]:
    """Yield the texts in *value*, which is parsed JSON or XML."""
    values = [value]
    while values:
        value = values.pop()
        if isinstance(value, str):
            yield value
        elif is_array(value):
            values += reversed(value)
        elif is_object(value):
            values += reversed(value.values())


def _failures(
    value: object, envelope: Envelope, codes: Mapping[str, Entry]
) -> tuple[Failure, ...]:
    """Return the failures in the body *value*, the decisive one first."""
    if not is_object(value) and not is_array(value):  # a number or a text in quotes
        return ()
    decisive, failures = find_failures(value, envelope, codes)
    return (decisive, *failures)


def _inner_body(text: str) -> str:
    """Return the JSON object or the XML element in *text*; empty if there is none."""
    for opening, closing in ("{}", "<>"):
        start, end = text.find(opening), text.rfind(closing)
        if 0 <= start < end:
            return text[start : end + 1]
    return ""
