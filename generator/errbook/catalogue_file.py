"""The file format of catalogues: the model and the names as JSON, in any version of the format."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, cast

import msgspec
from msgspec import Meta

from errbook.diagnostics import Failure
from errbook.model import Catalogue
from errbook.project.lock import LockEntry
from errbook.project.settings import END

VERSION = 1
"""The version of the format. Files without one are older."""

_NEW_IN_OCCURRENCES = {"name": None, "retrying": None, "success": False, "withdrawn": False}
"""The keys that files without a version may lack, with the values that they stood for."""

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
    version: Annotated[Literal[1], Meta(description="The version of this format.")]
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

    @property
    def prefix(self) -> str:
        """What the names of the service's own classes begin with."""
        return self.names.base.removesuffix("Error")

    def documents_same(self, catalogue: Catalogue) -> bool:
        """Return whether *catalogue* is the one in this file."""
        own = (getattr(self, name) for name in catalogue.__struct_fields__)
        return tuple(own) == msgspec.structs.astuple(catalogue)


def read(text: str, path: str) -> CatalogueFile:
    """Return the catalogue in the file *path*, which has this *text*.

    Files of earlier versions are read, too. Raises Failure if it is not a catalogue.
    """
    try:
        try:
            file = msgspec.json.decode(text, type=CatalogueFile)
        except msgspec.ValidationError:
            file = msgspec.convert(_upgraded(msgspec.json.decode(text), path), CatalogueFile)
    except (ValueError, RecursionError) as error:
        what = f"this is not a catalogue: {' '.join(str(error).split())}"
        raise Failure(path, what, "create one with errbook generate") from None
    codes = {error.code for error in file.errors}
    if len(codes) < len(file.errors) or not codes <= file.names.errors.keys():
        what = "this is not a catalogue: a code occurs twice or has no names"
        raise Failure(path, what, "create one with errbook generate")
    return file


def _upgraded(content: object, path: str) -> object:
    """Return *content*, the JSON of a file of any version, in the present one.

    Raises Failure, which names *path*, if the version is a later one.
    """
    for file in _objects([content]):
        version = file.get("version", 0)
        if isinstance(version, int) and version > VERSION:
            what = f"the format of this catalogue has the version {version}, which is newer than "
            raise Failure(path, f"{what}this errbook's, {VERSION}", "install a newer errbook")
        if version == 0:
            file["version"] = VERSION
            for error in _objects(file.get("errors")):
                for occurrence in _objects(error.get("occurrences")):
                    for key, value in _NEW_IN_OCCURRENCES.items():
                        occurrence.setdefault(key, value)
    return content


def _objects(value: object) -> Iterator[dict[str, object]]:
    """Yield the objects in *value*, which may be any JSON."""
    for item in cast("list[object]", value) if isinstance(value, list) else ():
        if isinstance(item, dict):
            yield cast("dict[str, object]", item)
