"""OpenAPI target: a document of components, to which the description of an API refers."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from errbook.analysis import Analysis
from errbook.http_status import PHRASES
from errbook.model import (
    ATTRIBUTE,
    CODE_KEY,
    Catalogue,
    Envelope,
    Error,
    Key,
    Occurrence,
    is_error_status,
)
from errbook.naming import Names
from errbook.project.settings import Settings
from errbook.targets import OpenapiOptions
from errbook.targets.target import Target
from errbook.targets.templates import Templates
from errbook.text.marker import marker
from errbook.text.unique import unique_name


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the OpenAPI document of the errors of one service."""
    catalogue, names = analysis.catalogue, analysis.names
    shape = _shape(catalogue.envelope)
    examples = list(_examples(catalogue, names))
    templates = Templates("openapi", settings, {"yaml": scalar, "block": block})
    rest = templates.render(
        "service.yaml",
        version=settings.options_of("openapi", OpenapiOptions).version,
        title=catalogue.title,
        documents=catalogue.documents,
        media_type=shape.media_type,
        schema_name=names.base,
        schema=_schema(
            shape,
            [error.code for error in catalogue.errors if not error.is_success],
            is_documented=catalogue.envelope is not None,
        ),
        enum_name=names.enum,
        codes=[error.code for error in catalogue.errors],
        varnames=_varnames(names.entries[e.code].member for e in catalogue.errors),
        descriptions=[_description(error) for error in catalogue.errors],
        examples=[
            (
                example.key,
                example.summary,
                _body(shape, example.code, example.message),
            )
            for example in examples
        ],
        responses=list(_responses(examples)),
    )
    head = f"# {marker(settings.docs_of(catalogue.service))}\n"
    return {f"{catalogue.service}.yaml": head + rest}


