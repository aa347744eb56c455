"""Which codes, classes and enum members a text mentions, in whatever way."""

import re
from collections.abc import Iterable

_PART = re.compile("[A-Za-z0-9_]+")
_RUN = re.compile("[A-Za-z0-9_]+(?:[.:-]+[A-Za-z0-9_]+)*")
_MAX_PARTS = 8


class Names:
    """Names to look for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._others = tuple(sorted(name for name in self._names if not _RUN.fullmatch(name)))

    def in_text(self, text: str) -> frozenset[str]:
        """Return the names that *text* has, also as parts of dotted names."""
        found: set[str] = set()
        for run in set(_RUN.findall(text)):
            if run in self._names:
                found.add(run)
            spans = [match.span() for match in _PART.finditer(run)][:_MAX_PARTS]
            if len(spans) > 1:
                found |= self._names & _parts(run, spans)
        found.update(name for name in self._others if name in text)
        return frozenset(found)


def _parts(run: str, spans: list[tuple[int, int]]) -> set[str]:
    """Return what stands in *run* between the beginning and the end of any of *spans*."""
    return {run[start:end] for i, (start, _) in enumerate(spans) for _, end in spans[i:]}
