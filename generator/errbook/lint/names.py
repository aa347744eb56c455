"""Checks of the names that a service's codes got."""

from collections.abc import Callable, Iterator

from errbook.diagnostics import Diagnostic, Location
from errbook.model import Catalogue
from errbook.naming import Names
from errbook.project.settings import ServiceSettings
from errbook.rules.names import CURATED_NAME_TAKEN, NAME_TAKEN, UNKNOWN_CURATED_CODE


def check_lost_names(catalogue: Catalogue, names: Names) -> Iterator[Diagnostic]:
    """Yield the new codes whose natural name the lock holds for another."""
    first = {error.code: error.occurrences[0].location for error in catalogue.errors}
    for code, natural, holder in names.lost:
        yield NAME_TAKEN.at(
            first[code],
            code=code,
            natural=natural,
            holder=holder,
            name=names.entries[code].class_name,
            service=catalogue.service,
        )


def check_curated_names(
    names: Names, service: ServiceSettings, locate: Callable[[str], Location]
) -> Iterator[Diagnostic]:
    """Yield the configured names that are not free, or that no code has a use for.

    *locate* finds the place of a code in the configuration.
    """
    for code, name, holder in names.refused:
        whose = f"that of '{holder}'" if holder else "a name of Python or of errbook"
        yield CURATED_NAME_TAKEN.at(
            locate(code), name=name, code=code, holder=whose, service=service.id
        )
    for code in sorted(service.names.keys() - names.entries.keys()):
        yield UNKNOWN_CURATED_CODE.at(locate(code), code=code, service=service.id)
