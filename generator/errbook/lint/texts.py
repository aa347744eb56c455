"""Rules about messages, descriptions and handlings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import repeat

from errbook.analyzer import AnalyzedTable, Documented, ErrorTable
from errbook.analyzer.placeholders import styles
from errbook.diagnostics import Location, Severity
from errbook.lint.rule import Facts, Finding, rule
from errbook.readers.document import Cell, Row


def _first_codes(table: ErrorTable) -> list[Documented]:
    """Return the first code of each row in *table*."""
    by_row: dict[Location, Documented] = {}
    for item in table.documented:
        by_row.setdefault(item.occurrence.location, item)
    return list(by_row.values())


@rule(
    "EB401",
    "no-text",
    Severity.WARNING,
    message="'{code}' has neither a message nor a description",
    hint="add a message or a description",
    why="An error without an explanation helps no one who runs into it.",
    example="""
        ======  ==========  ===========
        Status  Error Code  Description
        ======  ==========  ===========
        400     API.01      Wrong name.
        400     API.02      \\
        ======  ==========  ===========
    """,
)
def no_text(facts: Facts) -> Iterator[Finding]:
    """Codes without any text, where others have one."""
    for table in facts.error_tables:
        fields = table.table.columns.fields
        if "message" not in fields and "description" not in fields:
            continue
        for item in _first_codes(table):
            here = item.occurrence
            if here.message is None and here.description is None:
                yield Finding(here.location, code=item.code)


@rule(
    "EB402",
    "missing-handling",
    Severity.WARNING,
    message="'{code}' has no handling, unlike the codes around it",
    hint="write what to do about it, or '-' if nothing can be done",
    why="The cell was probably forgotten. If nothing can be done, readers want to know that too.",
    example="""
        ==========  ===========  ============
        Error Code  Description  Solution
        ==========  ===========  ============
        API.01      Wrong name.  Fix it.
        API.02      Wrong size.  \\
        API.03      Wrong user.  Log in.
        ==========  ===========  ============
    """,
)
def missing_handling(facts: Facts) -> Iterator[Finding]:
    """Rows with a blank handling between two rows that have one."""
    for table in facts.error_tables:
        items = _first_codes(table)
        for above, item, below in zip(items, items[1:], items[2:], strict=False):
            if (
                _lacks_handling(item)
                and above.occurrence.handling is not None
                and below.occurrence.handling is not None
            ):
                yield Finding(item.occurrence.location, code=item.code)


def _lacks_handling(item: Documented) -> bool:
    """Return whether the handling is blank, rather than ``-`` or another spelling of nothing."""
    here = item.occurrence
    return here.handling is None and "handling" not in item.cells and not here.is_success


@rule(
    "EB406",
    "missing-part",
    Severity.INFO,
    message="'{code}' has no {part}, unlike the codes around it",
    hint="write it, or '-' if there is none",
    why="Sections and items of a list that document one code each usually have the same parts. One "
    "that lacks a part was probably left unfinished.",
    example="""
        Error codes
        -----------

        ``E-17``
           The disk is full.

           :Cause: Too many files.

        ``E-18``
           The disk is gone.

        ``E-19``
           The disk is slow.

           :Cause: Too many readers.
    """,
)
def missing_part(facts: Facts) -> Iterator[Finding]:
    """Sections and items without a part that the ones before and after have."""
    for table in facts.error_tables:
        if table.table.kind == "table":
            continue
        parts = list(map(_parts, table.table.rows, table.table.labelled, repeat(table.table)))
        rows = zip(table.table.rows[1:], parts, parts[1:], parts[2:], strict=False)
        for row, above, here, below in rows:
            for part in above:
                if part in below and part not in here:
                    code = " ".join(row.cells[0].text.split())
                    yield Finding(row.location, code=code, part=part)


def _parts(row: Row, labelled: Mapping[str, Cell], table: AnalyzedTable) -> dict[str, None]:
    """Return the names of what an item of a listing says, except for its handling."""
    fields = zip(table.columns.fields, row.cells, strict=True)
    named = [field.replace("http_", "HTTP ") for field, cell in fields if cell.text]
    return dict.fromkeys(name for name in (*named, *labelled) if name != "handling")


@rule(
    "EB403",
    "mixed-placeholders",
    Severity.INFO,
    message="placeholders are written like {style} here, but mostly like {usual} on this page",
    hint="write all placeholders the same way, preferably with a name: {{name}}",
    once=(),
    why="Readers cannot tell which parts of a message vary and which the server sends verbatim.",
    example="""
        ==========  ====================
        Error Code  Error Message
        ==========  ====================
        API.01      Router %s not found.
        API.02      Volume %s is busy.
        API.03      Image xxx is broken.
        ==========  ====================
    """,
)
def mixed_placeholders(facts: Facts) -> Iterator[Finding]:
    """Placeholders that are not written like most others on the page."""
    for page in facts.pages:
        written = [
            (item, style)
            for item in page.documented
            if item.occurrence.message
            for style in styles(item.occurrence.message.text)
        ]
        if not written:
            continue
        [(usual, _)] = Counter(style for _, style in written).most_common(1)
        for item, style in written:
            if style != usual:
                yield Finding(item.cells["message"].location, style=style, usual=usual)


def _code_and_message_cells(table: ErrorTable) -> list[Cell]:
    """Return the cells with codes and messages, each of them once."""
    cells = {
        id(cell): cell
        for item in table.documented
        for name, cell in item.cells.items()
        if name in ("code", "message")
    }
    return list(cells.values())


# Remains of a program: concatenated strings, escaped quotes, formatting calls. A quoted plus, as
# in ``"+86"``, is not one.
_RESIDUE = re.compile(
    r"""["'] \+ |\ \+ ["']|[\w.,!;)]["']\s*\+\s*["']|\\"|\b(String|str)\.format\("""
)


@rule(
    "EB404",
    "source-residue",
    Severity.WARNING,
    message="this text contains source code: '{residue}'",
    hint="write it as the server sends it, with placeholders for the parts that vary",
    why="The text was copied from a program. No response from the server will match it.",
    example="""
        ==========  ================================
        Error Code  Error Message
        ==========  ================================
        API.01      The router " + name + " is busy.
        ==========  ================================
    """,
)
def source_residue(facts: Facts) -> Iterator[Finding]:
    """Codes and messages with remains of a program."""
    for table in facts.error_tables:
        for cell in _code_and_message_cells(table):
            residue = _RESIDUE.search(cell.text)
            if residue:
                shown = cell.text[max(0, residue.start() - 15) : residue.end() + 15]
                yield Finding(cell.location, residue=" ".join(shown.split()))


_ITEM = re.compile(r"(?m)^(\d+[.)]|-) ")


@rule(
    "EB405",
    "accidental-list",
    Severity.WARNING,
    message="'{marker}' at the beginning of this text is read as a list marker and dropped",
    hint="if it belongs to the text, write a backslash before it",
    why="docutils parses a line that begins with `1.` or `-` as a list item. The message that "
    "errbook reads does not have the marker.",
    example="""
        ==========  =======================
        Error Code  Error Message
        ==========  =======================
        API.01      1. parameter is missing
        ==========  =======================
    """,
)
def accidental_list(facts: Facts) -> Iterator[Finding]:
    """Codes and messages that are a list with one item."""
    for table in facts.error_tables:
        for cell in _code_and_message_cells(table):
            markers = _ITEM.findall(cell.commonmark)
            if len(markers) == 1 and cell.commonmark.startswith(markers[0]):
                yield Finding(cell.location, marker=markers[0])
