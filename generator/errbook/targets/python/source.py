"""Functions for all generated Python files: templates, order of names, formatting, marker."""

import ast
import re
from collections.abc import Iterable

from errbook.diagnostics import Failure
from errbook.project.settings import Settings
from errbook.targets import PythonOptions
from errbook.targets.python.docstrings import docstring
from errbook.targets.python.formatting import black_formatted, formatted
from errbook.targets.python.literals import literal
from errbook.targets.templates import REMEDY, Templates
from errbook.text.marker import marker


def options(settings: Settings) -> PythonOptions:
    """Return the options of the Python target."""
    return settings.options_of("python", PythonOptions)


def request_id_header(settings: Settings) -> str:
    """Return the project's header for request ids in lower case; an empty str if it has none."""
    return (options(settings).request_id_header or "").lower()


def templates_of(settings: Settings) -> Templates:
    """Return the templates of the Python target."""
    return Templates("python", settings, {"py": literal, "docstring": docstring})


def exported(names: Iterable[str]) -> list[str]:
    """Return *names* as linters sort them in ``__all__``: constants, classes, functions.

    Digits are compared as numbers, those with a leading zero as text.
    """
    return sorted(names, key=lambda name: (_kind(name), _pieces(name)))


def _kind(name: str) -> int:
    if name.isupper():
        return 0
    return 1 if name[0].isupper() else 2


def _pieces(name: str) -> list[tuple[int, str]]:
    """Return the numbers in *name* and the texts between them, as a sort key."""
    return [
        (len(piece), piece) if piece.isdigit() and piece[0] != "0" else (0, piece)
        for piece in re.split(r"([0-9]+)", name)
    ]


def finished(text: str, settings: Settings, place: str | None) -> str:
    """Return *text* formatted by black.

    *place* is the project's template that rendered it, if known. Raises Failure if the project's
    templates rendered invalid Python.
    """
    own = options(settings).templates
    if own is None:
        return formatted(text)
    # The shortcut in `formatted` relies on the layout of errbook's own templates.
    try:
        return black_formatted(text)
    except ValueError as error:  # black's InvalidInput
        what = f"its output is not valid Python: {' '.join(str(error).split())}"
        raise Failure(place or own, what, REMEDY) from None


def check_syntax(text: str, place: str, about: str = "") -> None:
    """Raise Failure if *text*, from the project's file *place*, is not valid Python.

    *about* is the error code for which it was rendered.
    """
    try:
        ast.parse(text)
    except SyntaxError as error:
        shown = (error.text or "").strip()
        context = f", while rendering {about}" if about else ""
        what = f"its output is not valid Python{context}: {error.msg}: {shown}"
        raise Failure(place, what, REMEDY) from None


def marked(text: str, sources: Iterable[str]) -> str:
    """Return *text* with the marker of a file generated from *sources*."""
    first_line, line_end, rest = text.partition("\n")
    if first_line.startswith("#"):
        first_line = _without_cookie(first_line)
    return f"# {_without_cookie(marker(sources))}\n{first_line}{line_end}{rest}"


def _without_cookie(comment: str) -> str:
    """Escape *comment* where it would set the encoding of the file (PEP 263)."""
    return re.sub("coding([:=])", lambda found: rf"coding\x{ord(found[1]):02x}", comment)
