"""What a run remembers for the next: what came of which input, by the SHA-256 of the input.

An entry has a digest of itself, so that a damaged one is not believed, and is moved to its place
when it is complete, so that runs may share a directory. Nothing that goes wrong here is a failure:
the work is done once more.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from errbook.diagnostics import Diagnostic, Location, Severity
from errbook.rules import RULES

NAME = ".errbook_cache"

_MOST = 256 * 2**20  # bytes of all entries
_RULES = {rule.id: rule for rule in RULES}
# The second is what backups look for: https://bford.info/cachedir/
_AROUND = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n",
}


def digest(*parts: str | bytes) -> str:
    """Return the SHA-256 of *parts*, that of no other parts."""
    state = sha256()
    for part in parts:
        # The name of a file may be any.
        content = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(content))
        state.update(content)
    return state.hexdigest()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What came of an input."""

    files: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file, by its path."""

    diagnostics: tuple[Diagnostic, ...] = ()
    summary_digests: Mapping[str, str] = field(default_factory=dict)
    """By target."""

    summaries_json: str = "{}"

    @cached_property
    def summaries(self) -> Mapping[str, str]:
        """What the index of each target tells of a service."""
        summaries: dict[str, str] = json.loads(self.summaries_json)
        return summaries


def entry_of(
    texts: Mapping[str, str],
    diagnostics: Iterable[Diagnostic] = (),
    summaries: Mapping[str, str] | None = None,
) -> Entry:
    """Return the entry of an input of which these *texts*, by path, and *diagnostics* came."""
    summaries = summaries or {}
    return Entry(
        files={path: sha256(text.encode()).hexdigest() for path, text in texts.items()},
        diagnostics=tuple(diagnostics),
        summary_digests={target: digest(text) for target, text in summaries.items()},
        summaries_json=json.dumps(summaries),
    )


class Cache:
    """The entries below a directory; without one nothing is remembered."""

    def __init__(self, directory: Path | None = None) -> None:
        # A directory of its own, for what is put there keeps git and backups away from it.
        self.directory = directory and directory / "entries"

    def has(self, path: Path) -> bool:
        """Tell whether the file at *path* is one of the cache."""
        return self.directory is not None and path.resolve().is_relative_to(
            self.directory.resolve()
        )

    def get(self, key: str) -> Entry | None:
        """Return the entry of *key*, None where there is no sound one."""
        if self.directory is None:
            return None
        try:
            text = (self.directory / key).read_bytes().decode()
        except (OSError, ValueError):
            return None
        found, _, rest = text.partition("\n")
        if found != digest(key, rest):
            return None
        head, summaries = rest.split("\n")
        files, diagnostics, summary_digests = json.loads(head)
        return Entry(
            files=files,
            diagnostics=tuple(_diagnostic(*values) for values in diagnostics),
            summary_digests=summary_digests,
            summaries_json=summaries,
        )

    def put(self, entries: Mapping[str, Entry]) -> None:
        """Keep *entries*, by key, and let the oldest go where there are too many."""
        if self.directory is None:
            return
        with suppress(OSError):
            self.directory.mkdir(parents=True, exist_ok=True)
            for name, text in _AROUND.items():
                if not (self.directory / name).exists():
                    _write(self.directory / name, text)
            for key, new in entries.items():
                _write(self.directory / key, _as_text(key, new))
            self._tidy(self.directory)

    def _tidy(self, directory: Path) -> None:
        found = [(path.stat(), path) for path in directory.iterdir()]
        size = 0
        for stat, path in sorted(found, key=lambda pair: pair[0].st_mtime, reverse=True):
            size += stat.st_size
            if size > _MOST:
                path.unlink()


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def _as_text(key: str, entry: Entry) -> str:
    diagnostics = [_as_json(found) for found in entry.diagnostics]
    head = json.dumps([entry.files, diagnostics, entry.summary_digests])
    rest = f"{head}\n{entry.summaries_json}"
    return f"{digest(key, rest)}\n{rest}"


def _as_json(found: Diagnostic) -> list[Any]:
    place = [found.location.path, found.location.line, found.location.column]
    return [
        found.rule.id,
        found.severity,
        place,
        found.message,
        found.hint,
        found.key,
    ]


def _diagnostic(
    rule: str,
    severity: str,
    place: tuple[str, int, int],
    message: str,
    hint: str,
    key: list[str] | None,
) -> Diagnostic:
    return Diagnostic(
        rule=_RULES[rule],
        severity=Severity(severity),
        location=Location(*place),
        message=message,
        hint=hint,
        key=key if key is None else tuple(key),
    )
