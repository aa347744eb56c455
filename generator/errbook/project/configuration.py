"""A project's configuration: `[tool.errbook]` in pyproject.toml, or errbook.toml."""

import posixpath
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import msgspec
from msgspec import Meta, ValidationError, field
from msgspec.structs import asdict, replace

from errbook.diagnostics import Failure
from errbook.files import read_text
from errbook.project.mistakes import Mistake, mistakes
from errbook.project.settings import (
    END,
    NO_KEYWORD,
    DiffSettings,
    Directory,
    LintSettings,
    Options,
    ServiceOptions,
    ServiceSettings,
    Settings,
    TargetOptions,
    TemplateOptions,
    limit,
    table_prefix,
)

Targets = Mapping[str, type[TargetOptions]]
"""Target name -> the type of its options."""

# Functions in the generated package, and the index page.
_RESERVED_IDS = (
    "error_from_any",
    "error_from_response",
    "import_module",
    "raise_for_error",
    "raise_if_error",
    "read_response",
    "index",
)
_DEVICES = (
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(1, 10)),
)
"""Windows has no files with these names, whatever their suffix."""

_ServiceId = Annotated[
    str,
    limit(
        "is not a valid service id",
        "use a-z, 0-9 and _, with a letter first, and no Python keyword",
        pattern=f"{NO_KEYWORD}[a-z][a-z0-9_]*{END}",
    ),
    Meta(extra_json_schema={"not": {"enum": [*_RESERVED_IDS, *_DEVICES]}}),
]


_ONE_INPUT = Meta(
    extra_json_schema={"oneOf": [{"required": ["docs"]}, {"required": ["catalogue"]}]}
)


class Configuration(Options, frozen=True, kw_only=True):
    """The table [tool.errbook], or errbook.toml. Paths are relative to the file."""

    output: Annotated[Directory, Meta(description="The directory for all outputs.")] = "generated"
    targets: tuple[str, ...]
    service: Annotated[
        dict[_ServiceId, Annotated[ServiceOptions, _ONE_INPUT]],
        Meta(
            min_length=1,
            description="The services by id. An id is a Python module name.",
            extra={"missing": "add [tool.errbook.service.NAME]"},
        ),
    ]
    target: Options
    lint: LintSettings = field(default_factory=LintSettings)
    diff: DiffSettings = field(default_factory=DiffSettings)


def configuration_type(targets: Targets) -> type[Configuration]:
    """Return the type of a configuration that knows these *targets*."""
    names = tuple(targets)
    name = Literal[names]  # type: ignore[valid-type]
    chosen = Annotated[tuple[name, ...], Meta(description="The kinds of output to generate.")]
    options = [(name, kind, field(default_factory=kind)) for name, kind in targets.items()]
    table = msgspec.defstruct(
        "Targets",
        options,
        bases=(Options,),
        namespace={"__doc__": "Options of each kind of output."},
        frozen=True,
    )
    kind = msgspec.defstruct(
        "Configuration",
        [("targets", chosen, names), ("target", table, field(default_factory=table))],
        bases=(Configuration,),
        namespace={"__doc__": Configuration.__doc__},
        frozen=True,
        kw_only=True,
    )
    assert issubclass(kind, Configuration)
    return kind


def find(directory: Path) -> Path | None:
    """Return the nearest configuration file in *directory* or above it; None if there is none."""
    found = map(find_in, (directory, *directory.parents))
    return next(filter(None, found), None)


def find_in(directory: Path) -> Path | None:
    """Return the configuration file in *directory*; None if there is none."""
    own, shared = directory / "errbook.toml", directory / "pyproject.toml"
    if own.is_file():
        return own
    if shared.is_file() and _configures_errbook(read_text(shared, str(shared))):
        return shared
    return None


def _configures_errbook(pyproject: str) -> bool:
    """Return whether *pyproject* configures errbook, or might do so if it were valid TOML."""
    if "errbook" not in pyproject:
        return False
    try:
        tool = _parsed_toml(pyproject).get("tool")
    except ValueError:
        return True
    return isinstance(tool, dict) and "errbook" in tool


def texts_in(path: Path) -> Iterator[str]:
    """Yield all texts in the configuration file *path*; none if it is not TOML."""
    try:
        values: list[object] = [_parsed_toml(read_text(path, path.name))]
    except (Failure, ValueError):
        return
    while values:
        value = values.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            values += cast("dict[str, object]", value).values()
        elif isinstance(value, list):
            values += cast("list[object]", value)


