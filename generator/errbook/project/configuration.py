"""The configuration of a project: `[tool.errbook]` in pyproject.toml, or errbook.toml."""

import keyword
import posixpath
import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from errbook.diagnostics import Failure, Severity
from errbook.project.settings import LintSettings, ServiceSettings, Settings
from errbook.rules import RULES, matching
from errbook.text.files import read_text
from errbook.text.nearest import did_you_mean

TARGETS = ("catalogue", "python", "openapi", "markdown", "html")
OPENAPI_VERSIONS = ("3.0.4", "3.1.1", "3.2.0")

_ALWAYS_ON = frozenset(rule.id for rule in RULES if rule.severity == Severity.ERROR)
_ON_REMEDY = "without it errbook would write what contradicts itself"
_RULES_REMEDY = "errbook rules lists them"


def find(directory: Path) -> Path | None:
    """Return the configuration file of *directory*: the nearest, there or above, if any."""
    for place in (directory, *directory.parents):
        own, shared = place / "errbook.toml", place / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and _is_ours(read_text(shared, str(shared))):
            return shared
    return None


def _is_ours(pyproject: str) -> bool:
    """Tell whether *pyproject* configures errbook, or is broken where it may do so."""
    if "errbook" not in pyproject:
        return False
    try:
        tool = _content(pyproject).get("tool")
    except tomllib.TOMLDecodeError:
        return True
    return isinstance(tool, dict) and "errbook" in tool


