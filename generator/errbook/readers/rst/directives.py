"""Directives that docutils lacks, or that lose information in docutils that errbook needs."""

import re
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.statemachine import StringList

from errbook.readers.tree.origin import ARGUMENT, DIRECTIVE


class _AnyOption(dict[str, Any]):
    """An option specification that also accepts all other options."""

    def __missing__(self, name: str) -> Any:
        return directives.unchanged


def tolerant(directive: type[Directive]) -> type[Directive]:
    """Return *directive* accepting Sphinx's options, which make docutils drop a directive."""
    specification = _AnyOption(directive.option_spec or {})
    return type(directive.__name__, (directive,), {"option_spec": specification})


# The text of these directives may begin in the directive's line, where others have a title.
_TEXT_ON_FIRST_LINE = frozenset({"seealso", "todo", "hlist", "centered"})
_TEXT_AFTER_VERSION = frozenset({"versionadded", "versionchanged", "versionremoved", "deprecated"})
_OPTION = re.compile(r":[\w-]+:( |$)")


class UnknownDirective(Directive):
    """A directive that docutils does not know; it is replaced by its content."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the content, parsed."""
        argument = self.block_text.partition("\n")[0].partition("::")[2].strip()
        container = nodes.container(**{DIRECTIVE: self.name, ARGUMENT: argument})
        line = self.state_machine.get_source_and_line(self.lineno)[1]
        container.line = line
        self.state.nested_parse(self._text(), self.content_offset, container)
        if _is_table(self.name) and not any(container.findall(nodes.table)):
            reporter: Any = self.reporter
            block = nodes.literal_block(self.block_text, self.block_text)
            reporter.error(UNREADABLE.format(self.name), block, line=line)
        return [container]

    def _text(self) -> StringList:
        """Return the lines of the content without title and options.

        They are recognized by their form, because the blank line after them is often missing.
        """
        first, _, _ = self.block_text.partition("\n")
        text = self.content
        if re.search(r"::\s+\S", first) and text:
            if self.name in _TEXT_AFTER_VERSION:
                text[0] = text[0].partition(" ")[2]
            elif self.name not in _TEXT_ON_FIRST_LINE:
                text = text[1:]
        options = 0
        while options < len(text) and _OPTION.match(text[options]):
            options += 1
        return text[options:]


UNREADABLE = 'the directive "{}" is unknown'
"""The text that docutils' reporter gets about an unknown table directive."""

_TABLE = re.compile(r"(^|[-_:])table$|(flat|long|list|csv|excel|data|config|grid)table$")


def _is_table(directive: str) -> bool:
    """Return whether *directive* is named like a table: ``flat-table``, not ``tabularcolumns``."""
    return bool(_TABLE.search(directive.lower()))


class CodeBlockDirective(UnknownDirective):
    """A code block that accepts Sphinx's options, which docutils would reject."""

    def run(self) -> list[nodes.Node]:
        """Return the content, unchanged."""
        lines = self._text()
        lines = lines[next((i for i, line in enumerate(lines) if line.strip()), 0) :]
        text = "\n".join(lines)
        first, _, _ = self.block_text.partition("\n")
        language = first.partition("::")[2].strip().lower()
        block = nodes.literal_block(text, text, language=language)
        block.line = lines.items[0][1] + 1 if lines.items else self.lineno
        return [block]


def replacement_for(name: str) -> type[Directive] | None:
    """Return the directive that replaces docutils' directive *name*, if there is one."""
    if name in ("code", "code-block", "sourcecode"):
        return CodeBlockDirective
    if name == "csv-table":
        # docutils' module is slow to import, because it can download tables.
        from errbook.readers.rst.csv_tables import CsvTable

        return CsvTable
    return None
