"""The configuration of a project: `[tool.errbook]` in pyproject.toml, or errbook.toml."""

import keyword
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from errbook.diagnostics import Failure
from errbook.files import read_text
from errbook.model import FIELDS

TARGETS = ("catalogue", "python", "openapi", "markdown")
OPENAPI_VERSIONS = ("3.0.4", "3.1.1", "3.2.0")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """One service, and how its documents are to be read."""

    id: str
    title: str
    docs: tuple[str, ...] = ()
    """Patterns of paths, relative to the configuration."""

    docs_url: str | None = None
    blank: str = "auto"
    exclude: frozenset[str] = frozenset()
    """Titles of sections whose tables are no error tables."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Curated class names by code, without the suffix Error."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Headings of the service's own, and the fields that they head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be configured. Paths are relative to *root*."""

    root: Path
    """The directory of the configuration."""

    file: str
    """The name of the file of the configuration."""

    targets: tuple[str, ...]
    outputs: Mapping[str, str]
    """The directory of each target."""

    python_package: str
    openapi_version: str
    services: tuple[ServiceSettings, ...]
    ignore: frozenset[str]
    """The ids of rules that are switched off."""


def find(directory: Path) -> Path:
    """Return the configuration file of *directory*: the nearest, there or above."""
    for place in (directory, *directory.parents):
        for path in (place / "errbook.toml", place / "pyproject.toml"):
            if path.is_file() and (
                path.name == "errbook.toml"
                or "[tool.errbook" in read_text(path, str(path))
            ):
                return path
    raise Failure(
        str(directory),
        "there is no configuration here or above",
        "write [tool.errbook.service.NAME] with its docs into pyproject.toml or errbook.toml",
    )


def load(path: Path) -> Settings:
    """Return the settings in the file *path*. Raises Failure for what it does not allow."""
    try:
        content = tomllib.loads(read_text(path, path.name))
    except tomllib.TOMLDecodeError as error:
        raise Failure(
            path.name, f"this is not TOML: {error}", "mend the file"
        ) from None
    if path.name == "pyproject.toml" or "tool" in content:
        content = content.get("tool", {}).get("errbook", {})
    return _Reader(path.name).settings(content, path.parent)


_Check = Callable[[Any, str], Any]
_T = TypeVar("_T")


