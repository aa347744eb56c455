"""What errbook adds to markdown-it: HTML tables as a whole, comments of MDX, attribute lines."""

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

if TYPE_CHECKING:
    from markdown_it.ruler import RuleOptionsType

COMMENT, HTML_TABLE = "errbook_comment", "errbook_html_table"
"""The types of errbook's own tokens."""

_MAX_NESTING = 100


def parser(*, is_mdx: bool) -> MarkdownIt:
    """Return a parser for CommonMark with GitHub's tables and what documentation adds to it.

    In MDX, indented text is no code.
    """
    markdown = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING})
    if is_mdx:
        markdown.disable("code")
    markdown.enable(["table", "strikethrough"])
    front_matter_plugin(markdown)
    footnote_plugin(markdown, inline=False)
    deflist_plugin(markdown)
    admon_plugin(markdown)
    colon_fence_plugin(markdown)
    interrupting: RuleOptionsType = {
        "alt": ["paragraph", "reference", "blockquote", "list", "table"]
    }
    for name, rule in (
        (COMMENT, _comment_block),
        ("errbook_component", _component),
        ("errbook_attributes", _attributes),
        (HTML_TABLE, _html_table),
    ):
        markdown.block.ruler.before("html_block", name, rule, interrupting)
    markdown.inline.ruler.before("html_inline", COMMENT, _comment)
    return markdown


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read the comment ``{/* … */}``, which may have blank lines."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{/*", begin) or begin > _last(state, "*/}"):
        return False
    close = state.src.find("*/}", begin, state.eMarks[end - 1])
    if close < 0:
        return False
    line = _line_at(state, close, start, end)
    if state.src[close + 3 : state.eMarks[line]].strip():
        return False
    if not silent:
        token = state.push(COMMENT, "", 0)
        token.map = [start, line + 1]
        token.content = state.src[begin + 3 : close]
        state.line = line + 1
    return True


def _last(state: StateBlock | StateInline, text: str) -> int:
    """Return the index of the last *text* in the source, which is searched once."""
    found: dict[tuple[str, str], int] = state.env.setdefault("errbook", {})
    key = text, state.src
    if key not in found:
        found[key] = state.src.lower().rfind(text)
    return found[key]


def _line_at(state: StateBlock, index: int, start: int, end: int) -> int:
    """Return the line, at least *start*, of the character at *index*."""
    return next((n for n in range(start, end) if index <= state.eMarks[n]), end - 1)


_ATTRIBUTES = re.compile(
    r"\{:.*\}|\{ ?[#.][\w-].*\}|\([\w:. -]+\)=|:{3,}"
    r"|\{%-?\s*(?!include|render|readfile|import)\w[^%]*%\}"
)


def _attributes(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Skip a line that only has attributes, ``{: .wide}``, a label, or the end of a container.

    Tags of Liquid are skipped, too: ``{% hint style="danger" %}``.
    """
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if not _ATTRIBUTES.fullmatch(line.rstrip()):
        return False
    if not silent:
        state.line = start + 1
    return True


_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?:[^<>\"'{}]|\"[^\"]*\"|'[^']*'|\{[^{}]*\})*>\s*")


def _component(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Skip a line with a tag of a component, ``<Note>``, after which Markdown goes on.

    CommonMark takes what follows it for HTML, up to a blank line.
    """
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", begin):
        return False
    if not _COMPONENT.fullmatch(state.src, begin, state.eMarks[start]):
        return False
    if not silent:
        state.line = start + 1
    return True


_ONE_LINE = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
"""The beginnings of HTML blocks that need no blank line after them."""

_TABLE = re.compile(r"<(/?)table\b", re.IGNORECASE)


def _html_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read an HTML block with a table up to the table's end, even across blank lines.

    CommonMark ends the block at a blank line, and would read indented lines after it as code.
    """
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("<", begin) or state.is_code_block(start):
        return False
    is_one_line = silent or _ONE_LINE.match(state.src, begin)
    blank = (
        start + 1 if is_one_line else next((n for n in range(start, end) if state.isEmpty(n)), end)
    )
    opening = _TABLE.search(state.src, begin, state.eMarks[blank - 1])
    if opening is None or opening[1]:
        return False
    if silent:
        return True
    depth, last = 0, state.eMarks[blank - 1]
    if opening.start() < _last(state, "</table"):
        for tag in _TABLE.finditer(state.src, opening.start(), state.eMarks[end - 1]):
            depth += -1 if tag[1] else 1
            if tag[1]:
                last = tag.end()
            if depth == 0:
                break
    line = max(_line_at(state, last, start, end), start)
    while line + 1 < end and not state.isEmpty(line + 1):
        line += 1
    token = state.push(HTML_TABLE, "", 0)
    token.map = [start, line + 1]
    token.content = state.getLines(start, line + 1, state.blkIndent, True)
    state.line = line + 1
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    """Read the comment ``{/* … */}`` inside a line."""
    if not state.src.startswith("{/*", state.pos) or state.pos > _last(state, "*/}"):
        return False
    close = state.src.find("*/}", state.pos)
    if not silent:
        state.push(COMMENT, "", 0).content = state.src[state.pos + 3 : close]
    state.pos = close + 3
    return True
