"""One text file: its codes, and its waivers."""

import re
from collections.abc import Iterator
from pathlib import PurePath

from errbook.audit import python_source
from errbook.audit.codes import Candidate, Codes
from errbook.audit.facts import FileFacts, Literal, Waiver
from errbook.audit.python_source import PythonSource
from errbook.diagnostics import Location

_PYTHON = frozenset((".py", ".pyi", ".pyw"))
_SHEBANG = re.compile("#!.*python")
_PROSE = frozenset((".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".html", ".htm"))
_WAIVER = re.compile(r"errbook:[ \t]*ignore[ \t]+(\w[\w-]*(?:[ \t]*,[ \t]*\w[\w-]*|[ \t]+EB\w+)*)")
_THROWN = re.compile(r"(?:\b(?:throw|raise|panic)\b|\bnew\s+\w*(?:Error|Exception)\()[^;{}]*$")
_RUN = re.compile("[A-Za-z0-9_]+(?:[.:-]+[A-Za-z0-9_]+)*")
_MAX_PARTS = 8


def read(path: str, text: str, codes: Codes, *, lists_mentions: bool) -> FileFacts | None:
    """Return what the file *path* with this *text* has; None if it has nothing.

    With *lists_mentions*, the facts include all codes and names that the file mentions.
    """
    candidates = codes.candidates(text)
    assembled = list(codes.assembled(text))
    has_waivers = "errbook:" in text and _WAIVER.search(text) is not None
    is_python = PurePath(path).suffix in _PYTHON or _SHEBANG.match(text) is not None
    mentioned = _mentioned(text, codes) if lists_mentions else frozenset[str]()
    if not (candidates or assembled or has_waivers or mentioned):
        return None
    source = python_source.read(text) if is_python else None
    if source:
        candidates = [found for found in candidates if found.start in source.strings]
        assembled = [index for index in assembled if index in source.strings]
        if mentioned:
            mentioned = _mentioned(source.without_comments(text), codes)
    return FileFacts(
        literals=tuple(_literals(path, text, candidates, codes, is_python=is_python)),
        waivers=tuple(_waivers(path, text, source)) if has_waivers else (),
        assembled=Location.at(path, text, assembled[0]) if assembled else None,
        mentioned=mentioned,
    )


def _literals(
    path: str, text: str, candidates: list[Candidate], codes: Codes, *, is_python: bool
) -> Iterator[Literal]:
    successes = {
        found.code
        for found in candidates
        if any(service.is_success(found.code) for service in codes.services)
    }
    errors: set[tuple[int, str]] = set()
    if successes and is_python:
        errors = set(python_source.error_contexts(text))
    lines = {(text.count("\n", 0, index) + 1, code) for index, code in errors}
    for found in candidates:
        location = Location.at(path, text, found.start)
        if is_python:
            is_error = (location.line, found.code) in lines
        else:
            begin = text.rfind("\n", 0, found.start) + 1
            is_error = found.code in successes and _is_thrown(text[begin : found.start])
        yield Literal(
            code=found.code,
            location=location,
            is_specific=found.is_specific,
            is_error=is_error,
        )


def _is_thrown(before: str) -> bool:
    """Return whether the text *before* a literal on its line throws it as an error."""
    return _THROWN.search(before) is not None


def _waivers(path: str, text: str, source: PythonSource | None) -> Iterator[Waiver]:
    for match in _WAIVER.finditer(text):
        if source is None or match.start() in source.comments:
            yield Waiver(
                rules=tuple(re.split(r"[\s,]+", match[1])),
                location=Location.at(path, text, match.start()),
                is_prose=PurePath(path).suffix.lower() in _PROSE,
            )


def _mentioned(text: str, codes: Codes) -> frozenset[str]:
    """Return the codes and names that stand anywhere in *text*, also in longer identifiers."""
    found: set[str] = set()
    for run in set(_RUN.findall(text)):
        if run in codes.names:
            found.add(run)
        parts = [match.span() for match in re.finditer("[A-Za-z0-9_]+", run)]
        if len(parts) > 1:
            found |= codes.names & _parts(run, parts[:_MAX_PARTS])
    found.update(name for name in codes.names_with_spaces if name in text)
    return frozenset(found)


def _parts(run: str, spans: list[tuple[int, int]]) -> set[str]:
    """Return all identifiers that *run*, identifiers at *spans* with dots between, is made of."""
    return {run[start:end] for i, (start, _) in enumerate(spans) for _, end in spans[i:]}
