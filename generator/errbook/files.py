"""Text files are read in one way: UTF-8, or one clear line why not."""

from pathlib import Path

from errbook.diagnostics import Failure


def read_text(path: Path, name: str) -> str:
    """Return the text of the file at *path*, without a byte order mark, its line ends as they are.

    Raises Failure, which calls the file *name*, if there is none or it is not in UTF-8.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Failure(name, "there is no such file", "check the path") from None
    except IsADirectoryError:
        raise Failure(name, "this is a directory", "a file is needed here") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = f"this file cannot be read ({reason})"
        raise Failure(name, what, "check its path and permissions") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        raise Failure(f"{name}:{line}", what, "save the file as UTF-8") from None
