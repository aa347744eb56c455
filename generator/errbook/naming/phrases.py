"""The phrase in a message or description that can name a class, or the reason why it has none."""

import re
from itertools import takewhile, zip_longest

import msgspec

from errbook.naming import words
from errbook.naming.sentences import NoPhraseError, first_sentence, plain_text
from errbook.naming.vocabulary import (
    ADJECTIVES,
    ADVERBS,
    ALSO_NOUNS,
    ARTICLES,
    BE,
    BOUNDS,
    CAUSES,
    CONDITIONS,
    CONJUNCTIONS,
    DETERMINERS,
    DONE,
    DROPPED,
    DURING,
    ERROR,
    FINITE,
    FOREIGN_PREPOSITIONS,
    FUNCTION_WORDS,
    INSTRUCTIONS,
    KINDS,
    LIMITS,
    LINKS,
    MODALS,
    NAMED,
    NEEDS_OBJECT,
    NEEDS_PREPOSITION,
    NEEDS_VERB,
    NEVER_LAST,
    OCCURRED,
    OF_SEVERAL,
    PARTICIPLES,
    PARTICLES,
    PLACES,
    PREDICATES,
    PREPOSITIONS,
    PRONOUNS,
    QUANTITIES,
    REQUIREMENT,
    STATES,
    SUBORDINATING,
    VERBS,
)

_MAX_WORDS = 10
_MAX_LENGTH = 60

_CLASSIFICATION = re.compile(
    r"(?<!this )(?<!there )\b(?:is|are|was) (?:an?|another|the(?! same)|one)\b", re.IGNORECASE
)
_UNFINISHED = re.compile(r"\b(?:is|are|was|were|be)\W*$", re.IGNORECASE)
_TOKEN = re.compile(r"\0|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*|[,:]")
_WORD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*+(?:[._/-][A-Za-z][A-Za-z0-9]*+)*+")
_NUMBER = re.compile(r"^\d+$|\d{5}")
"""A number, or the identifier of one thing: ``SHA256`` is neither."""

_BREAKS = frozenset(",:")
_AROUND_NAME = " .!\"'`"


class Phrase(msgspec.Struct, frozen=True):
    """The words of a name, without the suffix Error."""

    words: tuple[str, ...]

    stem: str
    """The words as a class name without the suffix: ``EIPNotFound``."""

    @property
    def key(self) -> str:
        """The stem for comparisons, in lower case."""
        return self.stem.lower()

    @property
    def is_general(self) -> bool:
        """Whether it has one word, which stands before "error" in the text."""
        return len(self.words) == 1


def phrase_in(text: str) -> Phrase:
    """Return the phrase in *text*; raise NoPhraseError if there is none.

    ``invalid request:xxx`` has the phrase ``InvalidRequest``, ``EIP %s not found`` ``EIPNotFound``,
    ``TrainingJobNotFound`` has itself.
    """
    plain = plain_text(text)
    if name := _WORD_NAME.fullmatch(plain.strip(_AROUND_NAME)):
        return _checked(*_words_of_name(name[0]))
    sentence = first_sentence(plain)
    if _CLASSIFICATION.search(sentence):
        raise NoPhraseError("it says what something is")
    if _UNFINISHED.search(sentence):
        raise NoPhraseError("what it says of its subject follows a colon")
    tokens = _without_placeholders(_TOKEN.findall(sentence))
    found = _significant(tokens)
    _check_beginning(found, sentence)
    return _checked(*_without_error(found))


def _words_of_name(name: str) -> tuple[list[str], int]:
    """Return the words of a *name* that is written as one: ``offsetOrLimit.illegal``."""
    *qualifiers, last = re.split("[._/-]", name)
    # com.example.QuotaExceededException: the package says nothing.
    if re.fullmatch("(?:[A-Z][a-z]+){2,}", last) and all(map(str.islower, qualifiers)):
        qualifiers = []
    parts = [*qualifiers, last]
    if name.isupper():
        parts = [part.lower() for part in parts]
    found = [word for part in parts for word in words.camel_case_words(part)]
    stem = found
    while len(stem) > 1 and stem[-1].lower() in ERROR:
        stem = stem[:-1]
    return stem, _min_words(found, stem)


def _min_words(before: list[str], after: list[str]) -> int:
    """Return how many words a phrase needs: one word says enough only before "error"."""
    return 2 if before == after else 1


