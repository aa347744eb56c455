"""Checks of a whole catalogue and its names. What is wrong on one page, the analyzer says."""

from collections.abc import Iterator

from errbook.diagnostics import (
    CURATED_NAME_TAKEN,
    NAME_TAKEN,
    UNKNOWN_CURATED_CODE,
    Diagnostic,
    Location,
)
from errbook.model import Catalogue
from errbook.naming import Names
from errbook.settings import ServiceSettings


def check(
    catalogue: Catalogue, names: Names, service: ServiceSettings, configuration: str
) -> Iterator[Diagnostic]:
    """Yield what is to be said of *catalogue* and *names*; *configuration* is a file's name."""
    yield from check_lost_names(catalogue, names)
    yield from check_curated_names(names, service, Location(configuration, 1, 1))


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
    names: Names, service: ServiceSettings, configuration: Location
) -> Iterator[Diagnostic]:
    """Yield the configured names that are not free, or that no code has a use for."""
    for code, name, holder in names.refused:
        whose = f"that of '{holder}'" if holder else "a name of Python or of errbook"
        yield CURATED_NAME_TAKEN.at(
            configuration, name=name, code=code, holder=whose, service=service.id
        )
    for code in sorted(service.names.keys() - names.entries.keys()):
        yield UNKNOWN_CURATED_CODE.at(configuration, code=code, service=service.id)
