"""Finds the errors that a code, a name or a message is about."""

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from unicodedata import normalize

from .messages import Template, match


class Entry(NamedTuple):
    """What is searched of one code."""

    service: str
    code: str
    member: str
    class_name: str | None
    kind: str
    """``error``, ``success`` or ``retired``."""

    http_status: Sequence[int]
    templates: Sequence[Sequence[str]]
    """The distinct messages, each a Template; those without params have one piece."""

    former: Sequence[str]
    """The former names of the class, which are its aliases."""

    def __hash__(self) -> int:  # the sequences are lists, if they come from JSON
        return hash((self.service, self.code))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the code, in documents and in Python."""
        if self.class_name is None:
            return self.code, self.member
        return self.code, self.member, self.class_name, *self.former


class Matches(NamedTuple):
    """What a query finds."""

    entries: list[Entry]
    is_partial: bool = False
    """Whether the query is only a part of what the entries have."""


_MIN_DIGITS = 6
"""A number with fewer digits is a code only if the text says so, as ``code=1007``."""

_MIN_LETTERS = 8
"""A message with fewer letters, or with one word, is not searched for inside of a text."""

_MAX_SIMILAR = 3


def find(query: str, entries: Sequence[Entry]) -> Matches:
    """Return the entries that *query* is about; the best kind of match decides.

    It is a code or a name, in any spelling (``vpn1`` for ``VPN.0001``), a message, a text
    with a code in it, an HTTP status, the beginning of codes and names, or words of
    messages. ``vpn/VPN.0001`` is a code of one service.
    """
    query = query.strip()
    service, slash, rest = query.partition("/")
    if slash and (in_service := [e for e in entries if e.service == service]):
        query, entries = rest, in_service
    if found := same_name(query, entries):
        return Matches(found)
    names = _Names(entries)
    found = names.with_spelling(normalize("NFKC", query))  # full-width letters
    is_text = len(query.split()) > 1
    may_mention = is_text and names.may_be_in(query)
    if may_mention and (mentioned := Mentions(entries).find(query)):
        found += mentioned
    elif is_text or not query.isascii():
        found += Messages(entries).find(query)
    if found:
        return Matches(list(dict.fromkeys(found)))
    found = (
        _with_status(query, entries)
        or _of_service(query, entries)
        or names.with_beginning(query)
        or _with_words(query, entries)
    )
    return Matches(found, is_partial=True)


def similar(query: str, entries: Iterable[Entry]) -> list[str]:
    """Return a code or a class similar to *query* of up to three entries."""
    from difflib import get_close_matches  # takes time, and most queries find something

    query = query.casefold()
    names = [
        (name, entry)
        for entry in entries
        for name in (entry.code, entry.class_name)
        if name is not None
    ]
    folded = "\n".join(name for name, _ in names).casefold().split("\n")
    # Comparing thousands of names takes long. One with a single typo has half of the query.
    half = len(query) // 2
    start, end = query[:half], query[half:]
    near = {
        spelling: named
        for spelling, named in zip(folded, names, strict=True)
        if spelling.startswith(start) or spelling.endswith(end)
    }
    found: dict[Entry, str] = {}
    for spelling in get_close_matches(query, near, n=2 * _MAX_SIMILAR):
        name, entry = near[spelling]
        found.setdefault(entry, name)
    return list(found.values())[:_MAX_SIMILAR]


def same_name(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with this code or name; a name may be qualified.

    ``api_errors.vpn.RouterNotFoundError`` is the class, and ``VpnErrorCode.VPN_0001`` the
    member with the last part as its name.
    """
    last = query.rpartition(".")[2]
    same: list[Entry] = []
    qualified: list[Entry] = []
    # Any value of an entry may be equal; only then its names are put together.
    for entry in [e for e in entries if query in e or last in e or e.former]:
        if query in entry.names:
            same.append(entry)
        elif last in entry.names[1:]:
            qualified.append(entry)
    return same or qualified


