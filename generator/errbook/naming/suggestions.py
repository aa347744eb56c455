"""The names that the documents suggest for the classes of one service, best first."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache

import msgspec

from errbook.model import Error
from errbook.naming import words
from errbook.naming.families import BUILTINS, FAMILIES
from errbook.naming.letters import in_ascii
from errbook.naming.phrases import Phrase, phrase_in
from errbook.naming.sentences import NoPhraseError
from errbook.project.lock import LockEntry

_STOP_WORDS = frozenset("""
    a an the this that these those your you is are was were be been being has have had do does did
    not no and or but if in on at to of for from by with as it its cannot can may please
    """.split())


class Origin(StrEnum):
    """Where the name of a class comes from."""

    CONFIGURED = "configuration"
    NAME = "documented name"
    CODE = "code"
    MESSAGE = "message"
    DESCRIPTION = "description"
    MESSAGE_AND_CODE = "message + code"
    DESCRIPTION_AND_CODE = "description + code"
    PARTS = "parts of code"
    LOCK = "errbook.lock"


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """A name for the class of one code."""

    code: str
    name: str
    origin: Origin
    is_shared: bool = False
    """Whether other codes have the same phrase; then none of them gets it."""


Step = Callable[[str], Suggestion | None]
"""Returns the suggestion for a code, if it has one."""

_RESERVED = frozenset(map(str.lower, (*BUILTINS, *FAMILIES.values())))
"""With the service's prefix, a phrase that is such a name is free."""


class Text(msgspec.Struct, frozen=True):
    """The phrase in the messages or the descriptions of an error, or the reason for none."""

    phrase: Phrase | None
    reason: str


_NO_TEXT = Text(None, "")


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """The phrases in the texts of one error."""

    message: Text
    description: Text

    @property
    def all(self) -> list[Phrase]:
        """The phrases, that of the message first."""
        return [text.phrase for text in (self.message, self.description) if text.phrase]

    @property
    def first(self) -> Phrase | None:
        """The phrase that names the class if others have it, too."""
        return self.message.phrase or self.description.phrase


def phrases_of(error: Error) -> Phrases:
    """Return the phrases in the texts of *error*, from all places that document it."""
    occurrences = error.error_occurrences
    messages = {o.message.text for o in occurrences if o.message}
    descriptions = {o.description.text for o in occurrences if o.description}
    message, description = _common_phrase(messages), _common_phrase(descriptions)
    is_general = message.phrase is not None and message.phrase.is_general
    is_related = not messages or is_general or bool(_content(messages) & _content(descriptions))
    if descriptions and not is_related:
        description = Text(None, "it has no word in common with the message")
    return Phrases(message=message, description=description)


def _common_phrase(texts: Collection[str]) -> Text:
    found = [_text(text) for text in sorted(texts)]
    if not found:
        return _NO_TEXT
    if len({text.phrase and text.phrase.key for text in found}) > 1:
        return Text(None, "its places in the documents say different things")
    return found[0]


@lru_cache(maxsize=1000)  # many errors have the same message, or a description like it
def _text(text: str) -> Text:
    try:
        return Text(phrase_in(text), "")
    except NoPhraseError as reason:
        return Text(None, str(reason))


def _content(texts: Iterable[str]) -> set[str]:
    """Return the words in *texts* that say something, without endings: ``disk`` for ``disks``."""
    found = re.findall("[a-z0-9]+", " ".join(texts).lower())
    return {word.removesuffix("s") for word in found if word not in _STOP_WORDS}


