"""Recorded responses and the documents: which service sent which code, and how often.

Bodies are decoded as in generated packages: by the same modules.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from errbook.audit.codes import Codes, ServiceCodes
from errbook.audit.facts import Observed
from errbook.audit.recordings import Response
from errbook.audit.shapes import Shape
from errbook.model import is_error_status
from errbook.targets.shared import bodies, decoding, envelopes, failures

if TYPE_CHECKING:
    from api_errors._shared.envelopes import Envelope


class _Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one service reads in a response."""

    service: ServiceCodes
    code: str | None
    is_in_place: bool
    """Whether the code is where the documents show it."""

    @property
    def is_known(self) -> bool:
        """Whether it is a code of the service."""
        return self.code is not None and self.code in self.service.known

    @property
    def is_specific(self) -> bool:
        """Whether it is a code of the service that no other one is likely to have."""
        shape = Shape.of(self.code or "")
        return self.is_known and shape is not None and shape.is_specific

    @property
    def looks_known(self) -> bool:
        """Whether it has the shape of the service's codes."""
        return Shape.of(self.code or "") in self.service.shapes

    @property
    def fits(self) -> bool:
        """Whether it is in an envelope that the documents show."""
        return self.is_in_place and self.service.catalogue.envelope is not None


class _Group(msgspec.Struct, frozen=True, kw_only=True):
    """Services with the same envelope."""

    services: tuple[ServiceCodes, ...]
    known: frozenset[str]
    """The codes of all of them."""


def observed(responses: Iterable[Response], codes: Codes) -> tuple[Observed, ...]:
    """Return what *responses* have, a record per service, code, status and kind of body."""
    by_envelope = _groups(codes.services)
    readings: list[tuple[Response, object, list[_Reading]]] = []
    for response in responses:
        value = bodies.parse(response.body, _content_type(response))
        of_services: list[_Reading] = []
        for envelope, group in by_envelope.items():
            of_services += _readings(response, value, envelope, group)
        readings.append((response, value, of_services))
    hosts = _hosts((response, of_services) for response, _, of_services in readings)
    groups: dict[tuple[object, ...], Observed] = {}
    for response, value, of_services in readings:
        chosen = _senders(response, of_services, hosts)
        if not chosen:
            continue
        found = _observed(response, value, chosen)
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


def _readings(
    response: Response, value: object, envelope: "Envelope", group: _Group
) -> Iterator[_Reading]:
    """Yield what services with the same *envelope* read in *response*, whose body has the *value*.

    Looking for a code takes long, so it is done once for all of them.
    """
    details = decoding.decode(
        response.headers,
        response.body if value is None else value,
        envelope,
        group.known,
        is_success=not is_error_status(response.http_status),
    )
    is_in_place = False
    if details.code is not None:
        batch = value if envelopes.is_array(value) else []
        is_in_place = any(
            failure.code == details.code
            for item in (value, *batch[: failures.MAX_LIST_ITEMS])
            for failure in failures.documented_failures(item, envelope, group.known)
        )
    for service in group.services:
        yield _Reading(service=service, code=details.code, is_in_place=is_in_place)


def _groups(services: Iterable[ServiceCodes]) -> "Mapping[Envelope, _Group]":
    by_envelope: dict[Envelope, list[ServiceCodes]] = {}
    for service in services:
        by_envelope.setdefault(_envelope(service), []).append(service)
    return {
        envelope: _Group(
            services=tuple(group), known=frozenset(code for s in group for code in s.known)
        )
        for envelope, group in by_envelope.items()
    }


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


def _observed(response: Response, value: object, chosen: list[_Reading]) -> Observed:
    code = chosen[0].code
    chosen = [reading for reading in chosen if reading.code == code]
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
