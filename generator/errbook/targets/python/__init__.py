"""Python target: a package with one module for each service: an enum, one exception per code."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from errbook.analysis import Analysis
from errbook.diagnostics import Failure
from errbook.model import Catalogue, Error, Key, Message, Occurrence, is_error_status
from errbook.naming import Names, families_of
from errbook.naming.families import FAMILIES
from errbook.project.settings import Settings
from errbook.targets import PythonOptions
from errbook.targets.python.formatting import LINE, black_formatted, formatted
from errbook.targets.python.literals import docstring, literal
from errbook.targets.python.parameters import parameters
from errbook.targets.target import Target, index
from errbook.targets.templates import Templates
from errbook.text.marker import marker
from errbook.text.width import width

_REMEDY = "templates/README.md describes the templates"
_PACKAGE = (
    "__init__.py",
    "_shared/__init__.py",
    "_shared/bodies.py",
    "_shared/decoding.py",
    "_shared/envelopes.py",
    "_shared/families.py",
    "_shared/messages.py",
    "_shared/retirement.py",
    "_shared/runtime.py",
    "_shared/services.py",
)


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the module of one service."""
    catalogue, names = analysis.catalogue, analysis.names
    successes = {error.code for error in catalogue.errors if error.is_success}
    errors = [_error(error, catalogue, names) for error in catalogue.errors if not error.is_success]
    errors += [
        _retired(code, names)
        for code, entry in names.entries.items()
        if entry.class_name and not entry.pruned and (entry.retired or code in successes)
    ]
    deprecated = {error.name for error in errors if error.retired}
    families = [
        _Family(
            status=status,
            name=names.prefix + FAMILIES[status],
            generic=FAMILIES[status],
            bases=_bases(names.prefix + FAMILIES[status], names.base, FAMILIES[status]),
        )
        for status in families_of(catalogue, names)
    ]
    members = [error.code for error in catalogue.errors] + list(names.retired)
    templates = _templates(settings)
    rest = templates.render(
        "service.py",
        title=catalogue.title,
        enum=names.enum,
        base=names.base,
        exported=_sorted(
            [
                "ERRORS",
                names.enum,
                names.base,
                "error_from_response",
                "raise_for_error",
                *(family.name for family in families),
                *(error.name for error in errors),
            ]
        ),
        members=[(names.entries[code].member, code) for code in members],
        envelope=_envelope(catalogue),
        families=families,
        errors=errors,
        classes=[
            _class(error, templates, enum=names.enum, service=catalogue.service) for error in errors
        ],
        retired=bool(deprecated),
        aliases=[
            (former, entry.class_name, entry.class_name in deprecated)
            for entry in names.entries.values()
            if entry.class_name and not entry.pruned
            for former in entry.former
        ],
    )
    path = f"{_package(settings)}/{catalogue.service}.py"
    return {path: _marked(_formatted(rest, settings), settings.docs_of(catalogue.service))}


def _index_entry(analysis: Analysis) -> str:
    return analysis.catalogue.service


