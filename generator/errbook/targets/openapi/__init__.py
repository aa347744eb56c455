"""OpenAPI target: one document per service, with components for API descriptions to refer to."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from errbook.analysis import Analysis
from errbook.http_status import PHRASES
from errbook.model import Catalogue, Error, Occurrence
from errbook.naming import Names
from errbook.project.settings import ServiceSettings, Settings
from errbook.targets import OpenapiOptions
from errbook.targets.openapi.shape import body, schema, shape_of
from errbook.targets.target import Target
from errbook.targets.templates import Templates
from errbook.text.marker import marker
from errbook.text.unique import FreeNames
from errbook.text.yaml import block, key, scalar


def render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the OpenAPI document for one service."""
    catalogue, names = analysis.catalogue, analysis.names
    service = settings.service(catalogue.service)
    shape = shape_of(catalogue.envelope)
    examples = list(_examples(catalogue, names, service))
    errors = [error.code for error in catalogue.errors if not error.is_success]
    templates = Templates("openapi", settings, {"yaml": scalar, "key": key, "block": block})
    text = templates.render(
        "service.yaml",
        version=settings.options_of("openapi", OpenapiOptions).version,
        title=catalogue.title,
        documents=catalogue.documents,
        media_type=None if service.envelope is False else shape.media_type,
        schema_name=names.base,
        schema=schema(
            shape, errors, has_messages=all(example.message is not None for example in examples)
        ),
        enum_name=names.enum,
        codes=[error.code for error in catalogue.errors],
        varnames=_varnames(names.entries[e.code].member for e in catalogue.errors),
        descriptions=[_description(error) for error in catalogue.errors],
        examples=[(e.key, e.summary, body(shape, e.code, e.message)) for e in examples],
        responses=list(_responses(examples)),
    )
    return {
        f"{catalogue.service}.yaml": f"# {marker(settings.inputs_of(catalogue.service))}\n{text}"
    }


class ResponseExample(msgspec.Struct, frozen=True, kw_only=True):
    """One documented response: a code with one status and one message."""

    key: str
    """The key of the component."""

    code: str
    http_status: int | None
    message: str | None
    summary: str


def _examples(
    catalogue: Catalogue, names: Names, service: ServiceSettings
) -> Iterator[ResponseExample]:
    """Yield one example for each documented combination of code, status and message."""
    used: set[str] = set()
    keys = FreeNames(used)
    for error in catalogue.errors:
        if error.is_success:
            continue
        member = names.entries[error.code].member
        answers = _answers(error, service)
        for (status, message), occurrence in answers.items():
            if len(answers) > 1:
                key = f"{member}_{status or 'default'}"
            else:
                key = error.code if _KEY.fullmatch(error.code) else member
            key = keys.find(key)
            used.add(key)
            yield ResponseExample(
                key=key,
                code=error.code,
                http_status=status,
                message=message,
                summary=_summary(occurrence) or error.code,
            )


_KEY = re.compile(r"[a-zA-Z0-9._-]+")
"""The permitted keys of components (OpenAPI 3.1.1, section 4.8.7.1)."""


def _answers(
    error: Error, service: ServiceSettings
) -> dict[tuple[int | None, str | None], Occurrence]:
    """Return each HTTP status and message of *error*, with the first occurrence that has both."""
    answers: dict[tuple[int | None, str | None], Occurrence] = {}
    for occurrence in error.error_occurrences:
        for status in occurrence.error_status or (None,):
            answers.setdefault((status, _message(occurrence, service)), occurrence)
    return answers


class ResponseComponent(msgspec.Struct, frozen=True, kw_only=True):
    """The responses with one HTTP status."""

    key: str
    description: str
    examples: list[tuple[str, str]]
    """Label and component key of each example."""


def _responses(examples: list[ResponseExample]) -> Iterator[ResponseComponent]:
    """Yield one response per HTTP status, and one for errors without a status."""
    others: list[ResponseExample] = []
    by_status: dict[int, list[ResponseExample]] = {}
    for example in examples:
        status = example.http_status
        (others if status is None else by_status.setdefault(status, [])).append(example)
    for status, same in sorted(by_status.items()):
        description = PHRASES.get(status, f"HTTP status {status}")
        yield ResponseComponent(
            key=str(status), description=description, examples=_with_labels(same)
        )
    yield ResponseComponent(
        key="default", description="Any other error", examples=_with_labels(others)
    )


def _with_labels(examples: list[ResponseExample]) -> list[tuple[str, str]]:
    """Return a unique label and the component key of each example."""
    labeled: dict[str, str] = {}
    labels = FreeNames(labeled, numbered="{name} {number}")
    for example in examples:
        labeled[labels.find(example.code)] = example.key
    return list(labeled.items())


def _varnames(members: Iterable[str]) -> Iterator[str]:
    """Yield names that are unique without case and underscores, which generators change."""
    used: set[str] = set()

    def plain(name: str) -> str:
        return name.replace("_", "").lower()

    varnames = FreeNames(used, form=plain)
    for member in members:
        varname = varnames.find(member)
        used.add(plain(varname))
        yield varname


def _message(occurrence: Occurrence, service: ServiceSettings) -> str | None:
    """Return the documented message, or else, if the project wants that, the description."""
    text = occurrence.message
    if text is None and service.message == "description":
        return occurrence.description.text if occurrence.description else None
    return text.text if text else None


def _summary(occurrence: Occurrence) -> str:
    """Return the explanation on one line, after the name if there is one."""
    texts = filter(None, (occurrence.name, " ".join(occurrence.explanation.split())))
    return ": ".join(texts)


def _description(error: Error) -> str:
    summaries = [_summary(occurrence) for occurrence in error.occurrences]
    description = next((summary for summary in summaries if summary), error.code)
    return f"Withdrawn: {description}" if error.is_withdrawn else description


TARGET = Target(name="openapi", render=render)
