"""Finds errors by the classes that several have in common, which tracebacks may name."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .lookup import Lookup
from .matching import Entry
from .problems import PHRASES


class CommonClass(NamedTuple):
    """The class of a service or of an HTTP status."""

    description: str
    entries: list[Entry]
    """The errors whose classes derive from it."""


def common_class(name: str, lookup: Lookup) -> CommonClass | None:
    """Return the class *name*, which may be qualified; None if there is no such class.

    ``api_errors.vpn.VpnNotFoundError`` is for status 404 in a service, ``NotFoundError``
    in all, and ``VpnError`` is for a service.
    """
    last = name.rpartition(".")[2].casefold()
    if not last.endswith("error"):
        return None
    for prefix, title, entries in _scopes(lookup):
        if prefix and last == f"{prefix}Error".casefold():
            return CommonClass(title, entries)
        for http_status in PHRASES:
            if last == f"{prefix}{_family(http_status)}".casefold():
                found = [entry for entry in entries if http_status in entry.http_status]
                return CommonClass(f"status {http_status} of {title}", found)
    return None


def common_classes(text: str, lookup: Lookup) -> Iterator[CommonClass]:
    """Yield the classes whose names stand in *text*."""
    words = (word.strip(".:") for word in text.split() if "Error" in word)
    for word in dict.fromkeys(words):
        if found := common_class(word, lookup):
            yield found


def _scopes(lookup: Lookup) -> Iterator[tuple[str, str, list[Entry]]]:
    """Yield the prefix, the title and the errors of each service, then of all together."""
    for name, info in lookup.services.items():
        entries = (entry for entry in lookup.entries if entry.service == name)
        yield info.enum.removesuffix("ErrorCode"), info.title, _raised(entries)
    yield "", "any service", _raised(lookup.entries)


def _raised(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.class_name is not None]


def _family(http_status: int) -> str:
    """Return the name of the class for *http_status*: ``NotFoundError`` for 404."""
    # NotImplementedError is a builtin of Python.
    phrase = PHRASES[http_status].replace("Not Implemented", "Not Implemented Status")
    return phrase.removesuffix("Error").replace(" ", "") + "Error"
