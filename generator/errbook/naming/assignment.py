"""Assigning names: first to locked codes, then to configured ones, then rule by rule."""

from collections.abc import Callable, Iterator, Mapping

import msgspec

from errbook.diagnostics import Failure
from errbook.model import Catalogue, Error
from errbook.naming import words
from errbook.naming.families import BUILTINS, FAMILIES
from errbook.naming.names import Names, TakenName
from errbook.project.lock import NAME, LockEntry
from errbook.text.unique import FreeNames


class Assignment:
    """The assignment of one service's names."""

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
        # Lower-cased name -> the code that has it; "" for a reserved name.
        self._holders = dict.fromkeys(map(str.lower, self._reserved()), "")
        self._free_stems = FreeNames(
            self._holders, form=lambda stem: f"{stem}Error".lower(), numbered="{name}{number}"
        )
        self._classes: dict[str, str] = {}
        self._lost: dict[str, TakenName] = {}
        self._refused: list[TakenName] = []

    def names(self, *, prune: bool) -> Names:
        """Assign all names, and return them."""
        self._reserve_locked()
        self._take_curated()
        new = [
            error
            for code, error in sorted(self._errors.items())
            if code not in self._classes and not error.is_success
        ]
        self._name_classes(new)
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

    def _reserve_locked(self) -> None:
        """Assign the locked codes their names, and reserve their former names."""
        for code, entry in sorted(self._locked.items()):
            for name in filter(None, (entry.class_name, *entry.former)):
                if self._holders.setdefault(name.lower(), code) == "":
                    what = f"the name {name} of '{code}' is reserved by Python or errbook"
                    raise Failure(NAME, what, "delete the line, and the code gets a new name")
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

    def _name_classes(self, new: list[Error]) -> None:
        """Name the classes of the *new* errors, each by the first rule that gives a free name.

        If a rule gives several errors the same name, the next rule is tried for all of them.
        """
        for rule in _RULES:
            for candidates in self._candidates(rule, new):
                holder = self._holders.get(candidates[0].name.lower())
                if holder is None:
                    if len(candidates) == 1:
                        self._give(candidates[0].code, candidates[0].name)
                elif holder in self._locked:
                    self._note_lost(candidates, holder)
        for error in new:
            if error.code not in self._classes:
                self._give(error.code, self._numbered(words.escaped_class(error.code)))

    def _candidates(self, rule: "_NamingRule", new: list[Error]) -> Iterator[list["_Candidate"]]:
        """Yield the names that *rule* gives; names that differ only by case are in one list."""
        candidates: dict[str, list[_Candidate]] = {}
        for error in new:
            name = rule(error)
            if error.code not in self._classes and name is not None:
                candidates.setdefault(name.lower(), []).append(
                    _Candidate(code=error.code, name=name)
                )
        yield from candidates.values()

    def _note_lost(self, candidates: list["_Candidate"], holder: str) -> None:
        """Record the first name that each code cannot have because *holder* has it in the lock."""
        for lost in candidates:
            taken = TakenName(code=lost.code, name=lost.name, holder=holder)
            self._lost.setdefault(lost.code, taken)

    def _numbered(self, name: str) -> str:
        """Return *name*, with a number if a code that differs only by case has it already."""
        return self._free_stems.find(name.removesuffix("Error")) + "Error"

    def _give(self, code: str, name: str) -> None:
        self._classes[code] = name
        self._holders[name.lower()] = code

    def _members(self) -> dict[str, str]:
        members = {code: entry.member for code, entry in self._locked.items()}
        natural: dict[str, list[str]] = {}
        for code in sorted(self._errors.keys() - members.keys()):
            natural.setdefault(words.member_from_code(code), []).append(code)
        taken = set(members.values())
        colliding: list[str] = []
        for name, codes in natural.items():
            if name and name not in taken and len(codes) == 1:
                members[codes[0]] = name
            else:
                colliding += codes
        taken = set(members.values())
        free = FreeNames(taken)
        for code in colliding:
            members[code] = free.find(words.escaped_member(code))
            taken.add(members[code])
        return members

    def _entry(self, code: str, member: str, *, prune: bool) -> LockEntry:
        error, locked = self._errors.get(code), self._locked.get(code)
        is_pruned = prune or (locked is not None and locked.pruned)
        if error is None:
            assert locked is not None
            return msgspec.structs.replace(locked, retired=not is_pruned, pruned=is_pruned)
        class_name = self._classes.get(code)
        became_success = error.is_success and class_name is not None
        return LockEntry(
            class_name=class_name,
            member=member,
            http_status=error.http_status,
            pruned=became_success and is_pruned,
            former=_former_names(locked, class_name) if locked else (),
        )


def _former_names(locked: LockEntry, class_name: str | None) -> tuple[str, ...]:
    """Return the distinct names that the code of *locked* had before *class_name*."""
    names = (*locked.former, locked.class_name)
    return tuple(name for name in dict.fromkeys(names) if name and name != class_name)


class _Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A name that a rule gives a code."""

    code: str
    name: str


_NamingRule = Callable[[Error], str | None]
"""A function that returns the name of an error's class, or None if it does not apply."""


def _from_message(error: Error) -> str | None:
    messages = {occurrence.message for occurrence in error.error_occurrences}
    message = next(iter(messages))
    return words.class_from_message(message) if message and len(messages) == 1 else None


_RULES: tuple[_NamingRule, ...] = (
    lambda error: words.class_from_code_words(error.code),
    _from_message,
    lambda error: words.class_from_code_parts(error.code),
    lambda error: words.escaped_class(error.code),
)
"""In the order in which they are tried."""
