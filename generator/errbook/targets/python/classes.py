"""The classes of a service, as the templates need them."""

from collections.abc import Iterable, Iterator

import msgspec

from errbook.analysis import Analysis
from errbook.model import Catalogue, Error, Message, Occurrence, is_error_status
from errbook.naming import Names, family_statuses
from errbook.naming.families import FAMILIES, family_of
from errbook.targets.python.formatting import LINE
from errbook.targets.python.literals import literal, tuple_literal
from errbook.targets.python.parameters import parameters
from errbook.text.width import width


class FamilyClass(msgspec.Struct, frozen=True, kw_only=True):
    """A service's class for one HTTP status."""

    status: int
    name: str
    generic: str
    """The class for this status that all services share."""

    bases: str
    """The bases in the class header, with parentheses."""


class EnumMember(msgspec.Struct, frozen=True, kw_only=True):
    """The member of the enum for one code."""

    name: str
    code: str
    doc: str
    """The text of its docstring."""


class ErrorClass(msgspec.Struct, frozen=True, kw_only=True):
    """The class of one code."""

    name: str
    base: str
    code: str
    member: str
    summary: str
    """The message with its params, else the description, else the code."""

    description: str | None
    """None if the summary is the description."""

    handling: str | None
    statuses: tuple[int, ...]
    pages: tuple[str, ...]
    """The URLs or paths of the pages that document the code."""

    withdrawn: bool
    """Whether the documents strike the code through."""

    params: tuple[str, ...]
    """The parameters of the constructor."""

    fills_template: bool
    """Whether the constructor fills *params* into the documented message."""

    occurrences: tuple[tuple[tuple[str, str], ...], ...]
    """The arguments of each occurrence: keywords and Python expressions."""

    retired: str
    """The reason for the deprecation; empty if the class is not deprecated."""

    is_raised: bool
    """Whether a response with the code raises this class; false if the code means success."""


def family_classes(analysis: Analysis) -> list[FamilyClass]:
    """Return the service's classes for HTTP statuses."""
    names = analysis.names
    return [
        FamilyClass(
            status=status,
            name=names.prefix + FAMILIES[status],
            generic=FAMILIES[status],
            bases=_bases(names.prefix + FAMILIES[status], names.base, FAMILIES[status]),
        )
        for status in family_statuses(analysis.catalogue, names)
    ]


def _bases(name: str, base: str, generic: str) -> str:
    """Return the bases of a family in parentheses, on a separate line if they are too long."""
    bases = f"{base}, families.{generic}"
    fits = len(f"class {name}({bases}):") <= LINE
    return f"({bases})" if fits else f"(\n    {bases}\n)"


def enum_members(analysis: Analysis) -> list[EnumMember]:
    """Return the members of the enum; retired ones come last."""
    entries = analysis.names.entries
    return [
        *(
            EnumMember(
                name=entries[error.code].member,
                code=error.code,
                doc=_member_text(_summary(error.code, _first(error)).partition("\n")[0]),
            )
            for error in analysis.catalogue.errors
        ),
        *(
            EnumMember(
                name=entry.member,
                code=code,
                doc="Deprecated, because it is no longer documented.",
            )
            for code, entry in analysis.names.retired.items()
        ),
    ]


def _member_text(summary: str) -> str:
    """Return the docstring of a member with this *summary*.

    Sphinx's napoleon takes what is before a colon in the first line for the type.
    """
    return f"This code means:\n\n{summary}" if ":" in summary else summary


def error_classes(analysis: Analysis) -> list[ErrorClass]:
    """Return the classes of all errors, then the deprecated ones."""
    catalogue, names = analysis.catalogue, analysis.names
    errors = [error for error in catalogue.errors if not error.is_success]
    successes = {error.code for error in catalogue.errors if error.is_success}
    deprecated = [
        code
        for code, entry in names.entries.items()
        if entry.class_name and not entry.pruned and (entry.retired or code in successes)
    ]
    return [
        *(_error_class(error, catalogue, names) for error in errors),
        *(_deprecated_class(code, names) for code in deprecated),
    ]