@lru_cache(1)  # `find` has just parsed what `load` loads
def _parsed_toml(text: str) -> dict[str, Any]:
    """Return the parsed *text*. Raises ValueError if it is not TOML."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("its values are nested too deeply") from None


def load(path: Path, targets: Targets) -> Settings:
    """Return the settings in the file *path*, which may choose from these *targets*.

    Raises Failure if the file cannot be read, is not TOML, or has an invalid key or value.
    """
    try:
        text = read_text(path, path.name)
        document = _parsed_toml(text)
    except ValueError as error:  # also for an integer with very many digits
        raise _toml_failure(path.name, str(error)) from None
    content: object = document
    if path.name == "pyproject.toml" or "tool" in document:
        content = _errbook_table(document.get("tool", {}))
    kind = configuration_type(targets)
    try:
        configuration = msgspec.convert(content, kind)
    except ValidationError:
        raise _failure(mistakes(content, kind, "errbook"), path.name, text) from None
    services = configuration.service
    settings = Settings(
        root=path.parent,
        file=path.name,
        text=text,
        targets=tuple(name for name in targets if name in configuration.targets),
        options={name: _resolved(name, configuration) for name in targets},
        services=tuple(_service(name, services[name]) for name in sorted(services)),
        lint=configuration.lint,
        diff=configuration.diff,
    )
    if found := list(_further_mistakes(settings, configuration)):
        raise _failure(found, path.name, text)
    return settings


def _failure(mistakes: Iterable[Mistake], file: str, text: str) -> Failure:
    """Return the failure to read *file* with this *text* and *mistakes*, at least one."""
    failure, *more = (mistake.failure(file) for mistake in mistakes)
    for each in (failure, *more):
        each.remedy = each.remedy.replace("[tool.errbook.", f"[{table_prefix(file, text)}")
    failure.more = tuple(more)
    return failure


def _toml_failure(file: str, reason: str) -> Failure:
    """Return the failure to parse *file*, at the line and column in tomllib's *reason*."""
    what, _, place = reason.partition(" (at ")
    found = re.fullmatch(r"line (\d+), column (\d+)\)", place)
    where = f"{file}:{found[1]}:{found[2]}" if found else file
    return Failure(where, f"not valid TOML: {what if found else reason}", "correct this place")


def _errbook_table(tool: object) -> object:
    """Return the table errbook in *tool*, the table of pyproject.toml."""
    return cast("dict[str, object]", tool).get("errbook", {}) if isinstance(tool, dict) else tool


def _further_mistakes(settings: Settings, configuration: Configuration) -> Iterator[Mistake]:
    """Yield the mistakes in *settings* that types cannot express."""
    for service in settings.services:
        if service.id in _RESERVED_IDS:
            what = f"errbook.service.{service.id} has a reserved id"
            yield Mistake(what=what, remedy="choose another id")
        if service.id in _DEVICES:
            what = f"errbook.service.{service.id} is a name that Windows reserves"
            yield Mistake(what=what, remedy="choose another id")
        if not service.inputs:
            what = f"errbook.service.{service.id} has no docs"
            yield Mistake(what=what, remedy='add docs = ["path/to/*.rst"]')
        if service.docs and service.catalogue:
            what = f"errbook.service.{service.id} has both docs and catalogue"
            yield Mistake(what=what, remedy="remove one of them")
        if service.envelope is True:
            what = f"errbook.service.{service.id}.envelope is true"
            remedy = "write false, or a table with code and message"
            yield Mistake(what=what, remedy=remedy)
    for target in settings.options:
        options = getattr(configuration.target, target)
        package = getattr(options, "package", None)
        if package in sys.stdlib_module_names and not options.output:
            what = f"errbook.target.{target}.package is '{package}', which is a module of Python"
            remedy = "choose another name, or set output to put it into a package"
            yield Mistake(what=what, remedy=remedy)
    for target, directory in settings.own_templates.items():
        if not (settings.root / directory).is_dir():
            what = f"errbook.target.{target}.templates is '{directory}', which is not a directory"
            yield Mistake(what=what, remedy="create it or fix the path")


def _resolved(target: str, configuration: Configuration) -> TargetOptions:
    """Return the options of *target*, with normalized directories."""
    options: TargetOptions = getattr(configuration.target, target)
    output = options.output or f"{configuration.output}/{target}"
    options = replace(options, output=posixpath.normpath(output))
    if isinstance(options, TemplateOptions) and options.templates:
        return replace(options, templates=posixpath.normpath(options.templates))
    return options


def _service(name: str, options: ServiceOptions) -> ServiceSettings:
    title = " ".join(options.title.split()) or name
    fields: dict[str, Any] = {**asdict(options), "id": name, "title": title}
    return ServiceSettings(**fields)
