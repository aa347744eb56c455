"""The phrase in a message or description that can name a class, or the reason why it has none."""

import re
from itertools import takewhile, zip_longest

import msgspec

from errbook.analyzer.placeholders import parse_message
from errbook.naming import words
from errbook.naming.letters import in_ascii, is_separator

_MAX_WORDS = 10
_MAX_LENGTH = 60
_MAX_TEXT = 1000
"""A sentence that ends later is too long, and some patterns take quadratic time."""


_DROPPED = frozenset("a an the this these your you there is are was were been please".split())
_ARTICLES = frozenset("a an the this these that your".split())
_DETERMINERS = _ARTICLES | frozenset("those no any each every another".split())
_PRONOUNS = frozenset("i it its he she they we our what how".split())
_BE = frozenset("is are was were be been being".split())
_MODALS = frozenset("must should shall can may might could will would only expected".split())
_REQUIREMENT = frozenset("must should shall only".split())
_CONJUNCTIONS = frozenset("and but nor or so".split())
_CAUSES = frozenset("although as because if since though unless until when while".split())
"""They begin a clause that a long sentence can do without; "that" and "which" do not."""

_SUBORDINATING = _CAUSES | frozenset("that whenever where whereas whether which who".split())
_PREPOSITIONS = frozenset("""
    about above across after against along among around at before behind below beneath beside
    between beyond by down due during for from in inside into like near of off on onto out outside
    over past per through till to toward towards under up upon via with within without
    """.split())
_PLACES = frozenset("at in of on within".split())
_PARTICLES = frozenset("about around down in off on out over through up".split())
"""Prepositions that may end a sentence, because they belong to its verb: sold out, logged in."""

_ADJECTIVES = frozenset("""
    all bad both conflicting current duplicate duplicated either empty existing illegal incorrect
    insufficient invalid malformed matching missing neither new same some such unexpected unknown
    unrecognized unsupported wrong
    """.split())
_PARTICIPLES = frozenset("found given sent set".split())
"""Those that do not end in -ed."""

_KINDS = frozenset("""
    argument attribute column field header key option parameter parameters property service value
    values
    """.split())
"""Nouns after the name of a thing; they are clear without the name."""

_NEEDS_OBJECT = frozenset("""
    contain contains equal equals exceed exceeds expect expects got has have include includes match
    matches need needs not receive received require requires support supports than
    """.split())
_QUANTITIES = frozenset("least most than".split())
_LIMITS = frozenset("maximum minimum".split())
_NAMED = frozenset("called named".split())
_OF_SEVERAL = frozenset("any both either each member none one some".split())
"""Words that mean nothing without what follows "of"."""
_PREDICATES = frozenset("""
    already cannot could did do does exceed exceeded exceeds failed fails had has have incorrect
    invalid is are was were missing mismatch must no not unable unavailable
    """.split())
_FUNCTION_WORDS = (
    _BE
    | _MODALS
    | _CONJUNCTIONS
    | _SUBORDINATING
    | _PREPOSITIONS
    | _DETERMINERS
    | _PREDICATES
    | _NEEDS_OBJECT
)
"""Words that are not nouns."""

_NEVER_LAST = _FUNCTION_WORDS - _PARTICLES - _NEEDS_OBJECT - _PREDICATES | frozenset(
    "cannot could did do does had has have must no not than".split()
)

_ERROR = frozenset("error errors exception".split())
_OCCURRED = frozenset("occurred occurs occured happened".split())
_DURING = frozenset("during in on when while".split())
_DONE = frozenset("error exception failed failure timeout".split())
"""``Set password failed`` reports what happened to an action."""

_STATES = _DONE | frozenset("""
    denied exceeded exhausted exists expired invalid missing required revoked unavailable
    """.split())
"""``Refresh token expired`` reports a state, although "refresh" is a verb, too."""

_CONDITIONS = frozenset("if unless until when while".split())
_GENERAL_ACTIONS = frozenset(
    "action call command execution job operation query request task".split()
)
_INSTRUCTIONS = frozenset("""
    add apply ask avoid check choose click configure confirm consider consult correct create delete
    disable enable ensure enter increase look make modify perform please provide reduce refer
    remove replace resend restart retry see select send set specify submit supply switch try
    upgrade use verify
    """.split())
