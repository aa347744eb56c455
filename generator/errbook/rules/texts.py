"""Rules about messages, descriptions and handlings."""

from errbook.diagnostics import Rule, Severity

NO_TEXT = Rule(
    "EB401",
    "no-text",
    Severity.WARNING,
    "the row of '{code}' has neither a message nor a description",
    hint="say what happened",
    why="An error about which nothing is said helps nobody who meets it.",
    example="""
        ======  ==========  ===========
        Status  Error Code  Description
        ======  ==========  ===========
        400     API.01      Wrong name.
        400     API.02      \\
        ======  ==========  ===========
    """,
)
MISSING_HANDLING = Rule(
    "EB402",
    "missing-handling",
    Severity.WARNING,
    "'{code}' has no handling, unlike the rows around it",
    hint="say what to do about it, or write '-' if nothing can be done",
    why="The cell was probably forgotten. Where nothing can be done, a reader wants to know that.",
    example="""
        ==========  ===========  ============
        Error Code  Description  Solution
        ==========  ===========  ============
        API.01      Wrong name.  Mend it.
        API.02      Wrong size.  \\
        API.03      Wrong user.  Log in.
        ==========  ===========  ============
    """,
)
MIXED_PLACEHOLDERS = Rule(
    "EB403",
    "mixed-placeholders",
    Severity.INFO,
    "placeholders are written like {style} here, and like {usual} in most messages of the page",
    hint="write all of them in one way, best with a name: {{name}}",
    once=(),
    why="Readers cannot tell what is variable and what the server prints as it stands.",
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
SOURCE_RESIDUE = Rule(
    "EB404",
    "source-residue",
    Severity.WARNING,
    "there is source code in the message: '{residue}'",
    hint="write the message as the server sends it, with a placeholder for what varies",
    why="The message was copied from a program. No answer of a server will ever match it.",
    example="""
        ==========  ================================
        Error Code  Error Message
        ==========  ================================
        API.01      The router " + name + " is busy.
        ==========  ================================
    """,
)
ACCIDENTAL_LIST = Rule(
    "EB405",
    "accidental-list",
    Severity.WARNING,
    "this is a list with a single item, the marker of which is no part of the text",
    hint="if the marker belongs to the text, write a backslash before it",
    why="docutils takes a line that begins with `1.` or `-` for a list. The marker is not in the "
    "message that errbook reads.",
    example="""
        ==========  =======================
        Error Code  Error Message
        ==========  =======================
        API.01      1. parameter is missing
        ==========  =======================
    """,
)
