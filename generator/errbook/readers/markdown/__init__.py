"""The reader for Markdown: turns the tokens of markdown-it into docutils' tree, then a Document.

It reads what GitHub shows, the front matter, HTML tables, MyST's directives, and the components and
comments of MDX. It reads nothing from outside the document.
"""

from errbook.readers.document import Document
from errbook.readers.markdown.blocks import parse
from errbook.readers.markdown.titles import page_titles
from errbook.readers.tree import document_of
from errbook.readers.tree.source_text import SourceText


def parse_document(text: str, path: str) -> Document:
    """Return the tables, listings and code blocks of the Markdown *text*, located in *path*."""
    source = SourceText(text, path)
    parsed = parse(text, source)
    return document_of(
        parsed.tree,
        source,
        titles=page_titles(parsed.tree, parsed.front_matter, path),
        unread_tables=parsed.unread_tables,
        includes=parsed.includes,
    )