def _without_placeholders(tokens: list[str]) -> list[str]:
    """Return *tokens* without NUL, and without words that mean nothing without the placeholder."""
    kept: list[str] = []
    for word, following in zip_longest(tokens, tokens[1:], fillvalue=","):
        if word != "\0":
            kept.append(word)
            continue
        while kept and kept[-1].lower() in ARTICLES:
            kept.pop()
        if kept and kept[-1].lower() in SUBORDINATING:
            return kept[:-1]
        is_verb = "".join(kept[-2:-1]).lower() in ("cannot", "not", "to")
        needs_object = "".join(kept[-1:]).lower() in NEEDS_OBJECT
        if is_verb and not needs_object and following.lower() in PREPOSITIONS:
            return kept  # what the prepositions are about is gone
        _drop_placeholder(kept, following.lower())
    return kept


def _drop_placeholder(kept: list[str], following: str) -> None:
    """Drop the end of *kept* that belongs to a placeholder.

    Raise NoPhraseError if the placeholder is essential. *following* is the word after it.
    """
    before = [word.lower() for word in kept]
    names_noun = (
        following not in _BREAKS
        and following not in FUNCTION_WORDS
        and not _is_participle(following)
    )
    if not before or before == [","]:
        if following not in _BREAKS | KINDS:
            raise NoPhraseError("its subject is a placeholder")
    elif before[-1] in BE | MODALS or REQUIREMENT & set(before):
        raise NoPhraseError("what it requires or says of its subject is a placeholder")
    elif before[-1] in PREPOSITIONS and BE & set(
        before[-3:-1] if before[-1] in PLACES else before[-2:-1]
    ):
        raise NoPhraseError("what it says of its subject is a placeholder")
    elif _is_quantity(before, names_noun=names_noun):
        raise NoPhraseError("the number in it is a placeholder")
    elif before[-1] in PREPOSITIONS and _is_essential(before):
        raise NoPhraseError("what it is about is a placeholder")
    elif before[-1] in NAMED | FOREIGN_PREPOSITIONS:
        kept.pop()
    elif names_noun and before[-1] == "to" and NEEDS_VERB & set(before[-2:-1]):
        raise NoPhraseError("its verb is a placeholder")
    elif names_noun:
        return
    elif _is_attribute(kept):
        raise NoPhraseError("its subject is a placeholder")  # the specified %s
    elif following in ARTICLES:
        raise NoPhraseError("its verb is a placeholder")
    elif before[-1] in CONJUNCTIONS | {","}:
        if following != ",":
            raise NoPhraseError("its subject is a placeholder")
        kept.pop()
    elif before[-1] in PREPOSITIONS:
        if before[-1] not in ADVERBS:
            kept.pop()
        while kept and kept[-1].lower() in PREPOSITIONS | ARTICLES and not _is_phrasal(kept):
            kept.pop()
        if kept and kept[-1].lower() in OF_SEVERAL:
            raise NoPhraseError("what it is about is a placeholder")
    elif before[-1] in ADJECTIVES | DETERMINERS | NEEDS_OBJECT:
        raise NoPhraseError("what it is about is a placeholder")


def _is_essential(before: list[str]) -> bool:
    """Return whether the text says something else without the preposition at its end."""
    *others, preposition = before
    is_limited = preposition in BOUNDS and {"cannot", "not"} & set(others)
    return bool(is_limited or NEEDS_PREPOSITION & set(others[-1:]))


def _is_quantity(before: list[str], *, names_noun: bool) -> bool:
    """Return whether a number follows *before*: ``more than``; ``a maximum of``, if of a noun."""
    if before[-1] in QUANTITIES or before[-2:] == ["up", "to"]:
        return True
    return names_noun and before[-1] == "of" and bool(LIMITS & set(before[-2:-1]))


def _is_attribute(kept: list[str]) -> bool:
    """Return whether *kept* ends in ``the specified``, which needs a noun."""
    *before, last = kept
    is_participle = _is_participle(last.lower()) and last[1:].islower()
    return is_participle and {word.lower() for word in before[-1:]} <= ARTICLES


def _is_phrasal(kept: list[str]) -> bool:
    """Return whether *kept* ends in ``timed out`` or the like."""
    *before, last = (word.lower() for word in kept[-2:])
    return last in PARTICLES and any(map(_is_participle, before))


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in PARTICIPLES


