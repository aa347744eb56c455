"""Advice in the texts of a row for or against sending the same request again."""

import re

from errbook.model import Retrying

_LATER = re.compile(
    r"""
      \b(?:re)?try\b [^.;]*? \b(?: later
                                 | after\ (?:a|an|some)\ (?:while|moment|time)
                                 | (?:in|after)\ (?:a\ few|several|\w+)
                                   \ (?:second|minute|hour)s? )\b
    | \bwait\b [^.;]*? \b(?:re)?try\b
    | ^(?:please\ )?try\ again(?=\.|$|\ or\ contact)
    | 稍后[重再]试
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NEVER = re.compile(r"(?:\bnot|\bcannot|\bnever|n't)\ (?:be\ )?(?:re)?tr(?:y|ied)\b", re.IGNORECASE)


def documented_retrying(handling: str | None, message: str | None) -> Retrying | None:
    """Return the advice about retrying in *handling*, or else in *message*, if there is any.

    ``Try again later.`` is advice for it, ``Do not retry.`` against it. ``Correct the name and try
    again.`` is neither, because the corrected request is another one.
    """
    for name, text in (("handling", handling), ("message", message)):
        for pattern, retryable in ((_NEVER, False), (_LATER, True)):
            found = pattern.search(text) if text else None
            if found:
                evidence = f"{name}: {' '.join(found[0].split())}"
                return Retrying(retryable=retryable, evidence=evidence)
    return None
