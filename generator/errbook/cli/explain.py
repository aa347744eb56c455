"""The command `errbook explain`."""

import gc
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from errbook.cli import console, options
from errbook.cli.exit_status import ExitStatus
from errbook.diagnostics import Failure
from errbook.text.visible import one_line

if TYPE_CHECKING:
    from errbook.build.documented import Documented

_RULE = re.compile("EB[0-9]{1,3}", re.IGNORECASE)
"""The id of a rule, or its beginning."""


@click.command()
@click.argument("queries", nargs=-1, metavar="[QUERY]...")
@click.option(
    "--catalogue",
    "files",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="A catalogue file to search instead of the project; can be repeated.",
)
@click.option(
    "--output-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print the errors; json is one catalogue per service and line.",
)
@options.NO_CACHE
@options.CONFIG
def command(
    queries: tuple[str, ...],
    files: tuple[str, ...],
    output_format: str,
    no_cache: bool,
    config: Path | None,
) -> ExitStatus:
    """Explain error codes, messages and rules.

    QUERY is a code, the beginning of codes, the name of a class or an enum member, a message, an
    HTTP status, or the id of a rule of errbook. Without QUERY, or with -, the body of a response or
    the lines of a log are read from standard input. Exit with status 1 if a query finds nothing.
    """
    if not queries and (sys.stdin is None or sys.stdin.isatty()):
        raise click.UsageError("give a QUERY, or a text on standard input")
    rules = [query for query in queries if _RULE.fullmatch(query)]
    others = [query for query in queries or ("-",) if query not in rules]
    if rules and output_format != "text":
        raise click.UsageError(f"{rules[0]} is a rule, and rules are printed only as text")
    results = [_rules(query) for query in rules]
    if others:
        as_json = output_format == "json"
        package, services = _services(files, config, no_cache=no_cache, as_json=as_json)
        results.append(_errors(others, services, package, output_format))
    blocks = [block for result in results for block in result.blocks]
    problems = [problem for result in results for problem in result.problems]
    failures = [failure for result in results for failure in result.failures]
    if blocks:
        separator = "\n" if output_format == "json" else "\n\n"
        console.out(separator.join(blocks))
    for problem in problems:
        console.err(f"errbook: {one_line(problem)}")
    console.show_failures(failures)
    if failures:
        return ExitStatus.FAILED
    return ExitStatus.FINDINGS if problems else ExitStatus.CLEAN


class _Result(NamedTuple):
    """What queries find, and what they do not find."""

    blocks: Sequence[str] = ()
    """The texts to print."""

    problems: Sequence[str] = ()
    failures: Sequence[Failure] = ()
    """Why services are missing."""


def _services(
    files: Iterable[str], config: Path | None, *, no_cache: bool, as_json: bool
) -> "tuple[str, Mapping[str, Documented | Failure]]":
    """Return the name of the generated package, if it is known, and the errors of all services."""
    from errbook.build import documented
    from errbook.targets.importing import imported_package

    if files:
        return "", documented.in_files(files)
    settings = options.settings(config)
    cache = options.cache(settings.root, no_cache=no_cache)
    services = documented.in_project(settings, cache, console.progress, with_catalogue=as_json)
    return imported_package(settings) or "", services


def _errors(
    queries: Iterable[str],
    services: "Mapping[str, Documented | Failure]",
    package: str,
    output_format: str,
) -> _Result:
    """Return what *queries* find in *services*."""
    from errbook.targets.shared import answers, lookup

    failures = [found for found in services.values() if isinstance(found, Failure)]
    known = {name: found for name, found in services.items() if not isinstance(found, Failure)}
    if not known:
        return _Result(failures=failures)
    gc.disable()  # it would look for garbage among thousands of new objects
    try:
        errors = lookup.Lookup({name: found.table for name, found in known.items()})
        gc.freeze()  # nor does it look at them when Python ends
    finally:
        gc.enable()
    answered = [answers.answer(query, errors) for query in queries]
    problems = [problem for answer in answered for problem in answer.problems]
    found = answers.found(answered)
    blocks: list[str] = []
    if output_format == "json":
        from errbook.cli import json_report

        for name, documented in known.items():
            codes = {entry.code for entry in found if entry.service == name}
            if codes:
                blocks.append(json_report.catalogue_as_json(documented.catalogue, codes))
    elif found:
        blocks.append(answers.as_text(answered, errors, package))
    return _Result(blocks, problems, failures)


def _rules(query: str) -> _Result:
    """Return the explanation of the rule *query*, or the list of the rules that begin with it."""
    from errbook import audit, comparison, lint
    from errbook.audit.reference import audit_as_lines
    from errbook.comparison.reference import changes_as_lines
    from errbook.lint.reference import rules_as_lines

    rules = [rule for rule in lint.RULES if rule.id.startswith(query.upper())]
    changes = [rule for rule in comparison.RULES if rule.id.startswith(query.upper())]
    blocks = ["\n".join(rules_as_lines(rules))] if rules else []
    blocks += ["\n".join(changes_as_lines(changes))] if changes else []
    audited = [rule for rule in audit.RULES if rule.id.startswith(query.upper())]
    blocks += ["\n".join(audit_as_lines(audited))] if audited else []
    if not blocks:
        return _Result(problems=[f"unknown rule '{query}'; errbook rules prints all rules"])
    return _Result(blocks)
