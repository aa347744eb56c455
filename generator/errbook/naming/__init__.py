"""Naming: the codes of a catalogue and the lock become the names of classes and enum members.

The rules are tried in order, from the most descriptive name to one that is always free. Names in
the lock never change on their own.
"""

from collections.abc import Mapping

from errbook.diagnostics import Failure
from errbook.model import Catalogue
from errbook.naming import words
from errbook.naming.assignment import Assignment
from errbook.naming.families import BUILTINS, FAMILIES
from errbook.naming.names import Names, TakenName, families_of
from errbook.project.lock import LockEntry

__all__ = ["Names", "TakenName", "assign", "families_of"]


def assign(
    catalogue: Catalogue,
    *,
    curated: Mapping[str, str],
    locked: Mapping[str, LockEntry],
    prune: bool,
) -> Names:
    """Return the names for the codes in *catalogue*.

    *curated* maps codes to configured names, *locked* to the service's entries in the lock. With
    *prune*, retired codes lose their classes. Raises Failure if the base class would have the name
    of another class, and if the lock gives such a name to a code.
    """
    prefix = words.camel_case(catalogue.service)
    if f"{prefix}Error" in BUILTINS | {"ApiError", *FAMILIES.values()}:
        what = f"its class would be {prefix}Error, a name reserved by Python or errbook"
        raise Failure(f"service '{catalogue.service}'", what, "choose another id")
    return Assignment(catalogue, prefix, curated, locked).names(prune=prune)
