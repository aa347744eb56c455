"""The first sentence of a message or description, in plain ASCII."""

import re

from errbook.analyzer.placeholders import parse_message
from errbook.naming.letters import in_ascii, is_separator
from errbook.naming.vocabulary import (
    ADJECTIVES,
    DONE,
    DROPPED,
    FUNCTION_WORDS,
    GENERAL_ACTIONS,
    KINDS,
    MODALS,
    PREDICATES,
    PREPOSITIONS,
    STATES,
)

_MAX_TEXT = 1000
"""A sentence that ends later is too long, and some patterns take quadratic time."""

_ADVICE = re.compile(
    r"""(?:[.,;]\s+(?:(?:and|or|so|then|you\ (?:can|may|must|should|need\ to))\s+)?
    (?:apply|ask|change|check|choose|confirm|consult|contact|correct|ensure|enter|make|modify|perform
      |provide|reduce|refer|refresh|retry|review|see|select|set|specify|submit|try|upgrade|use|verify
      |view|wait)\b
    (?!\s+(?:is|are|was|were|has|have|failed|not|does)\b)
    |\b(?<!^)please\b|\btry\ (?:it\ )?again\b).*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
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
    r"""^(?:(?:(?:were\ |we\ are\ |im\ )?sorry|oops|oh\ no|whoops)[,!.]?\s+(?:but\s+)?
    |(?:due\ to|because\ of|owing\ to|during|after|for\ security\ reasons)\b[^,]*,\s+
    |you\ (?:have|had)\ (?!to\b|been\b)|(?:youve|youre|theres)\ )""",
    re.IGNORECASE | re.VERBOSE,
)
_WE = re.compile(r"^we (?=(?:are|can|cannot|could|did|do|were)\b)", re.IGNORECASE)
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
_PATH = re.compile(r"(?<![\w.-])[\w.-]*(?:/[\w./-]*\0|\0[\w.-]*/)[\w./\0-]*")
_REGULAR_EXPRESSION = re.compile(r"(?<!\S)\S*(?:\[[A-Za-z0-9]-[A-Za-z0-9]|\\[dsw]|\^\S)\S*")
_COMPARISON = re.compile(r"[\w\0][\"'`]?\s*(?:[<>≤≥]=?|[=!]=)\s*[\"'`]?[\w\0]")
_UNIT = re.compile(
    r"\0(?:\s*(?:%+|(?:bytes|characters|chars|days|digits|hours|letters|milliseconds|minutes|mins"
    r"|months|ms|percent|seconds|secs|times|weeks|years|[KMGT]i?B)\b)|s\b"
    r"|\s+or\s+(?:above|earlier|fewer|greater|higher|later|less|lower|more|newer|older)\b)+"
)
"""What belongs to a placeholder that is a number: ``exceeds %d characters``, ``%s or later``."""

_SEVERAL_PLACEHOLDERS = re.compile(r"\0(?:(?:[\s,/.:-]|\band\b|\bor\b)*\0)+")
_PLACEHOLDER_AFTER_COLON = re.compile(r":\s*\0\s+(?=\w)")
_QUOTED_LETTER_OR_WORD = re.compile(
    rf"(?<!\w)([\"'`])(?:[a-z]|{'|'.join(sorted(DROPPED))})\1(?!\w)", re.IGNORECASE
)
"""A value that looks like an article or an auxiliary: one of 'a' or 'b'."""

_NAMED_EXAMPLE = re.compile(r"\b(called|named) \w*\d\w*")
_ABBREVIATION = re.compile(r"\b(?:(?:[A-Z]\.){2,}|(?:approx|incl|max|min|no)\.)(?=\s+[a-z\d\0])")
_SENTENCE_END = re.compile(r"[;!?]|\.(?=\s|$)|\s-{1,2}\s|\.?\s*//|\./|\be\.g\b|\bi\.e\b")
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


class NoPhraseError(Exception):
    """A text has no phrase; the message is the reason."""


def plain_text(text: str) -> str:
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
    plain = _NAMED_EXAMPLE.sub("\\1 \0", _QUOTED_LETTER_OR_WORD.sub(" \0 ", plain))
    if "\0" in plain:
        for pattern in (_QUOTED_PLACEHOLDER, _PATH, _AROUND_PLACEHOLDER):
            plain = pattern.sub(" \0 ", plain)
        plain = _SEVERAL_PLACEHOLDERS.sub("\0", _UNIT.sub("\0", plain))
    plain = _ABBREVIATED.sub(r"\1", plain)  # the A of A/B is not an article
    return _without_apostrophes(plain.lower() if plain.isupper() else plain).strip()


def first_sentence(plain: str) -> str:
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
    text = _WE.sub("", _OPENING.sub("", _ALREADY_THERE.sub(r"\1 already exists", text)))
    text = _RELATIVE.sub(_without_relative, text)
    text = _HAVE_BEEN.sub(r"\1", text).replace("no enough", "not enough")
    text = _ABBREVIATION.sub(lambda abbreviation: abbreviation[0].replace(".", ""), text)
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
    elif tail and len(_words(tail[0])) > 1 and _says_nothing(subject, tail[0]):
        head = tail[0]  # what is before the colon does not say what happened
    elif tail:
        head = _LABEL_BEFORE_COLON.sub("", head)
    if rest and _words(rest[0]) and _says_only_failed(_words(head)):
        raise NoPhraseError("its first sentence only says that something failed")
    return head


def _without_apostrophes(text: str) -> str:
    """Return *text* with ``is not`` for ``isn't``, and ``users`` for ``user's``."""
    if "'" not in text:
        return text
    text = re.sub(r"\b([Cc])an't\b", r"\1annot", text)
    text = re.sub(r"\b([Ww])on't\b", r"\1ill not", text)
    text = re.sub(r"(?<=[a-z])n't\b", " not", text)
    return re.sub(r"(?<=\w)'(?=\w)", "", text)


def _without_relative(clause: re.Match[str]) -> str:
    """Return the noun before the relative *clause*: ``bucket`` of ``bucket you tried …``."""
    is_noun = clause[1].lower() not in FUNCTION_WORDS
    return clause[1] if is_noun else clause[0]


def _says_nothing(subject: list[str], text: str) -> bool:
    """Return whether not *subject*, but *text* after its colon says what happened.

    ``Job error`` does not, nor ``log writer`` before ``unknown signal``; ``quota violation`` does.
    """
    if len(subject) < 2 or subject[-1] in DONE:
        return True
    states = PREDICATES | ADJECTIVES | STATES
    is_topic = len(subject) == 2 and not any(
        word in states | PREPOSITIONS or word.endswith(("ed", "ion")) for word in subject
    )
    found = re.findall("[a-z]+", text.lower())
    return is_topic and any(word in states or word.endswith("ed") for word in found)


def _is_about(subject: str, text: str) -> bool:
    """Return whether *text* says something of *subject*: ``Password: must not be empty``.

    A kind is not what ``Parameter: invalid action`` is about.
    """
    first, *others = re.findall("[a-z0-9]+", text.lower()) or [""]
    is_noun = bool(others) and subject in KINDS and first in ADJECTIVES
    return first in PREDICATES | MODALS | {"out", "too"} and not is_noun


def _says_only_failed(found: list[str]) -> bool:
    return len(found) == 2 and found[0] in GENERAL_ACTIONS and found[1] in DONE


def _words(text: str) -> list[str]:
    found = re.findall("[a-z0-9]+", text.lower())
    return [word for word in found if word not in DROPPED]
