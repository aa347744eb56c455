"""Suggestions for misspelled names."""

from collections.abc import Iterable


def did_you_mean(text: str, known: Iterable[str], *, only_if_unique: bool = False) -> str | None:
    """Suggest the name in *known* that is most similar to *text*; None if none is similar.

    For ``outptu`` and ``output``: ``did you mean 'output'?``. With *only_if_unique*, return None
    also if several names are similar.
    """
    from difflib import get_close_matches  # takes 3 ms, and most runs do not need it

    close = get_close_matches(text, known, n=2)
    if not close or (only_if_unique and len(close) > 1):
        return None
    return f"did you mean '{close[0]}'?"
