"""Changes with which programs go on working: deprecations and additions."""

from collections.abc import Iterator

from errbook.comparison.breaking import (
    has_same_answer,
    has_same_parent,
    retryable_values,
    shown_retryable,
    shown_statuses,
)
from errbook.comparison.rule import Difference, Level, code_change, service_change
from errbook.comparison.state import CodeState, State


@code_change(
    "EB721",
    "retired",
    Level.DEPRECATION,
    "retired",
    why="The documents no longer contain the code. Its class and its enum member stay, deprecated, "
    "until `errbook generate --prune`.",
    example="""
        - | 404 | VPN.0004 | resource not found |
    """,
)
def retired(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes that are no longer documented."""
    if old.member and not old.is_retired and new.is_retired:
        yield Difference()


@code_change(
    "EB722",
    "renamed",
    Level.DEPRECATION,
    "renamed",
    why="The configuration gives the class another name. The old one stays as a deprecated alias.",
    example="""
          [tool.errbook.service.vpn.names]
        + "VPN.0004" = "NoResource"
    """,
)
def renamed(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Classes with another name whose old name is an alias."""
    if old.class_name and old.class_name != new.class_name and old.class_name in new.names:
        yield Difference(old=old.class_name, new=new.class_name)


@code_change(
    "EB723",
    "withdrawn",
    Level.DEPRECATION,
    "struck through",
    why="The documents strike the code through, so servers are about to stop sending it. The class "
    "stays as it is.",
    example="""
        - | 404 | VPN.0004     | resource not found |
        + | 404 | ~~VPN.0004~~ | resource not found |
    """,
)
def withdrawn(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes that are now struck through."""
    if old.error and new.error and new.error.is_withdrawn and not old.error.is_withdrawn:
        yield Difference()


@code_change(
    "EB731",
    "brought-back",
    Level.ADDITION,
    "brought back",
    why="A retired code is documented again. Its class is no longer deprecated, and takes the "
    "params of the message.",
    example="""
        + | 404 | VPN.0004 | resource not found |
    """,
)
def brought_back(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Retired codes that are documented again, as what they were."""
    is_same = bool(old.class_name) is new.is_error
    if old.is_retired and new.is_documented and is_same:
        yield Difference()


@code_change(
    "EB732",
    "new-code",
    Level.ADDITION,
    "new",
    why="There is a class and an enum member for one more code. Of a code that is a success, there "
    "is only a member.",
    example="""
        + | 409 | VPN.0005 | resource in use |
    """,
)
def new_code(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes without names before."""
    if not old.member and not old.class_name and new.member:
        yield Difference(new=new.class_name)


@service_change(
    "EB733",
    "new-service",
    Level.ADDITION,
    "service added",
    why="There is one more module. Its codes are not listed.",
    example="""
        + [tool.errbook.service.dns]
        + docs = ["docs/dns/*.rst"]
    """,
)
def new_service(old: State | None, new: State | None) -> Iterator[Difference]:
    """Services that did not exist."""
    if new and not old:
        yield Difference()


@code_change(
    "EB734",
    "more-statuses",
    Level.ADDITION,
    "with another status",
    why="A code comes with one more HTTP status. The class has the same parent as before: an error "
    "with several statuses has none for one of them.",
    example="""
        - | 404/500     | VPN.0004 | resource not found |
        + | 404/409/500 | VPN.0004 | resource not found |
    """,
)
def more_statuses(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Codes with more statuses, if that does not change the parent."""
    is_same = has_same_parent(old, new) and has_same_answer(old, new)
    if is_same and not set(new.statuses) <= set(old.statuses):
        yield Difference(old=shown_statuses(old), new=shown_statuses(new))


@code_change(
    "EB735",
    "now-retryable",
    Level.ADDITION,
    "now retryable",
    why="`error.retryable` is now true, so clients that look at it send the request again.",
    example="""
        - | 409 | VPN.0009 | gateway busy | Contact technical support. |
        + | 409 | VPN.0009 | gateway busy | Try again later.           |
    """,
)
def now_retryable(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Errors that were not retryable, with one of their statuses at least."""
    for before, after in retryable_values(old, new):
        if after and not before:
            yield Difference(old=shown_retryable(before), new="true")
            return


@code_change(
    "EB736",
    "now-error",
    Level.ADDITION,
    "now an error",
    why="Responses with the code now raise an exception, which `except` clauses for the service "
    "catch.",
    example="""
        - | 200 | VPN.0004 | nothing to delete  |
        + | 404 | VPN.0004 | resource not found |
    """,
)
def now_error(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Successes that are documented as an error."""
    if old.member and old.is_success and new.is_error:
        yield Difference(old=shown_statuses(old), new=shown_statuses(new), shown=(None, None))
