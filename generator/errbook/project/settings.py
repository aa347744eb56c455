"""The settings of a project, as types.

`configuration` reads them, `mistakes` explains why a value is not allowed, and `json_schema`
describes them.
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
    """Return a limit for values, with the message for a value outside it: *what* and *remedy*.

    ``{}`` in *what* stands for the value.
    """
    return Meta(pattern=pattern, min_length=min_length, extra={"what": what, "remedy": remedy})


# In Python, $ also matches before a final line feed. In ECMA-262, the dialect of JSON Schema, it
# does not.
END = r"(?!\n)$"
NO_KEYWORD = rf"^(?!(?:{'|'.join(keyword.kwlist)})$)"

Directory = Annotated[
    str,
    limit(
        "is '{}'",
        "write a path relative to the configuration file",
        pattern=r"^[^/\x00-\x1f][^\x00-\x1f]*" + END,
    ),
]
_NO_DOCUMENT = limit("names no document", 'write ["path/to/*.rst"]', min_length=1)
_NOT_RELATIVE = limit(
    "contains '{}'",
    "write a path relative to the configuration file",
    pattern=r"^(?!/)[^\x00-\x1f]*" + END,
)
_CLASS_NAME = limit(
    "is '{}', which is not a class name",
    "use letters, digits and _, with a letter first",
    pattern=f"^[A-Za-z][A-Za-z0-9_]*{END}",
)
_PREFIX = limit(
    "is '{}', which cannot begin the name of a class",
    "use letters and digits, with a capital first",
    pattern=f"^[A-Z][A-Za-z0-9]*{END}",
)
Column = Literal[
    "module",
    "http_status",
    "code",
    "name",
    "message",
    "description",
    "handling",
    "retryable",
    "other",
]


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the configuration. Its fields are the known keys."""


_Path = Annotated[
    str,
    limit(
        "is '{}'",
        'write the keys that lead to it, as in "error.code" or "errors[0].code"',
        pattern=rf"^[^\s.\[\]]+(\.[^\s.\[\]]+|\[\d+\])*{END}",
    ),
]


class EnvelopeOptions(Options, frozen=True, kw_only=True):
    """Where the body of an error response has its code and message: keys with dots between them."""

    code: Annotated[
        _Path, Meta(description="The code.", extra={"missing": 'add code = "error.code"'})
    ]
    message: Annotated[
        _Path, Meta(description="The message.", extra={"missing": 'add message = "error.message"'})
    ]


class ServiceOptions(Options, frozen=True, kw_only=True):
    """One service, and how its documents are read."""

    title: Annotated[str, Meta(description="The service's display name. Default: its id.")] = ""
    docs: Annotated[
        tuple[Annotated[str, _NO_DOCUMENT, _NOT_RELATIVE], ...],
        _NO_DOCUMENT,
        Meta(description="The paths of the service's documents; glob patterns are allowed."),
    ] = ()
    exclude_docs: Annotated[
        tuple[Annotated[str, _NOT_RELATIVE], ...],
        Meta(description="Paths or glob patterns of files that are left out of docs."),
    ] = ()
    catalogue: Annotated[
        Directory | None,
        Meta(description="The path of a catalogue that errbook wrote, instead of docs."),
    ] = None
    docs_url: Annotated[
        str | None,
        Meta(
            description="The URL of a published document. {page} stands for the document's file "
            "name without its suffix."
        ),
    ] = None
    envelope: Annotated[
        EnvelopeOptions | bool | None,
        Meta(
            description="Where the body of an error response has its code and message; false if "
            "errors have no body. Default: as in the examples in the documents."
        ),
    ] = None
    message: Annotated[
        Literal["description"] | None,
        Meta(
            description="What responses have as the message if none is documented. Default: none."
        ),
    ] = None
    prefix: Annotated[
        str,
        _PREFIX,
        Meta(
            description="What the names of the service's own classes begin with, as in "
            "VpnNotFoundError. Default: the id in camel case."
        ),
    ] = ""
    blank: Annotated[
        Literal["auto", "repeat"],
        Meta(
            description="How blank cells are read. `auto`: a blank module or status repeats the "
            "one above it. `repeat`: a blank message, description or handling does too."
        ),
    ] = "auto"
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="Titles of sections whose tables are not error tables."),
    ] = ()
    names: Annotated[
        Mapping[str, Annotated[str, _CLASS_NAME]],
        Meta(description="Code -> its class name, without the suffix Error."),
    ] = {}
    retryable: Annotated[
        Mapping[str, bool],
        Meta(description="Code -> whether the same request may succeed later."),
    ] = {}
    columns: Annotated[
        Mapping[str, Column],
        Meta(
            description="Column heading -> the field of the column; `other` keeps it as extra text."
        ),
    ] = {}

    @property
    def inputs(self) -> tuple[str, ...]:
        """The patterns of the documents, or the path of the catalogue."""
        return (self.catalogue,) if self.catalogue else self.docs


