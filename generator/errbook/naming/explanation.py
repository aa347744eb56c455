"""Where the names of classes come from, and which better ones were not used."""

from collections.abc import Collection, Iterator, Mapping

import msgspec

from errbook.model import Catalogue, Error
from errbook.naming import words
from errbook.naming.families import reserved_names
from errbook.naming.names import Names
from errbook.naming.suggestions import Origin, Suggestions


class Refused(msgspec.Struct, frozen=True):
    """A name that a class does not have, or a text that gives none, and the reason."""

    name: str
    """A class name; empty if there is none."""

    reason: str


class NamedError(msgspec.Struct, frozen=True, kw_only=True):
    """One documented error with the name of its class."""

    code: str
    class_name: str
    origin: Origin
    text: str
    """The message, or else the description, or an empty string."""

    speaks: bool
    """Whether the name says more than the number of the code, wherever it comes from."""

    refused: tuple[Refused, ...]


def explained(
    catalogue: Catalogue, names: Names, curated: Mapping[str, str]
) -> tuple[NamedError, ...]:
    """Return the errors in *catalogue* with their *names*; *curated* ones are configured."""
    errors = {error.code: error for error in catalogue.errors if not error.is_success}
    suggestions = Suggestions(errors, names.entries, names.prefix)
    holders = _holders(names)
    reserved = reserved_names(names.prefix, words.camel_case(catalogue.service))
    return tuple(
        NamedError(
            code=code,
            class_name=name,
            origin=_origin(code, name, suggestions, curated),
            text=_text(error),
            speaks=name not in _numbered_names(code, suggestions),
            refused=tuple(_refused(code, name, suggestions, holders, reserved)),
        )
        for code, error in errors.items()
        if (name := names.entries[code].class_name)
    )


def _holders(names: Names) -> dict[str, str]:
    """Return the codes that have a name, or had it, by the name in lower case."""
    return {
        name.lower(): code
        for code, entry in names.entries.items()
        for name in (*entry.former, entry.class_name)
        if name
    }


def _text(error: Error) -> str:
    if error.messages:
        return error.messages[0].text
    return error.error_occurrences[0].explanation


def _origin(code: str, name: str, suggestions: Suggestions, curated: Mapping[str, str]) -> Origin:
    if code in curated and words.class_from_curated(curated[code]) == name:
        return Origin.CONFIGURED
    for suggestion in suggestions.of(code):
        if suggestion.name == name:
            return suggestion.origin
    return Origin.LOCK


def _numbered_names(code: str, suggestions: Suggestions) -> set[str]:
    return {found.name for found in suggestions.of(code) if found.origin == Origin.PARTS}


def _refused(
    code: str,
    name: str,
    suggestions: Suggestions,
    holders: Mapping[str, str],
    reserved: Collection[str],
) -> Iterator[Refused]:
    """Yield the names that are better than *name*, and why the texts have none."""
    for suggestion in suggestions.speaking(code):
        if suggestion.name == name:
            return
        holder = holders.get(suggestion.name.lower(), code)
        if holder != code:
            reason = f"'{holder}' has this name"
        elif suggestion.is_shared:
            reason = "other codes have the same phrase"
        elif suggestion.name.lower() in reserved:
            reason = "Python or errbook reserves this name"
        else:
            yield Refused(suggestion.name, "free")
            break
        yield Refused(suggestion.name, reason)
    phrases = suggestions.phrases[code]
    for what, text in (("message", phrases.message), ("description", phrases.description)):
        if text.reason:
            yield Refused("", f"no phrase in the {what}: {text.reason}")
