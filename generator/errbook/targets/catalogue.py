"""Catalogue target: the model as JSON, for other tools."""

import msgspec

from errbook.analysis import Analysis
from errbook.catalogue_file import VERSION, CatalogueFile, ErrorNames, ServiceNames, read
from errbook.project.lock import LockEntry
from errbook.project.settings import Settings
from errbook.targets.target import Target
from errbook.text.marker import marker
from errbook.text.visible import visible_json

__all__ = ["TARGET", "CatalogueFile", "read", "render"]


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the catalogue as JSON, with the names of classes and enum members."""
    encoded = msgspec.json.encode(content(analysis, settings))
    text = visible_json(msgspec.json.format(encoded, indent=2).decode())
    return {f"{analysis.catalogue.service}.json": f"{text}\n"}


def content(analysis: Analysis, settings: Settings) -> dict[str, object]:
    """Return the content of the file: a CatalogueFile with the marker as its first key."""
    names = analysis.names
    return {
        "generated": marker(settings.inputs_of(analysis.catalogue.service)),
        "version": VERSION,
        **msgspec.to_builtins(analysis.catalogue),
        "names": ServiceNames(
            base=names.base,
            enum=names.enum,
            errors={code: _error_names(entry) for code, entry in names.entries.items()},
        ),
    }


def _error_names(entry: LockEntry) -> ErrorNames:
    return ErrorNames(
        class_name=entry.class_name,
        member=entry.member,
        retired=entry.retired,
        pruned=entry.pruned,
        former=entry.former,
    )


TARGET = Target(name="catalogue", render=render)
