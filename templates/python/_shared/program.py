"""The command line of the package, which explains errors."""

import gc
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import TextIOWrapper

from .answers import Answer, answer, as_text, found
from .explanations import as_data, printable
from .lookup import Lookup, table_of

_DESCRIPTION = """\
Explain errors: what they mean and what to do. QUERY is a code, the beginning of codes,
the name of a class or an enum member, a message or an HTTP status. Without QUERY, or
with -, the body of a response or the lines of a log are read from standard input.
"""
_EPILOG = "The exit status is 1 if a query finds nothing."


def run(package: str, services: Sequence[str]) -> int:
    """Answer the command line for *services* of *package*; return the exit status."""
    gc.disable()  # in such a short time, there is no garbage to collect
    for stream in (sys.stdout, sys.stderr):
        # Documents may have characters that the encoding of the terminal lacks.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        return _cannot_print("standard output is closed")
    try:
        try:
            status = _run(package, services)
        finally:  # also if it exits, after --help
            sys.stdout.flush()
    except OSError as error:
        # Python would try again and complain when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # as in a pipe to head
            return 0
        return _cannot_print(error.strerror or str(error))
    return status


def _cannot_print(reason: str) -> int:
    _report(f"cannot print the answer: {reason}")
    return 2


def _report(problem: str) -> None:
    """Print *problem* on standard error, which may be closed."""
    if sys.stderr is not None:
        print(printable(problem), file=sys.stderr)


def _run(package: str, services: Sequence[str]) -> int:
    parser = _parser(package)
    options = parser.parse_args()
    queries: list[str] = options.queries
    if options.all and queries:
        parser.error("--all takes no QUERY")
    is_closed = sys.stdin is None
    if not options.all and not queries and (is_closed or sys.stdin.isatty()):
        parser.error("give a QUERY, --all, or a text on standard input")
    if "-" in queries and is_closed:
        parser.error("standard input is closed")
    try:
        lookup = Lookup({name: table_of(name, package) for name in services})
    except OSError as error:
        parser.error(f"{error.filename} is missing: the package needs its data files")

    if options.all:
        answers = [Answer(lookup.entries, is_list=True)]
    else:
        answers = [answer(query, lookup) for query in queries or ["-"]]
    if options.json:
        print(
            json.dumps([as_data(entry, lookup) for entry in found(answers)], indent=2)
        )
    elif found(answers):
        print(as_text(answers, lookup, package))
    problems = [problem for answer in answers for problem in answer.problems]
    for problem in dict.fromkeys(problems):
        _report(problem)
    return 1 if problems else 0


def _parser(package: str) -> ArgumentParser:
    parser = ArgumentParser(
        prog=f"python -m {package}", description=_DESCRIPTION, epilog=_EPILOG
    )
    parser.add_argument("queries", nargs="*", metavar="QUERY", help="what to explain")
    parser.add_argument("--all", action="store_true", help="list all errors")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser
