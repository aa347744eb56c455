"""Formatting Python like black, without running black if it would change nothing.

The templates write their output in black's style. Only statements that do not fit on a line can
differ from it, so a block without such statements is already formatted. A test compares the results
with black's, for all real pages and random ones.
"""

import re

from errbook.text.width import width

LINE = 88
"""The line length."""

_BLANK_LINES = re.compile(r"\n{3,}(?=\S)")
# A docstring as literals.docstring writes it: on one line, or with the last quotes on a new line.
_DOCSTRING = re.compile(r'(?ms)^ *"""(?:[^"\\]|\\.|"(?!""))*"""$')
# An argument or item that is one string, which black cannot break.
_LONE_STRING = re.compile(r""" +(?:\w+=)?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'),""")


def formatted(module: str) -> str:
    """Return *module* as black formats it. *module* must come from errbook's own templates."""
    blocks = _BLANK_LINES.split(module.rstrip("\n"))
    return "\n\n\n".join(
        block if _is_formatted(block) else black_formatted(f"{block}\n").rstrip("\n")
        for block in blocks
    ) + ("\n" if module else "")


def black_formatted(text: str) -> str:
    """Return *text* formatted by black.

    Raises black.parsing.InvalidInput if it is not valid Python.
    """
    import black
    from black.mode import TargetVersion

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=LINE)
    return black.format_str(text, mode=mode)


def _is_formatted(block: str) -> bool:
    return all(
        len(line) <= LINE // 2 or width(line) <= LINE or _LONE_STRING.fullmatch(line)
        for line in _DOCSTRING.sub("", block).split("\n")
    )
