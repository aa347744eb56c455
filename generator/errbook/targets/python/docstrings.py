r"""Docstrings: text that is plain text to every tool that reads Python.

Sphinx reads docstrings as reStructuredText, its extension napoleon finds sections in them, and
doctest runs what follows ``>>>``. A backslash before a character that one of them would interpret
makes it plain. ``help()`` shows these backslashes, so only such characters get one: ``5 * 3``
stays, ``*args`` becomes ``\*args``.
"""

import re
import textwrap

from errbook.targets.python.formatting import LINE
from errbook.targets.python.literals import escaped

# docutils finds markup at the beginning of a word, and after opening punctuation. It knows many
# such characters that are not ASCII; here, all that are not letters count.
_NO_OPENING = r"(?<![\w!#$%&*+,.;=?@\\^`|~)\]}>])"
_INLINE = re.compile(
    rf"""
      \\
    | {_NO_OPENING}(?:\*|`|\|(?!\|)|_(?=`))(?=\S)     # *emphasis*, `role`, |name|, _`target`
    | (?<=[^\W_]|\])_(?=_?(?!\w))                     # name_, name__ and [1]_
    | (?<!\S)>(?=>>)                                  # the prompt that doctest looks for
    """,
    re.VERBOSE,
)
_BLOCK = re.compile(
    r"""
      [-+*•‣⁃|](?!\S)                                 # items, lines
    | \(?(?:\#|\d+|[A-Za-z]|[IVXLCDMivxlcdm]+)[.)](?!\S)
    | : | = | \+- | \.\.(?!\S) | __(?!\S)             # fields, tables, directives, targets
    """,
    re.VERBOSE,
)
_SECTION = re.compile(  # the sections of Google's style, which napoleon lays out
    r"""
      (?:args|arguments|attention|attributes|caution|danger|errors?|examples?|hint|important
      | keyword\ (?:args|arguments)|methods|notes?|(?:other\ )?parameters|raises?|receives?
      | references|returns?|see\ also|tip|todo|warn(?:s|ings?)?|yields?)
      (?=:$)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*")  # the line above or below a title


def docstring(text: str, indent: int = 0) -> str:
    """Return *text* as a docstring literal with wrapped lines, indented by *indent* columns."""
    source = "\n".join(map(escaped, _plain(text, LINE - indent)))
    is_one_line = "\n" not in source
    if is_one_line and source.endswith('"'):  # it would join the closing quotes
        source = source[:-1] + r"\""
    source = source.replace('"""', r"\"\"\"")
    if source.startswith('"'):
        source = " " + source
    if is_one_line:
        return f'"""{source}"""'
    margin = "\n" + " " * indent
    indented = source.replace("\n", margin).replace(margin + "\n", "\n\n")
    return f'"""{indented}{margin}"""'


def _plain(text: str, columns: int) -> list[str]:
    """Return the lines of *text*, wrapped at *columns*, with one blank line between paragraphs."""
    plain: list[str] = []
    for paragraph in _paragraphs(text):
        if plain:
            plain.append("")
        plain += _lines(paragraph, columns, is_first=not plain)
    return plain


def _paragraphs(text: str) -> list[list[str]]:
    """Return the lines of each paragraph, with single spaces between words."""
    paragraphs: list[list[str]] = [[]]
    for line in text.splitlines():
        if words := line.split():
            paragraphs[-1].append(" ".join(words))
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def _lines(paragraph: list[str], columns: int, *, is_first: bool) -> list[str]:
    """Return the wrapped lines of *paragraph*, which docutils reads as a paragraph of text."""
    lines = [_INLINE.sub(r"\\\g<0>", line) for line in paragraph]
    if lines[-1].endswith("::"):  # announces a literal block
        lines[-1] = lines[-1][:-2] + r"\::"
    if _BLOCK.match(lines[0]):
        lines[0] = "\\" + lines[0]
    wrapped: list[str] = []
    for line in lines:
        quotes = "   " if is_first and not wrapped else ""
        wrapped += textwrap.wrap(
            line,
            columns,
            initial_indent=quotes,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return [_plain_line(line.strip()) for line in wrapped]


def _plain_line(line: str) -> str:
    """Return *line* so that it is neither the adornment of a title nor the title of a section."""
    if _ADORNMENT.fullmatch(line):
        return rf"\ {line}"
    return _SECTION.sub(r"\g<0>\\", line) if _SECTION.match(line) else line
