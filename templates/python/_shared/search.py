"""Finds the failures in the body of a response, in the documented envelope or others."""

from collections.abc import Container, Iterator
from itertools import chain

from .envelopes import CODE_KEY, Envelope, is_array, is_object
from .failures import (
    MAX_LIST_ITEMS,
    WRAPPERS,
    Failure,
    code_at,
    documented_failures,
    extract,
    first_failure,
    with_message,
)
from .guesses import guessed_groups, problem_failures

_FAULT = Envelope(code=(CODE_KEY,), message=(CODE_KEY, "message"))
"""The key is the error code, as in ``{"itemNotFound": {"message": …}}``."""


def find_failures(
    value: object,
    envelope: Envelope,
    codes: Container[str],
    *,
    is_success: bool = False,
    is_problem: bool = False,
) -> tuple[Failure, tuple[Failure, ...]]:
    """Return the failure that decides about the exception, and all in the same list.

    The first failure with a documented code decides, else the first with any code. A body
    without an error gives a failure without code and message, and an empty tuple.

    The body of a success has data, in which many a key is called ``code`` or ``error``.
    So only the documented *envelope* counts there, with both code and message, and problem
    details if the media type says that the body *is_problem*.
    """
    groups = list(documented_groups(value, envelope, codes, is_success=is_success))
    if not is_success:
        groups += _guessed_groups(value, codes)
    elif is_problem:
        groups += [[failure] for failure in problem_failures(value, codes)]
    failures = [failure for group in groups for failure in group]
    if not failures:
        return Failure(None, None), ()
    first = first_failure(failures, codes)
    group = next(group for group in groups if first in group)
    decisive = with_message(first, failures)
    return decisive, tuple(group) if len(group) > 1 else (decisive,)


def parts(value: object) -> Iterator[list[object]]:
    """Yield the values inside *value* that may be errors; those of one list together.

    These are the items of its lists, the member ``error`` and a single member, and the
    items of the lists in such a member.
    """
    if is_array(value):
        yield value[:MAX_LIST_ITEMS]
        return
    members = value if is_object(value) else {}
    for key, member in members.items():
        if is_array(member):
            yield member[:MAX_LIST_ITEMS]
        elif key == "error" or len(members) == 1:
            yield [member]
            inner = member.values() if is_object(member) else ()
            yield from (each[:MAX_LIST_ITEMS] for each in inner if is_array(each))


def documented_groups(
    value: object, envelope: Envelope, codes: Container[str], *, is_success: bool
) -> Iterator[list[Failure]]:
    """Yield the failures in the documented *envelope*: of *value*, then of its items.

    The items of a list are responses to a batch of requests, or parts of a stream. In a
    success, a list whose items have the code at the top is data: ``[{"code": "DE"}]``.
    """
    yield list(documented_failures(value, envelope, codes, is_success=is_success))
    is_nested = len(envelope.code) > 1
    if is_array(value) and (is_nested or not is_success):
        yield [
            failure
            for item in value[:MAX_LIST_ITEMS]
            for failure in documented_failures(
                item, envelope, codes, is_success=is_success
            )
        ]


def _guessed_groups(value: object, codes: Container[str]) -> Iterator[list[Failure]]:
    """Yield the failures in other envelopes, the most likely first."""
    yield from guessed_groups(value, codes)
    if _is_fault(value, codes):
        yield [extract(value, _FAULT, codes)]
    for items in parts(value):
        if len(items) == 1:
            yield from guessed_groups(items[0], codes)
        else:
            readings = [list(chain(*guessed_groups(item, codes))) for item in items]
            yield [
                with_message(first_failure(failures, codes), failures)
                for failures in readings
                if failures
            ]


def _is_fault(value: object, codes: Container[str]) -> bool:
    """Return whether the only key of *value* is a code: ``{"itemNotFound": {…}}``.

    The key is a documented code, or its member has an HTTP status as ``code``.
    """
    name = code_at((CODE_KEY,), value)
    if name is None or name.lower() in WRAPPERS:
        return False
    status = code_at((CODE_KEY, "code"), value) or ""
    return name in codes or (len(status) == 3 and status.isdigit())
