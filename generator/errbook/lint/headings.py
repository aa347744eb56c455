"""Rules about table headings: unknown, overruled and missing ones."""

import json
import re
from collections.abc import Collection, Iterator, Sequence

from errbook.analyzer import AnalyzedTable
from errbook.analyzer.columns import Overruled, counts_rows
from errbook.analyzer.evidence import holds_registered_statuses
from errbook.analyzer.titles import mentions_codes
from errbook.analyzer.vocabulary import is_status_heading
from errbook.diagnostics import Severity
from errbook.lint import markup
from errbook.lint.rule import Facts, Finding, rule


@rule(
    "EB103",
    "unknown-heading",
    Severity.WARNING,
    message="unknown heading '{heading}'",
    hint="add {entry} to [tool.errbook.service.{service}.columns], or give it another field",
    once=("heading",),
    why="A column under an unknown heading is kept as extra text, not as a field of the error. Map "
    'the heading in the configuration: `"Advice" = "handling"`, or `"Level" = "other"` to keep the '
    "column as extra text.",
    example="""
        ======  ==========  ============
        Status  Error Code  Advice
        ======  ==========  ============
        400     API.01      Ask support.
        ======  ==========  ============
    """,
)
def unknown_heading(facts: Facts) -> Iterator[Finding]:
    """Headings of error tables that are not in the vocabulary."""
    for table in facts.error_tables:
        overruled = {overruled.column for overruled in table.table.columns.overruled}
        row = table.table.heading_row
        free = set(_LIKELY_FIELDS).difference(table.table.columns.fields)
        for column in table.table.unknown_columns:
            heading = " ".join(row.cells[column].text.split()) if row else ""
            is_count = counts_rows(heading, table.table.texts(column))
            if row and heading and not is_count and column not in overruled:
                yield Finding(
                    row.cells[column].location,
                    heading=heading,
                    entry=entry(heading, _proposed_field(heading, table.table.texts(column), free)),
                    service=facts.service.id,
                )


def entry(heading: str, field: str) -> str:
    """Return a line for the configuration: ``"Advice" = "handling"``."""
    text = " ".join(heading.split())
    return f'{json.dumps(text, ensure_ascii=False)} = "{field}"'


_LIKELY_FIELDS = {
    "handling": r"solu|\bfix|action|resol|suggest|recommend|advice|correct|lösung|处理|対処",
    "message": r"message|\bmsg\b|text|meldung|mensaje|сообщ|消息|メッセージ",
    "description": r"descri|cause|reason|mean|expla|detail|note|comment|when|说明|描述|原因",
    "module": r"module|component|service|area|group|categor",
}
_MIN_WORDS_OF_PROSE = 3
_WORD = re.compile(r"[^\W\d_]{2,}")


def _proposed_field(heading: str, texts: Sequence[str], free: Collection[str]) -> str:
    """Return the likeliest of the *free* fields for a column with *heading* and *texts*."""
    for field in _LIKELY_FIELDS:
        if field in free and re.search(_LIKELY_FIELDS[field], heading, re.IGNORECASE):
            return field
    words = [word for text in texts for word in _WORD.findall(text)]
    is_prose = texts and len(words) >= _MIN_WORDS_OF_PROSE * len(texts)
    proses = ("description", "handling") if is_prose else ()
    return next((field for field in proses if field in free), "other")


@rule(
    "EB104",
    "overruled-heading",
    Severity.INFO,
    message="the column '{heading}' is {read}: {reason}",
    hint="if that is wrong, add {entry} to [tool.errbook.service.{service}.columns]",
    why="Where a heading and its cells disagree, errbook trusts the cells. Readers of the page "
    "have to guess too, so a better heading helps them as well.",
    example="""
        ==========  ==========
        Error Type  Error Code
        ==========  ==========
        NotFound    404
        ==========  ==========
    """,
)
def overruled_heading(facts: Facts) -> Iterator[Finding]:
    """Headings that the cells below them contradict.

    In other tables, only code headings are reported; those read as statuses only on pages without
    error tables, because tables of statuses often accompany error tables.
    """
    for page in facts.pages:
        for table in page.tables:
            if table.heading_row is None or table.is_excluded:
                continue
            for overruled in table.columns.overruled:
                field = table.columns.fields[overruled.column]
                is_of_statuses = field == "http_status" and holds_registered_statuses(
                    table.texts(overruled.column)
                )
                is_doubtful = not page.error_tables and not is_of_statuses
                if table.is_error_table or is_doubtful or field == "other":
                    cell = table.heading_row.cells[overruled.column]
                    yield Finding(
                        cell.location,
                        heading=cell.text,
                        read=_READ.get(field, f"read as {field}"),
                        reason=_reason(overruled, table),
                        entry=entry(cell.text, _named_field(cell.text, field)),
                        service=facts.service.id,
                    )


_READ = {
    "code": "read as codes",
    "http_status": "read as HTTP statuses",
    "other": "kept as extra text",
}


def _named_field(heading: str, field: str) -> str:
    """Return the field that *heading* names, whatever the cells are, unless that is its *field*."""
    if is_status_heading(heading) and field != "http_status":
        return "http_status"
    return "code" if mentions_codes(heading) and field != "code" else "other"


def _reason(overruled: Overruled, table: AnalyzedTable) -> str:
    """Return why the heading is overruled, and the line of the first cell that shows it."""
    for row in table.rows:
        cell = row.cells[overruled.column]
        if overruled.by and cell.text == overruled.by:
            return f"{overruled.reason}; line {cell.location.line} has '{cell.text}'"
    return overruled.reason


@rule(
    "EB105",
    "headless-table",
    Severity.WARNING,
    message="the table has no heading row; its first row is read as the heading",
    hint="{remedy}",
    why="The published page shows the headings as if they were an ordinary row.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +--------+------------+
        | 400    | API.01     |
        +--------+------------+
    """,
)
def headless_table(facts: Facts) -> Iterator[Finding]:
    """Error tables whose heading row is marked up as a body row."""
    for table in facts.error_tables:
        heading_row = table.table.heading_row
        if heading_row is not None and not table.table.table.headings:
            remedy = markup.heading_row(heading_row.location.path)
            yield Finding(heading_row.location, remedy=remedy)


@rule(
    "EB111",
    "no-headings",
    Severity.INFO,
    message="the table has no headings; its columns are read as {fields}",
    hint="if that is wrong, add a heading row",
    why="Without headings, errbook judges by the title above the table and by its cells. Readers "
    "of the page have to do the same.",
    example="""
        Exit codes
        ----------

        +---+-----------------+
        | 1 | It is broken.   |
        +---+-----------------+
        | 2 | It was stopped. |
        +---+-----------------+
    """,
)
def no_headings(facts: Facts) -> Iterator[Finding]:
    """Error tables without any headings."""
    for table in facts.error_tables:
        if table.table.heading_row is None:
            fields = ", ".join(table.table.columns.fields).replace("http_status", "HTTP status")
            yield Finding(table.table.table.location, fields=fields)
