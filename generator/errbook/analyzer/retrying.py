"""Whether a row says that the same request may succeed later."""

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
    """Return what *handling*, else *message*, says of trying again; None where neither does.

    ``Try again later.`` says that one may, ``Do not retry.`` that one may not. ``Correct the name
    and try again.`` says neither: that is another request.
    """
    for name, text in (("handling", handling), ("message", message)):
        for pattern, retryable in ((_NEVER, False), (_LATER, True)):
            found = pattern.search(text) if text else None
            if found:
                evidence = f"{name}: {' '.join(found[0].split())}"
                return Retrying(retryable=retryable, evidence=evidence)
    return None
