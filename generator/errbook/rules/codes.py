"""Rules about error codes."""

from errbook.diagnostics import Rule, Severity

NOT_A_CODE = Rule(
    "EB201",
    "not-a-code",
    Severity.WARNING,
    "'{text}' in the code column is no error code",
    hint="write a code there, or move the row out of the table",
    why="Sentences, `Other …` and stand-ins such as `5xx` or `{{code}}` cannot be caught by a "
    "client. The row is not in the catalogue.",
    example="""
        ======  ============  ================
        Status  Error Code    Description
        ======  ============  ================
        500     Other errors  Contact support.
        ======  ============  ================
    """,
)
UNRELATED_MESSAGES = Rule(
    "EB202",
    "unrelated-messages",
    Severity.WARNING,
    "the code '{code}' says '{message}' here and '{other}' in the table with line {line}",
    hint="if these are two errors, give each its own code, or make each section a service",
    once=("code",),
    why="A code that means one thing in one section and another in the next cannot be told apart "
    "by a client: both are one error in the catalogue.",
    example="""
        Routers
        -------

        ==========  =================
        Error Code  Error Message
        ==========  =================
        1           Router not found.
        ==========  =================

        Disks
        -----

        ==========  ==============
        Error Code  Error Message
        ==========  ==============
        1           Volume is busy
        ==========  ==============
    """,
)
CASE_VARIANTS = Rule(
    "EB203",
    "case-variants",
    Severity.WARNING,
    "'{code}' differs only by case from '{other}' ({place})",
    hint="write both in the same way; if they are two codes, they deserve different names",
    why="Clients compare codes exactly. One of the two spellings is seldom what the server sends.",
    example="""
        ==========  ===========
        Error Code  Description
        ==========  ===========
        Ecs.0005    No quota.
        ECS.0005    No quota.
        ==========  ===========
    """,
)
BLANK_IN_CODE = Rule(
    "EB204",
    "blank-in-code",
    Severity.WARNING,
    "there is a blank in the code '{text}'{reading}",
    hint="remove the blank",
    why="Blanks beside a dot are taken for slips and dropped. All others are kept, and told where "
    "most codes of the table have none: no answer of a server will ever match.",
    example="""
        ==========  ===========
        Error Code  Description
        ==========  ===========
        DCS. 4855   No backup.
        DCS.4856    No restore.
        DCS.4857    No disk.
        ==========  ===========
    """,
)
GLUED_CODES = Rule(
    "EB205",
    "glued-codes",
    Severity.WARNING,
    "'{code}' looks like {count} codes, and is read as one",
    hint="give each code a row of its own",
    why="No server sends what they are together. Codes in one cell are told apart only with a "
    "comma, a semicolon, a slash, a line, `or` or `and` between them, and where each looks like a "
    "code by itself: it has a digit, or begins with a capital and has neither `_` nor `-`.",
    example="""
        ==================  ===========
        Error Code          Description
        ==================  ===========
        VPC.0101            Wrong name.
        VPC.0102VPC.0103    Wrong size.
        VPC.0104|VPC.0105   Wrong user.
        ==================  ===========
    """,
)
CONFLICTING_PAGES = Rule(
    "EB206",
    "conflicting-pages",
    Severity.WARNING,
    "the code '{code}' has {said} here and {other} in {page}",
    hint="make both pages say the same, or document it in one place",
    once=("code",),
    why="The pages of a service are read as one catalogue. Where they contradict each other, "
    "errbook keeps both and cannot tell which is right.",
    example="""
        On one page:

        ======  ==========
        Status  Error Code
        ======  ==========
        400     API.01
        ======  ==========

        On another:

        ======  ==========
        Status  Error Code
        ======  ==========
        404     API.01
        ======  ==========
    """,
)
ROW_WITHOUT_CODE = Rule(
    "EB207",
    "row-without-code",
    Severity.WARNING,
    "this row has no error code",
    hint="fill in the code, or move the row out of the table",
    why="What a row without a code says is about no error: it is not in the catalogue.",
    example="""
        ======  ==========  ============
        Module  Error Code  Description
        ======  ==========  ============
        Disks   API.01      Out of disk.
        Images  \\           No image.
        ======  ==========  ============
    """,
)