def _significant(tokens: list[str]) -> list[str]:
    """Return the words without those that say nothing; of a long sentence, the main clause."""
    found = _meaningful(tokens)
    if _fits(found):
        return found
    lower = [token.lower() for token in tokens]
    for end, word in enumerate(lower):
        is_clause = word in CAUSES or (word == "," and PREDICATES & set(lower[end:]))
        is_essential = word in CONDITIONS and (MODALS | {"cannot"}) & set(lower[:end])
        if lower[end + 1 : end + 2] == ["but"]:
            return found  # the error follows
        if is_clause and not is_essential and PREDICATES & set(lower[:end]):
            return _meaningful(tokens[:end])
    return found


def _meaningful(tokens: list[str]) -> list[str]:
    """Return the parts of *tokens* except punctuation and words that say nothing."""
    kept = (token for token in tokens if token.lower() not in DROPPED | _BREAKS)
    return [word for token in kept for word in token.split("_")]


def _fits(found: list[str]) -> bool:
    return len(found) <= _MAX_WORDS and len("".join(found)) <= _MAX_LENGTH


def _check_beginning(found: list[str], sentence: str) -> None:
    lower = [word.lower() for word in found]
    if not lower:
        raise NoPhraseError("it has too few words")
    plain = sentence.lower().split()
    reports_state = lower[-1] in STATES and not set(plain) & (ARTICLES | FINITE | LINKS)
    if plain[0] == "to" and not VERBS & set(plain):  # please contact us
        raise NoPhraseError("it says what something is for")
    if (
        _is_instruction(plain)
        and not reports_state
        and lower[-1] not in DONE
        and lower[-2:] != ["timed", "out"]
    ):
        raise NoPhraseError("it is an instruction")
    if lower[0] in SUBORDINATING | PRONOUNS | {"due", "during"}:
        raise NoPhraseError("it begins with a condition or a pronoun")
    if lower == ["no", "error"]:
        raise NoPhraseError("it says that there is no error")


def _is_instruction(sentence: list[str]) -> bool:
    """Return whether *sentence* tells what to do: ``log in again``, not ``log is full``."""
    if sentence[0] == "please":
        return True
    if sentence[0] not in ALSO_NOUNS:
        noun_if = frozenset("is not does of".split())
        return sentence[0] in INSTRUCTIONS and not noun_if & set(sentence[1:2])
    clause = list(takewhile(lambda word: word not in SUBORDINATING, sentence[1:]))
    if not clause or clause[0] in DETERMINERS:
        return True
    return not any(word in VERBS or word.endswith("ed") for word in clause)


def _without_error(found: list[str]) -> tuple[list[str], int]:
    """Drop "error", "exception occurred" and the like; return the least number of words, too."""
    lower = [word.lower() for word in found]
    end = len(found)
    if lower[end - 1] in OCCURRED:
        end -= 1
    if end > 1 and lower[end - 1] in ERROR and lower[end - 2] not in FUNCTION_WORDS:
        end -= 1
        while end > 1 and lower[end - 1] in OCCURRED:
            end -= 1
        return found[:end], 1
    # "An error occurred while creating the job" is an error in creating the job.
    begin = 0
    while lower[begin:] and lower[begin] in ERROR | OCCURRED | DURING:
        begin += 1
    if (
        begin
        and lower[begin - 1] not in OCCURRED
        and (lower[begin - 1] == "during" or "".join(lower[begin:][:1]).endswith("ing"))
    ):
        return found[begin:], 2
    return found, 2


def _checked(found: list[str], min_words: int) -> Phrase:
    lower = [word.lower() for word in found]
    if len(found) < min_words or not found:
        raise NoPhraseError("it has too few words")
    if not _fits(found):
        raise NoPhraseError("it is too long")
    if any(map(_NUMBER.search, found)):
        raise NoPhraseError("it has a number")
    if not found[0][0].isalpha():
        raise NoPhraseError("it does not begin with a letter")
    if ERROR & set(lower):
        raise NoPhraseError("it has 'error' inside")
    if "following" in lower:
        raise NoPhraseError("it refers to what follows")
    if lower[-1] in NEVER_LAST:
        raise NoPhraseError(f"it would end in '{lower[-1]}'")
    return Phrase(tuple(found), "".join(map(words.capitalized, found)))
