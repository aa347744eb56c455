"""The targets: an analysis in, texts by path out. One module and one template folder for each."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from errbook.project.settings import Settings

if TYPE_CHECKING:
    from errbook.analysis import Analysis  # slow to import, and not needed where nothing changed

_PACKAGE = Path(__file__).parents[1]

# In a wheel the templates are in the package, in a checkout two levels above it.
_PLACES = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")
TEMPLATES = next(place for place in _PLACES if place.is_dir())

Files = Mapping[str, str]
"""Text by path, relative to the directory of the target."""

_E = TypeVar("_E")


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a target that are about all services; `index` makes one."""

    entry: Callable[["Analysis"], msgspec.Raw]
    """Returns what these files show of one service, as JSON."""

    render: Callable[[Mapping[str, msgspec.Raw], Settings], Files]
    """Returns the files; takes the entries of all services, by id."""


def index(
    entry_type: type[_E],
    entry: Callable[["Analysis"], _E],
    render: Callable[[Mapping[str, _E], Settings], Files],
) -> Index:
    """Return the index that *render* makes of the entries of all services, which are by id."""

    def encoded(analysis: "Analysis") -> msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(entry(analysis)))

    def decoded(entries: Mapping[str, msgspec.Raw], settings: Settings) -> Files:
        decode = msgspec.json.Decoder(entry_type).decode
        return render({service: decode(raw) for service, raw in entries.items()}, settings)

    return Index(entry=encoded, render=decoded)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of output."""

    name: str
    render: Callable[["Analysis", Settings], Files] | None = None
    """Returns the files of one service."""

    index: Index | None = None


class Rendering(msgspec.Struct, frozen=True, kw_only=True):
    """Generated files: those of one service, or those of a target about all services."""

    digests: Mapping[str, str]
    """The SHA-256 of each file, by its path relative to the configuration."""

    texts: Mapping[str, str]
    """The same files; none where they are known to be on disk."""

    entries: Mapping[str, msgspec.Raw]
    """What the index of each target shows of the service, by the name of the target."""


def render_service(analysis: "Analysis", settings: Settings) -> Rendering:
    """Return the files of one service, for all targets of *settings*."""
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
    """Return the files of the target *name* about all services, which *entries* are by."""
    target = _target(name)
    assert target.index is not None
    texts = _placed(target.index.render(entries, settings), name, settings)
    return Rendering(digests=_digests(texts), texts=texts, entries={})


def _target(name: str) -> Target:
    target = import_module(f"errbook.targets.{name}").TARGET
    assert isinstance(target, Target)
    return target


def _placed(files: Files, name: str, settings: Settings) -> dict[str, str]:
    return {f"{settings.outputs[name]}/{path}": text for path, text in files.items()}


def _digests(texts: Files) -> dict[str, str]:
    return {path: sha256(text.encode()).hexdigest() for path, text in texts.items()}
