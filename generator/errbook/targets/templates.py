"""The templates of the targets: the package's own, and those of the project that replace them."""

import traceback
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError

from errbook.diagnostics import Failure
from errbook.project.settings import Settings, TemplateOptions
from errbook.targets import TEMPLATES
from errbook.text.files import read_text
from errbook.text.nearest import did_you_mean

Filters = Mapping[str, Callable[..., str]]


class Templates:
    """The templates of one target."""

    def __init__(self, target: str, settings: Settings, filters: Filters) -> None:
        """Take those of the directory that is configured, and for the rest the package's own.

        Nothing is escaped by itself: every template passes every value through one of *filters*.
        """
        self._root = settings.root
        self._own = settings.options_of(target, TemplateOptions).templates
        places = [settings.root / self._own] if self._own else []
        self._environment = _environment(target, tuple(places))
        self._environment.filters.update(filters)
        if self._own:
            _check(settings.root / self._own, self._own, TEMPLATES / target)

    def render(self, name: str, about: str = "", **context: Any) -> str:
        """Return what the template *name* makes of *context*; *about* is the code it renders.

        Raises Failure where a template of the project is wrong.
        """
        try:
            return self._environment.get_template(f"{name}.j2").render(context)
        except Exception as error:
            place = self._place(error)
            if place is None:
                raise
            what = error.message if isinstance(error, TemplateSyntaxError) else error
            what = f"{what}, while rendering {about}" if about else f"{what}"
            remedy = "templates/README.md says what a template is given"
            raise Failure(place, what, remedy) from None

    def own(self, name: str) -> str | None:
        """Return the path of the template *name* if the project has one of its own."""
        path = f"{self._own}/{name}.j2"
        return path if self._own and (self._root / path).exists() else None

    def _place(self, error: Exception) -> str | None:
        """Return where a template of the project was wrong or at work when *error* came."""
        if self._own is None:
            return None
        places = [(f.filename, f.lineno) for f in traceback.extract_tb(error.__traceback__)]
        if isinstance(error, TemplateSyntaxError):
            places.append((error.filename or "", error.lineno))
        for file, line in reversed(places):
            if Path(file).is_relative_to(self._root / self._own):
                return f"{Path(file).relative_to(self._root).as_posix()}:{line}"
        return None


@lru_cache
def _check(own: Path, name: str, package: Path) -> None:
    """See that the directory *own*, called *name*, replaces anything in *package*."""
    known = sorted(path.relative_to(package).as_posix() for path in package.rglob("*.j2"))
    found = [path.relative_to(own).as_posix() for path in own.rglob("*.j2")]
    for file in found:
        read_text(own / file, f"{name}/{file}")  # which tells if it is no UTF-8
    if any(file in known for file in found):
        return
    questions = (did_you_mean(file, known) for file in found)
    raise Failure(
        name,
        "there is no template in it that replaces one",
        next(filter(None, questions), f"call one {', '.join(known)}"),
    )


@lru_cache
def _environment(target: str, places: tuple[Path, ...]) -> Environment:
    return Environment(
        loader=FileSystemLoader([*places, TEMPLATES / target]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # no template has a constant to fold; to look for them takes longer
        autoescape=False,  # noqa: S701 - the targets quote by themselves
    )
