"""What a project can configure, as types.

`configuration` reads them, `mistakes` explains what they do not allow, and `json_schema` describes
them.
"""

import keyword
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct

from errbook.diagnostics import Location, Severity


def limit(
    what: str, remedy: str, *, pattern: str | None = None, min_length: int | None = None
) -> Meta:
    """Return a limit of values; beyond it *what* is wrong, {} being the value, and a *remedy*."""
    return Meta(pattern=pattern, min_length=min_length, extra={"what": what, "remedy": remedy})


# Before $ Python would let a line feed pass, ECMA-262, the dialect of JSON Schema, would not.
END = r"(?!\n)$"
NO_KEYWORD = rf"^(?!(?:{'|'.join(keyword.kwlist)})$)"

Directory = Annotated[
    str, limit("is '{}'", "write a path relative to the configuration", pattern="^[^/]")
]
_NO_DOCUMENT = limit("names no document", 'write ["path/to/*.rst"]', min_length=1)
_ABSOLUTE = limit(
    "has the absolute path '{}'", "write it relative to the configuration", pattern="^(?!/)"
)
_CLASS_NAME = limit(
    "has '{}', which is no class name",
    "use letters, digits and _",
    pattern=f"^[A-Za-z][A-Za-z0-9_]*{END}",
)
Column = Literal["module", "http_status", "code", "message", "description", "handling", "other"]


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the configuration: its fields are the keys that errbook knows."""


class ServiceOptions(Options, frozen=True, kw_only=True):
    """One service, and how its documents are to be read."""

    title: Annotated[str, Meta(description="The name for people; without it the id.")] = ""
    docs: Annotated[
        tuple[Annotated[str, _NO_DOCUMENT, _ABSOLUTE], ...],
        _NO_DOCUMENT,
        Meta(
            description="Patterns of the paths of its documents.",
            extra={"missing": 'add docs = ["path/to/*.rst"]'},
        ),
    ]
    docs_url: Annotated[
        str | None,
        Meta(
            description="The address of a published document; {page} in it stands for the "
            "document's name."
        ),
    ] = None
    blank: Annotated[
        Literal["auto", "repeat"], Meta(description="What a blank cell below a value means.")
    ] = "auto"
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="Titles of sections whose tables are no error tables."),
    ] = ()
    names: Annotated[
        Mapping[str, Annotated[str, _CLASS_NAME]],
        Meta(description="Class names of your own by code, without the suffix Error."),
    ] = {}
    retryable: Annotated[
        Mapping[str, bool],
        Meta(description="Whether the same request may succeed later, by code."),
    ] = {}
    columns: Annotated[
        Mapping[str, Column], Meta(description="What the columns with these headings have.")
    ] = {}


class ServiceSettings(ServiceOptions, frozen=True, kw_only=True):
    """One service, and how its documents are to be read."""

    id: str


class TargetOptions(Options, frozen=True, kw_only=True):
    """The options of every target."""

    output: Annotated[
        Directory, Meta(description="The directory; by default `<output>/<target>`.")
    ] = ""


class TemplateOptions(TargetOptions, frozen=True, kw_only=True):
    """The options of a target that renders templates."""

    templates: Annotated[
        Directory | None,
        Meta(description="The directory of templates that replace those of the same names."),
    ] = None


_TargetOptions = TypeVar("_TargetOptions", bound=TargetOptions)


class LintSettings(Options, frozen=True, kw_only=True):
    """Which rules are on; errbook rules lists them."""

    ignore: Annotated[
        tuple[str, ...],
        Meta(description="Ids, names or beginnings of ids of the rules that are off."),
    ] = ()
    select: Annotated[
        tuple[str, ...] | None,
        Meta(description="If given, these rules alone are on."),
    ] = None
    severity: Annotated[
        Mapping[str, Severity], Meta(description="The severity of rules, by id or name.")
    ] = {}


class Settings(Struct, frozen=True, kw_only=True):
    """The configuration of a project, defaults filled in. Paths are relative to *root*."""

    root: Path
    """The directory of the configuration."""

    file: str
    """The name of the file of the configuration."""

    text: str
    """Its text."""

    targets: tuple[str, ...]
    """Those that are generated."""

    options: Mapping[str, TargetOptions]
    """The options of every target, chosen or not; each has its output."""

    services: tuple[ServiceSettings, ...]
    lint: LintSettings

    @property
    def own_templates(self) -> Mapping[str, str]:
        """The directory of the project's own templates, by target, for those that have one."""
        return {
            target: options.templates
            for target, options in self.options.items()
            if isinstance(options, TemplateOptions) and options.templates
        }

    def docs_of(self, service: str) -> tuple[str, ...]:
        """Return the patterns of the documents of the service with this id, as configured."""
        return next(known.docs for known in self.services if known.id == service)

    def options_of(self, target: str, kind: type[_TargetOptions]) -> _TargetOptions:
        """Return the options of *target*, which are of this *kind*."""
        options = self.options[target]
        assert isinstance(options, kind)
        return options

    def locate_name(self, service: str, code: str) -> Location:
        """Return where the configuration names the class of *code*, or its first line."""
        import json  # takes a millisecond, and most runs report nothing there

        header = re.search(rf"(?m)^[ \t]*\[.*\b{service}\.names[ \t]*\]", self.text)
        written = f"{re.escape(json.dumps(code))}|'{re.escape(code)}'|{re.escape(code)}"
        entry = re.compile(rf"^[ \t]*(?=({written})[ \t]*=)", re.MULTILINE)
        match = entry.search(self.text, header.end() if header else 0)
        if match is None:
            return Location(path=self.file, line=1, column=1)
        line = self.text.count("\n", 0, match.end()) + 1
        return Location(path=self.file, line=line, column=len(match[0]) + 1)
