"""The rules that turn a code into an identifier. Pure functions of text."""

import re

from errbook.naming.letters import in_ascii

_MIN_CAPITALS = 4


def member_from_code(code: str) -> str:
    """Return the usual name of the enum member for *code*; empty if it has no letter or digit.

    ``VPN.0001`` becomes ``VPN_0001``, ``NoSuchKey`` ``NO_SUCH_KEY``, ``0171`` ``E_0171``.
    """
    parts = [piece.upper() for part in parts_of(code) for piece in camel_case_words(part)]
    return _with_letter_first("_".join(parts), "E_")


def escaped_member(code: str) -> str:
    """Return a member name that is unique to *code*: ``Bad Request`` is ``E_Bad_x20_Request``."""
    return "E_" + _escaped(code)


def are_words(code: str) -> bool:
    """Return whether *code* consists of words: ``NoSuchKey``, ``BAD_REQUEST``.

    Every part begins with a letter. Without a lower-case letter there are several parts, and no
    digit.
    """
    parts = parts_of(code)
    characters = "".join(parts)
    if not parts or not all(part[0].isalpha() for part in parts):
        return False
    has_lower = any(map(str.islower, characters))
    return has_lower or (len(parts) > 1 and not any(map(str.isdigit, characters)))


def is_capital_word(code: str) -> bool:
    """Return whether *code* looks like one word in capitals: ``CONFLICT``, but not ``VPN``."""
    return re.fullmatch(f"[A-Z]{{{_MIN_CAPITALS},}}", in_ascii(code)) is not None


def stem_from_words(code: str) -> str:
    """Return the words of *code* as a class name without its suffix; empty if nothing remains.

    ``KMS.DisabledException`` becomes ``KMSDisabled``, ``INVALID_PARAMETER`` ``InvalidParameter``.
    """
    return _stem(parts_of(code))


def stem_without_err(code: str) -> str:
    """Return the same, without a first word that only says that the code is one of an error.

    ``ERR_NO_ROUTE`` and ``ErrNoRoute`` become ``NoRoute``.
    """
    first, *others = parts_of(code)
    if others and first.lower() in ("er", "err", "error"):
        return _stem(others)
    return re.sub("^Err(?=[A-Z])", "", stem_from_words(code))


def _stem(parts: list[str]) -> str:
    if not any(map(str.islower, "".join(parts))):
        parts = [part.lower() for part in parts]
    return re.sub("(Error|Exception)$", "", "".join(map(capitalized, parts)))


def joined_parts(code: str, before: str = "") -> str:
    """Return the parts of *code* after *before*: ``CCI.01.400101`` becomes ``CCI01_400101``.

    ``_`` separates two digits or two capitals, which would look like one number or acronym.
    """
    joined = before
    for part in map(capitalized, parts_of(code)):
        if joined and _run_together(joined[-1], part[0]):
            joined += "_"
        joined += part
    return joined


def class_from_parts(code: str) -> str | None:
    """Return a class name from the parts of *code*: ``VPN.0014`` becomes ``VPN0014Error``."""
    joined = joined_parts(code)
    return _with_letter_first(joined, "E") + "Error" if joined else None


def _run_together(before: str, after: str) -> bool:
    return (before.isdigit() and after.isdigit()) or (before.isupper() and after.isupper())


def escaped_class(code: str) -> str:
    """Return a class name that is unique to *code*: ``Not-Found`` is ``Not_x2d_FoundCodeError``."""
    name = capitalized(_escaped(code))
    if not name[:1].isalpha():
        name = f"E_{name}"
    return f"{name}CodeError"


def class_from_curated(name: str) -> str:
    """Return the class name for a configured *name*, with or without a final ``Error``."""
    return re.sub("Error$", "", name) + "Error"


def curated_from_class(name: str) -> str:
    """Return the shortest configured name for the class *name*: ``NoRouter``."""
    stem = name.removesuffix("Error")
    return stem if stem and class_from_curated(stem) == name else name


def camel_case(service: str) -> str:
    """Return *service* in camel case: ``elastic_ip`` becomes ``ElasticIp``."""
    return "".join(map(capitalized, service.split("_")))


def parts_of(code: str) -> list[str]:
    """Split *code*, in ASCII, at all characters except letters and digits."""
    return re.findall("[A-Za-z0-9]+", in_ascii(code))


def camel_case_words(part: str) -> list[str]:
    """Split *part* before each capital that follows or precedes a lower-case letter."""
    return re.split(r"(?<=[a-z])(?=[A-Z])|(?<!^)(?=[A-Z][a-z])", part)


def capitalized(word: str) -> str:
    """Return *word* with a capital first; the rest stays as it is."""
    return word[:1].upper() + word[1:]


def _with_letter_first(name: str, prefix: str) -> str:
    """Return *name*, with *prefix* if it begins with a digit."""
    return prefix + name if name[:1].isdigit() else name


def _escaped(code: str) -> str:
    return re.sub("[^A-Za-z0-9]", lambda match: f"_x{ord(match[0]):02x}_", code)
