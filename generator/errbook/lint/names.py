"""Rules about the names of classes, and about errbook.lock."""

from collections.abc import Iterator

from errbook.diagnostics import Location, Severity
from errbook.lint.rule import Facts, Finding, rule
from errbook.project.lock import SharedName, TwoLines


@rule(
    "EB601",
    "name-taken",
    Severity.INFO,
    message="'{code}' is named {name}, because '{holder}' already has the name {natural}; 'except "
    "{natural}' does not catch '{code}'",
    hint="to choose another name, add one to [tool.errbook.service.{service}.names] before you "
    "release this one",
    why="A name is never given to two codes. An `except` clause for the older error does not catch "
    "the new one, even though their messages are alike. This is reported only once, before the new "
    "name is in `errbook.lock`.",
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
    """New codes whose natural name belongs to another code in the lock."""
    if facts.names is None or not facts.names.lost:
        return
    places = {item.code: item.occurrence.location for item in reversed(facts.documented)}
    # The documents of a catalogue may be elsewhere.
    catalogue = Location(path=facts.service.catalogue or "", line=1, column=1)
    for lost in facts.names.lost:
        yield Finding(
            places.get(lost.code, catalogue),
            code=lost.code,
            natural=lost.name,
            holder=lost.holder,
            name=facts.names.entries[lost.code].class_name,
            service=facts.service.id,
        )


@rule(
    "EB602",
    "configured-name-taken",
    Severity.ERROR,
    message="'{code}' cannot be named {name}: {reason}",
    hint="choose another name in [tool.errbook.service.{service}.names]",
    why="Two errors cannot share a class, names must differ in more than case, and some names are "
    "reserved. The service is not written until the configuration is fixed.",
    example="""
        [tool.errbook.service.demo.names]
        "API.01" = "NoRouter"
        "API.02" = "NoRouter"
    """,
)
def configured_name_taken(facts: Facts) -> Iterator[Finding]:
    """Configured names that are already taken."""
    if facts.names is None or facts.settings is None:
        return
    for refused in facts.names.refused:
        if refused.holder:
            reason = f"'{refused.holder}' has this name, or one that differs only in case"
        else:
            reason = "this name is reserved by Python or errbook"
        yield Finding(
            facts.settings.locate_name(facts.service.id, refused.code),
            name=refused.name,
            code=refused.code,
            reason=reason,
            service=facts.service.id,
        )


@rule(
    "EB603",
    "lock-contradiction",
    Severity.ERROR,
    message="the lock gives the name {name} to '{other}' here and to '{code}' on line {line}",
    hint="keep the line whose name was released first and delete the other; its code gets a new "
    "name",
    why="Two branches gave the same name to different codes, and the merge kept both lines. "
    "The service is not written until one of them is deleted.",
    example="""
        "API.01" = "RouterNotFoundError API_01 404"
        "API.02" = "RouterNotFoundError API_02 404"
    """,
)
def lock_contradiction(facts: Facts) -> Iterator[Finding]:
    """Names that two codes have in the lock."""
    for conflict in facts.lock_conflicts:
        if isinstance(conflict, SharedName):
            yield Finding(
                conflict.location,
                name=conflict.name,
                code=conflict.code,
                other=conflict.other,
                line=conflict.earlier_line,
            )


@rule(
    "EB604",
    "two-lock-lines",
    Severity.ERROR,
    message="the lock has two names for '{code}': {name} here, {other} on line {line}",
    hint="keep the line whose names were released first and delete the other",
    why="Two branches named one code differently, and the merge kept both lines. Nothing is "
    "written until one of them is deleted.",
    example="""
        "API.01" = "RouterNotFoundError API_01 404"
        "API.01" = "NoRouterError API_01 404"
    """,
)
def two_lock_lines(facts: Facts) -> Iterator[Finding]:
    """Codes with two different names in the lock."""
    for conflict in facts.lock_conflicts:
        if isinstance(conflict, TwoLines):
            yield Finding(
                conflict.location,
                code=conflict.code,
                name=conflict.names,
                other=conflict.other,
                line=conflict.earlier_line,
            )


@rule(
    "EB605",
    "unknown-configured-code",
    Severity.WARNING,
    message="a name is configured for '{code}', but no document of '{service}' has this code",
    hint="fix the code, or delete it from [tool.errbook.service.{service}.names]",
    why="The name has no effect. Codes are compared exactly, and a typo in the configuration would "
    "otherwise go unnoticed.",
    example="""
        [tool.errbook.service.demo.names]
        "API.0l" = "RouterNotFound"
    """,
)
def unknown_configured_code(facts: Facts) -> Iterator[Finding]:
    """Configured names for codes that no document has."""
    if facts.names is None or facts.settings is None:
        return
    for code in sorted(facts.service.names.keys() - facts.names.entries.keys()):
        yield Finding(
            facts.settings.locate_name(facts.service.id, code), code=code, service=facts.service.id
        )


@rule(
    "EB606",
    "lost-codes",
    Severity.ERROR,
    message="{count} would be retired, first '{first}': {reason}",
    hint="correct the document, or accept the loss with errbook generate --retire {service}",
    why="A code in `errbook.lock` that the documents no longer contain is retired: its class is "
    "deprecated. This error is reported if a code may still be documented: its text is still in a "
    "document, or the document that had it is missing, empty or unreadable, or no longer has an "
    "error table. Deleting rows from a table retires their codes without this error.",
    example="""
        +--------+------------+
        | Status | Error Code |
        +========+===========+
        | 400    | API.01     |
        +--------+------------+

        errbook.lock:

        "API.01" = "API01Error API_01 400"
    """,
)
def lost_codes(facts: Facts) -> Iterator[Finding]:
    """Codes that would be retired although they may still be documented."""
    for loss in facts.losses:
        count = len(loss.codes)
        yield Finding(
            loss.location,
            count=f"{count} codes" if count > 1 else "1 code",
            first=loss.codes[0],
            reason=loss.reason,
            service=facts.service.id,
        )