class Suggestions:
    """The suggestions for the classes of one service's errors."""

    def __init__(
        self, errors: Mapping[str, Error], locked: Mapping[str, LockEntry], prefix: str
    ) -> None:
        self._errors = errors
        self._prefix = prefix
        self.phrases = {code: phrases_of(error) for code, error in errors.items()}
        named = {code: entry for code, entry in locked.items() if entry.class_name}
        self._all_are_words = all(
            words.are_words(code) or words.is_capital_word(code) for code in {**errors, **named}
        )
        # Lower-cased phrase -> the codes that have it, also those that are no longer documented.
        self._codes: dict[str, set[str]] = {}
        self._mentions: dict[str, set[str]] = {}  # also those that have it as their second phrase
        for code, phrases in self.phrases.items():
            for phrase in phrases.all:
                self._mentions.setdefault(phrase.key, set()).add(code)
            if phrases.first:
                self._codes.setdefault(phrases.first.key, set()).add(code)
        for code, entry in named.items():
            for stem in _phrases_before_code(code, entry):
                self._codes.setdefault(stem, set()).add(code)
                self._mentions.setdefault(stem, set()).add(code)
        self._speaking: tuple[Step, ...] = (
            self._from_name,
            self._from_code,
            self._from_whole_code,
            self._from_message,
            self._from_description,
            self._from_phrase_and_code,
        )
        self.steps = (*self._speaking, self._from_parts, self._with_code, self._escaped)
        """Each returns the suggestion for a code, if it has one. The best is first."""

    def of(self, code: str) -> Iterator[Suggestion]:
        """Yield all suggestions for *code*, the best first."""
        return filter(None, (step(code) for step in self.steps))

    def speaking(self, code: str) -> Iterator[Suggestion]:
        """Yield the suggestions for *code* that say what happened, the best first, each once."""
        names: set[str] = set()
        for suggestion in filter(None, (step(code) for step in self._speaking)):
            if suggestion.name not in names:
                names.add(suggestion.name)
                yield suggestion

    def _is_words(self, code: str) -> bool:
        return words.are_words(code) or (self._all_are_words and words.is_capital_word(code))

    def _from_name(self, code: str) -> Suggestion | None:
        names = {occurrence.name for occurrence in self._errors[code].error_occurrences}
        name = names.pop()
        if names or name is None or not words.are_words(name):
            return None
        return _suggestion(code, words.stem_without_err(name), Origin.NAME)

    def _from_code(self, code: str) -> Suggestion | None:
        if not self._is_words(code):
            return None
        return _suggestion(code, words.stem_without_err(code), Origin.CODE)

    def _from_whole_code(self, code: str) -> Suggestion | None:
        """Return all words of the code, also a first ``ERR``."""
        if not self._is_words(code):
            return None
        return _suggestion(code, words.stem_from_words(code), Origin.CODE)

    def _from_message(self, code: str) -> Suggestion | None:
        phrase = self.phrases[code].message.phrase
        return self._from_phrase(code, phrase, Origin.MESSAGE, self._codes)

    def _from_description(self, code: str) -> Suggestion | None:
        phrase = self.phrases[code].description.phrase
        return self._from_phrase(code, phrase, Origin.DESCRIPTION, self._mentions)

    def _from_phrase(
        self, code: str, phrase: Phrase | None, origin: Origin, codes: Mapping[str, set[str]]
    ) -> Suggestion | None:
        """Return the suggestion *phrase*; *codes* are all that have it."""
        if phrase is None:
            return None
        stem = phrase.stem
        if f"{stem}error".lower() in _RESERVED:
            stem = self._prefix + stem
        is_shared = codes[phrase.key] != {code}
        return Suggestion(code=code, name=f"{stem}Error", origin=origin, is_shared=is_shared)

    def _from_phrase_and_code(self, code: str) -> Suggestion | None:
        """Return the phrase with the last part of the code, or all its parts if that is needed."""
        phrases = self.phrases[code]
        phrase = phrases.first
        parts = words.parts_of(code)
        if phrase is None or phrase.is_general or self._is_words(code) or not parts:
            return None
        others = self._codes[phrase.key] - {code}
        is_last_enough = all(_last_part(other) != parts[-1].lower() for other in others)
        origin = Origin.MESSAGE_AND_CODE if phrases.message.phrase else Origin.DESCRIPTION_AND_CODE
        stem = words.joined_parts(parts[-1] if is_last_enough else code, phrase.stem)
        return _suggestion(code, stem, origin)

    def _from_parts(self, code: str) -> Suggestion | None:
        if self._is_words(code) and in_ascii(code).isupper():
            return None  # BAD_REQUESTError
        name = words.class_from_parts(code)
        origin = Origin.CODE if self._is_words(code) else Origin.PARTS
        return Suggestion(code=code, name=name, origin=origin) if name else None

    def _with_code(self, code: str) -> Suggestion | None:
        if not (words.are_words(code) or words.is_capital_word(code)):
            return None
        stem = words.stem_from_words(code)
        return _suggestion(code, f"{stem}Code", Origin.CODE) if stem else None

    def _escaped(self, code: str) -> Suggestion:
        name = words.escaped_class(code)
        origin = Origin.CODE if self._is_words(code) else Origin.PARTS
        return Suggestion(code=code, name=name, origin=origin)


def _suggestion(code: str, stem: str, origin: Origin) -> Suggestion | None:
    return Suggestion(code=code, name=f"{stem}Error", origin=origin) if stem else None


def _last_part(code: str) -> str:
    return "".join(words.parts_of(code)[-1:]).lower()


def _phrases_before_code(code: str, entry: LockEntry) -> Iterator[str]:
    """Yield what precedes the code in the names of its class, in lower case.

    It is ``routernotfound`` for ``RouterNotFound1Error``, the class of ``A.1``.
    """
    endings = {_last_part(code), words.joined_parts(code).lower()} - {""}
    for name in filter(None, (entry.class_name, *entry.former)):
        stem = name.removesuffix("Error").lower()
        for ending in endings:
            if stem.endswith(ending) and stem != ending:
                yield stem.removesuffix(ending).removesuffix("_")