class Messages:
    """The messages of many entries."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._messages = [
            (_squeezed(max(template[::2], key=len)), template, entry)
            for entry in entries
            for template in entry.templates
        ]

    def find(self, text: str) -> list[Entry]:
        """Return the entries whose message *text* is or contains.

        If several messages match, those with the most letters besides params count:
        ``12:00 Network 1 could not be found.`` is about ``Network {0} could not be found.``
        rather than ``{0} could not be found.``, and of these, those that *text* is.
        """
        squeezed = _squeezed(text)
        candidates = [
            (tuple(template), entry)
            for longest, template, entry in self._messages
            if longest and longest in squeezed
        ]
        found = [
            _Found(_letters(template), is_whole, entry)
            for template, entry in candidates
            if (is_whole := match(template, text) is not None)
            or _is_inside(template, squeezed)
        ]
        most = max((each.letters for each in found), default=0)
        best = [each for each in found if each.letters == most > 0]
        whole = [each for each in best if each.is_whole]
        return list(dict.fromkeys(each.entry for each in whole or best))


class _Found(NamedTuple):
    """A message that a text has."""

    letters: int
    is_whole: bool
    """Whether the text has nothing else."""

    entry: Entry


def _is_inside(template: Template, squeezed: str) -> bool:
    """Return whether the text *squeezed* has the literals of *template*, in order."""
    words = sum(len(literal.split()) for literal in template[::2])
    if words < 2 or _letters(template) < _MIN_LETTERS:
        return False
    position = 0
    for literal in template[::2]:
        piece = _squeezed(literal)
        start = squeezed.find(piece, position)
        if start < 0:
            return False
        position = start + len(piece)
    return True


def _letters(template: Template) -> int:
    return sum(map(str.isalpha, "".join(template[::2])))


def _squeezed(text: str) -> str:
    """Return *text* in lower case, without whitespace and a final full stop."""
    return "".join(text.split()).lower().rstrip(".。")


_LABELED = re.compile(r"""(?i)code["']?\s{0,3}[:=]\s{0,3}["']?([\w.-]*\w)""")
_LABELED_NUMBER = re.compile(r"(?i)(?:code|error|errno)\W{1,4}([0-9]+)(?!\w)")


class Mentions:
    """The codes and names of many entries, to be found in texts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names: dict[str, list[Entry]] = {}
        for entry in entries:
            for name in entry.names:
                self._names.setdefault(name, []).append(entry)

    @cached_property
    def _folded(self) -> str:
        """Return all names without case, one per line, because a dict takes longer to build."""
        return "\n".join(["", *self._names, ""]).casefold()

    def find(self, text: str) -> list[Entry]:
        """Return the entries whose code or name *text* is, or else contains."""
        if whole := self._names.get(text.strip()):
            return whole
        named = [entry for word in _words(text) for entry in self._named_by(word)]
        if named:
            return named
        return [entry for name in _labeled(text) for entry in self._names.get(name, [])]

    def _named_by(self, word: str) -> list[Entry]:
        names = list(filter(_is_distinctive, _readings(word)))
        for name in names:
            if name in self._names:
                return self._names[name]
        for name in names:
            folded = name.casefold()
            # In other case only names that no word of a text is like.
            if re.search("[0-9_]", name) and f"\n{folded}\n" in self._folded:
                same = (n for n in self._names if n.casefold() == folded)
                return [entry for name in same for entry in self._names[name]]
        return []


def _words(text: str) -> list[str]:
    return re.findall(r"""[^\s"'`(),;=\[\]{}<>]+""", text)


def _labeled(text: str) -> list[str]:
    """Return what *text* calls a code."""
    return _LABELED.findall(text) + _LABELED_NUMBER.findall(text)


def _is_distinctive(name: str) -> bool:
    """Return whether *name* is not a short number or a plain word, as lines have many."""
    name = name.strip(".:")
    is_number = name.isdigit() and len(name) < _MIN_DIGITS
    is_word = name.isalpha() and (name.isupper() or name[1:].islower())
    return not is_number and not is_word


def _readings(word: str) -> Iterator[str]:
    """Yield what may be a code or a name in *word*, which is a part of a line.

    ``api_errors.vpn.RouterNotFoundError:`` has the name ``RouterNotFoundError``.
    """
    yield word
    for part in (word.strip(".:"), *re.split("[:/?&]", word)):
        yield part.strip(".")
        yield part.strip(".").rpartition(".")[2]


class _Names:
    """The names of many entries.

    Looking closely at thousands of names takes long. So characters that may not count are
    first removed from all of them at once, and only names that then have the query in them
    are looked at.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        names = "\n".join(["\t".join(entry.names) for entry in entries])
        self._folded = names.casefold()
        self._stripped = _stripped(self._folded).split("\n")

    def may_be_in(self, text: str) -> bool:
        """Return whether *text* may have a name in it; `Mentions` takes longer to find out."""
        words = chain.from_iterable(map(_readings, _words(text)))
        candidates = (text.strip(), *filter(_is_distinctive, words), *_labeled(text))
        return any(name.casefold() in self._folded for name in candidates if name)

    def with_spelling(self, query: str) -> list[Entry]:
        """Return the entries with a name that differs only in case, separators and zeros."""
        spelling = _spelling(query)
        if not spelling:
            return []
        return [
            entry
            for entry in self._alike(query)
            if spelling in map(_spelling, entry.names)
        ]

    def with_beginning(self, query: str) -> list[Entry]:
        """Return the entries with a name that begins with *query*."""
        beginning = _compact(query)
        if not beginning:
            return []
        return [
            entry
            for entry in self._alike(query)
            if any(_compact(name).startswith(beginning) for name in entry.names)
        ]

    def _alike(self, query: str) -> Iterator[Entry]:
        stripped = _stripped(query)
        for entry, names in zip(self._entries, self._stripped, strict=True):
            if stripped in names:
                yield entry


_NOT_COMPARED = str.maketrans("", "", string.punctuation + " 0")


def _stripped(text: str) -> str:
    return text.casefold().translate(_NOT_COMPARED)


def _spelling(name: str) -> str:
    """Return what all spellings of *name* have in common.

    ``VPN.0001``, ``vpn-1`` and ``VPN_0001`` give ``vpn1``; numbers stay apart: ``1.2``.
    """
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", _compact(name))


def _compact(name: str) -> str:
    """Return *name* in lower case, and without separators except between numbers."""
    if name.isalnum():
        return name.casefold()
    parts = re.split(r"[\W_]+", name.casefold())
    return re.sub(r"(?<![0-9])\.|\.(?![0-9])", "", ".".join(parts))


def _with_status(query: str, entries: Iterable[Entry]) -> list[Entry]:
    if re.fullmatch("[1-5][0-9][0-9]", query) is None:
        return []
    return [entry for entry in entries if int(query) in entry.http_status]


def _of_service(query: str, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.service == query.lower()]


def _with_words(query: str, entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with a message that has all words of *query*."""
    words = query.lower().split()
    if not words or min(map(len, words)) < 3:
        return []

    messages = [
        (" ".join(template[::2]).lower(), entry)
        for entry in entries
        for template in entry.templates
    ]
    for word in words:
        messages = [message for message in messages if word in message[0]]
    return list(dict.fromkeys(entry for _, entry in messages))
