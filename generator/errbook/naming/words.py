"""The rules that turn a code or a message into an identifier. Pure functions of text."""

import re
from unicodedata import ucd_3_2_0 as unicode  # the version that is the same in every Python

from errbook.model import Message

_MAX_NAME_LENGTH = 50
_MAX_WORDS = 5
_DROPPED = frozenset("a an the this these your you there is are was were been please".split())
_PREPOSITIONS = frozenset("""
    about above across after against along among around as at before behind below beneath beside
    between beyond by down due during for from in inside into like near of off on onto out outside
    over past per since than through till to toward towards under until up upon via with within
    without
    """.split())
_ERROR = frozenset(("error", "exception"))
_OCCURRED = frozenset(("occurred", "occurs"))
# A phrase such as "enter a name" does not describe the error.
_INSTRUCTIONS = frozenset("contact ensure enter please provide select specify try".split())
_CLASSIFICATION = re.compile(
    r"(?<!this )(?<!there )\b(?:is|are) (?:an?|another|the)\b", re.IGNORECASE
)
_ADVICE = re.compile(
    r"""\.\s+(apply|change|check|choose|confirm|contact|ensure|enter|make|perform|please|reduce|refer
    |refresh|retry|see|select|set|try|use|view|wait)\b
    (?!\s+(?:is|are|was|were|has|have|failed)\b).*""",
    re.IGNORECASE | re.VERBOSE,
)
_MARKUP = re.compile(r"</?[A-Za-z][\w.-]*+\s*+/?>")
_ABBREVIATED = re.compile(r"\b([A-Z])/(?=[A-Z]\b)")
_LABEL = re.compile(r"[.,;]\s*\w+:\W*$")


def member_from_code(code: str) -> str:
    """Return the usual name of the enum member for *code*; empty if it has no letter or digit.

    ``VPN.0001`` becomes ``VPN_0001``, ``NoSuchKey`` ``NO_SUCH_KEY``, ``0171`` ``E_0171``.
    """
    parts = [piece.upper() for part in _parts(code) for piece in _camel_case_words(part)]
    return _with_letter_first("_".join(parts), "E_")


def escaped_member(code: str) -> str:
    """Return a member name that is unique to *code*: ``Bad Request`` is ``E_Bad_x20_Request``."""
    return "E_" + _escaped(code)


def class_from_code_words(code: str) -> str | None:
    """Return a class name if *code* consists of words.

    ``KMS.DisabledException`` becomes ``KMSDisabledError``.
    """
    parts = _parts(code)
    if not parts or not all(part[0].isalpha() for part in parts):
        return None
    characters = "".join(parts)
    if not any(map(str.islower, characters)):
        if len(parts) == 1 or any(map(str.isdigit, characters)):
            return None
        parts = [part.lower() for part in parts]
    words = "".join(map(_capitalized, parts))
    stem = re.sub("(Error|Exception)$", "", words)
    return f"{stem}Error" if stem else None


def class_from_message(message: Message) -> str | None:
    """Return a class name if *message* is a short phrase.

    ``invalid request:xxx`` becomes ``InvalidRequestError``, ``EIP %s not found`` becomes
    ``EIPNotFoundError``. ``OUT_OF_MEMORY``, written like a code, becomes ``OutOfMemoryError``.
    """
    phrase = _phrase(message)
    if phrase is None:
        return None
    words = _without_have_been(_words(phrase))
    words = [word for word in words if word.lower() not in _DROPPED]
    significant = _without_error(words)
    # "Disk error" is a name with one word before Error; "Disk" alone is too vague for one.
    min_words = 2 if significant == words else 1
    # A preposition at the end of a sentence belongs to the verb: "sold out" is not "sold".
    if not _words(message.literals[-1]):
        significant = _without_final_prepositions(significant)
    if (
        not min_words <= len(significant) <= _MAX_WORDS
        or not significant[0][0].isalpha()
        or any(word.lower() == "error" for word in significant)
    ):
        return None
    name = "".join(map(_capitalized, significant)) + "Error"
    return name if len(name) <= _MAX_NAME_LENGTH else None


