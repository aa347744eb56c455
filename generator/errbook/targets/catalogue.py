"""Catalogue target: the model as JSON, for other tools."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from errbook.analysis import Analysis
from errbook.diagnostics import Failure
from errbook.model import Catalogue
from errbook.project.lock import LockEntry
from errbook.project.settings import END, Settings
from errbook.targets.target import Target
from errbook.text.marker import marker
from errbook.text.visible import visible_json

Identifier = Annotated[str, Meta(pattern=f"^[A-Za-z_][A-Za-z0-9_]*{END}")]


class ErrorNames(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names of one code in generated Python."""

    class_name: Annotated[
        Identifier | None,
        Meta(description="The exception class; null for a success that never had one."),
    ] = msgspec.field(name="class")
    member: Annotated[Identifier, Meta(description="The enum member.")]
    retired: Annotated[
        bool,
        Meta(
            description="The code is no longer documented; its class, if any, remains, deprecated."
        ),
    ]
    pruned: Annotated[
        bool,
        Meta(description="The class was removed; no other code ever gets its names."),
    ]
    former: Annotated[
        tuple[Identifier, ...],
        Meta(description="Earlier names of the class, oldest first; now deprecated aliases."),
    ]


class ServiceNames(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The names of one service in generated Python."""

    base: Annotated[Identifier, Meta(description="The base class of the service's errors.")]
    enum: Annotated[Identifier, Meta(description="The enum of the service's codes.")]
    errors: Annotated[
        Mapping[str, ErrorNames],
        Meta(description="The names by code; retired and pruned codes are included."),
    ]


class CatalogueFile(Catalogue, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The documented errors of one service, as errbook writes them to a file."""

    generated: Annotated[
        str, Meta(description="Marks the file as generated, and names its sources.")
    ]
    names: ServiceNames

    def entries(self, locked: Mapping[str, LockEntry]) -> dict[str, LockEntry]:
        """Return the names as lock entries; *locked* has the statuses of retired codes."""
        statuses = {code: entry.http_status for code, entry in locked.items()}
        statuses |= {error.code: error.http_status for error in self.errors}
        return {
            code: LockEntry(
                class_name=names.class_name,
                member=names.member,
                http_status=statuses.get(code, ()),
                retired=names.retired,
                pruned=names.pruned,
                former=names.former,
            )
            for code, names in self.names.errors.items()
        }

    def documents_same(self, catalogue: Catalogue) -> bool:
        """Return whether *catalogue* is the one in this file."""
        own = (getattr(self, name) for name in catalogue.__struct_fields__)
        return tuple(own) == msgspec.structs.astuple(catalogue)


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the catalogue as JSON, with the names of classes and enum members."""
    encoded = msgspec.json.encode(content(analysis, settings))
    text = visible_json(msgspec.json.format(encoded, indent=2).decode())
    return {f"{analysis.catalogue.service}.json": f"{text}\n"}


def content(analysis: Analysis, settings: Settings) -> dict[str, object]:
    """Return the content of the file: a CatalogueFile with the marker as its first key."""
    names = analysis.names
    return {
        "generated": marker(settings.docs_of(analysis.catalogue.service)),
        **msgspec.to_builtins(analysis.catalogue),
        "names": ServiceNames(
            base=names.base,
            enum=names.enum,
            errors={code: _error_names(entry) for code, entry in names.entries.items()},
        ),
    }


def read(text: str, path: str) -> CatalogueFile:
    """Return the catalogue in the file *path*, which has this *text*.

    Raises Failure if it is not a catalogue.
    """
    try:
        return msgspec.json.decode(text, type=CatalogueFile)
    except (ValueError, RecursionError) as error:
        what = f"this is not a catalogue: {' '.join(str(error).split())}"
        raise Failure(path, what, "create one with errbook generate") from None


def _error_names(entry: LockEntry) -> ErrorNames:
    return ErrorNames(
        class_name=entry.class_name,
        member=entry.member,
        retired=entry.retired,
        pruned=entry.pruned,
        former=entry.former,
    )


TARGET = Target(name="catalogue", render=render)
