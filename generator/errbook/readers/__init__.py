"""The readers: a document becomes tables of located cells. One module a format."""

from pathlib import Path

from errbook.diagnostics import Failure
from errbook.document import Document

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

    return rst.parse(_text(path, name), name)


def _text(path: Path, name: str) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Failure(name, "there is no such document", "check the path") from None
    except IsADirectoryError:
        raise Failure(name, "this is a directory", "name the documents in it") from None
    except OSError as error:
        what = f"the document cannot be read ({error.strerror})"
        raise Failure(name, what, "check its permissions") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        raise Failure(f"{name}:{line}", what, "save the document as UTF-8") from None
    return text.translate(_NO_LINE_ENDS)