@lru_cache(1)  # what was found is loaded
def _content(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def load(path: Path) -> Settings:
    """Return the settings in the file *path*. Raises Failure for what it does not allow."""
    try:
        text = read_text(path, path.name)
        content: Any = _content(text)
    except tomllib.TOMLDecodeError as error:
        raise Failure(path.name, f"this is not TOML: {error}", "mend the file") from None
    if path.name == "pyproject.toml" or "tool" in content:
        tool = content.get("tool", {})
        content = tool.get("errbook", {}) if isinstance(tool, dict) else tool
    return _Reader(path.name).settings(content, path.parent, text)


_Check = Callable[[Any, str], Any]
_T = TypeVar("_T")


class _Reader:
    """Reads one configuration; every complaint names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def settings(self, content: Any, root: Path, text: str) -> Settings:
        top = self._table(
            content,
            "errbook",
            {
                "output": self._directory,
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
            raise self._failure("errbook", "has no service", "add [tool.errbook.service.NAME]")
        return Settings(
            root=root,
            file=self._file,
            text=text,
            targets=targets,
            outputs={
                name: options.get(name, {}).get("output", f"{output}/{name}".removeprefix("./"))
                for name in TARGETS
            },
            templates={
                name: self._existing(root, given["templates"], f"errbook.target.{name}")
                for name, given in options.items()
                if "templates" in given
            },
            python_package=options.get("python", {}).get("package", "api_errors"),
            openapi_version=options.get("openapi", {}).get("version", "3.1.1"),
            services=services,
            lint=top.get("lint", LintSettings()),
        )

    def _services(self, value: Any, key: str) -> tuple[ServiceSettings, ...]:
        table = self._mapping(value, key)
        return tuple(self._service(table[name], f"{key}.{name}", name) for name in sorted(table))

    def _service(self, value: Any, key: str, name: str) -> ServiceSettings:
        if not re.fullmatch("[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
            raise self._failure(key, "is no Python module name", "use a-z, 0-9 and _")
        if name in ("error_from_response", "raise_for_error", "index"):
            raise self._failure(key, "is a name of what errbook generates", "choose another")
        options = self._table(
            value,
            key,
            {
                "title": self._line,
                "docs": self._docs,
                "docs_url": self._text,
                "blank": self._choice("auto", "repeat"),
                "exclude": lambda value, key: frozenset(self._texts(value, key)),
                "names": self._class_names,
                "retryable": self._booleans,
                "columns": self._columns,
            },
        )
        if "docs" not in options:
            raise self._failure(key, "has no docs", 'add docs = ["path/to/*.rst"]')
        return ServiceSettings(id=name, **({"title": name} | options))

    def _docs(self, value: Any, key: str) -> tuple[str, ...]:
        patterns = self._texts(value, key)
        if not patterns or not all(patterns):
            raise self._failure(key, "names no document", 'write ["path/to/*.rst"]')
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

    def _booleans(self, value: Any, key: str) -> dict[str, bool]:
        table = self._mapping(value, key)
        return {
            name: self._typed(truth, f"{key}.{name}", bool, "true or false")
            for name, truth in table.items()
        }

    def _columns(self, value: Any, key: str) -> dict[str, str]:
        from errbook.model import FIELDS

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
            checks = {"output": self._directory}
            if target != "catalogue":  # which is no template's work
                checks["templates"] = self._directory
            checks |= own.get(target, {})
            return lambda value, key: self._table(value, key, checks)

        checks = {target: options_of(target) for target in TARGETS}
        return self._table(value, key, checks)

    def _package(self, value: Any, key: str) -> str:
        text = self._text(value, key)
        if not re.fullmatch("[A-Za-z_][A-Za-z0-9_]*", text) or keyword.iskeyword(text):
            raise self._failure(key, f"is '{text}', which is no package name", "use a-z, 0-9 and _")
        return text

    def _lint(self, value: Any, key: str) -> LintSettings:
        options = self._table(
            value,
            key,
            {
                "ignore": self._rules,
                "select": self._rules,
                "severity": self._severities,
            },
        )
        everything = frozenset(rule.id for rule in RULES)
        selected = options.get("select", everything) - options.get("ignore", frozenset())
        return LintSettings(selected=selected | _ALWAYS_ON, severity=options.get("severity", {}))

    def _rules(self, value: Any, key: str) -> frozenset[str]:
        """Return the ids of the rules in a list of ids, names, or beginnings of ids."""
        found: set[str] = set()
        for text in self._texts(value, key):
            found_here = matching(text)
            if not found_here:
                raise self._failure(key, f"has '{text}', which is no rule", _RULES_REMEDY)
            if key.endswith("ignore") and found_here <= _ALWAYS_ON:
                raise self._failure(key, f"has '{text}', which cannot be ignored", _ON_REMEDY)
            found |= found_here
        return frozenset(found)

    def _severities(self, value: Any, key: str) -> dict[str, Severity]:
        found: dict[str, Severity] = {}
        for name, text in self._text_map(value, key).items():
            severity = Severity(self._choice(*Severity)(text, f"{key}.{name}"))
            for rule in self._rules([name], key):
                if rule in _ALWAYS_ON and severity != Severity.ERROR:
                    raise self._failure(f"{key}.{name}", "has to be 'error'", _ON_REMEDY)
                found[rule] = severity
        return found

    # The kinds of values. Each takes a value and its key, and returns the value.

    def _table(self, value: Any, key: str, checks: Mapping[str, _Check]) -> dict[str, Any]:
        table = self._mapping(value, key)
        for name in table:
            if name not in checks:
                remedy = did_you_mean(name, checks) or f"it knows {', '.join(checks)}"
                raise self._failure(f"{key}.{name}", "is no key of errbook", remedy)
        return {name: checks[name](table[name], f"{key}.{name}") for name in table}

    def _mapping(self, value: Any, key: str) -> dict[str, Any]:
        return self._typed(value, key, dict, "a table")

    def _line(self, value: Any, key: str) -> str:
        return " ".join(self._text(value, key).split())

    def _directory(self, value: Any, key: str) -> str:
        text = self._text(value, key)
        path = PurePosixPath(text)
        if not text or path.is_absolute():
            raise self._failure(key, f"is '{text}'", "write a path relative to the configuration")
        return posixpath.normpath(text)

    def _existing(self, root: Path, directory: str, key: str) -> str:
        if not (root / directory).is_dir():
            what = f"is '{directory}', which is no directory"
            raise self._failure(f"{key}.templates", what, "make it, or mend the path")
        return directory

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
                remedy = did_you_mean(text, options, unrivalled=True)
                raise self._failure(key, f"is '{text}'", remedy or f"use {', '.join(options)}")
            return text

        return check

    def _typed(self, value: Any, key: str, kind: type[_T], shown: str) -> _T:
        if not isinstance(value, kind):
            raise self._failure(key, f"is {value!r}", f"write {shown}")
        return value

    def _failure(self, key: str, what: str, remedy: str) -> Failure:
        return Failure(self._file, f"{key} {what}", remedy)
