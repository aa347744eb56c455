"""The files of the generated package that all services share."""

from collections.abc import Mapping

from errbook.analysis import Analysis
from errbook.naming.families import FAMILIES
from errbook.project.settings import Settings
from errbook.targets.python.source import (
    check_syntax,
    exported,
    finished,
    marked,
    options,
    request_id_header,
    templates_of,
)
from errbook.targets.target import Index, index
from errbook.text.marker import services_in

_FILES = (
    "__init__.py",
    "__main__.py",
    "_shared/__init__.py",
    "_shared/answers.py",
    "_shared/bodies.py",
    "_shared/classes.py",
    "_shared/decoding.py",
    "_shared/envelopes.py",
    "_shared/explanations.py",
    "_shared/failures.py",
    "_shared/families.py",
    "_shared/guesses.py",
    "_shared/headers.py",
    "_shared/logs.py",
    "_shared/lookup.py",
    "_shared/matching.py",
    "_shared/messages.py",
    "_shared/problems.py",
    "_shared/program.py",
    "_shared/responses.py",
    "_shared/retirement.py",
    "_shared/runtime.py",
    "_shared/search.py",
    "_shared/services.py",
)
_NAMES = ("ApiError", "Failure", "Occurrence", "error_from_response", "raise_for_error")


def _service(analysis: Analysis) -> str:
    return analysis.catalogue.service


def _render(services: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """Return the modules that *services* share, and the package's ``__init__.py``."""
    templates = templates_of(settings)
    files = {"py.typed": ""}
    for name in _FILES:
        replacement = templates.replacement(name)
        text = templates.source(name)
        if text is None:
            rendered = templates.render(
                name,
                services=list(services),
                families=list(FAMILIES.items()),
                exported=exported([*_NAMES, *FAMILIES.values()]),
                request_id_header=request_id_header(settings),
            )
            text = finished(rendered, settings, replacement)
        elif replacement is not None:
            check_syntax(text, replacement)
        files[name] = marked(text, services_in(settings.file))
    return {f"{options(settings).package}/{name}": text for name, text in files.items()}


PACKAGE: Index = index(str, _service, _render)
