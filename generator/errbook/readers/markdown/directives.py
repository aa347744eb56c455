"""MyST's directives, which are fences: ```` ```{list-table} ````."""

import re

CODE = frozenset({"code", "code-block", "code-cell", "sourcecode"})
"""The directives with code."""

EVAL_RST = frozenset({"eval-rst", "eval_rst"})
IN_RST = EVAL_RST | {"list-table", "csv-table", "flat-table"}
"""The directives whose content the reader for reStructuredText reads."""

WITHOUT_TEXT = frozenset({"figure", "image", "literalinclude", "math", "mermaid", "raw", "toctree"})
"""The directives whose content is no Markdown."""

_DIRECTIVE = re.compile(r"\{([\w:.+-]+)\}\s*(.*)")
_OPTION = re.compile(r":[\w-]+:(?: .*)?")


def directive(info: str) -> tuple[str, str] | None:
    """Return the name and the argument of the directive in the *info* of a fence, if it is one."""
    info = info.strip()
    if info in EVAL_RST:
        return info, ""
    found = _DIRECTIVE.fullmatch(info)
    return (found[1].lower(), found[2].strip()) if found else None


_BOX = re.compile(
    r"\{?(?:tip|note|info|warning|danger|caution|important|hint|details|admonition|dropdown|tab"
    r"|tab-item|success|solution)\}?\s*\[?([^\[\]]*)\]?",
    re.IGNORECASE,
)


def title(info: str) -> str:
    """Return the title in the *info* of a fence that is a box: ``tip Solution``; or nothing."""
    found = _BOX.fullmatch(info.strip())
    return found[1].strip() if found else ""


def without_options(text: str) -> str:
    """Return *text* with blank lines in place of the options at its beginning."""
    lines = text.split("\n")
    end = _end_of_options(lines)
    return "\n".join(["" for _ in lines[:end]] + lines[end:])


def as_rst(name: str, argument: str, text: str) -> str:
    """Return the directive *name* with the content *text* in reStructuredText, line by line.

    Options in YAML are written as a list of fields, one line higher.
    """
    lines = text.split("\n")
    end = _end_of_options(lines)
    if end and lines[0].strip() == "---":
        options = [f":{key}" for key in lines[1 : end - 1]]
        lines[:end] = [*options, "", ""]
    return "\n".join([f".. {name}:: {argument}", *(f"   {line}" for line in lines)])


def _end_of_options(lines: list[str]) -> int:
    """Return the number of lines with options, as fields or in YAML between two ``---``."""
    if lines[0].strip() == "---" and "---" in lines[1:]:
        return lines.index("---", 1) + 1
    return next((i for i, line in enumerate(lines) if not _OPTION.fullmatch(line)), len(lines))
