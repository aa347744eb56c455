"""Rules about code."""

from collections.abc import Iterator

from errbook.audit.codes import ServiceCodes
from errbook.audit.facts import Facts, FileFacts, Literal
from errbook.audit.rule import Finding, rule
from errbook.audit.shapes import nearest
from errbook.diagnostics import Severity


@rule(
    "EB801",
    "undocumented-code",
    Severity.ERROR,
    message="'{code}' is not documented in {services}; nearest documented codes: {nearest}",
    hint="correct the code, or document it; a comment on the line, errbook: ignore EB801, waives "
    "this",
    why="Either the server never sends this code, or its documentation is missing. A text is taken "
    "for a code if it has the letters, the separators and the numbers of digits that at least two "
    "documented codes have, and if their prefix is one of the most frequent in the service. "
    "`VPN.0099`, with two letters or more, three digits or more and a separator, is found "
    "anywhere, and so is `ABC1234`. `P2002` counts only as a whole string in quotes, in a file "
    "with a documented code of the service. Numbers and words are never reported. In Python only "
    "strings count, not comments and docstrings.",
    example="""
        if error.code == "VPN.0099":
            retry()
    """,
)
def undocumented_codes(facts: Facts) -> Iterator[Finding]:
    """Codes that look like those of a service and are not documented."""
    similar: dict[tuple[str, str], str] = {}
    for path, file in facts.files.items():
        beside = _Beside(file)
        for literal in file.literals:
            services = facts.codes.without(literal.code)
            services = [service for service in services if beside.shows(literal, service)]
            if not services:
                continue
            names = " or ".join(service.service for service in services)
            key = (literal.code, names)
            if key not in similar:
                known = {code for service in services for code in service.documented}
                similar[key] = ", ".join(nearest(literal.code, known))
            yield Finding(
                literal.location,
                where=path,
                code=literal.code,
                services=names,
                nearest=similar[key],
            )


@rule(
    "EB802",
    "retired-code",
    Severity.WARNING,
    message="'{code}' is retired: the documents of {service} no longer have it",
    hint="remove it if the server no longer sends it; a comment on the line, errbook: ignore "
    "EB802, waives this",
    why="The code was documented and has left the documents; its names are still in "
    "`errbook.lock`. Code that handles it is dead, or waits for servers of an older version.",
    example="""
        if (error.code === "VPN.0031") {

        errbook.lock:

        "VPN.0031" = "QuotaExceededError VPN_0031 403 retired"
    """,
)
def retired_codes(facts: Facts) -> Iterator[Finding]:
    """Codes that have left the documents."""
    for path, file in facts.files.items():
        beside = _Beside(file)
        for literal in file.literals:
            if facts.codes.documenting(literal.code):
                continue
            for service in facts.codes.services:
                if literal.code in service.retired and beside.shows(literal, service):
                    yield Finding(
                        literal.location, where=path, code=literal.code, service=service.service
                    )
                    break


@rule(
    "EB803",
    "success-as-error",
    Severity.ERROR,
    message="'{code}' is used as an error, but {service} documents it as a success",
    hint="choose the code of an error; a comment on the line, errbook: ignore EB803, waives this",
    why="A success has no exception. In Python this is reported for a string in a `raise` "
    "statement, in the arguments of a class named `…Error` or `…Exception`, and where an `except` "
    "clause compares it with the exception for equality; in other languages for a string "
    "behind `throw`, `raise` or `new …Error(` on one line. A word or a number counts only as a "
    "whole string, in a file with another code of the service.",
    example="""
        raise ApiError("VPN.0000")
    """,
)
def successes_as_errors(facts: Facts) -> Iterator[Finding]:
    """Codes of successes that are used as errors."""
    for path, file in facts.files.items():
        beside = _Beside(file)
        for literal in file.literals:
            services = facts.codes.documenting(literal.code) if literal.is_error else []
            if not services or not all(s.is_success(literal.code) for s in services):
                continue
            for service in services:
                if beside.shows(literal, service):
                    yield Finding(
                        literal.location, where=path, code=literal.code, service=service.service
                    )
                    break


@rule(
    "EB804",
    "unused-code",
    Severity.INFO,
    message="'{code}' of {service} is mentioned nowhere in the code",
    hint="handle it where that matters; --unused lists such codes",
    why="With `--unused`, the documented codes that the code never mentions are listed: neither "
    "the code nor its class or enum member stands in any file, outside of Python's comments and "
    "docstrings. That may be right: few programs handle every error.",
    example="""
        | 409 | VPN.0007 | The gateway is being deleted. |
    """,
)
def unused_codes(facts: Facts) -> Iterator[Finding]:
    """Documented codes that no file mentions."""
    if not facts.lists_unused:
        return
    mentioned = {name for file in facts.files.values() for name in file.mentioned}
    for service in facts.codes.services:
        for code in service.documented:
            if mentioned.isdisjoint((code, *service.names_of(code))):
                place = service.places[code]
                yield Finding(place, where=place.path, code=code, service=service.service)


@rule(
    "EB805",
    "unused-waiver",
    Severity.WARNING,
    message="{what} matches no finding",
    hint="correct or remove it, so that it cannot hide a new finding",
    why="A comment `errbook: ignore` or an entry of the baseline hides a finding that no longer "
    "exists, or names an unknown rule. `errbook audit --baseline FILE --write-baseline` writes the "
    "baseline again.",
    example="""
        if error.code == "VPN.0001":  # errbook: ignore EB801
    """,
)
def unused_waivers(facts: Facts) -> Iterator[Finding]:
    """Waivers and entries of the baseline that hide nothing."""
    for unused in facts.unused:
        yield Finding(unused.location, where=unused.location.path, what=unused.what)


@rule(
    "EB806",
    "assembled-code",
    Severity.INFO,
    message="a code is put together from parts here, so it cannot be checked",
    hint="write the whole code, so that it can be searched for",
    why="In an f-string, a template or a concatenation only a part of the code can be read. This "
    'is reported once per file. Adjacent strings in Python, `"VPN." "0001"`, are one string.',
    example="""
        code = f"VPN.{number:04}"
    """,
)
def assembled_codes(facts: Facts) -> Iterator[Finding]:
    """The first place of each file in which a code is put together."""
    for path, file in facts.files.items():
        if file.assembled:
            yield Finding(file.assembled, where=path)


class _Beside:
    """The documented codes in one file, which show that others there are codes, too."""

    def __init__(self, file: FileFacts) -> None:
        self._file = file
        self._documented: dict[str, set[str]] = {}

    def shows(self, literal: Literal, service: ServiceCodes) -> bool:
        """Return whether *literal* is a code of *service*: by its shape, or beside another one."""
        if literal.is_specific:
            return True
        if service.service not in self._documented:
            codes = {each.code for each in self._file.literals}
            self._documented[service.service] = codes & service.documented.keys()
        documented = self._documented[service.service]
        return len(documented) > (literal.code in documented)
