"""Assigning names: first to locked codes, then to configured ones, then step by step.

The steps are imported if there are new codes, because their patterns take some milliseconds.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from errbook.diagnostics import Failure
from errbook.model import Catalogue
from errbook.naming import words
from errbook.naming.families import reserved_names
from errbook.naming.names import Names, TakenName
from errbook.project.lock import NAME, LockEntry
from errbook.text.unique import FreeNames

if TYPE_CHECKING:
    from errbook.naming.suggestions import Suggestion


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
        self._default_prefix = words.camel_case(catalogue.service)
        self._errors = {error.code: error for error in catalogue.errors}
        self._curated = {code: words.class_from_curated(name) for code, name in curated.items()}
        self._locked = locked
        # Lower-cased name -> the code that has it; "" for a reserved name.
        self._holders = dict.fromkeys(reserved_names(prefix, self._default_prefix), "")
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
        self._name_classes()
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

    def _reserve_locked(self) -> None:
        """Assign the locked codes their names, and reserve their former names."""
        for code, entry in sorted(self._locked.items()):
            for name in filter(None, (entry.class_name, *entry.former)):
                if self._holders.setdefault(name.lower(), code) == "":
                    raise self._reserved_in_lock(code, name)
            if entry.class_name is not None:
                self._classes[code] = entry.class_name

    def _reserved_in_lock(self, code: str, name: str) -> Failure:
        if name.startswith(self._prefix) and self._prefix != self._default_prefix:
            what = f"the name {name} of '{code}' is needed for the prefix '{self._prefix}'"
            return Failure(NAME, what, "choose another prefix")
        what = f"the name {name} of '{code}' is reserved by Python or errbook"
        return Failure(NAME, what, "delete the line, and the code gets a new name")

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

    def _name_classes(self) -> None:
        """Name the classes that have no name yet, each by the first step that gives a free one.

        If a step gives several errors the same name, the next step is tried for all of them.
        """
        errors = {code: error for code, error in self._errors.items() if not error.is_success}
        new = sorted(errors.keys() - self._classes.keys())
        if not new:
            return
        from errbook.naming.suggestions import Suggestions

        for step in Suggestions(errors, self._locked, self._prefix).steps:
            nameless = [code for code in new if code not in self._classes]
            for suggestions in _by_name(filter(None, map(step, nameless))):
                holder = self._holders.get(suggestions[0].name.lower())
                if holder is None:
                    if len(suggestions) == 1 and not suggestions[0].is_shared:
                        self._give(suggestions[0].code, suggestions[0].name)
                elif holder in self._locked:
                    self._note_lost(suggestions, holder)
        for code in new:
            if code not in self._classes:
                self._give(code, self._numbered(words.escaped_class(code)))

    def _note_lost(self, suggestions: "list[Suggestion]", holder: str) -> None:
        """Record the first name that each code cannot have because *holder* has it in the lock."""
        for lost in suggestions:
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


def _by_name(suggestions: "Iterable[Suggestion]") -> "Iterable[list[Suggestion]]":
    """Return the *suggestions* by name; names that differ only by case are in one list."""
    by_name: dict[str, list[Suggestion]] = {}
    for suggestion in suggestions:
        by_name.setdefault(suggestion.name.lower(), []).append(suggestion)
    return by_name.values()


def _former_names(locked: LockEntry, class_name: str | None) -> tuple[str, ...]:
    """Return the distinct names that the code of *locked* had before *class_name*."""
    names = (*locked.former, locked.class_name)
    return tuple(name for name in dict.fromkeys(names) if name and name != class_name)