def _phrase(message: Message) -> str | None:
    """Return *message* without markup and advice; None if the rest is not one phrase."""
    if "\n" in message.text or not message.text.isascii():
        return None
    text = _MARKUP.sub(" ", " ".join(message.literals).replace("'", ""))
    text = _ABBREVIATED.sub(r"\1", text)  # the A of A/B is not an article
    text = _LABEL.sub("", _ADVICE.sub("", text))
    _, *rest = re.split(r"[:;,(]|\.(?=\s|$)", text, maxsplit=1)
    has_more = bool(rest) and len(_words(rest[0])) > 1
    if has_more or _CLASSIFICATION.search(text):  # the latter means nothing without its verb
        return None
    words = _words(text.lower())
    if not words or words[0] in _INSTRUCTIONS or "following" in words:
        return None
    return text.lower() if text.isupper() else text


def class_from_code_parts(code: str) -> str | None:
    """Return a class name from the parts of *code*: ``CCI.01.400101`` is ``CCI01_400101Error``."""
    joined = ""
    for part in map(_capitalized, _parts(code)):
        if joined and _run_together(joined[-1], part[0]):
            joined += "_"
        joined += part
    return _with_letter_first(joined, "E") + "Error" if joined else None


def _run_together(before: str, after: str) -> bool:
    """Return whether two adjacent characters would look like parts of one number or acronym."""
    return (before.isdigit() and after.isdigit()) or (before.isupper() and after.isupper())


def escaped_class(code: str) -> str:
    """Return a class name that is unique to *code*: ``NotImplementedCodeError``."""
    name = _capitalized(_escaped(code))
    if not name[:1].isalpha():
        name = f"E_{name}"
    return f"{name}CodeError"


def class_from_curated(name: str) -> str:
    """Return the class name for a configured *name*, with or without a final ``Error``."""
    return re.sub("Error$", "", name) + "Error"


def camel_case(service: str) -> str:
    """Return *service* in camel case: ``elastic_ip`` becomes ``ElasticIp``."""
    return "".join(map(_capitalized, service.split("_")))


def _parts(code: str) -> list[str]:
    """Split *code* at all characters except ASCII letters and digits.

    Diacritics are dropped and ligatures are split: ``ü`` becomes ``u``, ``ﬁ`` becomes ``fi``.
    """
    if not code.isascii():
        plain = (unicode.normalize("NFKD", c) if c.isalpha() else c for c in code)
        code = "".join(c for c in "".join(plain) if not unicode.combining(c))
    return re.findall("[A-Za-z0-9]+", code)


def _camel_case_words(part: str) -> list[str]:
    """Split *part* before each capital that follows or precedes a lower-case letter."""
    return re.split(r"(?<=[a-z])(?=[A-Z])|(?<!^)(?=[A-Z][a-z])", part)


def _words(text: str) -> list[str]:
    return re.findall("[A-Za-z0-9]+", text)


def _without_have_been(words: list[str]) -> list[str]:
    """Drop the auxiliaries of "has been used" and "have already been used"."""
    text = re.sub(r"\b(?:has|have) (\w+ )?been\b", r"\1", " ".join(words), flags=re.IGNORECASE)
    return text.split()


def _without_error(words: list[str]) -> list[str]:
    """Drop a final "error", "exception occurred", "occurred error" or the like."""
    rest = _without_last(words, _OCCURRED)
    before_error = _without_last(rest, _ERROR)
    return words if before_error == rest else _without_last(before_error, _OCCURRED)


def _without_last(words: list[str], dropped: frozenset[str]) -> list[str]:
    """Drop the last of *words* if it is one of *dropped*."""
    return words[:-1] if words and words[-1].lower() in dropped else words


def _without_final_prepositions(words: list[str]) -> list[str]:
    count = len(words)
    while count and words[count - 1].lower() in _PREPOSITIONS:
        count -= 1
    return words[:count]


def _capitalized(word: str) -> str:
    return word[:1].upper() + word[1:]


def _with_letter_first(name: str, prefix: str) -> str:
    """Return *name*, with *prefix* if it begins with a digit."""
    return prefix + name if name[:1].isdigit() else name


def _escaped(code: str) -> str:
    return re.sub("[^A-Za-z0-9]", lambda match: f"_x{ord(match[0]):02x}_", code)
