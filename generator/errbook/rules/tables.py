"""Rules about tables and their headings."""

from errbook.diagnostics import Rule, Severity

MALFORMED_TABLE = Rule(
    "EB101",
    "malformed-table",
    Severity.WARNING,
    "this table cannot be read: {reason}",
    hint="mend its borders; its rows are not in the catalogue",
    why="docutils reads a drawn table all or not at all. One border that is a character too short "
    "loses every row, and the published page shows an error in their place.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +========+===========+
        | 400    | API.01     |
        +--------+------------+
    """,
)
UNREADABLE_TABLE = Rule(
    "EB102",
    "unreadable-table",
    Severity.WARNING,
    "no table is read here: {reason}",
    hint="write it as a grid table or a list-table; its rows are not in the catalogue",
    why="Tables from files, tables of directives that errbook does not know, and lists or values "
    "that make no table look like documentation and are none for errbook.",
    example="""
        .. csv-table::
           :file: errors.csv
    """,
)
UNKNOWN_HEADING = Rule(
    "EB103",
    "unknown-heading",
    Severity.WARNING,
    "the heading '{heading}' is none that errbook knows",
    hint="add it to [tool.errbook.service.{service}.columns]",
    once=("heading",),
    why="What stands below it is kept as extra text and is in no field of the error. Say in the "
    'configuration what it heads: `"Remedy" = "handling"`, or `"Level" = "other"` to keep it so.',
    example="""
        ======  ==========  ============
        Status  Error Code  Remedy
        ======  ==========  ============
        400     API.01      Ask support.
        ======  ==========  ============
    """,
)
OVERRULED_HEADING = Rule(
    "EB104",
    "overruled-heading",
    Severity.INFO,
    "the column '{heading}' is read as {field}: {reason}",
    hint="if that is wrong, give the heading in [tool.errbook.service.{service}.columns]",
    why="Where a heading and its cells disagree, errbook believes the cells. Readers of the page "
    "have to guess as well: a better heading helps both.",
    example="""
        ==========  ==========
        Error Type  Error Code
        ==========  ==========
        NotFound    404
        ==========  ==========
    """,
)
HEADLESS_TABLE = Rule(
    "EB105",
    "headless-table",
    Severity.WARNING,
    "the table has no heading row; its first row is read as one",
    hint="draw the line below the first row with '=', or give the directive :header-rows: 1",
    why="The published page shows the headings as if they were an error.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +--------+------------+
        | 400    | API.01     |
        +--------+------------+
    """,
)
NEAR_MISS_HEADING = Rule(
    "EB106",
    "near-miss-heading",
    Severity.WARNING,
    "the table has no column of error codes, but the column '{heading}' looks like one",
    hint="if '{heading}' heads error codes, add {entry} to "
    "[tool.errbook.service.{service}.columns]",
    once=("heading",),
    why="errbook knows a code column by its heading. A table whose codes stand under another one "
    "gives nothing, and nobody would notice. What the configuration says of a heading ends this: "
    '`"Alarm ID" = "other"`.',
    example="""
        =======  ============
        Err No.  Description
        =======  ============
        E-17     Out of disk.
        E-18     Out of luck.
        =======  ============
    """,
)
UNKNOWN_SUPPRESSION = Rule(
    "EB107",
    "unknown-suppression",
    Severity.WARNING,
    "this comment names '{rule}', which is no rule",
    hint="name the rule by its id, as in '.. errbook: ignore EB203'",
    why="A comment with a slip of the pen silences nothing.",
    example="""
        .. errbook: ignore EB999
    """,
)
UNREAD_INCLUDE = Rule(
    "EB108",
    "unread-include",
    Severity.INFO,
    "the page has no error table, and what it includes of '{file}' is not read",
    hint="if '{file}' has error codes, add it to docs of [tool.errbook.service.{service}]",
    why="Nothing outside of a page is read. A page whose table of errors stands in another file "
    "gives nothing. It is told where the section or the name of the file speaks of errors.",
    example="""
        Error Codes
        -----------

        .. include:: table.txt
    """,
)
