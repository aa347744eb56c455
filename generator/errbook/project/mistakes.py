"""The mistakes in a configuration: the key, what is wrong with it, the nearest known key, a remedy.

msgspec rejects the same values, but its messages do not mention these.
"""

import re
from collections.abc import Iterator, Mapping, Sized
from enum import EnumType, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Literal, Union, cast, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from errbook.diagnostics import Failure
from errbook.text.nearest import did_you_mean


class Mistake(Struct, frozen=True, kw_only=True):
    """A key or a value that is not allowed."""

    what: str
    """Names the key: ``unknown key errbook.outptu``."""

    remedy: str

    def failure(self, file: str) -> Failure:
        """Return the failure to read *file*, which has this mistake."""
        return Failure(file, self.what, self.remedy)


def mistakes(value: object, kind: object, key: str, verb: str = "is") -> Iterator[Mistake]:
    """Yield the reasons why *value*, the value of *key*, does not have the type *kind*.

    Only the types that occur in `settings` are supported, with the limits of `settings.limit`.
    *verb* relates the key to the value: ``is``, or ``contains`` for an item of a list.
    """
    kind, metas = _unwrapped(_alternative(kind, value))
    expected, shown = _expected(kind)
    if not isinstance(value, expected):
        yield Mistake(what=f"{key} {verb} {_as_toml(value)}", remedy=f"write {shown}")
    elif broken := next((meta for meta in metas if not _is_within(value, meta)), None):
        extra = broken.extra or {}
        yield Mistake(what=f"{key} {extra['what'].format(value)}", remedy=extra["remedy"])
    elif isinstance(value, list):
        yield from _list_mistakes(cast("list[object]", value), get_args(kind)[0], key)
    elif not isinstance(value, dict):
        yield from _choice_mistakes(value, kind, f"{key} {verb}")
    elif isinstance(kind, type) and issubclass(kind, Struct):
        table = cast("dict[str, object]", value)
        yield from _table_mistakes(table, {field.encode_name: field for field in fields(kind)}, key)
    else:
        yield from _mapping_mistakes(cast("dict[str, object]", value), get_args(kind), key)


def _alternative(kind: object, value: object) -> object:
    """Return the alternative of *kind* that *value* could be; without such a one, the first."""
    inner, _ = _unwrapped(kind)
    if get_origin(inner) not in (Union, UnionType):
        return kind
    alternatives = get_args(inner)
    fitting = (each for each in alternatives if isinstance(value, _expected(each)[0]))
    return next(fitting, alternatives[0])


def _list_mistakes(items: list[object], kind: object, key: str) -> Iterator[Mistake]:
    for number, item in enumerate(items):
        if _is_table(kind) and _as_toml(item) == "a table":
            yield from mistakes(item, kind, f"{key}[{number}]")
        elif isinstance(item, str) and not _is_table(kind):
            yield from mistakes(item, kind, key, "contains")
        else:
            what = f"{key} contains {_as_toml(item)}"
            yield Mistake(what=what, remedy=f"write {_list_of(kind)}")


def _as_toml(value: object) -> str:
    """Return a short form of *value* as in TOML: ``true``, ``'text'``, ``3.1``, ``a table``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return repr(value) if isinstance(value, str) else str(value)


def _choice_mistakes(value: object, kind: object, key_and_verb: str) -> Iterator[Mistake]:
    members = list(cast("type[StrEnum]", kind)) if isinstance(kind, EnumType) else get_args(kind)
    choices = tuple(map(str, members))
    if choices and value not in choices:
        remedy = did_you_mean(str(value), choices, only_if_unique=True)
        what = f"{key_and_verb} '{value}'"
        yield Mistake(what=what, remedy=remedy or f"use one of {', '.join(choices)}")


def _table_mistakes(
    table: dict[str, object], known: Mapping[str, FieldInfo], key: str
) -> Iterator[Mistake]:
    # An empty table counts as missing.
    absent = [name for name in known if name not in table or table[name] == {}]
    missing = [name for name in absent if known[name].required]
    unknown = [name for name in table if name not in known]
    for name in unknown:
        remedy = did_you_mean(name, known) or f"known keys: {', '.join(known)}"
        yield Mistake(what=f"unknown key {_joined(key, name)}", remedy=remedy)
    for name, value in table.items():
        if name not in unknown and name not in missing:
            yield from mistakes(value, known[name].type, f"{key}.{name}")
    for name in () if unknown else missing:  # a key that seems missing may be misspelled
        _, metas = _unwrapped(known[name].type)
        remedy = next(m.extra["missing"] for m in metas if m.extra and "missing" in m.extra)
        yield Mistake(what=f"{key} has no {name}", remedy=remedy)


def _mapping_mistakes(
    table: dict[str, object], kinds: tuple[object, ...], key: str
) -> Iterator[Mistake]:
    name_kind, kind = kinds
    for name, value in table.items():
        yield from mistakes(name, name_kind, _joined(key, name))
        yield from mistakes(value, kind, _joined(key, name))


def _joined(key: str, name: str) -> str:
    """Return the dotted key of *name* in the table *key*, quoted as in TOML if necessary."""
    return f"{key}.{name}" if re.fullmatch("[A-Za-z0-9_-]+", name) else f'{key}."{name}"'


def _unwrapped(kind: object) -> tuple[object, list[Meta]]:
    """Return *kind* without Annotated and None, and the metadata that it was annotated with.

    Of several alternatives, all are returned.
    """
    metas: list[Meta] = []
    while get_origin(kind) in (Annotated, Union, UnionType):
        parts = [each for each in get_args(kind) if each is not NoneType]
        if get_origin(kind) is Annotated:
            metas += parts[1:]
        elif len(parts) > 1:
            return Union[tuple(parts)], metas  # noqa: UP007 - made of a list
        kind = parts[0]
    return kind, metas


def _expected(kind: object) -> tuple[type, str]:
    """Return the type of a value of *kind* in parsed TOML, and the name of that type."""
    if kind is bool:
        return bool, "true or false"
    if kind is str or get_origin(kind) is Literal or isinstance(kind, EnumType):
        return str, "a string"
    if get_origin(kind) is tuple:
        return list, _list_of(get_args(kind)[0])
    return dict, "a table"


def _list_of(kind: object) -> str:
    """Return the name of a list of *kind*."""
    return "a list of tables" if _is_table(kind) else "a list of strings"


def _is_table(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _is_within(value: object, meta: Meta) -> bool:
    if meta.pattern is not None and isinstance(value, str):
        return re.search(meta.pattern, value) is not None
    return meta.min_length is None or not isinstance(value, Sized) or len(value) >= meta.min_length
