"""Naming: the codes of a catalogue and the lock become the names of classes and enum members.

The rules are tried in order, from the most telling name to the one that is always free. What the
lock holds never changes by itself.
"""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from errbook.diagnostics import Failure
from errbook.model import Catalogue, Error
from errbook.naming import words
from errbook.naming.families import ALWAYS, BUILTINS, FAMILIES
from errbook.project.lock import NAME, LockEntry
from errbook.text.unique import unique_name


class TakenName(msgspec.Struct, frozen=True, kw_only=True):
    """A name that a code would have, if another had not."""

    code: str
    name: str
    holder: str
    """Whose name it is; empty for a name of Python or of errbook."""


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """The Python names of one service."""

    prefix: str
    """``ElasticIp`` for ``elastic_ip``."""

    entries: Mapping[str, LockEntry]
    """What the lock will say about each code, pruned codes too; sorted."""

    lost: tuple[TakenName, ...] = ()
    """The natural names of new codes that the lock holds for others."""

    refused: tuple[TakenName, ...] = ()
    """Configured names that are not free."""

    @property
    def base(self) -> str:
        """The class of all errors of the service."""
        return f"{self.prefix}Error"

    @property
    def enum(self) -> str:
        """The enum of its codes."""
        return f"{self.prefix}ErrorCode"

    def family(self, http_status: int) -> str | None:
        """Return the class of the errors of the service that have *http_status*."""
        name = FAMILIES.get(http_status)
        return self.prefix + name if name else None

    @property
    def retired(self) -> dict[str, LockEntry]:
        """The codes that the documents no longer have, and whose classes remain."""
        return {code: entry for code, entry in self.entries.items() if entry.retired}


def families_of(catalogue: Catalogue, names: Names) -> tuple[int, ...]:
    """Return the statuses for which the service has a class: those it uses, and the usual ones."""
    used = {status for error in catalogue.errors for status in error.error_status}
    used |= {status for entry in names.retired.values() for status in entry.http_status}
    return tuple(sorted((used | set(ALWAYS)) & FAMILIES.keys()))


def assign(
    catalogue: Catalogue,
    *,
    curated: Mapping[str, str],
    locked: Mapping[str, LockEntry],
    prune: bool,
) -> Names:
    """Return the names of the codes of *catalogue*.

    *locked* is what the lock says of the service. *curated* maps codes to configured names; with
    *prune* the classes of retired codes go.
    """
    prefix = words.camel_case(catalogue.service)
    if f"{prefix}Error" in BUILTINS | {"ApiError", *FAMILIES.values()}:
        what = f"its class would be {prefix}Error, which is a name of Python or of errbook"
        raise Failure(f"service '{catalogue.service}'", what, "choose another id")
    return _Assignment(catalogue, prefix, curated, locked).names(prune=prune)


