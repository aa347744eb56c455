"""Rules about HTTP statuses."""

from errbook.diagnostics import Rule, Severity

STATUS_WITHOUT_CODE = Rule(
    "EB301",
    "status-without-code",
    Severity.WARNING,
    "the row has the HTTP status {status} and no error code",
    hint="fill in the code, or move the row to a table of statuses",
    why="Without a code there is no error to raise. The row is not in the catalogue.",
    example="""
        ======  ==========  ============
        Status  Error Code  Description
        ======  ==========  ============
        400     API.01      Wrong name.
        500     \\           Out of disk.
        ======  ==========  ============
    """,
)
NO_STATUSES = Rule(
    "EB302",
    "no-statuses",
    Severity.INFO,
    "no error of this table has an HTTP status",
    hint="if the errors come over HTTP, add a column with the status of each",
    once=(),
    why="Clients catch errors by status as well. Without one, an error has no family: "
    "`except NotFoundError` does not catch it.",
    example="""
        ==========  ============
        Error Code  Description
        ==========  ============
        API.01      Out of disk.
        ==========  ============
    """,
)
DIFFERENT_STATUSES = Rule(
    "EB303",
    "different-statuses",
    Severity.INFO,
    "the code '{code}' has the HTTP status {status} here and {other} in line {line}",
    hint="if one of them is a mistake, mend it; clients catch errors by status as well",
    once=("code",),
    why="A code with several statuses belongs to no family. Often one of the rows is wrong.",
    example="""
        ======  ==========  ===========
        Status  Error Code  Description
        ======  ==========  ===========
        400     API.01      Wrong name.
        404     API.01      No router.
        ======  ==========  ===========
    """,
)
UNREGISTERED_STATUS = Rule(
    "EB304",
    "unregistered-status",
    Severity.WARNING,
    "{status} is no registered HTTP status",
    hint="use one of the IANA HTTP Status Code Registry; clients treat others as x00",
    once=("status",),
    why="RFC 9110, section 15: a client handles a status that it does not know like the first one "
    "of its class. Such a status has no family.",
    example="""
        ======  ==========
        Status  Error Code
        ======  ==========
        419     API.01
        ======  ==========
    """,
)
SUCCESS_STATUS = Rule(
    "EB305",
    "success-status",
    Severity.INFO,
    "'{code}' comes with {status}, which is no error",
    hint="if it is one, mend the status; else it is listed as a success, without an exception",
    why="A code with no status of 400 or above is in the enum and in the reference, and no "
    "exception is made for it.",
    example="""
        ======  ==========  ===========
        Status  Error Code  Description
        ======  ==========  ===========
        200     API.00      All is well
        400     API.01      Wrong name.
        ======  ==========  ===========
    """,
)
