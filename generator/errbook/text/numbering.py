"""Words that number something: ``Step 3``, ``v1.2``, ``Q4``. They look like codes, but are none."""

import re

_NUMBERING = re.compile(
    r"(step|option|phase|example|case|method|part|figure|table|chapter|section|tip|note|question"
    r"|level|tier|day|week)[ _-]?\d+|v[ _]?\d+|q[ _-]?\d{1,2}|cve-.*"
    r"|(pre|post|before|since|until|v)[ _-]?\d+(\.\d+)+",
    re.IGNORECASE,
)


def is_numbering(text: str) -> bool:
    """Return whether the whole *text* numbers something."""
    return bool(_NUMBERING.fullmatch(text))