class _Reader:
    """Reads one configuration; every complaint names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def settings(self, content: Any, root: Path) -> Settings:
        top = self._table(
            content,
            "errbook",
            {
                "output": self._text,
                "targets": self._targets,
                "service": self._services,
                "target": self._target_options,
                "lint": self._lint,
            },
        )
        output = top.get("output", "generated")
        options = top.get("target", {})
        targets = top.get("targets", TARGETS)
        services = top.get("service", ())
        if not services:
            raise self._failure(
                "errbook", "has no service", "add [tool.errbook.service.NAME]"
            )
        return Settings(
            root=root,
            file=self._file,
            targets=targets,
            outputs={
                name: options.get(name, {}).get("output", f"{output}/{name}")
                for name in TARGETS
            },
            python_package=options.get("python", {}).get("package", "api_errors"),
            openapi_version=options.get("openapi", {}).get("version", "3.1.1"),
            services=services,
            ignore=top.get("lint", {}).get("ignore", frozenset()),
        )

    def _services(self, value: Any, key: str) -> tuple[ServiceSettings, ...]:
        table = self._mapping(value, key)
        return tuple(
            self._service(table[name], f"{key}.{name}", name) for name in sorted(table)
        )

    def _service(self, value: Any, key: str, name: str) -> ServiceSettings:
        if not re.fullmatch("[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
            raise self._failure(key, "is no Python module name", "use a-z, 0-9 and _")
        if name in ("error_from_response", "raise_for_error"):
            raise self._failure(
                key, "is a name of the package itself", "choose another"
            )
        options = self._table(
            value,
            key,
            {
                "title": self._text,
                "docs": self._docs,
                "docs_url": self._text,
                "blank": self._choice("auto", "repeat"),
                "exclude": lambda value, key: frozenset(self._texts(value, key)),
                "names": self._class_names,
                "columns": self._columns,
            },
        )
        if "docs" not in options:
            raise self._failure(key, "has no docs", 'add docs = ["path/to/*.rst"]')
        return ServiceSettings(id=name, **({"title": name} | options))

    def _docs(self, value: Any, key: str) -> tuple[str, ...]:
        patterns = self._texts(value, key)
        for pattern in patterns:
            if Path(pattern).is_absolute():
                what = f"has the absolute path '{pattern}'"
                raise self._failure(key, what, "write it relative to the configuration")
        return patterns

    def _class_names(self, value: Any, key: str) -> dict[str, str]:
        names = self._text_map(value, key)
        for code, name in names.items():
            if not re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name):
                what = f"has '{name}', which is no class name"
                raise self._failure(f"{key}.{code}", what, "use letters, digits and _")
        return names

    def _columns(self, value: Any, key: str) -> dict[str, str]:
        columns = self._text_map(value, key)
        for heading, name in columns.items():
            self._choice(*FIELDS, "other")(name, f"{key}.{heading}")
        return columns

    def _targets(self, value: Any, key: str) -> tuple[str, ...]:
        chosen = self._texts(value, key)
        for name in chosen:
            self._choice(*TARGETS)(name, key)
        return tuple(name for name in TARGETS if name in chosen)

    def _target_options(self, value: Any, key: str) -> dict[str, dict[str, str]]:
        own: dict[str, dict[str, _Check]] = {
            "python": {"package": self._package},
            "openapi": {"version": self._choice(*OPENAPI_VERSIONS)},
        }

        def options_of(target: str) -> _Check:
            checks = {"output": self._text} | own.get(target, {})
            return lambda value, key: self._table(value, key, checks)

        checks = {target: options_of(target) for target in TARGETS}
        return self._table(value, key, checks)

    def _package(self, value: Any, key: str) -> str:
        text = self._text(value, key)
        if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", text) or keyword.iskeyword(text):
            raise self._failure(
                key, f"is '{text}', which is no package name", "use a-z, 0-9 and _"
            )
        return text

    def _lint(self, value: Any, key: str) -> dict[str, Any]:
        return self._table(
            value,
            key,
            {"ignore": lambda value, key: frozenset(self._texts(value, key))},
        )

    # The kinds of values. Each takes a value and its key, and returns the value.

    def _table(
        self, value: Any, key: str, checks: Mapping[str, _Check]
    ) -> dict[str, Any]:
        table = self._mapping(value, key)
        for name in table:
            if name not in checks:
                close = get_close_matches(name, checks, n=1)
                remedy = (
                    f"did you mean '{close[0]}'?"
                    if close
                    else f"it knows {', '.join(checks)}"
                )
                raise self._failure(f"{key}.{name}", "is no key of errbook", remedy)
        return {name: checks[name](table[name], f"{key}.{name}") for name in table}

    def _mapping(self, value: Any, key: str) -> dict[str, Any]:
        return self._typed(value, key, dict, "a table")

    def _text(self, value: Any, key: str) -> str:
        return self._typed(value, key, str, "a string")

    def _texts(self, value: Any, key: str) -> tuple[str, ...]:
        items = self._typed(value, key, list, "a list of strings")
        return tuple(self._typed(item, key, str, "a list of strings") for item in items)

    def _text_map(self, value: Any, key: str) -> dict[str, str]:
        table = self._mapping(value, key)
        return {name: self._text(text, f"{key}.{name}") for name, text in table.items()}

    def _choice(self, *options: str) -> _Check:
        def check(value: Any, key: str) -> str:
            text = self._text(value, key)
            if text not in options:
                close = get_close_matches(text, options, n=1)
                remedy = (
                    f"did you mean '{close[0]}'?"
                    if close
                    else f"use {', '.join(options)}"
                )
                raise self._failure(key, f"is '{text}'", remedy)
            return text

        return check

    def _typed(self, value: Any, key: str, kind: type[_T], shown: str) -> _T:
        if not isinstance(value, kind):
            raise self._failure(key, f"is {value!r}", f"write {shown}")
        return value

    def _failure(self, key: str, what: str, remedy: str) -> Failure:
        return Failure(self._file, f"{key} {what}", remedy)
