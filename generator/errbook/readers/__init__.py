"""The readers: from a document to tables and listings with located cells. One package each."""

import inspect
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from errbook.diagnostics import Failure
from errbook.files import read_text

if TYPE_CHECKING:
    from errbook.readers.document import Document

    Reader = Callable[[str, str], Document]
    """A function of a text and the name of its document, which may raise RecursionError."""

# Some characters are line ends for Python and docutils but not for editors; they become spaces.
# NUL, which docutils uses internally, becomes U+FFFD, as in CommonMark.
_REPLACED_CHARACTERS = {ord(c): " " for c in "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"} | {0: "\ufffd"}


def _restructured_text(text: str, name: str) -> "Document":
    from errbook.readers import rst

    return rst.parse_document(text, name)


def _markdown(text: str, name: str) -> "Document":
    from errbook.readers import markdown

    return markdown.parse_document(text, name)


_BY_SUFFIX: Mapping[str, "Reader"] = {
    ".rst": _restructured_text,
    ".md": _markdown,
    ".markdown": _markdown,
    ".mdx": _markdown,
}
"""Files with another suffix are read as reStructuredText."""


def is_markdown(name: str) -> bool:
    """Return whether the file *name* is read as Markdown."""
    return _BY_SUFFIX.get(PurePosixPath(name).suffix.lower()) is _markdown


def is_document(name: str) -> bool:
    """Return whether the file *name* has the suffix of a markup language."""
    return PurePosixPath(name).suffix.lower() in _BY_SUFFIX


def read_document(text: str, name: str) -> "Document":
    """Return the document with this *text*; its locations have the path *name*.

    Raises Failure if its markup is nested too deeply.
    """
    reader = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), _restructured_text)
    limit = sys.getrecursionlimit()
    # The permitted nesting depth must not depend on the caller.
    sys.setrecursionlimit(_depth() + 1000)
    try:
        return reader(text.translate(_REPLACED_CHARACTERS), name)
    except RecursionError:
        what = "the markup is nested too deeply"
        raise Failure(name, what, "reduce the nesting of lists and directives") from None
    finally:
        sys.setrecursionlimit(limit)


def _depth() -> int:
    """Return the number of frames on the stack."""
    frame, depth = inspect.currentframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth


def lines(path: Path) -> list[str]:
    """Return the lines of the file *path* as locations count them; [] if it cannot be read."""
    try:
        return read_text(path, str(path)).translate(_REPLACED_CHARACTERS).splitlines()
    except Failure:
        return []
