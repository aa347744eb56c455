"""Python as black writes it, without running black where that would change nothing.

The templates lay their output out as black does. What can still differ from one text to the next is
whether a statement fits in a line: a block in which all do is in black's form already. A test holds
this against black itself, over all real pages and random ones.
"""

import re

from errbook.text.width import width

LINE = 88
"""The columns of a line."""

_BLOCK = re.compile(r"\n{3,}(?=\S)")
# A docstring as literals.docstring writes it: the quotes on one line, or the last on their own.
_DOCSTRING = re.compile(r'(?ms)^ *"""(?:[^"\\]|\\.|"(?!""))*"""$')
# An argument or item that is one string: black has nothing to break in it.
_LONE_STRING = re.compile(r""" +(?:\w+=)?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'),""")


def formatted(module: str) -> str:
    """Return *module* as black formats it. Only for what the package's own templates rendered."""
    blocks = _BLOCK.split(module.rstrip("\n"))
    return "\n\n\n".join(
        block if _is_formatted(block) else black_formatted(f"{block}\n").rstrip("\n")
        for block in blocks
    ) + ("\n" if module else "")


def black_formatted(text: str) -> str:
    """Return *text* as black writes it. Raises black.parsing.InvalidInput if it is no Python."""
    import black
    from black.mode import TargetVersion

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=LINE)
    return black.format_str(text, mode=mode)


def _is_formatted(block: str) -> bool:
    return all(
        len(line) <= LINE // 2 or width(line) <= LINE or _LONE_STRING.fullmatch(line)
        for line in _DOCSTRING.sub("", block).split("\n")
    )