class _Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The envelope as a schema sees it: the root element of XML has no key in it."""

    media_type: str = "application/json"
    root: str | None = None
    code: tuple[Key, ...] = ("code",)
    message: tuple[Key, ...] = ("message",)


def _shape(envelope: Envelope | None) -> _Shape:
    if envelope is None:
        return _Shape()
    root = envelope.code[0] if envelope.media_type == "application/xml" else None
    if not isinstance(root, str) or root == CODE_KEY:
        return _Shape(media_type=envelope.media_type, code=envelope.code, message=envelope.message)
    return _Shape(
        media_type=envelope.media_type,
        root=root,
        code=envelope.code[1:],
        message=envelope.message[1:],
    )


class _Example(msgspec.Struct, frozen=True, kw_only=True):
    """One answer that is documented: a code with one status and one message."""

    key: str
    """Of the component."""

    code: str
    http_status: int | None
    message: str
    summary: str


def _examples(catalogue: Catalogue, names: Names) -> Iterator[_Example]:
    """Yield one example for every status and message that an error is documented with."""
    used: set[str] = set()
    for error in catalogue.errors:
        if error.is_success:
            continue
        answers: dict[tuple[int | None, str], Occurrence] = {}
        for occurrence in error.error_occurrences:
            statuses = tuple(filter(is_error_status, occurrence.http_status))
            for status in statuses or (None,):
                answers.setdefault((status, _message(occurrence)), occurrence)
        for (status, message), occurrence in answers.items():
            key = names.entries[error.code].member
            if len(answers) > 1:
                key += f"_{status or 'default'}"
            elif re.fullmatch(r"[a-zA-Z0-9._-]+", error.code):
                key = error.code
            key = unique_name(key, used.__contains__)
            used.add(key)
            yield _Example(
                key=key,
                code=error.code,
                http_status=status,
                message=message,
                summary=_summary(occurrence) or error.code,
            )


def _responses(examples: list[_Example]) -> Iterator[dict[str, Any]]:
    """Yield one response an HTTP status, and one for all else: the codes without a status too."""
    by_status: dict[int | None, dict[str, str]] = {None: {}}
    for example in examples:
        keyed = by_status.setdefault(example.http_status, {})
        label = unique_name(example.code, keyed.__contains__, "{name} {number}")
        keyed[label] = example.key
    for status in sorted(by_status, key=lambda status: status or 1000):
        description = "Any other error"
        if status is not None:
            description = PHRASES.get(status, f"HTTP status {status}")
        yield {
            "key": str(status or "default"),
            "description": description,
            "examples": list(by_status[status].items()),
        }


def _varnames(members: Iterable[str]) -> Iterator[str]:
    """Yield names that differ in more than case and underscores: generators change both."""
    used: set[str] = set()

    def plain(name: str) -> str:
        return name.replace("_", "").lower()

    for member in members:
        varname = unique_name(member, lambda name: plain(name) in used)
        used.add(plain(varname))
        yield varname


def _schema(shape: _Shape, codes: list[str], *, is_documented: bool) -> dict[str, Any]:
    """Return the schema of the envelope. Its code stays open: a new one is no client's failure.

    Nothing is required of an envelope that is not documented: it is a guess.
    """
    code = {
        "type": "string",
        "description": "The error code. New codes may come at any time.",
        "x-extensible-enum": codes,
    }
    message = {"type": "string", "description": "What happened, for people."}
    leaves: list[tuple[tuple[Key, ...], dict[str, Any]]] = [
        (shape.code, code),
        (shape.message, message),
    ]
    schema = _schema_of([(_elements(path), leaf | _attribute(path)) for path, leaf in leaves])
    if not is_documented:
        del schema["required"]
    return schema | ({"xml": {"name": shape.root}} if shape.root else {})


def _elements(path: tuple[Key, ...]) -> tuple[Key, ...]:
    """Return *path* without the mark of an attribute of XML."""
    return tuple(s.removeprefix(ATTRIBUTE) if isinstance(s, str) else s for s in path)


def _attribute(path: tuple[Key, ...]) -> dict[str, Any]:
    """Return what says of the schema at *path* that it is an attribute of XML, if it is one."""
    is_attribute = str(path[-1]).startswith(ATTRIBUTE)
    return {"xml": {"attribute": True}} if is_attribute else {}


def _schema_of(leaves: list[tuple[tuple[Key, ...], Any]]) -> dict[str, Any]:
    """Return the schema of a value that has the *leaves*, path and schema, in their places."""
    members: dict[Key, list[tuple[tuple[Key, ...], Any]]] = {}
    for path, leaf in leaves:
        if not path:
            return leaf  # type: ignore[no-any-return]
        members.setdefault(path[0], []).append((path[1:], leaf))
    schemas: dict[Key, dict[str, Any]] = {}
    for step, inner in members.items():
        # Where the key is the code itself, no schema of a text stands for it.
        schemas[step] = _schema_of([x for x in inner if step != CODE_KEY or x[0]])
    if 0 in schemas:
        return {"type": "array", "items": schemas[0]}
    if CODE_KEY in schemas:
        return {"type": "object", "additionalProperties": schemas[CODE_KEY]}
    return {"type": "object", "required": list(schemas), "properties": schemas}


def _body(shape: _Shape, code: str, message: str) -> Any:
    """Return the body that has *code* and *message* in their places."""
    path = tuple(code if step == CODE_KEY else step for step in _elements(shape.message))
    body = None if CODE_KEY in shape.code else _put(None, _elements(shape.code), code)
    return _put(body, path, message)


def _put(body: Any, path: tuple[Key, ...], text: str) -> Any:
    """Return *body*, or a new one, with *text* at *path*."""
    if not path:
        return text
    step, *rest = path
    if isinstance(step, int):
        return [_put(body[0] if body else None, tuple(rest), text)]
    members: dict[str, Any] = body or {}
    return members | {step: _put(members.get(step), tuple(rest), text)}


def _message(occurrence: Occurrence) -> str:
    """Return what a server says: the message, or the description of an error without one."""
    text = occurrence.message or occurrence.description
    return text.text if text else ""


def _summary(occurrence: Occurrence) -> str:
    text = occurrence.description or occurrence.message
    return " ".join(text.text.split()) if text else ""


def _description(error: Error) -> str:
    return next(filter(None, map(_summary, error.occurrences)), error.code)


# Text that no YAML reader, of version 1.1 or 1.2, takes for anything but that text.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9._/()%,'=+ -]*[A-Za-z0-9._/()%,'=+-])?")
_NUMBER = re.compile("[eE][0-9]+")  # to one reader of version 1.1
# A string of JSON is one of YAML but for what YAML has no character, or a line end, in.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_NO_TEXT = frozenset("y n yes no on off true false null nan inf infinity".split())


def scalar(text: str) -> str:
    """Return *text* as a scalar of YAML: plain where that is safe, else double-quoted."""
    is_plain = _PLAIN.fullmatch(text) and not _NUMBER.fullmatch(text)
    if is_plain and text.lower() not in _NO_TEXT:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda character: f"\\u{ord(character[0]):04x}", quoted)


def block(value: Any, indent: int) -> str:
    """Return *value*, nested dicts, lists, strings and truths, as block YAML after a line break."""
    margin = "\n" + " " * indent
    if isinstance(value, bool):
        return f" {str(value).lower()}"
    if isinstance(value, str):
        return " " + scalar(value)
    if isinstance(value, Mapping):
        return "".join(
            f"{margin}{scalar(key)}:{block(inner, indent + 2)}" for key, inner in value.items()
        )
    return "".join(f"{margin}-{block(item, indent + 2)}" for item in value) or " []"


TARGET = Target(name="openapi", render=render)
