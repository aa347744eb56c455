"""Rules about recorded responses."""

from collections.abc import Iterator

from errbook.audit.facts import Facts, Observed
from errbook.audit.rule import Finding, rule
from errbook.diagnostics import Severity


@rule(
    "EB811",
    "undocumented-response",
    Severity.ERROR,
    message="'{code}' came with {status} in {count}{entry}, and {services} does not document it",
    hint="document the code; programs cannot catch it by name",
    why="A server sent a code that the documents do not have, or no longer have. A response "
    "belongs to a service if the service documents its code, if its code looks like one of the "
    "service, or if it came from a host that also sends the service's codes.",
    example="""
        {"status": 404, "body": {"code": "VPN.0099", "message": "no such gateway"}}
    """,
)
def undocumented_responses(facts: Facts) -> Iterator[Finding]:
    """Codes in responses that are not documented."""
    for observed in facts.observed:
        if "code" in observed.undocumented:
            yield _finding(observed)


@rule(
    "EB812",
    "undocumented-status",
    Severity.WARNING,
    message="'{code}' came with {status} in {count}{entry}; {services} documents {documented}",
    hint="document the status; until then, except clauses for the status do not catch the class",
    why="The HTTP status decides the parent of a code's class: if the documents have 404 and the "
    "server sends 409, `except ConflictError` misses the error. Codes without a documented status "
    "are not reported.",
    example="""
        {"status": 409, "body": {"code": "VPN.0004", "message": "resource not found"}}
    """,
)
def undocumented_statuses(facts: Facts) -> Iterator[Finding]:
    """HTTP statuses that the documents do not have for a documented code."""
    for observed in facts.observed:
        if "status" in observed.undocumented:
            documented = ", ".join(map(str, observed.documented_status))
            yield _finding(observed, documented=documented)


@rule(
    "EB813",
    "undocumented-envelope",
    Severity.WARNING,
    message="{what} at '{place}', where {services} documents it, in {count} with {status}{entry}",
    hint="document this body; the generated package guesses where its code is",
    why="The body is JSON or XML, but has no code where the documents show one. Gateways and "
    "proxies answer in bodies of their own. Services without a documented body are not held "
    "against it.",
    example="""
        {"status": 400, "body": {"fault": {"code": "VPN.0001", "message": "invalid request"}}}
    """,
)
def undocumented_envelopes(facts: Facts) -> Iterator[Finding]:
    """Bodies of errors that do not have the code where the documents show it."""
    for observed in facts.observed:
        if observed.documented_place is not None:
            what = f"the code '{observed.code}' is not" if observed.code else "no code is"
            yield _finding(observed, what=what, place=observed.documented_place)


def _finding(observed: Observed, **values: str) -> Finding:
    entry = f", first in entry {observed.entry}" if observed.entry else ""
    responses = "1 response" if observed.count == 1 else f"{observed.count} responses"
    return Finding(
        observed.location,
        where=" ".join(observed.services),
        code=observed.code or "",
        http_status=observed.http_status,
        services=" or ".join(observed.services),
        count=responses,
        entry=entry,
        **values,
    )
