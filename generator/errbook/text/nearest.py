"""What somebody who misspelt a name probably meant."""

from collections.abc import Iterable


def did_you_mean(text: str, known: Iterable[str], *, unrivalled: bool = False) -> str | None:
    """Return the question whether the nearest of *known* was meant, None where none is near.

    ``outptu`` beside ``output`` becomes ``did you mean 'output'?``. *unrivalled*: only where no
    other is near.
    """
    from difflib import get_close_matches  # takes 3 ms, and most runs make no mistake

    close = get_close_matches(text, known, n=2)
    if not close or (unrivalled and len(close) > 1):
        return None
    return f"did you mean '{close[0]}'?"
