"""The command line of the package, which explains errors."""

import gc
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from io import TextIOWrapper
from itertools import chain
from typing import NamedTuple

from .classes import CommonClass, common_class, common_classes
from .explanations import as_data, explanation, listing, printable
from .logs import Logs
from .lookup import Lookup
from .matching import Entry, find, similar

_MAX_EXPLAINED = 10
"""If more errors have the same message, they are only listed."""

_DESCRIPTION = """\
Explain errors: what they mean and what to do. QUERY is a code, the beginning of codes,
the name of a class or an enum member, a message or an HTTP status. Without QUERY, or
with -, the body of a response or the lines of a log are read from standard input.
"""
_EPILOG = "The exit status is 1 if a query finds nothing."


class _Answer(NamedTuple):
    """What a query finds, and what it does not find."""

    entries: Sequence[Entry]
    is_list: bool = False
    """Whether the entries are listed, not explained, if there are several."""

    problems: Sequence[str] = ()


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
        lookup = Lookup(package, services)
    except OSError as error:
        parser.error(f"{error.filename} is missing: the package needs its data files")

    if options.all:
        answers = [_Answer(lookup.entries, is_list=True)]
    else:
        answers = [_answer(query, lookup) for query in queries or ["-"]]
    if options.json:
        _print_json(answers, lookup)
    else:
        _print_text(answers, lookup, package)
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


def _answer(query: str, lookup: Lookup) -> _Answer:
    """Return what *query* finds."""
    if query == "-":
        return _answer_text(sys.stdin.buffer.read().decode(errors="replace"), lookup)
    if query.lstrip().startswith(("{", "<")):
        return _answer_text(query, lookup)
    entries, is_partial = find(query, lookup.entries)
    if (is_partial or not entries) and (common := common_class(query, lookup)):
        return _answer_class(common)
    if not entries:
        return _Answer([], problems=(_unknown(query, lookup),))
    return _Answer(entries, is_list=is_partial or len(entries) > _MAX_EXPLAINED)


def _answer_text(text: str, lookup: Lookup) -> _Answer:
    """Return what *text*, a body or the lines of a log, is about."""
    envelopes = {name: info.envelope for name, info in lookup.services.items()}
    entries, unknown = Logs(lookup.entries, envelopes).find(text)
    problems = [_unknown(code, lookup) for code in unknown]
    if not entries and not unknown:
        if common := next(common_classes(text, lookup), None):
            return _answer_class(common)
        problems = ["no documented error in the text"]
    return _Answer(entries, problems=problems)


def _answer_class(common: CommonClass) -> _Answer:
    if not common.entries:
        problem = f"no error is documented for {common.description}"
        return _Answer([], problems=(problem,))
    return _Answer(common.entries, is_list=True)


def _unknown(query: str, lookup: Lookup) -> str:
    near_misses = " or ".join(similar(query, lookup.entries))
    question = f"; did you mean {near_misses}?" if near_misses else ""
    return f"unknown error '{query}'{question}"


def _print_json(answers: Sequence[_Answer], lookup: Lookup) -> None:
    entries = dict.fromkeys(chain.from_iterable(answer.entries for answer in answers))
    print(json.dumps([as_data(entry, lookup) for entry in entries], indent=2))


def _print_text(answers: Sequence[_Answer], lookup: Lookup, package: str) -> None:
    """Print an explanation or a list of the errors that each query finds."""
    blocks: list[list[str]] = []
    explained: set[Entry] = set()
    for answer in answers:
        if answer.is_list and len(answer.entries) > 1:
            blocks.append(list(listing(answer.entries, lookup)))
        else:
            entries = [entry for entry in answer.entries if entry not in explained]
            explained.update(entries)
            blocks += [list(explanation(entry, lookup, package)) for entry in entries]
    if blocks:
        print("\n\n".join("\n".join(lines) for lines in blocks))