class ServiceSettings(ServiceOptions, frozen=True, kw_only=True):
    """One service with its id, and how its documents are read."""

    id: str


class TargetOptions(Options, frozen=True, kw_only=True):
    """The options of every target."""

    output: Annotated[
        Directory, Meta(description="The directory for this output. Default: `<output>/<target>`.")
    ] = ""


class TemplateOptions(TargetOptions, frozen=True, kw_only=True):
    """The options of a target that renders templates."""

    templates: Annotated[
        Directory | None,
        Meta(description="A directory of templates that replace errbook's, by file name."),
    ] = None


class AcceptedChange(Options, frozen=True, kw_only=True):
    """A change of the API that the project accepts."""

    fingerprint: Annotated[
        str,
        limit(
            "is '{}', which is not a fingerprint",
            "copy it from the output of errbook diff",
            pattern=f"^[0-9a-f]{{12}}{END}",
        ),
        Meta(
            description="The fingerprint that `errbook diff` prints.",
            extra={"missing": "copy it from the output of errbook diff"},
        ),
    ]
    reason: Annotated[
        str,
        limit("is empty", "write why the change is accepted", min_length=1),
        Meta(
            description="Why the change is accepted.",
            extra={"missing": "write why the change is accepted"},
        ),
    ]


class DiffSettings(Options, frozen=True, kw_only=True):
    """How `errbook diff` judges changes."""

    accepted: Annotated[
        tuple[AcceptedChange, ...],
        Meta(description="Changes that do not count, although they may break programs."),
    ] = ()


_TargetOptions = TypeVar("_TargetOptions", bound=TargetOptions)


class Ignore(Struct, frozen=True, kw_only=True):
    """One rule, or several with a common beginning, that the project ignores somewhere."""

    table: str
    """The table of the configuration: ``lint``, ``lint.per-file-ignores`` …"""

    where: str
    """A pattern of documents or a code; empty if they are ignored everywhere."""

    rules: str
    """As written: an id, a name or the beginning of ids."""

    @property
    def key(self) -> str:
        """A text that identifies it."""
        return " ".join(filter(None, (self.table, self.where, self.rules)))


class LintSettings(
    Options,
    frozen=True,
    kw_only=True,
    rename={"per_file_ignores": "per-file-ignores", "per_code_ignores": "per-code-ignores"},
):
    """Which rules are on. `errbook rules` lists all rules."""

    ignore: Annotated[
        tuple[str, ...],
        Meta(description="Rules to turn off: ids, names, or beginnings of ids."),
    ] = ()
    select: Annotated[
        tuple[str, ...] | None,
        Meta(description="If given, only these rules are on."),
    ] = None
    severity: Annotated[
        Mapping[str, Severity],
        Meta(description="Id, name or beginning of ids of rules -> severity."),
    ] = {}
    per_file_ignores: Annotated[
        Mapping[str, tuple[str, ...]],
        Meta(
            description="Pattern of documents -> rules to turn off in them. In a pattern, `*` "
            "stands for any characters, including `/`."
        ),
    ] = {}
    per_code_ignores: Annotated[
        Mapping[str, tuple[str, ...]],
        Meta(description="Code -> rules to turn off where it is documented."),
    ] = {}

    @property
    def ignores(self) -> tuple[Ignore, ...]:
        """What the project ignores."""
        tables = {
            "": {"": self.ignore},
            "per-file": self.per_file_ignores,
            "per-code": self.per_code_ignores,
        }
        return tuple(
            Ignore(table=f"lint.{table}-ignores" if table else "lint", where=where, rules=rules)
            for table, entries in tables.items()
            for where, texts in entries.items()
            for rules in texts
        )


