"""One text file: its codes, and its waivers."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from pathlib import PurePath

import msgspec

from errbook.audit import python_source
from errbook.audit.codes import Candidate, Codes
from errbook.audit.facts import FileFacts, Literal, Waiver
from errbook.audit.python_source import PythonSource
from errbook.diagnostics import Location

_PYTHON = frozenset((".py", ".pyi", ".pyw"))
_SHEBANG = re.compile("#!.*python")
_COMMENT = re.compile(r"(?:^|\s)(?://|/?\*|#|--|;)")
_PROSE = frozenset((".md", ".markdown", ".mdx", ".rst", ".txt", ".adoc", ".html", ".htm"))
_WAIVER = re.compile(r"errbook:[ \t]*ignore[ \t]+(\w[\w-]*(?:[ \t]*,[ \t]*\w[\w-]*|[ \t]+EB\w+)*)")
_THROWN = re.compile(r"(?:\b(?:throw|raise|panic)\b|\bnew\s+\w*(?:Error|Exception)\()[^;{}]*$")

_Places = Callable[[int], Location]
"""A function that returns the location of the character at an index."""


def read(path: str, text: str, codes: Codes, *, lists_mentions: bool) -> FileFacts | None:
    """Return what the file *path* with this *text* has; None if it has nothing.

    With *lists_mentions*, the facts include all codes and names that the file mentions.
    """
    is_python = PurePath(path).suffix in _PYTHON or _SHEBANG.match(text) is not None
    is_prose = PurePath(path).suffix.lower() in _PROSE
    candidates = codes.candidates(text)
    assembled = [] if is_prose else list(codes.assembled(text))
    has_waivers = "errbook:" in text and _WAIVER.search(text) is not None
    mentioned = codes.names.in_text(text) if lists_mentions else frozenset[str]()
    may_be_joined = is_python and codes.begin_in(text)
    if not (candidates or assembled or has_waivers or mentioned or may_be_joined):
        return None
    source = python_source.read(text) if is_python else None
    if source:
        joined = source.joined(text)
        candidates = [
            msgspec.structs.replace(found, start=source.index(found.start))
            for found in codes.candidates(joined)
        ]
        candidates = [found for found in candidates if found.start in source.strings]
        assembled = [*map(source.index, codes.assembled(joined))]
        assembled = [index for index in assembled if index in source.strings]
        if lists_mentions:
            mentioned = codes.names.in_text(source.joined(source.without_comments(text)))
    at = _places(path, text)
    return FileFacts(
        literals=tuple(
            _literals(candidates, text, codes, at, is_python=is_python, is_prose=is_prose)
        ),
        waivers=tuple(_waivers(text, source, at, is_prose=is_prose)) if has_waivers else (),
        assembled=at(assembled[0]) if assembled else None,
        mentioned=mentioned,
    )


def _literals(
    candidates: list[Candidate],
    text: str,
    codes: Codes,
    at: _Places,
    *,
    is_python: bool,
    is_prose: bool,
) -> Iterator[Literal]:
    successes = {
        found.code
        for found in candidates
        if any(service.is_success(found.code) for service in codes.services)
    }
    errors: set[tuple[int, str]] = set()
    if successes and is_python:
        errors.update(python_source.error_codes(text))
    for found in candidates:
        location = at(found.start)
        is_error = (location.line, found.code) in errors
        if found.code in successes and not is_python and not is_prose:
            begin = text.rfind("\n", 0, found.start) + 1
            is_error = _is_thrown(text[begin : found.start])
        yield Literal(
            code=found.code,
            location=location,
            is_specific=found.is_specific,
            is_error=is_error,
        )


def _is_thrown(before: str) -> bool:
    """Return whether the text *before* a literal on its line throws it as an error."""
    is_quoted = before.endswith(("'", '"', "`"))
    return is_quoted and not _COMMENT.search(before) and _THROWN.search(before) is not None


def _places(path: str, text: str) -> _Places:
    """Return a function that finds lines by bisection, because a file may have many codes."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(index: int) -> Location:
        line = bisect(starts, index)
        return Location(path=path, line=line, column=index - starts[line - 1] + 1)

    return at


def _waivers(
    text: str, source: PythonSource | None, at: _Places, *, is_prose: bool
) -> Iterator[Waiver]:
    for match in _WAIVER.finditer(text):
        if source is None or match.start() in source.comments:
            yield Waiver(
                rules=tuple(re.split(r"[\s,]+", match[1])),
                location=at(match.start()),
                is_prose=is_prose,
            )
