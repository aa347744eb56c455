"""Templates and source files of the targets: errbook's, or a project's replacements.

A file with placeholders is a Jinja2 template: ``service.py.j2``. A file without placeholders is a
source file, which is copied: ``script.js``.
"""

import re
import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError

from errbook.diagnostics import Failure
from errbook.files import read_text
from errbook.project.settings import Settings, TemplateOptions
from errbook.targets import TEMPLATES
from errbook.text.nearest import did_you_mean

Filters = Mapping[str, Callable[..., str]]

REMEDY = "see https://github.com/errbook/errbook/blob/main/templates/README.md"
"""What a user can do about a failing template."""

_CLASS = re.compile(r"'errbook[\w.]* object'")


class Templates:
    """The templates and source files of one target."""

    def __init__(self, target: str, settings: Settings, filters: Filters) -> None:
        """Search the configured directory first, then errbook's.

        Nothing is escaped automatically: templates pass every value through one of *filters*.
        """
        self._root = settings.root
        self._replacements = settings.options_of(target, TemplateOptions).templates
        self._directories = [TEMPLATES / target]
        if self._replacements:
            _check_replacements(
                settings.root / self._replacements, self._replacements, TEMPLATES / target
            )
            self._directories.insert(0, settings.root / self._replacements)
        self._environment = _environment(tuple(self._directories))
        self._environment.filters.update(filters)

    def render(self, name: str, about: str = "", **context: object) -> str:
        """Return the file *name*, rendered from its template.

        *about* is the error code for which it is rendered. Raises Failure if a template of the
        project fails.
        """
        try:
            return self._environment.get_template(f"{name}.j2").render(context)
        except Exception as error:
            place = self._place(error)
            if place is None:
                raise
            what = _CLASS.sub("this value", str(error))
            if isinstance(error, TemplateSyntaxError):
                what = (error.message or what).rstrip(".")
            elif about:
                what = f"{what}, while rendering {about}"
            raise Failure(place, what, REMEDY) from None

    def source(self, name: str) -> str | None:
        """Return the text of the source file *name*; None if it has to be rendered."""
        for directory in self._directories:
            path = directory / name
            if path.is_file():
                return read_text(path, path.as_posix()).replace("\r\n", "\n")
            if path.with_name(f"{path.name}.j2").is_file():
                return None
        return None

    def text(self, name: str) -> str:
        """Return the source file *name*, or the output of a project's template that replaces it."""
        source = self.source(name)
        return self.render(name) if source is None else source

    def replacement(self, name: str) -> str | None:
        """Return the path of the project's replacement for the file *name*, if it has one."""
        if self._replacements:
            for path in (f"{self._replacements}/{name}.j2", f"{self._replacements}/{name}"):
                if (self._root / path).is_file():
                    return path
        return None

    def _place(self, error: Exception) -> str | None:
        """Return the file and line in the project's template that raised *error*, if one did."""
        if self._replacements is None:
            return None
        places = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)]
        if isinstance(error, TemplateSyntaxError):
            places.append((error.filename or "", error.lineno))
        for file, line in reversed(places):
            if Path(file).is_relative_to(self._root / self._replacements):
                return f"{Path(file).relative_to(self._root).as_posix()}:{line}"
        return None


@lru_cache
def _check_replacements(replacements: Path, name: str, package: Path) -> None:
    """Raise Failure if no file in the directory *replacements* replaces one in *package*.

    Messages call that directory *name*.
    """
    sources = [path for path in _files(package) if not path.endswith(".j2")]
    templates = [path for path in _files(package) if path.endswith(".j2")]
    own_sources = [path for path in sources if (replacements / path).is_file()]
    own_templates = [
        path.relative_to(replacements).as_posix() for path in replacements.rglob("*.j2")
    ]
    for path in (*own_sources, *own_templates):
        read_text(replacements / path, f"{name}/{path}")  # raises Failure if it is not UTF-8
    replaceable = {*templates, *(f"{path}.j2" for path in sources)}
    if own_sources or not replaceable.isdisjoint(own_templates):
        return
    known = sorted([*sources, *templates])
    questions = (did_you_mean(path, known) for path in _files(replacements))
    raise Failure(
        name,
        "no file in it replaces one of errbook's templates",
        next(filter(None, questions), f"use one of the names {', '.join(known)}"),
    )


def _files(directory: Path) -> list[str]:
    """Return the paths of the files below *directory*, as POSIX relative paths."""
    paths = (path for path in sorted(directory.rglob("*")) if path.is_file())
    relative = (path.relative_to(directory) for path in paths)
    return [path.as_posix() for path in relative if "__pycache__" not in path.parts]


@lru_cache
def _environment(directories: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader(directories, encoding="utf-8-sig"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # constant folding takes time, and the templates have no constants
        autoescape=False,  # noqa: S701 - the targets' filters escape
    )
