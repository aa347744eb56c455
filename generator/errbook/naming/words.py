"""How a code or a message becomes an identifier. Pure: text in, identifier out."""

import re
from unicodedata import ucd_3_2_0 as unicode  # the one that is the same in every Python

from errbook.model import Message

_LONGEST_NAME = 50
_DROPPED = frozenset("a an the this these your you there is are was were been please".split())
_PREPOSITIONS = frozenset("""
    about above across after against along among around as at before behind below beneath beside
    between beyond by down due during for from in inside into like near of off on onto out outside
    over past per since than through till to toward towards under until up upon via with within
    without
    """.split())
_ERROR = frozenset(("error", "exception"))
_OCCURRED = frozenset(("occurred", "occurs"))
# Who reads "enter a name" does not learn from it what was wrong.
_INSTRUCTIONS = frozenset("contact ensure enter please provide select specify try".split())
_ONE_OF_A_KIND = re.compile(
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


def member(code: str) -> str:
    """Return the natural name of the enum member of *code*; empty if it has no letter or digit.

    ``VPN.0001`` becomes ``VPN_0001``, ``NoSuchKey`` ``NO_SUCH_KEY``, ``0171`` ``E_0171``.
    """
    parts = [piece.upper() for part in _parts(code) for piece in _humps(part)]
    return _after_digit("_".join(parts), "E_")


def escaped_member(code: str) -> str:
    """Return the name that no other code shares: ``Bad Request`` becomes ``E_Bad_x20_Request``."""
    return "E_" + _escaped(code)


def class_from_code_words(code: str) -> str | None:
    """Return a class name if *code* is words: ``KMS.DisabledException`` is ``KMSDisabledError``."""
    parts = _parts(code)
    has_lower = any(c.islower() for part in parts for c in part)
    several_words = len(parts) > 1 and not any(c.isdigit() for part in parts for c in part)
    if not parts or not all(part[0].isalpha() for part in parts):
        return None
    if not (has_lower or several_words):
        return None
    if not has_lower:
        parts = [part.lower() for part in parts]
    words = "".join(map(_capitalized, parts))
    stem = re.sub("(Error|Exception)$", "", words)
    return f"{stem}Error" if stem else None


def class_from_message(message: Message) -> str | None:
    """Return a class name if *message* is a short phrase.

    ``invalid request:xxx`` is ``InvalidRequestError``, ``EIP %s not found`` ``EIPNotFoundError``,
    ``OUT_OF_MEMORY``, as in a code, ``OutOfMemoryError``.
    """
    if "\n" in message.text or not message.text.isascii():
        return None
    said = _MARKUP.sub(" ", " ".join(message.literals).replace("'", ""))
    said = _ABBREVIATED.sub(r"\1", said)  # the A of A/B is no article
    text = _LABEL.sub("", _ADVICE.sub("", said))
    _, *tail = re.split(r"[:;,(]|\.(?=\s|$)", text, maxsplit=1)
    if tail and len(_words(tail[0])) > 1:
        return None
    words = _words(text.lower() if text.isupper() else text)
    lower = [word.lower() for word in words]
    if not words or lower[0] in _INSTRUCTIONS or "following" in lower:
        return None
    if _ONE_OF_A_KIND.search(text):
        return None  # without its verb it says nothing
    words = [word for word in _without_have_been(words) if word.lower() not in _DROPPED]
    fewest = 1 if _drop_error(words) else 2
    # At the end of a sentence they belong to the verb: what is sold out is not sold.
    is_cut = not _words(message.literals[-1])
    while is_cut and words and words[-1].lower() in _PREPOSITIONS:
        words.pop()
    if not fewest <= len(words) <= 5 or not words[0][0].isalpha():
        return None
    if any(word.lower() == "error" for word in words):
        return None
    name = "".join(map(_capitalized, words)) + "Error"
    return name if len(name) <= _LONGEST_NAME else None


def class_from_code_parts(code: str) -> str | None:
    """Return a class name of the parts of *code*: ``CCI.01.400101`` is ``CCI01_400101Error``."""
    joined = ""
    for part in map(_capitalized, _parts(code)):
        collides = joined and (
            (joined[-1].isdigit() and part[0].isdigit())
            or (joined[-1].isupper() and part[0].isupper())
        )
        joined += "_" * bool(collides) + part
    return _after_digit(joined, "E") + "Error" if joined else None


def escaped_class(code: str) -> str:
    """Return the class name that no other code shares: ``NotImplementedCodeError``."""
    name = _capitalized(_escaped(code))
    return f"{name if name[:1].isalpha() else 'E_' + name}CodeError"


def class_from_curated(name: str) -> str:
    """Return the class name of a configured *name*, which may end in Error or not."""
    return re.sub("Error$", "", name) + "Error"


def camel_case(service: str) -> str:
    """Return the prefix of a service's classes: ``elastic_ip`` becomes ``ElasticIp``."""
    return "".join(map(_capitalized, service.split("_")))


def _parts(code: str) -> list[str]:
    """Return what stands between the non-alphanumerics of *code*. Only ASCII is alphanumeric.

    Letters are taken without their marks, ligatures apart: ``ü`` is ``u``, ``ﬁ`` is ``fi``.
    """
    if not code.isascii():
        plain = (unicode.normalize("NFKD", c) if c.isalpha() else c for c in code)
        code = "".join(c for c in "".join(plain) if not unicode.combining(c))
    return re.findall("[A-Za-z0-9]+", code)


def _humps(part: str) -> list[str]:
    """Split before a capital that follows a lower-case letter or precedes one."""
    return re.split(r"(?<=[a-z])(?=[A-Z])|(?<!^)(?=[A-Z][a-z])", part)


def _words(text: str) -> list[str]:
    return re.findall("[A-Za-z0-9]+", text)


def _without_have_been(words: list[str]) -> list[str]:
    """Drop the auxiliaries of "has been used" and "have already been used"."""
    text = re.sub(r"\b(?:has|have) (\w+ )?been\b", r"\1", " ".join(words), flags=re.IGNORECASE)
    return text.split()


def _drop_error(words: list[str]) -> bool:
    """Drop a final "error", "exception occurred" or the like; tell whether there was one."""
    rest = list(words)
    _drop_last(rest, _OCCURRED)
    if not _drop_last(rest, _ERROR):
        return False
    _drop_last(rest, _OCCURRED)
    words[:] = rest
    return True


def _drop_last(words: list[str], those: frozenset[str]) -> bool:
    """Drop the last of *words* if it is one of *those*; tell whether it was."""
    is_one = bool(words) and words[-1].lower() in those
    if is_one:
        words.pop()
    return is_one


def _capitalized(word: str) -> str:
    return word[:1].upper() + word[1:]


def _after_digit(name: str, prefix: str) -> str:
    return prefix + name if name[:1].isdigit() else name


def _escaped(code: str) -> str:
    return re.sub("[^A-Za-z0-9]", lambda match: f"_x{ord(match[0]):02x}_", code)
