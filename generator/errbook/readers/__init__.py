"""The readers: a document becomes tables of located cells. One module for each markup language."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from errbook.diagnostics import Failure
from errbook.text.files import read_text

if TYPE_CHECKING:
    from errbook.readers.document import Document

    Reader = Callable[[str, str], Document]
    """Takes a text and the name of its document. May raise RecursionError."""

# What Python and docutils take for a line end and editors do not: each becomes a space. NUL, which
# docutils uses as a mark of its own, becomes what CommonMark makes of it, U+FFFD.
_NO_LINE_ENDS = {ord(c): " " for c in "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"} | {0: "\ufffd"}


def _restructured_text(text: str, name: str) -> "Document":
    from errbook.readers import rst

    return rst.parse(text, name)


_BY_SUFFIX: Mapping[str, "Reader"] = {".rst": _restructured_text}
"""Files with another suffix are read as reStructuredText."""


def read(text: str, name: str) -> "Document":
    """Read the document with this *text*, which all locations call *name*.

    Raises Failure where it cannot be read.
    """
    reader = _BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), _restructured_text)
    limit = sys.getrecursionlimit()
    # How deep markup may be nested must not depend on who calls.
    sys.setrecursionlimit(_depth() + 1000)
    try:
        return reader(text.translate(_NO_LINE_ENDS), name)
    except RecursionError:
        what = "its markup is nested too deep to be read"
        raise Failure(name, what, "take lists or directives out of each other") from None
    finally:
        sys.setrecursionlimit(limit)


def _depth() -> int:
    """Return how many calls lead here."""
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    return depth


def lines(path: Path) -> list[str]:
    """Return the lines of the document at *path* as locations count them; none if it is gone."""
    try:
        return read_text(path, str(path)).translate(_NO_LINE_ENDS).splitlines()
    except Failure:
        return []
