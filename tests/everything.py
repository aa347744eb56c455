"""A project with many services: an odd page, a page with an XML envelope, and all real pages."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from errbook.build import pipeline, writing
from errbook.project import configuration
from errbook.targets import TARGETS
from pages import escaped, grid

SHARED = Path(__file__).parents[2] / "shared"
CORPUS = sorted((SHARED / "corpus" / "pages").glob("*.rst"))
NO_PAGES = "the real pages are not here: see CONTRIBUTING.md"
"""The reason for skipping the tests that need them."""

ODD_CODES = (
    "0171",
    "171",
    "1e3",
    "E1",
    "Bad Request",
    "a, b",
    "BadRequest",
    "true",
    "on",
    "NULL",
)
"""Codes that mean something else in YAML, in HTTP headers or in identifiers."""

_PUNCTUATED = (
    "$ foo",
    "foo",
    "foo !",
    "<foo>",
    "a--b",
    "-32000",
    "a|b",
    "A|B",
    "代码.1",
    "C#",
    "x:y",
)
"""Codes for which renderers create different anchors."""

_TEXTS = (
    "*a* **b** _c_ `d` ``e`` ~~f~~",
    "<script>alert(1)</script>",
    "<https://x.example/y>",
    "{x} {{y}} {% z %} ${w}",
    "$x$ and $$y$$",
    "a | b || c",
    "[a](b) ![c](d) [^1] [e]: f",
    "http://x.example/{id}?a=b&c=d, and www.example.com. HTTP://UPPER.EXAMPLE/X",
    "mail a@b.example, @user #123",
    "&amp; &lt; &#42; &copy",
    "back\\slash \\* \\n",
    "'single' \"double\" “curly” -- --- ...",
    "# heading",
    "1. first",
    "2) second",
    "- item",
    "+ item",
    "> quotation",
    ": x",
    "::: note",
    "% comment",
    "(target)=",
    "=== x",
    "---",
    "import x from 'y'",
    "export const z = 1",
    "tenant_id and __init__ and a_",
    "中文 ünï 🙂 İ",
    "x" * 300,
    "`",
    "``a`b``",
    "<!-- c -->",
    "{#id .class}",
    "!!! note",
    "??? x",
    "[TOC]",
    "*[HTML]: y",
    "| a | b |",
    "~~~",
    "a\\",
    "</p>",
)

MARKUP = (
    "**Bold** and *italics* and ``code``.",
    "un\\ **(bold)**\\ ded",
    "*all of it*",
    "**Note**",
    "`A link <https://x.example/a_b?c=d&copy=1>`__ and https://y.example/z.",
    "``a`b``",
    "- one\n- **two**\n\n  more of two\n- three",
    "1. first\n2. second",
    "3. third",
    "-",
    "Run::\n\n   $ ls\n   $ pwd\n",
    'As this::\n\n   {\n     "a": "<b>"\n   }\n',
    "`here <https://z.example>`__",
    "before\n\n- a\n\nafter\n\n1. b\n2. c",
    ".. note::\n\n   Noted.",
    "*a*\\ *b* **c**\\ **d** ``e``\\ ``f``",
)

_XML = """\
Errors
======

.. code-block::

   <Error><Code>NoSuchKey</Code><Message>The key is missing.</Message></Error>

"""


def generate(root: Path, corpus: Sequence[Path] = CORPUS, configured: str = "") -> Path:
    """Generate all outputs of the project in the new directory *root*; return their directory.

    The configuration begins with *configured*; the services follow.
    """
    root.mkdir(exist_ok=True)
    pages = dict(_pages()) | {
        f"page_{number:02}": page.read_text(encoding="utf-8") for number, page in enumerate(corpus)
    }
    services = ""
    for name, text in pages.items():
        (root / f"{name}.rst").write_text(text, encoding="utf-8")
        services += f'[service.{name}]\ndocs = ["{name}.rst"]\n'
        services += 'docs_url = "https://docs.example.com/{page}.html"\n' * (name == "odd")
    (root / "errbook.toml").write_text(f"{configured}\n{services}", encoding="utf-8")
    changes = pipeline.run(configuration.load(root / "errbook.toml", TARGETS)).changes
    writing.write(root, changes, root / "drafts" / "here")
    return root / "generated"


def _pages() -> Iterator[tuple[str, str]]:
    headings = (
        "Status Code",
        "Error Code",
        "Error Message",
        "Description",
        "Solution",
        "Cause",
    )
    texts = [
        (
            "400",
            f"T.{number:04}",
            escaped(text),
            escaped(text),
            escaped(text),
            escaped(text),
        )
        for number, text in enumerate(_TEXTS)
    ]
    marked = [("409", f"M.{number:04}", "", text, text) for number, text in enumerate(MARKUP)]
    codes = [
        (str(status), escaped(code), f"The code {number}", "Again.", "Try again later.")
        for status in (400, 503)
        for number, code in enumerate(ODD_CODES)
    ]
    punctuated = [("404", escaped(code), f"Punctuated {n}") for n, code in enumerate(_PUNCTUATED)]
    rows = [*texts, *marked, *codes, *punctuated]
    others = [
        ("200", "S.1", "done", "It worked."),
        ("", "N.1", "no status", "Nothing."),
        ("400, 403, 404, 409", "F.1", "four statuses", "Much."),
    ]
    yield "odd", f"Errors\n======\n\n{grid(headings, *rows, *others)}"
    rows = [
        ("404", "NoSuchKey", "The key is missing."),
        ("503", "SlowDown", "Slow down."),
    ]
    yield "xml", _XML + grid(headings[:3], *rows)
