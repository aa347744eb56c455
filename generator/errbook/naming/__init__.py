"""Naming: from a catalogue's codes and the lock to the names of classes and enum members.

The rules are tried in order, from the most descriptive name to one that is always free. Names in
the lock never change on their own.
"""

from collections.abc import Mapping

from errbook.diagnostics import Failure
from errbook.model import Catalogue
from errbook.naming import words
from errbook.naming.assignment import Assignment
from errbook.naming.families import BUILTINS, FAMILIES
from errbook.naming.names import Names, TakenName, family_statuses
from errbook.project.lock import LockEntry

__all__ = ["Names", "TakenName", "assign", "family_statuses"]


def assign(
    catalogue: Catalogue,
    *,
    curated: Mapping[str, str],
    locked: Mapping[str, LockEntry],
    prune: bool,
    prefix: str = "",
) -> Names:
    """Return the names for the codes in *catalogue*.

    *curated* maps codes to configured names, *locked* maps them to the service's entries in the
    lock. With *prune*, retired codes lose their classes. The names of the base class and the
    families begin with *prefix*, by default the service's id in camel case. Raises Failure if the
    name of the base class, or a name in the lock, is reserved by Python or errbook.
    """
    remedy = "choose another prefix" if prefix else "choose another id, or set prefix"
    prefix = prefix or words.camel_case(catalogue.service)
    if f"{prefix}Error" in BUILTINS | {"ApiError", *FAMILIES.values()}:
        what = f"its class would be {prefix}Error, a name reserved by Python or errbook"
        raise Failure(f"service '{catalogue.service}'", what, remedy)
    return Assignment(catalogue, prefix, curated, locked).names(prune=prune)
