"""Latin letters in ASCII, by a table and the decomposition of Unicode 3.2.

That version is in every Python, so that names never depend on the version of a library.
"""

from unicodedata import ucd_3_2_0 as unicode

_WITHOUT_DECOMPOSITION = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "TH",
        "ħ": "h",
        "Ħ": "H",
        "ŧ": "t",
        "Ŧ": "T",
        "ŋ": "ng",
        "Ŋ": "NG",
        "ı": "i",
        "ə": "e",
        "Ə": "E",
    }
)
"""Letters of Latin scripts that Unicode does not take apart."""


def in_ascii(text: str) -> str:
    """Return *text* with ASCII letters for Latin ones; other characters stay.

    ``Größe`` becomes ``Grosse``, ``Łódź`` ``Lodz``, ``ﬁle`` ``file``.
    """
    if text.isascii():
        return text
    return "".join(map(_in_ascii, text.translate(_WITHOUT_DECOMPOSITION)))


def is_separator(character: str) -> bool:
    """Return whether *character* stands between words: punctuation, a symbol or a space."""
    return unicode.category(character)[0] in "PSZ"


def _in_ascii(character: str) -> str:
    if unicode.category(character)[0] not in "LM":
        return character
    return "".join(c for c in unicode.normalize("NFKD", character) if not unicode.combining(c))
