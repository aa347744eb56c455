"""docutils' states and inliner, adapted to pages that were written for Sphinx.

They tolerate unknown markup, and record the origins of the cells in drawn tables.
"""

import re
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, roles, states
from docutils.statemachine import StringList

from errbook.readers.rst.directives import UnknownDirective, replacement_for, tolerant
from errbook.readers.rst.quick import QuickCells
from errbook.readers.tree.origin import ORIGIN, LocatedList, Origin


class _Tolerant:
    """The part of every state that tolerates directives and locates the cells of tables."""

    # A separate list, because other parsers in the process share the list of docutils' states.
    nested_sm_cache: ClassVar[list[Any]] = []
    state_machine: Any
    parent: Any

    def __init__(self, state_machine: Any, debug: bool = False) -> None:
        state: Any = super()  # one of docutils'
        state.__init__(state_machine, debug)
        self.nested_sm_kwargs = {
            "state_classes": state_classes,
            "initial_state": "Body",
        }

    def run_directive(
        self, directive: Any, match: re.Match[str], type_name: str, option_presets: Any
    ) -> Any:
        directive = replacement_for(type_name.lower()) or directive
        if isinstance(directive, type) and issubclass(directive, Directive):
            directive = tolerant(directive)
        state: Any = super()
        return state.run_directive(directive, match, type_name, option_presets)

    def unknown_directive(self, type_name: str) -> Any:
        line: str = self.state_machine.line
        match = re.match(rf"\.\. +{re.escape(type_name)} ?::(?: +|$)", line)
        if match is None:  # inside a substitution definition
            state: Any = super()
            return state.unknown_directive(type_name)
        return self.run_directive(UnknownDirective, match, type_name, {})

    def new_subsection(self, title: str, lineno: int, messages: Any) -> None:
        state: Any = super()
        state.new_subsection(title, lineno, messages)
        self.parent.line = self.state_machine.get_source_and_line(lineno)[1]

    def build_table(self, tabledata: Any, tableline: int, *args: Any, **options: Any) -> Any:
        state: Any = super()
        table = state.build_table(tabledata, tableline, *args, **options)
        widths, head, body = tabledata
        _, border = self.state_machine.get_source_and_line()
        rows = [row for part in table.children[-1].children[len(widths) :] for row in part.children]
        for row, cells in zip(rows, head + body, strict=True):
            _set_origins(row, cells, widths, border)
        return table


def _set_origins(row: nodes.row, cells: list[Any], widths: list[int], border: int) -> None:
    """Set the Origin of the entries of *row*, which docutils parsed from *cells*.

    A cell is None (in a grid table, a position under a span) or a tuple: the numbers of additional
    rows and columns that it spans, its offset in the table, and its lines.
    """
    has_all_places = len(cells) == len(widths)
    entries = (entry for entry in row.children if isinstance(entry, nodes.entry))
    column = 0
    for cell in cells:
        if cell is not None:
            entry = next(entries)
            _, more_columns, offset, lines = cell
            if isinstance(lines, LocatedList) and lines.origin:
                entry[ORIGIN] = lines.origin
            elif offset > 0:
                entry[ORIGIN] = _origin(lines, sum(widths[:column]) + column, border)
            if not has_all_places:
                column += more_columns
        column += 1


def _origin(lines: StringList, width: int, border: int) -> Origin:
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    line = lines.items[first][1] + 1 if lines.items else border
    words = lines[first].strip() if len(lines) else ""
    return Origin(line=line, border=border, width=width, words=words)


# The content of Sphinx's references: the visible text, then the target.
_TITLED_REFERENCE = re.compile(r"(.*\S)\s+<[^<>]+>", re.DOTALL)
_CLOSELY_TITLED_REFERENCE = re.compile(r"(.*\S)\s*<[^<>]+>", re.DOTALL)
_REFERENCES = frozenset({"ref", "doc", "any", "term", "numref", "download"})


class TolerantInliner(states.Inliner):
    """An inliner that replaces an unknown role with its content, and leaves addresses as text."""

    # docutils builds its patterns from strings in vars() of the class, which lacks inherited ones.
    vars().update({k: v for k, v in vars(states.Inliner).items() if isinstance(v, str)})

    def implicit_inline(self, text: str, lineno: int) -> list[nodes.Text]:  # noqa: ARG002
        """Return *text* as it is: `commonmark.escape` makes links of addresses.

        docutils' search for them takes quadratic time, and recursion for each address.
        """
        return [nodes.Text(text)] if text else []

    def interpreted(self, rawsource: str, text: str, role: str, lineno: int) -> Any:
        """Return the nodes of interpreted text."""
        find: Any = roles.role  # its type stub lacks the reporter
        role_function, _ = find(role, self.language, lineno, self.reporter)
        if role_function is None:
            is_reference = role.rpartition(":")[2].lower() in _REFERENCES
            pattern = _CLOSELY_TITLED_REFERENCE if is_reference else _TITLED_REFERENCE
            titled = pattern.fullmatch(text)
            return [nodes.inline(rawsource, titled[1] if titled else text)], []
        return role_function(role, rawsource, text, lineno, self)


state_classes = tuple(
    # Transitions refer to states by name, so each class keeps its name.
    type(state.__name__, (_Tolerant, QuickCells, state), {})
    for state in states.state_classes
)