def table_prefix(file: str, text: str) -> str:
    """Return what precedes the names of tables in *file*: ``tool.errbook.`` or nothing."""
    has_tool = re.search(r"(?m)^\s*(\[\[?\s*)?tool\s*[.\]]", text)
    return "tool.errbook." if file == "pyproject.toml" or has_tool else ""


class Settings(Struct, frozen=True, kw_only=True):
    """A project's configuration, with defaults filled in. Paths are relative to *root*."""

    root: Path
    """The directory of the configuration file."""

    file: str
    """The name of the configuration file."""

    text: str
    """The text of the configuration file."""

    targets: tuple[str, ...]
    """The targets to generate."""

    options: Mapping[str, TargetOptions]
    """Target name -> its options, for every known target. *output* is always filled in."""

    services: tuple[ServiceSettings, ...]
    lint: LintSettings
    diff: DiffSettings

    @property
    def own_templates(self) -> Mapping[str, str]:
        """Target name -> the directory of the project's own templates, where there is one."""
        return {
            target: options.templates
            for target, options in self.options.items()
            if isinstance(options, TemplateOptions) and options.templates
        }

    def inputs_of(self, service: str) -> tuple[str, ...]:
        """Return the inputs of the service with this id."""
        return self.service(service).inputs

    @property
    def table_prefix(self) -> str:
        """See the function `table_prefix`."""
        return table_prefix(self.file, self.text)

    def service(self, id_: str) -> ServiceSettings:
        """Return the service with this id."""
        return next(known for known in self.services if known.id == id_)

    def options_of(self, target: str, kind: type[_TargetOptions]) -> _TargetOptions:
        """Return the options of *target*, which must have this type *kind*."""
        options = self.options[target]
        assert isinstance(options, kind)
        return options

    def locate(self, ignore: Ignore) -> Location:
        """Return where the file has *ignore*; if that is not known, its first line."""
        key = ""
        if ignore.where:
            key = rf"^[ \t]*[\"']?{re.escape(ignore.where)}[\"']?[ \t]*=[^#\n]*?"
        found = re.search(rf"(?m){key}[\"']({re.escape(ignore.rules)})[\"']", self.text)
        if found is None:
            return Location(path=self.file, line=1, column=1)
        return Location.at(self.file, self.text, found.start(1))

    def locate_accepted(self, change: AcceptedChange) -> Location:
        """Return where the file has the fingerprint of *change*; if unknown, its first line."""
        index = max(self.text.find(change.fingerprint), 0)
        return Location.at(self.file, self.text, index)

    def locate_name(self, service: str, code: str) -> Location:
        """Return where the configuration names the class of *code*; if unknown, its first line."""
        import json  # takes a millisecond, and most runs do not call this

        header = re.search(rf"(?m)^[ \t]*\[.*\b{service}\.names[ \t]*\]", self.text)
        written = f"{re.escape(json.dumps(code))}|'{re.escape(code)}'|{re.escape(code)}"
        entry = re.compile(rf"^[ \t]*(?=({written})[ \t]*=)", re.MULTILINE)
        match = entry.search(self.text, header.end() if header else 0)
        if match is None:
            return Location(path=self.file, line=1, column=1)
        return Location.at(self.file, self.text, match.end())