def _error_class(error: Error, catalogue: Catalogue, names: Names) -> ErrorClass:
    entry = names.entries[error.code]
    assert entry.class_name is not None
    occurrences = error.error_occurrences
    first = _first(error)
    summary = _summary(error.code, first)
    return ErrorClass(
        name=entry.class_name,
        base=_base(error.error_status, names),
        code=error.code,
        member=entry.member,
        summary=summary,
        description=_description(first, summary),
        handling=first.handling.text if first.handling else None,
        statuses=error.error_status,
        pages=tuple(dict.fromkeys(catalogue.page_url(o) or o.location.path for o in occurrences)),
        withdrawn=error.is_withdrawn,
        params=tuple(parameters(error.params).values()),
        fills_template=len(error.messages) < 2,
        occurrences=tuple(tuple(_arguments(o, catalogue)) for o in occurrences),
        retired="",
        is_raised=True,
    )


def _deprecated_class(code: str, names: Names) -> ErrorClass:
    entry = names.entries[code]
    assert entry.class_name is not None
    statuses = tuple(filter(is_error_status, entry.http_status))
    reason = _retirement(code) if entry.retired else f"{code} is documented as a success"
    return ErrorClass(
        name=entry.class_name,
        base=_base(statuses, names),
        code=code,
        member=entry.member,
        summary=f"Deprecated: {reason}.",
        description=None,
        handling=None,
        statuses=statuses,
        pages=(),
        withdrawn=False,
        params=("message",),
        fills_template=False,
        occurrences=(),
        retired=reason,
        is_raised=entry.retired,
    )


def _retirement(code: str) -> str:
    return f"{code} is no longer documented"


def _first(error: Error) -> Occurrence:
    """Return the first occurrence that documents an error; for a success, the first."""
    return (error.error_occurrences or error.occurrences)[0]


def _summary(code: str, occurrence: Occurrence) -> str:
    """Return the message with its params, else the description, else the code.

    ``Network %s could not be found.`` becomes ``Network <arg1> could not be found.``
    """
    message = occurrence.message
    if message is None:
        return occurrence.explanation or code
    pieces = list(_pieces(message))
    pieces[1::2] = [f"<{param}>" for param in pieces[1::2]]
    return "".join(pieces)


def _description(occurrence: Occurrence, summary: str) -> str | None:
    """Return the description, unless it repeats *summary*; a final full stop does not count."""
    if occurrence.description is None:
        return None
    text = occurrence.description.text
    return None if text.rstrip(".") == summary.rstrip(".") else text


def _base(statuses: tuple[int, ...], names: Names) -> str:
    """Return the service's class for the family, else its base class."""
    family = family_of(statuses)
    return names.prefix + family if family else names.base


def _arguments(occurrence: Occurrence, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the arguments of the generated Occurrence: keywords and Python expressions."""
    message = occurrence.message
    if occurrence.http_status:
        yield "http_status", tuple_literal(map(str, occurrence.http_status))
    if occurrence.module is not None:
        yield "module", literal(occurrence.module)
    if occurrence.name is not None:
        yield "name", literal(occurrence.name)
    if message is not None:
        yield "message", literal(message.text)
        if message.params:
            yield "template", _template(map(literal, _pieces(message)))
    if occurrence.description is not None:
        yield "description", literal(occurrence.description.text)
    if occurrence.handling is not None:
        yield "handling", literal(occurrence.handling.text)
    if occurrence.retrying is not None:
        yield "retryable", str(occurrence.retrying.retryable)
    if url := catalogue.page_url(occurrence):
        yield "docs_url", literal(url)


def _pieces(message: Message) -> Iterator[str]:
    """Yield the literals and params of *message* alternately."""
    names = parameters(message.params)
    for text, param in zip(message.literals, message.params, strict=False):
        yield from (text, names[param])
    yield message.literals[-1]


def _template(pieces: Iterable[str]) -> str:
    """Return the tuple of *pieces*, with one per line if they do not fit on one line.

    The indentation is that of an occurrence's arguments in `error.py.j2`.
    """
    pieces = list(pieces)
    one_line = tuple_literal(pieces)
    if width(f"            template={one_line},") <= LINE:
        return one_line
    lines = "".join(f"                {piece},\n" for piece in pieces)
    return f"(\n{lines}            )"