class _Assignment:
    """One run of the rules over the codes of one service."""

    def __init__(
        self,
        catalogue: Catalogue,
        prefix: str,
        curated: Mapping[str, str],
        locked: Mapping[str, LockEntry],
    ) -> None:
        self._prefix = prefix
        self._errors = {error.code: error for error in catalogue.errors}
        self._curated = {code: words.class_from_curated(name) for code, name in curated.items()}
        self._locked = locked
        # Lower-cased name -> the code that has it; "" for what is nobody's to take.
        self._holders = dict.fromkeys(map(str.lower, self._reserved()), "")
        self._classes: dict[str, str] = {}
        self._lost: dict[str, TakenName] = {}
        self._refused: list[TakenName] = []

    def names(self, *, prune: bool) -> Names:
        self._hold_locked()
        self._take_curated()
        new = [
            error
            for code, error in sorted(self._errors.items())
            if code not in self._classes and not error.is_success
        ]
        self._name(new)
        members = self._members()
        entries = {
            code: self._entry(code, members[code], prune=prune)
            for code in sorted(self._errors.keys() | self._locked.keys())
        }
        return Names(
            prefix=self._prefix,
            entries=entries,
            lost=tuple(self._lost[code] for code in sorted(self._lost)),
            refused=tuple(self._refused),
        )

    def _reserved(self) -> Iterator[str]:
        yield from BUILTINS
        yield from ("ApiError", f"{self._prefix}Error", f"{self._prefix}ErrorCode")
        for family in FAMILIES.values():
            yield family
            yield self._prefix + family

    def _hold_locked(self) -> None:
        """Give the codes of the lock their names, and keep all that was ever given."""
        for code, entry in sorted(self._locked.items()):
            for name in filter(None, (entry.class_name, *entry.former)):
                if self._holders.setdefault(name.lower(), code) == "":
                    what = f"it calls '{code}' {name}, which is a name of Python or of errbook"
                    raise Failure(NAME, what, "remove the line: the code is named anew")
            if entry.class_name is not None:
                self._classes[code] = entry.class_name

    def _take_curated(self) -> None:
        for code, name in sorted(self._curated.items()):
            error = self._errors.get(code)
            if error is None or error.is_success:
                continue
            holder = self._holders.setdefault(name.lower(), code)
            if holder == code:
                self._classes[code] = name
            else:
                self._refused.append(TakenName(code=code, name=name, holder=holder))

    def _name(self, new: list[Error]) -> None:
        """Name the *new* errors, one step after the other; those that meet go on together."""
        for step in _STEPS:
            wanted: dict[str, list[tuple[str, str]]] = {}
            for error in new:
                name = step(error)
                if error.code not in self._classes and name is not None:
                    wanted.setdefault(name.lower(), []).append((error.code, name))
            for key, takers in wanted.items():
                holder = self._holders.get(key)
                for code, name in takers if holder in self._locked else ():
                    self._lost.setdefault(
                        code, TakenName(code=code, name=name, holder=holder or "")
                    )
                if holder is None and len(takers) == 1:
                    self._give(*takers[0])
        for error in new:
            if error.code not in self._classes:
                self._give(error.code, self._numbered(words.escaped_class(error.code)))

    def _numbered(self, name: str) -> str:
        """Return *name*, with a number where codes differ by case alone or it is curated."""
        stem = name.removesuffix("Error")

        def is_taken(stem: str) -> bool:
            return f"{stem}Error".lower() in self._holders

        return unique_name(stem, is_taken, "{name}{number}") + "Error"

    def _give(self, code: str, name: str) -> None:
        self._classes[code] = name
        self._holders[name.lower()] = code

    def _members(self) -> dict[str, str]:
        members = {code: entry.member for code, entry in self._locked.items()}
        natural: dict[str, list[str]] = {}
        for code in sorted(self._errors.keys() - members.keys()):
            natural.setdefault(words.member(code), []).append(code)
        taken = set(members.values())
        meeting: list[str] = []
        for name, codes in natural.items():
            if name and name not in taken and len(codes) == 1:
                members[codes[0]] = name
            else:
                meeting += codes
        taken = set(members.values())
        for code in meeting:
            members[code] = unique_name(words.escaped_member(code), taken.__contains__)
            taken.add(members[code])
        return members

    def _entry(self, code: str, member: str, *, prune: bool) -> LockEntry:
        error, locked = self._errors.get(code), self._locked.get(code)
        if error is None:
            assert locked is not None
            pruned = locked.pruned or prune
            return msgspec.structs.replace(locked, retired=not pruned, pruned=pruned)
        class_name = self._classes.get(code)
        former = locked.former if locked else ()
        if locked and locked.class_name and locked.class_name != class_name:
            former = (*former, locked.class_name)
        gone = error.is_success and class_name is not None
        return LockEntry(
            class_name=class_name,
            member=member,
            http_status=error.http_status,
            pruned=gone and (prune or (locked is not None and locked.pruned)),
            former=tuple(name for name in dict.fromkeys(former) if name != class_name),
        )


def _from_message(error: Error) -> str | None:
    messages = {occurrence.message for occurrence in error.error_occurrences}
    message = next(iter(messages))
    return words.class_from_message(message) if message and len(messages) == 1 else None


_STEPS: tuple[Callable[[Error], str | None], ...] = (
    lambda error: words.class_from_code_words(error.code),
    _from_message,
    lambda error: words.class_from_code_parts(error.code),
    lambda error: words.escaped_class(error.code),
)
