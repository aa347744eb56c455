"""Codes that report a success, according to their names and texts."""

import re

from errbook.analyzer.vocabulary import SUCCESS

_ZERO = re.compile(r"0+|0x0+", re.IGNORECASE)
_NAME = re.compile(r"(.*[._-])?(ok|success|no_?error)", re.IGNORECASE)
_FIRST_CLAUSE = re.compile(r"[^.;:,()\n。；，：（]*")
_NEGATION = re.compile(r"\b(not|never|un\w+|fail\w*)\b|n't\b|не |不|未", re.IGNORECASE)


def calls_success(code: str, name: str | None, explanation: str) -> bool:
    """Return whether *code* is called a success by itself, its *name* or its *explanation*.

    ``SUCCESS`` is one. So is ``0 | Operation completed successfully``, but not ``0 | General
    error`` and not ``7 | OK``.
    """
    if any(_NAME.fullmatch(text) for text in (code, name or "")):
        return True
    if not _ZERO.fullmatch(code):
        return False
    first = _FIRST_CLAUSE.match(explanation)
    texts = (name or "", first[0] if first else "")
    return any(SUCCESS.search(text) and not _NEGATION.search(text) for text in texts)
