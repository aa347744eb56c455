"""The titles of a page in Markdown: its first heading, its front matter, its file's name."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from docutils import nodes

from errbook.readers.tree.origin import section_title

_TITLE = re.compile(
    r"^(?:title|sidebar_?label|sidebar_?title|linktitle|nav_title)\s*[:=]\s*(.*?)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"""(["'])(.*)\1""")
_NAMELESS = ("index", "_index", "readme")


def page_titles(tree: nodes.document, front_matter: str, path: str) -> list[str]:
    """Return the titles of the page with this *tree*, the most important ones first."""
    return list(dict.fromkeys(filter(None, _titles(tree, front_matter, path))))


def _titles(tree: nodes.document, front_matter: str, path: str) -> Iterator[str]:
    first = next((child for child in tree.children if isinstance(child, nodes.section)), None)
    if first is not None and first["level"] == 1:
        yield section_title(first) or ""
    for value in _TITLE.findall(front_matter):
        quoted = _QUOTED.fullmatch(value)
        yield quoted[2] if quoted else value
    file = PurePosixPath(path)
    name = file.parent.name if file.stem.lower() in _NAMELESS else file.stem
    yield re.sub(r"[\W_]+", " ", name).strip()
