"""Recorded responses and the documents: which service sent which code, and how often.

Bodies are decoded as in generated packages: by the same modules.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from errbook.audit.codes import Codes, ServiceCodes
from errbook.audit.facts import Observed
from errbook.audit.recordings import Response
from errbook.audit.shapes import Shape
from errbook.model import is_error_status
from errbook.targets.shared import bodies, decoding, envelopes, search

if TYPE_CHECKING:
    from api_errors._shared.envelopes import Envelope
    from api_errors._shared.failures import Failure


class _Reading(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What one service reads in a response."""

    service: ServiceCodes
    code: str | None
    is_in_place: bool
    """Whether the code is where the documents show it."""

    beside: tuple["_Reading", ...]
    """The other failures in the same list."""

    @cached_property
    def is_known(self) -> bool:
        """Whether it is a code of the service."""
        return self.code is not None and self.code in self.service.known

    @cached_property
    def is_specific(self) -> bool:
        """Whether it is a code of the service that no other one is likely to have."""
        shape = Shape.of(self.code or "")
        return self.is_known and shape is not None and shape.is_specific

    @cached_property
    def looks_known(self) -> bool:
        """Whether it has the shape of the service's codes."""
        return Shape.of(self.code or "") in self.service.shapes

    @cached_property
    def further(self) -> "tuple[_Reading, ...]":
        """The other failures in the same list whose codes are the service's."""
        return tuple(r for r in self.beside if r.is_known or r.looks_known or r.fits)

    @cached_property
    def fits(self) -> bool:
        """Whether it is in an envelope that the documents show."""
        return self.is_in_place and self.service.catalogue.envelope is not None


_Documented = tuple[tuple["Failure", ...], ...]
"""What a documented envelope finds in a body."""

_T = TypeVar("_T")


class _LookedFor:
    """The codes of a service, and the texts that were looked for among them."""

    def __init__(self, codes: Container[str]) -> None:
        self._codes = codes
        self.texts: set[str] = set()

    def __contains__(self, text: str) -> bool:
        self.texts.add(text)
        return text in self._codes


class _Results:
    """What was found in one response, for services that know the same texts of it as codes.

    Looking for a code takes long. What is found depends on the service only by what its envelope
    finds, and by which texts are its codes, so most services share a result.
    """

    def __init__(self, knowing: Mapping[str, Sequence[str]]) -> None:
        """*knowing* has the services that know a code."""
        self._knowing = knowing
        self._texts: set[str] = set()
        """All that were looked for so far."""

        self._known: dict[str, frozenset[str]] = {}
        """Service -> which of these texts are its codes."""

        self._results: dict[tuple[object, ...], object] = {}

    def get(self, service: ServiceCodes, subject: object, find: Callable[[_LookedFor], _T]) -> _T:
        """Return what *find* finds with the codes of *service*.

        Apart from the codes, that depends on *subject* alone.
        """
        key = (subject, self._known.get(service.service))
        if key in self._results:
            return cast("_T", self._results[key])
        codes = _LookedFor(service.known)
        result = find(codes)
        for text in codes.texts - self._texts:
            for name in self._knowing.get(text, ()):
                self._known[name] = self._known.get(name, frozenset()) | {text}
        self._texts |= codes.texts
        self._results[subject, self._known.get(service.service)] = result
        return result


class _Readers:
    """Decode responses for each of many services."""

    def __init__(self, services: Iterable[ServiceCodes]) -> None:
        self._envelopes = [(service, _envelope(service)) for service in services]
        self._knowing: dict[str, list[str]] = {}
        for service, _ in self._envelopes:
            for code in service.known:
                self._knowing.setdefault(code, []).append(service.service)
        self._readings: dict[tuple[object, ...], _Reading] = {}

    def read(self, response: Response, value: object) -> list[_Reading]:
        """Return what each service reads in *response*, whose body has the *value*."""
        results = _Results(self._knowing)
        readings: list[_Reading] = []
        for service, envelope in self._envelopes:
            where = (response, value, envelope)
            documented = results.get(service, envelope, partial(_documented, *where))
            codes = results.get(service, documented, partial(_codes, *where))
            readings.append(self._reading(service, codes, documented))
        return readings

    def _reading(
        self, service: ServiceCodes, codes: Sequence[str | None], documented: _Documented
    ) -> _Reading:
        """Return a reading; the same object for many responses, because there may be millions."""
        in_place = {failure.code for failures in documented for failure in failures} - {None}
        first, *others = codes
        key = (service.service, *((code, code in in_place) for code in codes))
        if key not in self._readings:
            self._readings[key] = _Reading(
                service=service,
                code=first,
                is_in_place=first in in_place,
                beside=tuple(self._reading(service, [code], documented) for code in others),
            )
        return self._readings[key]


def _documented(
    response: Response, value: object, envelope: "Envelope", codes: Container[str]
) -> _Documented:
    """Return what *envelope* finds where it is documented."""
    is_success = not is_error_status(response.http_status)
    groups = search.documented_groups(value, envelope, codes, is_success=is_success)
    return tuple(map(tuple, groups))


