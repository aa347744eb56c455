"""Rendering: from an analysis to the files of all targets."""

from collections.abc import Mapping
from hashlib import sha256
from importlib import import_module
from typing import TYPE_CHECKING

import msgspec

from errbook.project.settings import Settings
from errbook.text.marker import may_be_marked

if TYPE_CHECKING:  # slow to import, and not needed if nothing has changed
    from errbook.analysis import Analysis
    from errbook.targets.target import Files, Target


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """Generated files: all files of one service, or the files of a target's index."""

    digests: Mapping[str, str]
    """Path of each file, relative to the configuration -> SHA-256."""

    texts: Mapping[str, str]
    """Path of each file -> text; empty if all files are known to be on disk."""

    entries: Mapping[str, msgspec.Raw]
    """Name of a target -> the service's entry in its index."""


def render_service(analysis: "Analysis", settings: Settings) -> Rendering:
    """Return the files of one service, for all targets in *settings*."""
    texts: dict[str, str] = {}
    entries: dict[str, msgspec.Raw] = {}
    for name in settings.targets:
        target = _target(name)
        if target.render is not None:
            texts |= _placed(target.render(analysis, settings), name, settings)
        if target.index is not None:
            entries[name] = target.index.entry(analysis)
    return Rendering(digests=_digests(texts), texts=texts, entries=entries)


def render_index(name: str, entries: Mapping[str, msgspec.Raw], settings: Settings) -> Rendering:
    """Return the index files of the target *name*; *entries* are by service."""
    target = _target(name)
    assert target.index is not None
    texts = _placed(target.index.render(entries, settings), name, settings)
    return Rendering(digests=_digests(texts), texts=texts, entries={})


def _target(name: str) -> "Target":
    from errbook.targets.target import Target

    target = import_module(f"errbook.targets.{name}").TARGET
    assert isinstance(target, Target) and target.name == name
    return target


def _placed(files: "Files", name: str, settings: Settings) -> dict[str, str]:
    for path in files:
        if not may_be_marked(path) and not path.endswith("py.typed"):
            raise ValueError(f"text/marker.py has no marker position for {path}")
    return {f"{settings.options[name].output}/{path}": text for path, text in files.items()}


def _digests(texts: "Files") -> dict[str, str]:
    return {path: sha256(text.encode()).hexdigest() for path, text in texts.items()}
