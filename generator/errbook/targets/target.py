"""What a target is."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from errbook.analysis import Analysis
from errbook.project.settings import Settings

Files = Mapping[str, str]
"""Text by path, relative to the directory of the target."""

_E = TypeVar("_E")


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a target that are about all services; `index` makes one."""

    entry: Callable[[Analysis], msgspec.Raw]
    """Returns what these files show of one service, as JSON."""

    render: Callable[[Mapping[str, msgspec.Raw], Settings], Files]
    """Returns the files; takes the entries of all services, by id."""


def index(
    entry_type: type[_E],
    entry: Callable[[Analysis], _E],
    render: Callable[[Mapping[str, _E], Settings], Files],
) -> Index:
    """Return the index that *render* makes of the entries of all services, which are by id."""

    def encoded(analysis: Analysis) -> msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(entry(analysis)))

    def decoded(entries: Mapping[str, msgspec.Raw], settings: Settings) -> Files:
        decode = msgspec.json.Decoder(entry_type).decode
        return render({service: decode(raw) for service, raw in entries.items()}, settings)

    return Index(entry=encoded, render=decoded)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of output."""

    name: str
    """That of its module, of its folder in `templates`, and in the configuration."""

    render: Callable[[Analysis, Settings], Files] | None = None
    """Returns the files of one service."""

    index: Index | None = None
