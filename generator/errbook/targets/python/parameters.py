"""From the params of a message to the parameters of a Python function."""

import re
from collections.abc import Iterable
from itertools import count
from keyword import iskeyword

from errbook.naming.letters import in_ascii
from errbook.text.unique import FreeNames


def parameters(params: Iterable[str]) -> dict[str, str]:
    """Return a unique identifier for each of *params*.

    ``bucket-name`` becomes ``bucket_name``, ``class`` becomes ``class_``, ``1st`` becomes ``_1st``,
    ``größe`` becomes ``grosse``.
    A name without ASCII letters becomes the first free one of ``arg1``, ``arg2`` and so on.
    """
    names = dict.fromkeys(params, "")
    taken: set[str] = set()
    identifiers = FreeNames(taken)
    for param in names:
        if identifier := _identifier(param):
            names[param] = identifiers.find(identifier)
            taken.add(names[param])
    free = (name for name in map("arg{}".format, count(1)) if name not in taken)
    return {param: name or next(free) for param, name in names.items()}


def _identifier(param: str) -> str:
    word = re.sub(r"[^A-Za-z0-9]+", "_", in_ascii(param))
    if not re.search("[A-Za-z]", word):
        return ""
    if word[0].isdigit():
        word = "_" + word
    return word + "_" if iskeyword(word) or word == "self" else word
