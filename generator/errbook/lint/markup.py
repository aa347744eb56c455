"""How the markup languages write what a hint recommends, by the suffix of a page."""

from pathlib import PurePosixPath

from errbook.readers import is_markdown


def comment(path: str, text: str) -> str:
    """Return *text* as a comment in the language of the page *path*."""
    if PurePosixPath(path).suffix.lower() == ".mdx":
        return f"{{/* {text} */}}"
    return f"<!-- {text} -->" if is_markdown(path) else f".. {text}"


def heading_row(path: str) -> str:
    """Return how the first row of a table becomes its heading in the language of *path*."""
    if is_markdown(path):
        return "write the cells of the first row as <th>"
    return "draw the line below the first row with '=', or add :header-rows: 1 to the directive"
