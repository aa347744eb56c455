"""Rules about the names of classes, and about errbook.lock."""

from errbook.diagnostics import Rule, Severity

NAME_TAKEN = Rule(
    "EB601",
    "name-taken",
    Severity.INFO,
    "'{code}' would be {natural}, which is the name of '{holder}'; it is {name}",
    hint="'except {natural}' does not catch it; give it a name in "
    "[tool.errbook.service.{service}.names] if it should have a better one",
    why="A name is never given twice. Code that was written for the other error, and expects the "
    "new one too, does not catch it.",
    example="""
        ==========  ================
        Error Code  Error Message
        ==========  ================
        API.01      Router not found
        ==========  ================

        errbook.lock:

        "API.00" = "RouterNotFoundError API_00 404"
    """,
)
CURATED_NAME_TAKEN = Rule(
    "EB602",
    "curated-name-taken",
    Severity.ERROR,
    "the configured name {name} of '{code}' is already {holder}",
    hint="choose another name in [tool.errbook.service.{service}.names]",
    why="Two errors cannot share a class. Nothing is written until the configuration is mended.",
    example="""
        [tool.errbook.service.demo.names]
        "API.01" = "Gone"
        "API.02" = "Gone"
    """,
)
LOCK_CONTRADICTION = Rule(
    "EB603",
    "lock-contradiction",
    Severity.ERROR,
    "the lock gives {name} to '{code}' and to '{other}'",
    hint="keep the line that was released first and remove the other: its code is named anew",
    why="Two branches gave one name to two codes, and both lines were kept in the merge. Nothing "
    "is written until one of them goes.",
    example="""
        "API.01" = "RouterNotFoundError API_01 404"
        "API.02" = "RouterNotFoundError API_02 404"
    """,
)
TWO_LOCK_LINES = Rule(
    "EB604",
    "two-lock-lines",
    Severity.ERROR,
    "the lock calls '{code}' {other}, and here {name}",
    hint="keep the line that was released first and remove the other",
    why="Two branches named one code differently, and both lines were kept in the merge. Nothing "
    "is written until one of them goes.",
    example="""
        "API.01" = "RouterNotFoundError API_01 404"
        "API.01" = "NoRouterError API_01 404"
    """,
)
UNKNOWN_CURATED_CODE = Rule(
    "EB605",
    "unknown-curated-code",
    Severity.WARNING,
    "a name is configured for '{code}', which no document of {service} has",
    hint="remove it from [tool.errbook.service.{service}.names], or mend the code",
    why="The name has no effect. Codes are compared exactly: a slip of the pen in the "
    "configuration goes unnoticed otherwise.",
    example="""
        [tool.errbook.service.demo.names]
        "API.0l" = "RouterNotFound"
    """,
)
