"""The baseline: known findings, which are not reported again.

An entry has no line number, so that it stays the same when lines move. The file has one line per
entry.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from errbook.diagnostics import Failure, Location

_BEGINNING = '{"version": 1, "findings": ['
_REMEDY = "write it again with errbook audit --baseline FILE --write-baseline"


class Known(msgspec.Struct, frozen=True, kw_only=True, order=True, forbid_unknown_fields=True):
    """Findings of one rule about one code in one file, or in the responses of one service."""

    rule: str
    where: str
    """The path of the file, or the service."""

    code: str
    status: int | None
    """The HTTP status; None for code."""


class _Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the file."""

    rule: str
    where: str
    code: str
    count: int
    status: int | None = None


class _File(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    findings: tuple[_Entry, ...]


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """The known findings in a file."""

    path: str
    counts: Mapping[Known, int]
    lines: Mapping[Known, int]

    def location(self, known: Known) -> Location:
        """Return where the file has the entry *known*."""
        return Location(path=self.path, line=self.lines.get(known, 1), column=1)

    def gone(self, root: Path) -> frozenset[str]:
        """Return the files in entries that no longer exist below *root*."""
        files = {known.where for known in self.counts if known.status is None}
        return frozenset(file for file in files if not (root / file).exists())


def read(text: str, path: str) -> Baseline:
    """Return the baseline in the file *path*, which has this *text*.

    Raises Failure if it is not a baseline.
    """
    try:
        file = msgspec.json.decode(text, type=_File)
    except (ValueError, RecursionError) as error:
        what = f"this is not a baseline: {' '.join(str(error).split())}"
        raise Failure(path, what, _REMEDY) from None
    if file.version != 1:
        raise Failure(path, f"the version {file.version} of this baseline is unknown", _REMEDY)
    counts: Counter[Known] = Counter()
    lines: dict[Known, int] = {}
    by_text = {line.strip().rstrip(","): n for n, line in enumerate(text.split("\n"), 1)}
    for entry in file.findings:
        known = Known(rule=entry.rule, where=entry.where, code=entry.code, status=entry.status)
        counts[known] += entry.count
        lines.setdefault(known, by_text.get(_line(known, entry.count), 1))
    return Baseline(path=path, counts=counts, lines=lines)


def render(findings: Iterable[Known]) -> str:
    """Return the text of a baseline with *findings*."""
    lines = [f"\n  {_line(known, count)}" for known, count in sorted(Counter(findings).items())]
    end = "\n]}\n" if lines else "]}\n"
    return f"{_BEGINNING}{','.join(lines)}{end}"


def is_baseline(text: str) -> bool:
    """Return whether *text* is what `render` returns; its codes are no uses."""
    return text.startswith(_BEGINNING)


def _line(known: Known, count: int) -> str:
    status = {} if known.status is None else {"status": known.status}
    entry = {"rule": known.rule, "where": known.where, "code": known.code, **status, "count": count}
    return json.dumps(entry, ensure_ascii=False)
