"""The readers: a document becomes tables of located cells. One module a format."""

from pathlib import Path

from errbook.diagnostics import Failure
from errbook.document import Document
from errbook.files import read_text

# What Python and docutils take for a line end and editors do not: each becomes a blank. NUL, which
# docutils uses as a mark of its own, becomes what CommonMark makes of it, U+FFFD.
_NO_LINE_ENDS = {ord(c): " " for c in "\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"} | {
    0: "\ufffd"
}


def read(path: Path, name: str) -> Document:
    """Read the document at *path*, which all locations call *name*.

    Raises Failure when there is no such file, or none that is text in UTF-8.
    """
    from errbook.readers import rst

    try:
        return rst.parse(_text(path, name), name)
    except RecursionError:
        what = "its markup is nested too deep to be read"
        raise Failure(
            name, what, "take lists or directives out of each other"
        ) from None


def lines(path: Path) -> list[str]:
    """Return the lines of the document at *path* as locations count them; none if it has gone."""
    try:
        return _text(path, str(path)).splitlines()
    except Failure:
        return []


def _text(path: Path, name: str) -> str:
    return read_text(path, name).translate(_NO_LINE_ENDS)
