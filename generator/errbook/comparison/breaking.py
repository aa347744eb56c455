"""Changes that break programs."""

from collections.abc import Iterator

from errbook.comparison.rule import Difference, Level, code_change, service_change
from errbook.comparison.state import CodeState, State
from errbook.model import Key, Steps


@code_change(
    "EB701",
    "removed-class",
    Level.BREAKING,
    "removed",
    why="The class of a code no longer exists, because `errbook generate --prune` removed it or "
    "because its line is gone from `errbook.lock`. Programs that name it stop with an "
    "AttributeError. The enum member of a code that is not documented is removed with its class.",
    example="""
          "VPN.0001" = "InvalidRequestError VPN_0001 400"
        - "VPN.0004" = "ResourceNotFoundError VPN_0004 404 retired"
        + "VPN.0004" = "ResourceNotFoundError VPN_0004 404 pruned"
    """,
)
def removed_class(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Classes that no longer exist."""
    if old.class_name and not new.class_name:
        yield Difference(old=old.class_name)


@code_change(
    "EB702",
    "lost-class-name",
    Level.BREAKING,
    "renamed without an alias",
    why="A class has another name, and nothing has the old one: somebody edited or deleted "
    "`errbook.lock`. A rename in the configuration keeps the old name as a deprecated alias.",
    example="""
        - "VPN.0004" = "ResourceNotFoundError VPN_0004 404"
        + "VPN.0004" = "NoResourceError VPN_0004 404"
    """,
)
def lost_class_name(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Names and aliases of classes that no longer exist, although the classes do."""
    if new.class_name:
        for name in old.names:
            if name not in new.names:
                yield Difference(old=name, new=new.class_name)


@code_change(
    "EB703",
    "changed-parent",
    Level.BREAKING,
    "with a different parent",
    why="The HTTP status of a code decides its class's parent. With another one, "
    "`except NotFoundError` no longer catches the error, or catches it where it did not.",
    example="""
        - | 404 | VPN.0004 | resource not found |
        + | 409 | VPN.0004 | resource not found |
    """,
)
def changed_parent(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Classes of errors with a different family."""
    if not new.is_error or not old.class_name or not new.class_name or old.is_success:
        return
    is_known = old.is_documented or old.statuses
    if is_known and old.parent != new.parent:
        yield Difference(
            old=shown_statuses(old), new=shown_statuses(new), shown=(old.parent, new.parent)
        )


@code_change(
    "EB704",
    "changed-params",
    Level.BREAKING,
    "with different params",
    why="The constructor takes the params of the message. A server that passes the old ones stops "
    "with a TypeError, and a client does not find the old ones in `error.params`.",
    example="""
        - | 404 | VPN.0004 | resource {id} not found |
        + | 404 | VPN.0004 | {type} {id} not found   |
    """,
)
def changed_params(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Classes of errors with different params."""
    if old.params and new.params and old.params != new.params:
        yield Difference(old=old.params, new=new.params)


@code_change(
    "EB705",
    "now-success",
    Level.BREAKING,
    "now a success",
    why="Responses with the code no longer raise the class, so no `except` clause catches it.",
    example="""
        - | 404 | VPN.0004 | resource not found |
        + | 200 | VPN.0004 | nothing to delete  |
    """,
)
def now_success(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Errors that are documented as a success."""
    if old.class_name and not old.is_success and new.is_documented and new.is_success:
        yield Difference(old=shown_statuses(old), new=shown_statuses(new), shown=(None, None))


@code_change(
    "EB706",
    "removed-member",
    Level.BREAKING,
    "with its enum member removed or renamed",
    why="Programs that use the member of the enum stop with an AttributeError. A code that is a "
    "success has only a member, and `errbook generate --prune` removes it.",
    example="""
        - "VPN.0000" = "- VPN_0000 200 retired"
        + "VPN.0000" = "- VPN_0000 200 pruned"
    """,
)
def removed_member(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Enum members that no longer exist, unless the class is gone, too."""
    is_class_gone = bool(old.class_name) and new.class_name is None and new.member is None
    if old.member and old.member != new.member and not is_class_gone:
        yield Difference(old=old.member, new=new.member)


@service_change(
    "EB707",
    "removed-service",
    Level.BREAKING,
    "service removed",
    why="The module of the service no longer exists, so programs cannot import it.",
    example="""
          [tool.errbook.service.dns]
          docs = ["docs/dns/*.rst"]
        - [tool.errbook.service.vpn]
        - docs = ["docs/vpn/*.rst"]
    """,
)
def removed_service(old: State | None, new: State | None) -> Iterator[Difference]:
    """Services that no longer exist."""
    if old and not new:
        yield Difference()


@service_change(
    "EB708",
    "changed-body",
    Level.BREAKING,
    "code or message elsewhere in the body",
    why="Clients look for the code and the message in other places than before, and "
    "`to_response()` returns another body. If only the documents were wrong, accept the change.",
    example="""
        - {"code": "VPN.0004", "message": "resource not found"}
        + {"error": {"code": "VPN.0004", "message": "resource not found"}}
    """,
)
def changed_body(old: State | None, new: State | None) -> Iterator[Difference]:
    """Services whose response bodies have the code or the message in other places."""
    if not old or not new or not old.catalogue or not new.catalogue:
        return
    before, after = old.envelope, new.envelope
    texts = [
        f"{each.media_type}: {_path(each.code)}, {_path(each.message)}" for each in (before, after)
    ]
    if texts[0] != texts[1]:
        yield Difference(
            old=texts[0],
            new=texts[1],
            old_location=before.location,
            new_location=after.location,
        )


@code_change(
    "EB709",
    "not-retryable",
    Level.BREAKING,
    "no longer retryable",
    why="Clients that retry while `error.retryable` is true give up at once.",
    example="""
        - | 409 | VPN.0009 | gateway busy | Try again later.          |
        + | 409 | VPN.0009 | gateway busy | Contact technical support. |
    """,
)
def not_retryable(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Errors that were retryable, with one of their statuses at least."""
    for before, after in retryable_values(old, new):
        if before and not after:
            yield Difference(old="true", new=shown_retryable(after))
            return


@service_change(
    "EB710",
    "removed-family",
    Level.BREAKING,
    "class of a status removed",
    why="A service has a class for each HTTP status that its errors have, besides the ten that "
    "every service has. Without such an error, the class no longer exists.",
    example="""
        - | 413 | VPN.0013 | file too large |
        + | 400 | VPN.0013 | file too large |
    """,
)
def removed_family(old: State | None, new: State | None) -> Iterator[Difference]:
    """Classes of statuses that no longer exist."""
    if not old or not new or not old.families or not new.families:
        return
    for family in sorted(old.families - new.families):
        yield Difference(old=f"{old.prefix or ''}{family}")


@service_change(
    "EB711",
    "renamed-service-classes",
    Level.BREAKING,
    "classes of the service renamed",
    why="The names of the service's base class, of its enum and of its classes for statuses begin "
    "with another prefix. Programs that name them stop with an AttributeError.",
    example="""
          [tool.errbook.service.vpn]
        + prefix = "VPN"
    """,
)
def renamed_service_classes(old: State | None, new: State | None) -> Iterator[Difference]:
    """Services whose classes have another prefix."""
    if old and new and old.prefix and new.prefix and old.prefix != new.prefix:
        yield Difference(old=f"{old.prefix}Error", new=f"{new.prefix}Error")


@code_change(
    "EB712",
    "changed-answer",
    Level.BREAKING,
    "answered with another status",
    why="The first HTTP status of an error is the one with which `to_response()` answers. The "
    "parent may stay the same: a code with several statuses, or with one that has no family, has "
    "no parent.",
    example="""
        - | 404/500 | VPN.0004 | resource not found |
        + | 500/404 | VPN.0004 | resource not found |
    """,
)
def changed_answer(old: CodeState, new: CodeState) -> Iterator[Difference]:
    """Errors with another first status, if that does not change the parent."""
    if has_same_parent(old, new) and not has_same_answer(old, new):
        yield Difference(old=shown_statuses(old), new=shown_statuses(new))


def has_same_parent(old: CodeState, new: CodeState) -> bool:
    """Return whether a code is documented in both states, with the same parent or as a success."""
    return (
        old.is_documented
        and new.is_documented
        and old.is_success == new.is_success
        and (old.is_success or old.parent == new.parent)
    )


def has_same_answer(old: CodeState, new: CodeState) -> bool:
    """Return whether servers answer with the same status as before; successes have no class."""
    return old.is_success or old.answer == new.answer


def retryable_values(old: CodeState, new: CodeState) -> Iterator[tuple[bool | None, bool | None]]:
    """Yield whether an error was and is retryable: in general, and with each status it keeps."""
    if old.is_error and new.is_error and old.error and new.error:
        before, after = old.retryable, new.retryable
        yield from ((before[status], after[status]) for status in before if status in after)


def shown_retryable(value: bool | None) -> str:
    """Return the *value* of `error.retryable` as text."""
    return "unknown" if value is None else str(value).lower()


def shown_statuses(state: CodeState) -> str | None:
    """Return the statuses of a code as text: ``404, 500``."""
    return ", ".join(map(str, state.statuses)) or None


def _path(steps: Steps) -> str:
    """Return *steps* as in the configuration: ``errors[0].code``."""
    return "".join(map(_step, steps)).removeprefix(".")


def _step(step: Key) -> str:
    return f".{step}" if isinstance(step, str) else f"[{step}]"