def _render_index(entries: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return what the modules of the services share, and the package around them."""
    services = list(entries)
    files = {"py.typed": ""}
    exported = ["ApiError", "Occurrence", "error_from_response", "raise_for_error"]
    templates = _templates(settings)
    for name in _PACKAGE:
        rest = templates.source(name)
        if rest is None:
            rendered = templates.render(
                name,
                services=services,
                families=list(FAMILIES.items()),
                exported=_sorted([*exported, *FAMILIES.values()]),
            )
            rest = _formatted(rendered, settings)
        files[name] = _marked(rest, [f"the services in {settings.file}"])
    return {f"{_package(settings)}/{name}": text for name, text in files.items()}


class _Family(msgspec.Struct, frozen=True, kw_only=True):
    status: int
    name: str
    generic: str
    bases: str
    """What follows the name of the class."""


class _Error(msgspec.Struct, frozen=True, kw_only=True):
    """What the template of a class needs to know."""

    name: str
    base: str
    code: str
    member: str
    summary: str
    handling: str | None
    statuses: tuple[int, ...]
    pages: tuple[str, ...]
    """Where it is documented: addresses, or paths."""

    params: tuple[str, ...]
    """The parameters of the constructor."""

    fills_template: bool
    occurrences: list[list[tuple[str, str]]]
    """Keyword and expression of what each documents."""

    retired: str = ""
    """Why it is deprecated."""

    is_answer: bool = True
    """A response with the code is this error: it means no success."""


def _error(error: Error, catalogue: Catalogue, names: Names) -> _Error:
    entry = names.entries[error.code]
    assert entry.class_name is not None
    occurrences = error.error_occurrences
    messages = dict.fromkeys(o.message for o in occurrences if o.message)
    params = parameters(next(iter(messages)).params) if len(messages) == 1 else {}
    return _Error(
        name=entry.class_name,
        base=_base(error.error_status, names),
        code=error.code,
        member=entry.member,
        summary=_summary(occurrences[0]) or error.code,
        handling=occurrences[0].handling.text if occurrences[0].handling else None,
        statuses=error.error_status,
        pages=tuple(dict.fromkeys(catalogue.page_url(o) or o.location.path for o in occurrences)),
        params=tuple(params.values()) if len(messages) < 2 else ("message",),
        fills_template=len(messages) < 2,
        occurrences=[list(_fields(occurrence, catalogue)) for occurrence in occurrences],
    )


def _retired(code: str, names: Names) -> _Error:
    entry = names.entries[code]
    assert entry.class_name is not None
    statuses = tuple(filter(is_error_status, entry.http_status))
    reason = "is no longer documented" if entry.retired else "is documented as a success"
    return _Error(
        name=entry.class_name,
        base=_base(statuses, names),
        code=code,
        member=entry.member,
        summary=f"Deprecated: {code} {reason}.",
        handling=None,
        statuses=statuses,
        pages=(),
        params=("message",),
        fills_template=False,
        occurrences=[],
        retired=f"{code} {reason}",
        is_answer=entry.retired,
    )


def _bases(name: str, base: str, generic: str) -> str:
    """Return the bases of a family, in lines of their own where the header is too long."""
    bases = f"{base}, families.{generic}"
    fits = len(f"class {name}({bases}):") <= LINE
    return f"({bases})" if fits else f"(\n    {bases}\n)"


def _base(statuses: tuple[int, ...], names: Names) -> str:
    """Return the class of the only one of *statuses*, else that of the service."""
    family = names.family(statuses[0]) if len(statuses) == 1 else None
    return family or names.base


def _summary(occurrence: Occurrence) -> str:
    text = occurrence.description or occurrence.message
    return text.text if text else ""


def _class(error: _Error, templates: Templates, **context: str) -> str:
    """Return the class of *error*."""
    doc = templates.render("docstring", error.code, error=error, **context)
    text = templates.render("error.py", error.code, error=error, doc=doc, **context)
    if (own := templates.own("error.py")) is not None:
        _check(text, own, error.code)
    return text.rstrip("\n")


def _check(text: str, template: str, code: str) -> None:
    """See that *text*, which *template* of the project makes for *code*, is Python."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        shown = (error.text or "").strip()
        what = f"its output is not valid Python, while rendering {code}: {error.msg}: {shown}"
        raise Failure(template, what, _REMEDY) from None


def _fields(occurrence: Occurrence, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the arguments that make the Occurrence of the generated package."""
    message = occurrence.message
    if occurrence.http_status:
        yield "http_status", _tuple(map(str, occurrence.http_status))
    if occurrence.module is not None:
        yield "module", literal(occurrence.module)
    if message is not None:
        yield "message", literal(message.text)
        if message.params:
            yield "template", _lines(list(map(literal, _pieces(message))))
    if occurrence.description is not None:
        yield "description", literal(occurrence.description.text)
    if occurrence.handling is not None:
        yield "handling", literal(occurrence.handling.text)
    if occurrence.retrying is not None:
        yield "retryable", str(occurrence.retrying.retryable)
    if url := catalogue.page_url(occurrence):
        yield "docs_url", literal(url)


def _pieces(message: Message) -> Iterator[str]:
    """Yield the literals and params of *message* in turns."""
    names = parameters(message.params)
    for text, param in zip(message.literals, message.params, strict=False):
        yield from (text, names[param])
    yield message.literals[-1]


def _lines(expressions: list[str]) -> str:
    """Return a tuple as the argument of an occurrence: in lines where it does not fit in one."""
    line = _tuple(expressions)
    if len(" " * 12 + "template=" + ",") + width(line) <= LINE:
        return line
    return "".join(["(\n", *(f"{' ' * 16}{e},\n" for e in expressions), " " * 12, ")"])


def _sorted(names: Iterable[str]) -> list[str]:
    """Return *names* as linters want those of ``__all__``: constants, classes, functions.

    Numbers in them count as numbers, those with a leading zero as decimal places.
    """

    def key(name: str) -> tuple[int, list[tuple[int, str]]]:
        kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
        # What is no number and what is one by turns: like is compared with like.
        return kind, [_order(piece) for piece in re.split(r"([0-9]+)", name)]

    return sorted(names, key=key)


def _order(piece: str) -> tuple[int, str]:
    is_whole = piece.isdigit() and piece[0] != "0"
    return len(piece) if is_whole else 0, piece


def _envelope(catalogue: Catalogue) -> list[tuple[str, str]]:
    envelope = catalogue.envelope
    if envelope is None:
        return []
    return [
        ("media_type", literal(envelope.media_type)),
        ("code", _tuple(map(_step, envelope.code))),
        ("message", _tuple(map(_step, envelope.message))),
    ]


def _step(step: Key) -> str:
    return literal(step) if isinstance(step, str) else str(step)


def _tuple(items: Iterable[str]) -> str:
    expressions = list(items)
    return f"({', '.join(expressions)}{',' * (len(expressions) == 1)})"


def _templates(settings: Settings) -> Templates:
    return Templates("python", settings, {"py": literal, "docstring": docstring})


def _package(settings: Settings) -> str:
    return settings.options_of("python", PythonOptions).package


def _formatted(text: str, settings: Settings) -> str:
    """Return *text* as black writes it. Raises Failure where templates make no Python."""
    own = settings.options_of("python", PythonOptions).templates
    if own is None:
        return formatted(text)
    try:
        return black_formatted(text)
    except ValueError as error:  # black's InvalidInput
        what = f"the output is not valid Python: {' '.join(str(error).split())}"
        raise Failure(own, what, _REMEDY) from None


def _marked(rest: str, sources: Iterable[str]) -> str:
    # PEP 263: "coding:" or "coding=" in the first two lines would set the encoding of the file.
    head = re.sub("coding([:=])", lambda found: rf"coding\x{ord(found[1]):02x}", marker(sources))
    return f"# {head}\n{rest}"


TARGET = Target(name="python", render=render, index=index(str, _index_entry, _render_index))
