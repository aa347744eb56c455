"""Rules about the names of classes, and about errbook.lock."""

from collections.abc import Iterator

from errbook.diagnostics import Severity
from errbook.lint.rule import Facts, Finding, rule
from errbook.project.lock import SharedName, TwoLines


@rule(
    "EB601",
    "name-taken",
    Severity.INFO,
    message="'{code}' would be {natural}, which is the name of '{holder}'; it is {name}",
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
def name_taken(facts: Facts) -> Iterator[Finding]:
    """New codes whose natural name the lock reserves for another code."""
    if facts.names is None or not facts.names.lost:
        return
    places = {item.code: item.occurrence.location for item in reversed(facts.documented)}
    for lost in facts.names.lost:
        yield Finding(
            places[lost.code],
            code=lost.code,
            natural=lost.name,
            holder=lost.holder,
            name=facts.names.entries[lost.code].class_name,
            service=facts.service.id,
        )


@rule(
    "EB602",
    "curated-name-taken",
    Severity.ERROR,
    message="the configured name {name} of '{code}' is already {holder}",
    hint="choose another name in [tool.errbook.service.{service}.names]",
    why="Two errors cannot share a class. Nothing is written until the configuration is mended.",
    example="""
        [tool.errbook.service.demo.names]
        "API.01" = "Gone"
        "API.02" = "Gone"
    """,
)
def curated_name_taken(facts: Facts) -> Iterator[Finding]:
    """Configured names that are not free."""
    if facts.names is None or facts.settings is None:
        return
    for refused in facts.names.refused:
        holder = refused.holder
        yield Finding(
            facts.settings.locate_name(facts.service.id, refused.code),
            name=refused.name,
            code=refused.code,
            holder=f"that of '{holder}'" if holder else "a name of Python or of errbook",
            service=facts.service.id,
        )


@rule(
    "EB603",
    "lock-contradiction",
    Severity.ERROR,
    message="the lock gives {name} to '{code}' and to '{other}'",
    hint="keep the line that was released first and remove the other: its code is named anew",
    why="Two branches gave one name to two codes, and both lines were kept in the merge. Nothing "
    "is written until one of them goes.",
    example="""
        "API.01" = "RouterNotFoundError API_01 404"
        "API.02" = "RouterNotFoundError API_02 404"
    """,
)
def lock_contradiction(facts: Facts) -> Iterator[Finding]:
    """Names that the lock gives to two codes."""
    for conflict in facts.lock_conflicts:
        if isinstance(conflict, SharedName):
            yield Finding(
                conflict.location, name=conflict.name, code=conflict.code, other=conflict.other
            )


@rule(
    "EB604",
    "two-lock-lines",
    Severity.ERROR,
    message="the lock calls '{code}' {other}, and here {name}",
    hint="keep the line that was released first and remove the other",
    why="Two branches named one code differently, and both lines were kept in the merge. Nothing "
    "is written until one of them goes.",
    example="""
        "API.01" = "RouterNotFoundError API_01 404"
        "API.01" = "NoRouterError API_01 404"
    """,
)
def two_lock_lines(facts: Facts) -> Iterator[Finding]:
    """Codes to which the lock gives two different names."""
    for conflict in facts.lock_conflicts:
        if isinstance(conflict, TwoLines):
            yield Finding(
                conflict.location, code=conflict.code, name=conflict.names, other=conflict.other
            )


@rule(
    "EB605",
    "unknown-curated-code",
    Severity.WARNING,
    message="a name is configured for '{code}', which no document of {service} has",
    hint="remove it from [tool.errbook.service.{service}.names], or mend the code",
    why="The name has no effect. Codes are compared exactly: a slip of the pen in the "
    "configuration goes unnoticed otherwise.",
    example="""
        [tool.errbook.service.demo.names]
        "API.0l" = "RouterNotFound"
    """,
)
def unknown_curated_code(facts: Facts) -> Iterator[Finding]:
    """Configured names for codes that no document contains."""
    if facts.names is None or facts.settings is None:
        return
    for code in sorted(facts.service.names.keys() - facts.names.entries.keys()):
        yield Finding(
            facts.settings.locate_name(facts.service.id, code), code=code, service=facts.service.id
        )