def _codes(
    response: Response, value: object, envelope: "Envelope", codes: Container[str]
) -> tuple[str | None, ...]:
    """Return the code that the generated package finds, then others in the same list."""
    details = decoding.decode(
        response.headers,
        value,
        envelope,
        codes,
        is_success=not is_error_status(response.http_status),
    )
    others = (failure.code for failure in details.failures if failure.code is not None)
    return tuple(dict.fromkeys((details.code, *others)))


def observed(responses: Iterable[Response], codes: Codes) -> tuple[Observed, ...]:
    """Return what *responses* have, a record per service, code, status and kind of body."""
    readers = _Readers(codes.services)
    readings: list[tuple[Response, object, list[_Reading]]] = []
    for response in responses:
        value = bodies.parse(response.body, _content_type(response), in_lines=True)
        readings.append((response, value, readers.read(response, value)))
    hosts = _hosts((response, of_services) for response, _, of_services in readings)
    groups: dict[tuple[object, ...], Observed] = {}
    for response, value, of_services in readings:
        chosen = _senders(response, of_services, hosts)
        for same in _by_code(chosen):
            found = _observed(response, value, same)
            key = (found.services, found.code, found.http_status, found.documented_place)
            if key in groups:
                found = msgspec.structs.replace(groups[key], count=groups[key].count + 1)
            groups[key] = found
    return tuple(sorted(groups.values(), key=_order))


def _order(found: Observed) -> tuple[object, ...]:
    return (
        found.services,
        found.code is None,
        found.code or "",
        found.http_status,
        found.documented_place or "",
    )


def _envelope(service: ServiceCodes) -> "Envelope":
    documented = service.catalogue.envelope
    if documented is None:
        return envelopes.Envelope()
    return envelopes.Envelope(
        media_type=documented.media_type, code=documented.code, message=documented.message
    )


def _content_type(response: Response) -> str:
    fields = {name.lower(): value for name, value in response.headers}
    return fields.get("content-type", "")


def _hosts(
    readings: Iterable[tuple[Response, list[_Reading]]],
) -> Mapping[str, frozenset[str]]:
    """Return the hosts of each service.

    They are those that send codes which only this service is likely to have; if there are none,
    other codes of it in its envelope, any of its codes, codes that look like them, or any code in
    its envelope.
    """
    levels: tuple[dict[str, set[str]], ...] = ({}, {}, {}, {}, {})
    for response, of_services in readings:
        for reading in of_services:
            judged = (
                reading.is_specific,
                reading.is_known and reading.fits,
                reading.is_known,
                reading.looks_known,
                reading.fits,
            )
            for level, holds in zip(levels, judged, strict=True):
                if holds:
                    level.setdefault(reading.service.service, set()).add(response.host)
    services = {name for level in levels for name in level}
    return {
        name: frozenset(next(level[name] for level in levels if name in level)) for name in services
    }


def _senders(
    response: Response, readings: list[_Reading], hosts: Mapping[str, frozenset[str]]
) -> list[_Reading]:
    """Return the readings of the services that have sent *response*; empty for other traffic."""
    here = [r for r in readings if response.host in hosts.get(r.service.service, frozenset())]
    known = [reading for reading in readings if reading.is_specific]
    known = known or [reading for reading in here if reading.is_known]
    if known:
        return known
    alike = [reading for reading in readings if reading.looks_known]
    if alike:
        return alike
    if not is_error_status(response.http_status):
        return []  # in data, many a key is called `code`
    if len(readings) == 1 and not hosts:
        here = readings
    return [reading for reading in here if reading.fits] or here


def _by_code(chosen: Sequence[_Reading]) -> Iterable[list[_Reading]]:
    """Return the readings of each code in one response: *chosen* ones, and what is beside them."""
    by_code: dict[str | None, list[_Reading]] = {}
    for reading in chosen:
        if reading.code == chosen[0].code:
            for each in (reading, *reading.further):
                by_code.setdefault(each.code, []).append(each)
    return by_code.values()


def _observed(response: Response, value: object, chosen: list[_Reading]) -> Observed:
    code = chosen[0].code
    documenting = [r for r in chosen if code is not None and code in r.service.documented]
    statuses = (s for r in documenting for s in r.service.documented[r.code or ""].http_status)
    return Observed(
        services=tuple(reading.service.service for reading in documenting or chosen),
        code=code,
        http_status=response.http_status,
        count=1,
        location=response.location,
        entry=response.entry,
        is_documented=bool(documenting),
        documented_status=tuple(sorted(set(statuses))),
        documented_place=_misplaced(response, value, documenting or chosen),
    )


def _misplaced(response: Response, value: object, chosen: list[_Reading]) -> str | None:
    """Return where the documents have the code, if *response*, an error, has it elsewhere."""
    documented = [r.service.catalogue.envelope for r in chosen]
    envelope = documented[0]
    if None in documented or envelope is None or any(r.is_in_place for r in chosen):
        return None
    if not envelopes.is_object(value) or not is_error_status(response.http_status):
        return None
    if set(map(str.lower, value)) & {"html", "!doctype"}:
        return None
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in envelope.code)
    return "".join(steps).removeprefix(".")
