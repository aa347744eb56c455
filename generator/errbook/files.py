"""Reading files. Text must be UTF-8."""

import codecs
import errno
import os
import stat
import sys
from functools import cache
from pathlib import Path

from errbook.diagnostics import Failure

# UTF-32 first, because its byte order mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}


STANDARD_INPUT = Path("-")
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)  # not on Windows


def read_bytes(path: Path) -> bytes:
    """Return the content of the file at *path*, or of `STANDARD_INPUT`.

    Raises OSError, also for pipes and devices.
    """
    if path == STANDARD_INPUT:
        return _standard_input()
    # Opening a named pipe would wait until another process writes to it.
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return file.read()


@cache  # it can be read once
def _standard_input() -> bytes:
    return sys.stdin.buffer.read() if sys.stdin else b""


def read_text(path: Path, name: str) -> str:
    """Return the text of the file at *path* without a byte order mark; line ends are kept.

    Raises Failure, which names the file *name*, if it does not exist or is not UTF-8.
    """
    try:
        content = read_bytes(path)
    except FileNotFoundError:
        raise Failure(name, "no such file", "check the path") from None
    except IsADirectoryError:
        raise Failure(name, "this is a directory", "give the path of a file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = f"this file cannot be read ({reason})"
        raise Failure(name, what, "check its path and permissions") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        other = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "")
        what = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        if other:
            what = f"this file looks like {other}, not UTF-8"
        raise Failure(f"{name}:{line}", what, "save the file as UTF-8") from None


def with_lf(content: bytes) -> bytes:
    """Return *content* with LF in place of CRLF, which git may have checked out."""
    # Looking for a CR takes a tenth of the time of a replacement that finds none.
    return content.replace(b"\r\n", b"\n") if b"\r" in content else content
