"""The interface of a target."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from errbook.analysis import Analysis
from errbook.project.settings import Settings

Files = Mapping[str, str]
"""Path, relative to the target's output directory -> text."""

_E = TypeVar("_E")


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a target that all services share. Created by the function `index`."""

    entry: Callable[[Analysis], msgspec.Raw]
    """Returns the entry of one service, as JSON."""

    render: Callable[[Mapping[str, msgspec.Raw], Settings], Files]
    """Returns the files, from the entries of all services by id."""


def index(
    entry_type: type[_E],
    entry: Callable[[Analysis], _E],
    render: Callable[[Mapping[str, _E], Settings], Files],
) -> Index:
    """Return an Index with these functions, which encodes and decodes the entries as JSON."""

    def encoded(analysis: Analysis) -> msgspec.Raw:
        return msgspec.Raw(msgspec.json.encode(entry(analysis)))

    def decoded(entries: Mapping[str, msgspec.Raw], settings: Settings) -> Files:
        decode = msgspec.json.Decoder(entry_type).decode
        return render({service: decode(raw) for service, raw in entries.items()}, settings)

    return Index(entry=encoded, render=decoded)


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of output."""

    name: str
    """Also the name of its module, its configuration table and its templates' directory, if any."""

    render: Callable[[Analysis, Settings], Files] | None = None
    """Returns the files of one service."""

    index: Index | None = None
