"""render_markdown.py RENDERER DIRECTORY FILE...: writes the HTML of each page to DIRECTORY."""

import sys
from pathlib import Path


def github(text: str) -> str:
    """Render *text* with cmark-gfm."""
    import cmarkgfm

    footnotes = cmarkgfm.cmark.Options.CMARK_OPT_FOOTNOTES
    return cmarkgfm.github_flavored_markdown_to_html(text, footnotes)


def mkdocs(text: str) -> str:
    """Render *text* with Python-Markdown and the extensions that MkDocs turns on."""
    import markdown

    return markdown.markdown(text, extensions=["toc", "tables", "fenced_code"])


def myst(text: str) -> str:
    """Render *text* with MyST; a warning is an error."""
    from docutils.core import publish_string
    from myst_parser.parsers.docutils_ import Parser

    settings = {
        "myst_heading_anchors": 6,
        "doctitle_xform": False,
        "initial_header_level": 1,
        "embed_stylesheet": False,
        "stylesheet_path": "",
        "output_encoding": "unicode",
        "halt_level": 2,
    }
    return publish_string(text, parser=Parser(), writer="html5", settings_overrides=settings)


renderer, directory, *pages = sys.argv[1:]
for page in map(Path, pages):
    html = globals()[renderer](page.read_text(encoding="utf-8"))
    (Path(directory) / f"{page.stem}.html").write_text(html, encoding="utf-8")
