"""Python target: a package with a module a service, an exception a code, and an enum."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import black
from black.mode import TargetVersion
from jinja2 import Environment

from errbook import stamp
from errbook.model import Catalogue, Error, Key, Message, Occurrence
from errbook.naming import Names, families_of
from errbook.naming.families import FAMILIES
from errbook.settings import Settings
from errbook.targets.rendering import environment
from errbook.targets.rendering import render as render_template

_WIDTH = 88
_MODE = black.Mode(target_versions={TargetVersion.PY311}, line_length=_WIDTH)
_PACKAGE = (
    "__init__.py",
    "_shared/__init__.py",
    "_shared/decoding.py",
    "_shared/families.py",
    "_shared/messages.py",
    "_shared/retirement.py",
    "_shared/runtime.py",
)


def render(catalogue: Catalogue, names: Names, settings: Settings) -> dict[str, str]:
    """Return the module of the service of *catalogue*."""
    successes = {error.code for error in catalogue.errors if error.is_success}
    errors = [
        _error(error, catalogue, names)
        for error in catalogue.errors
        if not error.is_success
    ]
    errors += [
        _retired(code, names)
        for code, entry in names.entries.items()
        if entry.class_name
        and not entry.pruned
        and (entry.retired or code in successes)
    ]
    deprecated = {error.name for error in errors if error.retired}
    families = [
        _Family(
            status=status,
            name=names.prefix + FAMILIES[status],
            generic=FAMILIES[status],
        )
        for status in families_of(catalogue, names)
    ]
    members = [error.code for error in catalogue.errors] + list(names.retired)
    rest = render_template(
        _environment(),
        "service.py",
        module_doc=[
            f"The errors of {catalogue.title}: an enum of the codes, an exception a code.",
        ],
        enum=names.enum,
        base=names.base,
        exported=_sorted(
            [
                *(
                    "ERRORS",
                    names.enum,
                    names.base,
                    "error_from_response",
                    "raise_for_error",
                ),
                *(family.name for family in families),
                *(error.name for error in errors),
            ]
        ),
        members=[(names.entries[code].member, code) for code in members],
        envelope=_envelope(catalogue),
        families=families,
        errors=errors,
        retired=bool(deprecated),
        aliases=[
            (former, entry.class_name, entry.class_name in deprecated)
            for entry in names.entries.values()
            if entry.class_name and not entry.pruned
            for former in entry.former
        ],
    )
    path = f"{settings.python_package}/{catalogue.service}.py"
    return {path: _stamped(rest, catalogue.documents)}


def render_index(
    compiled: Iterable[tuple[Catalogue, Names]], settings: Settings
) -> dict[str, str]:
    """Return what the modules of the services share, and the package around them."""
    services = [catalogue.service for catalogue, _ in compiled]
    files = {"py.typed": ""}
    exported = ["ApiError", "Occurrence", "error_from_response", "raise_for_error"]
    for name in _PACKAGE:
        rest = render_template(
            _environment(),
            name,
            services=services,
            families=list(FAMILIES.items()),
            exported=_sorted([*exported, *FAMILIES.values()]),
        )
        files[name] = _stamped(rest, [f"the services {', '.join(services)}"])
    return {f"{settings.python_package}/{name}": text for name, text in files.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    status: int
    name: str
    generic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Error:
    """What the template of a class needs to know."""

    name: str
    base: str
    code: str
    member: str
    doc: list[str]
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
    params = next(iter(messages)).params if len(messages) == 1 else ()
    return _Error(
        name=entry.class_name,
        base=_base(error.error_status, names),
        code=error.code,
        member=entry.member,
        doc=list(_doc(error, catalogue)),
        params=tuple(dict.fromkeys(params)) if len(messages) < 2 else ("message",),
        fills_template=len(messages) < 2,
        occurrences=[
            list(_fields(occurrence, catalogue)) for occurrence in occurrences
        ],
    )


def _retired(code: str, names: Names) -> _Error:
    entry = names.entries[code]
    assert entry.class_name is not None
    doc, reason = f"the documents have {code} no more", "is no longer documented"
    if not entry.retired:
        doc, reason = f"{code} is a success by now", "is documented as a success"
    return _Error(
        name=entry.class_name,
        base=_base(tuple(s for s in entry.http_status if s >= 400), names),
        code=code,
        member=entry.member,
        doc=[f"Retired: {doc}."],
        params=("message",),
        fills_template=False,
        occurrences=[],
        retired=f"{code} {reason}",
        is_answer=entry.retired,
    )


def _base(statuses: tuple[int, ...], names: Names) -> str:
    """Return the class of the only one of *statuses*, else that of the service."""
    family = names.family(statuses[0]) if len(statuses) == 1 else None
    return family or names.base


def _doc(error: Error, catalogue: Catalogue) -> Iterator[str]:
    """Yield the paragraphs of the docstring of *error*."""
    first = error.error_occurrences[0]
    yield (first.description.text if first.description else _said(first)) or error.code
    if first.handling:
        yield f"Handling: {first.handling.text}"
    statuses = ", ".join(map(str, error.error_status))
    pages = (catalogue.page_url(o) or o.location.path for o in error.error_occurrences)
    where = ", ".join(dict.fromkeys(pages))
    times = len(error.error_occurrences)
    more = f" ({times} times: see occurrences)" if times > 1 else ""
    status = f"HTTP status {statuses}, code" if statuses else "Code"
    yield f"{status} {error.code}, documented in {where}{more}."


def _said(occurrence: Occurrence) -> str:
    return occurrence.message.text if occurrence.message else ""


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
            yield "template", _tuple(map(literal, _pieces(message)))
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
    for text, param in zip(message.literals, message.params, strict=False):
        yield from (text, param)
    yield message.literals[-1]


def _sorted(names: Iterable[str]) -> list[str]:
    """Return *names* as linters want those of ``__all__``: constants, classes, functions.

    Numbers in them count as numbers, those with a leading zero as decimal places.
    """

    def key(name: str) -> tuple[int, list[tuple[int, int, str]]]:
        kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
        return kind, [_order(piece) for piece in re.findall(r"\d+|\D", name)]

    return sorted(names, key=key)


def _order(piece: str) -> tuple[int, int, str]:
    if not piece.isdigit():
        return ord(piece), 0, ""
    return ord("0"), 0 if piece[0] == "0" else len(piece), piece


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


# What must not stand in source code as it is: controls, and what is invisible or turns the
# direction of text. A list of our own, for what Python calls printable changes with its Unicode.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
    r"|[\ud800-\udfff\U000e0000-\U000e007f]"
)


def literal(text: str) -> str:
    """Return *text* as a Python string literal with the quotes that black would choose."""
    escaped = _escaped(text)
    quote = '"' if escaped.count('"') <= escaped.count("'") else "'"
    return quote + escaped.replace(quote, "\\" + quote) + quote


def docstring(paragraphs: Iterable[str], indent: int = 0) -> str:
    """Return a docstring literal of *paragraphs*, wrapped, for a line indented by *indent*."""
    wrapped: list[str] = []
    for paragraph in paragraphs:
        wrapped += [""] if wrapped else []
        for line in paragraph.splitlines():
            wrapped += textwrap.wrap(
                line,
                _WIDTH - indent,
                initial_indent="" if wrapped else "   ",  # the room of the quotes
                break_long_words=False,
                break_on_hyphens=False,
            )
    text = "\n".join(_escaped(line.strip()) for line in wrapped)
    text = text.replace('"""', r"\"\"\"")
    if len(wrapped) == 1:
        return f'"""{_closed(text)}"""'
    margin = "\n" + " " * indent
    lines = text.replace("\n", margin).replace(margin + "\n", "\n\n")
    return f'"""{lines}{margin}"""'


def _closed(text: str) -> str:
    """Return *text* so that the quotes of a docstring can follow."""
    return text[:-1] + r"\"" if text.endswith('"') else text


def _escaped(text: str) -> str:
    return _UNSAFE.sub(_escape, text.replace("\\", "\\\\"))


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    short = {0x09: r"\t", 0x0A: r"\n", 0x0D: r"\r"}.get(number)
    if short:
        return short
    return (
        f"\\x{number:02x}"
        if number < 0x100
        else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    )


@cache
def _environment() -> Environment:
    return environment("python", {"py": literal, "docstring": docstring})


def _stamped(rest: str, sources: Iterable[str]) -> str:
    formatted = black.format_str(rest, mode=_MODE)
    head = "".join(f"# {line}\n" for line in stamp.lines(formatted, sources))
    return head + formatted