_ALSO_NOUNS = frozenset("""
    buy change complete contact fix log move note open order purchase refresh register report reset
    review run sign start stop view visit wait
    """.split())
"""They begin an instruction only in a sentence without a finite verb: ``log is full`` has one."""

_LINKS = frozenset("whether that if sure".split())
_FINITE = _BE | frozenset("cannot does has have must not should".split())
_VERBS = _FINITE | _NEEDS_OBJECT | frozenset("could do exceed exceeded failed fails".split())

_ADVICE = re.compile(
    r"""(?:[.,;]\s+(?:(?:and|or|so|then|you\ (?:can|may|must|should|need\ to))\s+)?
    (?:apply|ask|change|check|choose|confirm|consult|contact|correct|ensure|enter|make|modify|perform
      |provide|reduce|refer|refresh|retry|review|see|select|set|specify|submit|try|upgrade|use|verify
      |view|wait)\b
    (?!\s+(?:is|are|was|were|has|have|failed|not|does)\b)
    |\b(?<!^)please\b|\btry\ (?:it\ )?again\b).*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CLASSIFICATION = re.compile(
    r"(?<!this )(?<!there )\b(?:is|are|was) (?:an?|another|the(?! same)|one)\b", re.IGNORECASE
)
_YOU_HAVE_NO = re.compile(
    r"\byou (?:do|did) not have (?:(?:any|the|an?) )?|\b(?:have|has|had) no\b ?",
    re.IGNORECASE,
)
_YOU_HAVE_MADE = re.compile(
    r"(?<=[a-z] )(?:(?:that|which) )?you(?:ve| have)? (?:made|sent|given|\w+ed)\b(?! to\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(\w+) (?:(?:that|which) )?you(?:re|ve|d)?\b(?: \w+){1,6}?"
    r"(?= (?:is|are|was|were|has|does|do|did|cannot|could|must|should|already|exceeds?)\b)",
    re.IGNORECASE,
)
_ALREADY_THERE = re.compile(
    r"^there(?: is|s) already (?:an? |the )?(.+)", re.IGNORECASE | re.DOTALL
)
_OPENING = re.compile(
    r"""^(?:(?:sorry|oops|oh\ no|whoops)[,!.]?\s+
    |(?:due\ to|because\ of|owing\ to|during|after|for\ security\ reasons)\b[^,]*,\s+
    |you\ (?:have|had)\ (?!to\b|been\b)|(?:youve|youre|theres)\ )""",
    re.IGNORECASE | re.VERBOSE,
)
_PURPOSE = re.compile(
    r"^(?:before \w+ing|in order to|to \w+|should (?:you|the|this|your))\b[^,]*,", re.IGNORECASE
)
_FOREIGN_ADVICE = re.compile(
    r"\b(?:bitte|veuillez|merci de|s'il vous plait|sil vous plait|por favor|per favore)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_FOREIGN_GENERAL = re.compile(
    r"ein (?:\w+ )?fehler (?:ist )?aufgetreten|une erreur (?:\w+ )?(?:est survenue|sest produite)"
    r"|(?:ocurrido|producido|ocorreu) (?:un|um) (?:\w+ )?err",
    re.IGNORECASE,
)
_HAVE_BEEN = re.compile(r"\b(?:has|have|had) ((?:already|just|not|yet) )?been\b", re.IGNORECASE)
_NOW = re.compile(
    r"\s+(?:at (?:this|the) (?:time|moment|point)|at present|right now)\b(?! of\b)", re.IGNORECASE
)
_NOT_VALID = re.compile(r"^\0\s+(?:is|was) not an? valid\b", re.IGNORECASE)
_HAS_INVALID = re.compile(
    r"^\0\s+(?:(?:is|was|has) an? |has )(?=(?:illegal|invalid|unknown|unsupported)\b)",
    re.IGNORECASE,
)
_REQUIRED_FIELD = re.compile(
    r"\b((?:is|are) )an? (mandatory|required) (?:argument|attribute|element|field|header|parameter"
    r"|property|value)s?\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"""^(?:(?:that|those)\ (?=\w)
    |(?:indicates|indicating|means|returned|raised|thrown|occurs|an?\ error\ occurs
      |th(?:is|e)\ (?:error|exception|code|fault|error\ code)(?:\ code|\ message)?
       \ (?:is\ (?:returned|raised|thrown|reported|displayed)|occurs|indicates|means))
     \ (?:that|when|if|because)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_MARKUP = re.compile(r"</?[A-Za-z][\w.-]*+\s*+/?>")
_IN_ANGLES = re.compile(r"<[^<>()\s][^<>()]*>")
_ABBREVIATED = re.compile(r"\b([A-Z])/(?=[A-Z]\b)")
_ERROR_LABEL = re.compile(
    r"^(?:(?:err|error|exception|fatal)(?:\s*:|\s+--?)\s|err\s)\s*", re.IGNORECASE
)
_LABEL = re.compile(r"[.,;:(]\s*+(?:\w+\s){0,2}\w+\s*[:=]\s*\0?[^\w\0]*$")
_LABEL_BEFORE_COLON = re.compile(r"[,;]\s*+(?:\w+\s){0,2}\w+\s*$")
_PARENTHESES = re.compile(r"\s*\([^()]*\)(?!\w)|\s--?\s[^-.;]+\s--?(?=\s)")
_AROUND_PLACEHOLDER = re.compile(r"[(\[{\"'`<]+\s*+\0[\0\s,/]*[)\]}\"'`>]+")
_QUOTED_PLACEHOLDER = re.compile(r"([\"'`])[^\s\"'`]*\0[^\s\"'`]*\1")
_PATH = re.compile(r"[\w.-]*(?:/[\w./-]*\0|\0[\w.-]*/)[\w./\0-]*")
_REGULAR_EXPRESSION = re.compile(r"\S*(?:\[[A-Za-z0-9]-[A-Za-z0-9]|\\[dsw]|\^\S)\S*")
_COMPARISON = re.compile(r"[\w\0]\s*(?:[<>≤≥]=?|[=!]=)\s*[\w\0]")
_UNIT = re.compile(
    r"\0(?:\s*(?:%+|(?:bytes|characters|chars|days|digits|hours|letters|milliseconds|minutes|mins"
    r"|months|ms|percent|seconds|secs|times|weeks|years|[KMGT]i?B)\b)|s\b"
    r"|\s+or\s+(?:above|earlier|fewer|greater|higher|later|less|lower|more|newer|older)\b)+"
)
"""What belongs to a placeholder that is a number: ``exceeds %d characters``, ``%s or later``."""

_SEVERAL_PLACEHOLDERS = re.compile(r"\0(?:(?:[\s,/.:-]|\band\b|\bor\b)*\0)+")
_PLACEHOLDER_AFTER_COLON = re.compile(r":\s*\0\s+(?=\w)")
_SENTENCE_END = re.compile(r"[;!?]|\.(?=\s|$)|\s-{1,2}\s|\.?\s*//|\./|\be\.g\b|\bi\.e\b")
_UNFINISHED = re.compile(r"\b(?:is|are|was|were|be)\W*$", re.IGNORECASE)
_TOKEN = re.compile(r"\0|[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*|[,:]")
_WORD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*+(?:[._/-][A-Za-z][A-Za-z0-9]*+)*+")
_BREAKS = frozenset(",:")
_AROUND_NAME = " .!\"'`"
_PUNCTUATION = str.maketrans(
    {
        "’": "'",
        "–": "-",
        "—": " - ",
        "，": ",",
        "：": ":",
        "。": ". ",
        "；": ";",
        "！": "!",
        "？": "?",
    }
)


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


class NoPhraseError(Exception):
    """A text has no phrase; the message is the reason."""


def phrase_in(text: str) -> Phrase:
    """Return the phrase in *text*; raise NoPhraseError if there is none.

    ``invalid request:xxx`` has the phrase ``InvalidRequest``, ``EIP %s not found`` ``EIPNotFound``,
    ``TrainingJobNotFound`` has itself.
    """
    plain = _plain(text)
    if name := _WORD_NAME.fullmatch(plain.strip(_AROUND_NAME)):
        return _checked(*_words_of_name(name[0]))
    sentence = _first_sentence(plain)
    if _CLASSIFICATION.search(sentence):
        raise NoPhraseError("it says what something is")
    if _UNFINISHED.search(sentence):
        raise NoPhraseError("what it says of its subject follows a colon")
    tokens = _without_placeholders(_TOKEN.findall(sentence))
    found = _significant(tokens)
    _check_beginning(found, sentence)
    return _checked(*_without_error(found))


def _plain(text: str) -> str:
    """Return *text* in ASCII, with NUL for each placeholder, without markup and apostrophes."""
    if "\n" in text:
        raise NoPhraseError("it has several lines")
    literals = parse_message(text[:_MAX_TEXT].replace("\0", " ")).literals
    plain = _MARKUP.sub(" ", "\0".join(literals).translate(_PUNCTUATION))
    plain = _IN_ANGLES.sub(" \0 ", plain)
    if _COMPARISON.search(plain):
        raise NoPhraseError("it is a comparison")
    plain = in_ascii(plain)
    if not plain.isascii():
        if any(not c.isascii() and not is_separator(c) for c in plain):
            raise NoPhraseError("it has letters that are not Latin")
        plain = "".join(c if c.isascii() else " " for c in plain)
    plain = _REGULAR_EXPRESSION.sub(" \0 ", plain)
    if "\0" in plain:
        for pattern in (_QUOTED_PLACEHOLDER, _PATH, _AROUND_PLACEHOLDER):
            plain = pattern.sub(" \0 ", plain)
        plain = _SEVERAL_PLACEHOLDERS.sub("\0", _UNIT.sub("\0", plain))
    plain = _ABBREVIATED.sub(r"\1", plain)  # the A of A/B is not an article
    return _without_apostrophes(plain.lower() if plain.isupper() else plain).strip()


def _without_apostrophes(text: str) -> str:
    """Return *text* with ``is not`` for ``isn't``, and ``users`` for ``user's``."""
    if "'" not in text:
        return text
    text = re.sub(r"\b([Cc])an't\b", r"\1annot", text)
    text = re.sub(r"\b([Ww])on't\b", r"\1ill not", text)
    text = re.sub(r"(?<=[a-z])n't\b", " not", text)
    return re.sub(r"(?<=\w)'(?=\w)", "", text)


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
    while len(stem) > 1 and stem[-1].lower() in _ERROR:
        stem = stem[:-1]
    return stem, _min_words(found, stem)


def _min_words(before: list[str], after: list[str]) -> int:
    """Return how many words a phrase needs: one word says enough only before "error"."""
    return 2 if before == after else 1


def _first_sentence(plain: str) -> str:
    """Return the first sentence without advice, labels and auxiliaries."""
    text = _PARENTHESES.sub("", _FOREIGN_ADVICE.sub("", _ADVICE.sub("", plain)))
    if _FOREIGN_GENERAL.search(text):
        raise NoPhraseError("it only says that there is an error")
    if _PURPOSE.search(text):
        raise NoPhraseError("it is an instruction")
    while (shorter := _LABEL.sub("", text)) != text:
        text = shorter
    text = _NOT_VALID.sub("invalid", _ERROR_LABEL.sub("", _NOW.sub("", text)))
    text = _REQUIRED_FIELD.sub(r"\1\2", _HAS_INVALID.sub("", text))
    text = _YOU_HAVE_MADE.sub("", _LEAD_IN.sub("", _YOU_HAVE_NO.sub("no ", text)))
    text = _OPENING.sub("", _ALREADY_THERE.sub(r"\1 already exists", text))
    text = _RELATIVE.sub(_without_relative, text)
    text = _HAVE_BEEN.sub(r"\1", text).replace("no enough", "not enough")
    sentence, *rest = _SENTENCE_END.split(text, maxsplit=1)
    if re.match(r"[a-z\0]\?", text[max(len(sentence) - 1, 0) :]):
        raise NoPhraseError("it is a question")
    sentence = _PLACEHOLDER_AFTER_COLON.sub(" \0 ", sentence)  # the ID: %s is in use
    head, *tail = sentence.split(":", maxsplit=1)
    subject = _words(head)
    if (head.isupper() and len(subject) > 1) or "_" in head:
        head = head.lower()  # INVALID_FIELD
    if tail and len(subject) == 1 and _is_about(subject[0], tail[0]):
        head = f"{head} {tail[0]}"  # Password: must not be empty
    elif tail and len(_words(tail[0])) > 1 and (len(subject) < 2 or subject[-1] in _DONE):
        head = tail[0]  # the text before the colon only says that there is an error
    elif tail:
        head = _LABEL_BEFORE_COLON.sub("", head)
    if rest and _words(rest[0]) and _says_only_failed(_words(head)):
        raise NoPhraseError("its first sentence only says that something failed")
    return head


def _without_relative(clause: re.Match[str]) -> str:
    """Return the noun before the relative *clause*: ``bucket`` of ``bucket you tried …``."""
    is_noun = clause[1].lower() not in _FUNCTION_WORDS
    return clause[1] if is_noun else clause[0]


def _is_about(subject: str, text: str) -> bool:
    """Return whether *text* says something of *subject*: ``Password: must not be empty``.

    A kind is not what ``Parameter: invalid action`` is about.
    """
    first, *others = re.findall("[a-z0-9]+", text.lower()) or [""]
    is_noun = bool(others) and subject in _KINDS and first in _ADJECTIVES
    return first in _PREDICATES | _MODALS | {"out", "too"} and not is_noun


def _says_only_failed(found: list[str]) -> bool:
    return len(found) == 2 and found[0] in _GENERAL_ACTIONS and found[1] in _DONE


def _words(text: str) -> list[str]:
    found = re.findall("[a-z0-9]+", text.lower())
    return [word for word in found if word not in _DROPPED]


def _without_placeholders(tokens: list[str]) -> list[str]:
    """Return *tokens* without NUL, and without words that mean nothing without the placeholder."""
    kept: list[str] = []
    for word, following in zip_longest(tokens, tokens[1:], fillvalue=","):
        if word != "\0":
            kept.append(word)
            continue
        while kept and kept[-1].lower() in _ARTICLES:
            kept.pop()
        if kept and kept[-1].lower() in _SUBORDINATING:
            return kept[:-1]
        is_verb = "".join(kept[-2:-1]).lower() in ("cannot", "not", "to")
        needs_object = "".join(kept[-1:]).lower() in _NEEDS_OBJECT
        if is_verb and not needs_object and following.lower() in _PREPOSITIONS:
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
        and following not in _FUNCTION_WORDS
        and not _is_participle(following)
    )
    if not before or before == [","]:
        if following not in _BREAKS | _KINDS:
            raise NoPhraseError("its subject is a placeholder")
    elif before[-1] in _BE | _MODALS or _REQUIREMENT & set(before):
        raise NoPhraseError("what it requires or says of its subject is a placeholder")
    elif before[-1] in _PREPOSITIONS and _BE & set(
        before[-3:-1] if before[-1] in _PLACES else before[-2:-1]
    ):
        raise NoPhraseError("what it says of its subject is a placeholder")
    elif _is_quantity(before, names_noun=names_noun):
        raise NoPhraseError("the number in it is a placeholder")
    elif before[-1] in _NAMED:
        kept.pop()
    elif names_noun:
        return
    elif _is_attribute(kept):
        raise NoPhraseError("its subject is a placeholder")  # the specified %s
    elif following in _ARTICLES:
        raise NoPhraseError("its verb is a placeholder")
    elif before[-1] in _CONJUNCTIONS | {","}:
        if following != ",":
            raise NoPhraseError("its subject is a placeholder")
        kept.pop()
    elif before[-1] in _PREPOSITIONS:
        while kept and kept[-1].lower() in _PREPOSITIONS | _ARTICLES and not _is_phrasal(kept):
            kept.pop()
        if kept and kept[-1].lower() in _OF_SEVERAL:
            raise NoPhraseError("what it is about is a placeholder")
    elif before[-1] in _ADJECTIVES | _DETERMINERS | _NEEDS_OBJECT:
        raise NoPhraseError("what it is about is a placeholder")


def _is_quantity(before: list[str], *, names_noun: bool) -> bool:
    """Return whether a number follows *before*: ``more than``; ``a maximum of``, if of a noun."""
    if before[-1] in _QUANTITIES or before[-2:] == ["up", "to"]:
        return True
    return names_noun and before[-1] == "of" and bool(_LIMITS & set(before[-2:-1]))


def _is_attribute(kept: list[str]) -> bool:
    """Return whether *kept* ends in ``the specified``, which needs a noun."""
    *before, last = kept
    is_participle = _is_participle(last.lower()) and last[1:].islower()
    return is_participle and {word.lower() for word in before[-1:]} <= _ARTICLES


def _is_phrasal(kept: list[str]) -> bool:
    """Return whether *kept* ends in ``timed out`` or the like."""
    *before, last = (word.lower() for word in kept[-2:])
    return last in _PARTICLES and any(map(_is_participle, before))


def _is_participle(word: str) -> bool:
    return word.endswith("ed") or word in _PARTICIPLES


def _significant(tokens: list[str]) -> list[str]:
    """Return the words without those that say nothing; of a long sentence, the main clause."""
    found = _meaningful(tokens)
    if _fits(found):
        return found
    lower = [token.lower() for token in tokens]
    for end, word in enumerate(lower):
        is_clause = word in _CAUSES or (word == "," and _PREDICATES & set(lower[end:]))
        is_essential = word in _CONDITIONS and (_MODALS | {"cannot"}) & set(lower[:end])
        if lower[end + 1 : end + 2] == ["but"]:
            return found  # the error follows
        if is_clause and not is_essential and _PREDICATES & set(lower[:end]):
            return _meaningful(tokens[:end])
    return found


def _meaningful(tokens: list[str]) -> list[str]:
    """Return the parts of *tokens* except punctuation and words that say nothing."""
    kept = (token for token in tokens if token.lower() not in _DROPPED | _BREAKS)
    return [word for token in kept for word in token.split("_")]


def _fits(found: list[str]) -> bool:
    return len(found) <= _MAX_WORDS and len("".join(found)) <= _MAX_LENGTH


def _check_beginning(found: list[str], sentence: str) -> None:
    lower = [word.lower() for word in found]
    if not lower:
        raise NoPhraseError("it has too few words")
    plain = sentence.lower().split()
    reports_state = lower[-1] in _STATES and not set(plain) & (_ARTICLES | _FINITE | _LINKS)
    if (
        _is_instruction(plain)
        and not reports_state
        and lower[-1] not in _DONE
        and lower[-2:] != ["timed", "out"]
    ):
        raise NoPhraseError("it is an instruction")
    if lower[0] in _SUBORDINATING | _PRONOUNS | {"due", "during"}:
        raise NoPhraseError("it begins with a condition or a pronoun")
    if lower == ["no", "error"]:
        raise NoPhraseError("it says that there is no error")


def _is_instruction(sentence: list[str]) -> bool:
    """Return whether *sentence* tells what to do: ``log in again``, not ``log is full``."""
    if sentence[0] == "please":
        return True
    if sentence[0] not in _ALSO_NOUNS:
        noun_if = frozenset("is not does of".split())
        return sentence[0] in _INSTRUCTIONS and not noun_if & set(sentence[1:2])
    clause = list(takewhile(lambda word: word not in _SUBORDINATING, sentence[1:]))
    if not clause or clause[0] in _DETERMINERS:
        return True
    return not any(word in _VERBS or word.endswith("ed") for word in clause)


def _without_error(found: list[str]) -> tuple[list[str], int]:
    """Drop "error", "exception occurred" and the like; return the least number of words, too."""
    lower = [word.lower() for word in found]
    end = len(found)
    if lower[end - 1] in _OCCURRED:
        end -= 1
    if end > 1 and lower[end - 1] in _ERROR and lower[end - 2] not in _FUNCTION_WORDS:
        end -= 1
        while end > 1 and lower[end - 1] in _OCCURRED:
            end -= 1
        return found[:end], 1
    # "An error occurred while creating the job" is an error in creating the job.
    begin = 0
    while lower[begin:] and lower[begin] in _ERROR | _OCCURRED | _DURING:
        begin += 1
    if (
        begin
        and lower[begin - 1] not in _OCCURRED
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
    if any(map(str.isdigit, found)):
        raise NoPhraseError("it has a number")
    if not found[0][0].isalpha():
        raise NoPhraseError("it does not begin with a letter")
    if _ERROR & set(lower):
        raise NoPhraseError("it has 'error' inside")
    if "following" in lower:
        raise NoPhraseError("it refers to what follows")
    if lower[-1] in _NEVER_LAST:
        raise NoPhraseError(f"it would end in '{lower[-1]}'")
    return Phrase(tuple(found), "".join(map(words.capitalized, found)))
