"""The generated module of one service."""

from collections.abc import Iterable, Iterator

from errbook.analysis import Analysis
from errbook.model import Envelope, Key
from errbook.naming import Names
from errbook.project.settings import ServiceSettings, Settings
from errbook.targets.python.classes import (
    ErrorClass,
    enum_members,
    error_classes,
    family_classes,
)
from errbook.targets.python.literals import literal, tuple_literal
from errbook.targets.python.source import (
    check_syntax,
    exported,
    finished,
    marked,
    options,
    request_id_header,
    templates_of,
)
from errbook.targets.templates import Templates


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the module of one service."""
    catalogue, names = analysis.catalogue, analysis.names
    families = family_classes(analysis)
    errors = error_classes(analysis)
    templates = templates_of(settings)
    classes = [_class_source(error, templates, analysis) for error in errors]
    functions = ["error_from_response", "raise_for_error"]
    class_names = [*(family.name for family in families), *(error.name for error in errors)]
    text = templates.render(
        "service.py",
        title=catalogue.title,
        enum=names.enum,
        base=names.base,
        exported=exported(["ERRORS", names.enum, names.base, *functions, *class_names]),
        members=enum_members(analysis),
        envelope=list(_envelope_arguments(catalogue.envelope, settings.service(catalogue.service))),
        families=families,
        errors=errors,
        classes=classes,
        retired=any(error.retired for error in errors),
        aliases=list(_aliases(names, errors)),
        problem_type=options(settings).problem_type,
        request_id_header=request_id_header(settings),
    )
    path = f"{options(settings).package}/{catalogue.service}.py"
    return {
        path: marked(
            finished(text, settings, templates.replacement("service.py")),
            settings.inputs_of(catalogue.service),
        )
    }


def _aliases(names: Names, errors: Iterable[ErrorClass]) -> Iterator[tuple[str, str, bool]]:
    """Yield former name, current name, and whether the class is deprecated."""
    deprecated = {error.name for error in errors if error.retired}
    for entry in names.entries.values():
        if entry.class_name and not entry.pruned:
            for former in entry.former:
                yield former, entry.class_name, entry.class_name in deprecated


def _envelope_arguments(
    envelope: Envelope | None, service: ServiceSettings
) -> Iterator[tuple[str, str]]:
    """Yield the arguments of the generated Envelope: keywords and Python expressions."""
    if envelope is not None:
        yield "media_type", literal(envelope.media_type)
        yield "code", tuple_literal(map(_step, envelope.code))
        yield "message", tuple_literal(map(_step, envelope.message))
    if service.envelope is False:
        yield "has_body", "False"
    if service.message == "description":
        yield "sends_description", "True"


def _step(step: Key) -> str:
    return literal(step) if isinstance(step, str) else str(step)


def _class_source(error: ErrorClass, templates: Templates, analysis: Analysis) -> str:
    context = {
        "error": error,
        "enum": analysis.names.enum,
        "service": analysis.catalogue.service,
    }
    doc = templates.render("docstring", error.code, **context)
    text = templates.render("error.py", error.code, doc=doc, **context)
    if (replacement := templates.replacement("error.py")) is not None:
        check_syntax(text, replacement, error.code)
    return text.rstrip("\n")
