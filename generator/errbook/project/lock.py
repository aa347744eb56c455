"""errbook.lock: the assigned names, which never change on their own.

TOML, one table per service, one line per code, sorted:
``"VPN.0001" = "InvalidRequestError VPN_0001 400"``. Another table per service lists the documents
with codes: ``"docs/vpn.rst" = 0``, with the number of tables in it that cannot be read. The last
line is always the same.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping

import msgspec

from errbook.diagnostics import Failure, Location
from errbook.files import read_text
from errbook.project.settings import Settings
from errbook.text.toml import quoted

NAME = "errbook.lock"
NO_CLASS = "-"

_HEADER = """\
# The names that errbook has assigned. Commit this file. After a merge conflict, run
# `errbook generate`: it keeps the names of both sides.
"""
_EARLIER_HEADER = "# The names that errbook handed out."  # such locks have no last line
_LAST_LINE = "# end of errbook.lock"
"""Without it, the file was cut off."""

_DOCUMENTS = "documents of "
"""The beginning of a table's name; service ids have no spaces."""

_CONFLICT_MARKER = re.compile(r"([<|=>])(?=\1{6}(?:\s|$))")
_REMEDY = "restore the file from version control"
_LINE = re.compile(
    r"(?P<class>-|([A-Za-z][A-Za-z0-9_]*)?Error) (?P<member>[A-Za-z][A-Za-z0-9_]*)"
    r" (?P<status>-|\d{3}(,\d{3})*)"
    r"(?P<words>( retired| pruned| was:([A-Za-z][A-Za-z0-9_]*)?Error)*)"
)


class LockEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the lock: the names of one code."""

    class_name: str | None
    """None for a success that never had a class."""

    member: str
    http_status: tuple[int, ...]
    retired: bool = False
    """The documents no longer contain the code; its class, if any, is still generated."""

    pruned: bool = False
    """The class is no longer generated; the line prevents its name from being assigned again."""

    former: tuple[str, ...] = ()
    """The code's earlier class names, oldest first."""

    @property
    def names(self) -> str:
        """The class and the member as they stand in the line."""
        return f"{self.class_name or NO_CLASS} {self.member}"


class Section(msgspec.Struct, frozen=True):
    """The lines of one service in the file, without the header of the table."""

    lines: tuple[tuple[int, str], ...] = ()
    """Line numbers and lines."""

    documents: tuple[tuple[int, str], ...] = ()
    """Those of the table of documents."""

    @property
    def texts(self) -> "SectionTexts":
        """The texts without empty lines at the end, as they are written."""
        return SectionTexts(_joined(self.lines), _joined(self.documents))


class SectionTexts(msgspec.Struct, frozen=True):
    """The lines of one service in the file."""

    codes: str
    documents: str


def _joined(lines: tuple[tuple[int, str], ...]) -> str:
    return "\n".join(line for _, line in lines).rstrip("\n")


class KnownDocument(msgspec.Struct, frozen=True):
    """A document with codes, according to the lock."""

    unread: int
    """The number of its tables and includes that were not read."""

    location: Location
    """In the lock."""


class TwoLines(msgspec.Struct, frozen=True, kw_only=True):
    """Two lines that name one code differently."""

    code: str
    names: str
    """Class and member in the later line."""

    other: str
    """Class and member in the earlier line."""

    earlier_line: int
    location: Location


class SharedName(msgspec.Struct, frozen=True, kw_only=True):
    """A name that two codes have."""

    name: str
    code: str
    other: str
    """The code in the later line."""

    earlier_line: int
    location: Location


LockConflict = TwoLines | SharedName


class Lock(msgspec.Struct, frozen=True, kw_only=True):
    """errbook.lock as it was read: the configured services, and those that are gone."""

    sections: Mapping[str, Section]
    """Id -> section, for configured services."""

    gone: Mapping[str, SectionTexts]
    """Id -> lines, for services that are no longer configured."""

    gone_conflicts: tuple[LockConflict, ...]
    """The contradictions in the lines of services that are no longer configured."""

    has_markers: bool
    """Whether the file has the markers of a merge conflict; then both sides were read."""


def load(settings: Settings, *, prune: bool = False) -> Lock:
    """Return the lock of the project with these *settings*.

    With *prune*, services that are no longer configured lose their classes. Without it, such a
    service with classes raises Failure. So does a file that is not a lock.
    """
    path = settings.root / NAME
    text = read_text(path, NAME) if path.exists() else None
    sections = split(text, NAME) if text is not None else {}
    gone: dict[str, SectionTexts] = {}
    gone_conflicts: list[LockConflict] = []
    for service in sorted(sections.keys() - {service.id for service in settings.services}):
        entries, conflicts = parse(sections.pop(service), NAME)
        gone_conflicts += conflicts
        if prune:
            entries = {code: _pruned(entry) for code, entry in entries.items()}
        elif not all(entry.pruned for entry in entries.values()):
            raise Failure(
                NAME,
                f"the service '{service}' has names here but is not in {settings.file}",
                "configure it again, or remove its classes with errbook generate --prune",
            )
        gone[service] = SectionTexts(render_codes(entries), "")
    return Lock(
        sections=sections,
        gone=gone,
        gone_conflicts=tuple(gone_conflicts),
        has_markers=text is not None and re.search("(?m)^<{7}", text) is not None,
    )


def _pruned(entry: LockEntry) -> LockEntry:
    return msgspec.structs.replace(entry, retired=False, pruned=True)


def split(text: str, path: str) -> dict[str, Section]:
    """Return the sections of the lock with this *text*, by service.

    Of a merge conflict, both sides are read. Raises Failure, which names *path*, if the text is not
    a lock.
    """
    codes: dict[str, list[tuple[int, str]]] = {}
    documents: dict[str, list[tuple[int, str]]] = {}
    own: list[tuple[int, str]] | None = None
    before_conflict = own
    is_base = False  # the common ancestor in a conflict, which git shows if it is told to
    # str.splitlines would also split at U+2028, which a code may contain.
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if _LAST_LINE not in lines and not text.startswith(_EARLIER_HEADER):
        what = f"the last line, '{_LAST_LINE}', is missing: the file was cut off"
        raise Failure(path, what, _REMEDY)
    for number, line in enumerate(lines, 1):
        if line[:1] == '"' and own is not None:  # most lines, and there may be thousands
            if not is_base:
                own.append((number, line))
            continue
        place = Location(path=path, line=number, column=1)
        if marker := _CONFLICT_MARKER.match(line):
            if marker[0] == "<":
                before_conflict = own
            elif marker[0] == "=":
                own = before_conflict
            is_base = marker[0] == "|"
            continue
        if is_base or line == _LAST_LINE:
            continue
        if line.lstrip().startswith("["):
            ((name, content),) = _parsed(line, place).items()
            if content != {}:
                raise _malformed(place)
            kind = documents if name.startswith(_DOCUMENTS) else codes
            own = kind.setdefault(name.removeprefix(_DOCUMENTS), [])
        elif own is not None:
            own.append((number, line))
        elif _parsed(line, place):
            raise _malformed(place, "this line belongs to no service")
    return {
        service: Section(tuple(codes.get(service, ())), tuple(documents.get(service, ())))
        for service in codes | documents
    }


def parse_documents(section: Section, path: str) -> dict[str, KnownDocument]:
    """Return the documents of *section* by path, relative to the configuration.

    Raises Failure, which names *path*, for a line that is not such an entry.
    """
    documents: dict[str, KnownDocument] = {}
    for number, line in section.documents:
        place = Location(path=path, line=number, column=1)
        for name, unread in _parsed(line, place).items():
            if not isinstance(unread, int):
                raise _malformed(place)
            known = documents.get(name)
            documents[name] = KnownDocument(max(unread, known.unread if known else 0), place)
    return documents


def parse(section: Section, path: str) -> tuple[dict[str, LockEntry], tuple[LockConflict, ...]]:
    """Return the entries of *section* by code, and the contradictions that a merge left in it.

    Each line is parsed on its own, because a code that two branches added has two lines.
    Raises Failure, which names *path*, for a line that is not a lock entry.
    """
    entries: dict[str, LockEntry] = {}
    conflicts: list[LockConflict] = []
    holders: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, line in section.lines:
        place = Location(path=path, line=number, column=1)
        for code, value in _parsed(line, place).items():
            entry = _entry(value, place)
            before = entries.get(code, entry)
            first_line = lines.setdefault(code, number)
            merged = _merged(before, entry)
            if merged is None:
                conflicts.append(
                    TwoLines(
                        code=code,
                        names=entry.names,
                        other=before.names,
                        earlier_line=first_line,
                        location=place,
                    )
                )
                continue
            entries[code] = merged
            for claim, name in _claims(entry):
                holder = holders.setdefault(claim, code)
                if holder != code:
                    conflicts.append(
                        SharedName(
                            name=name,
                            code=holder,
                            earlier_line=lines[holder],
                            other=code,
                            location=place,
                        )
                    )
    return entries, tuple(conflicts)


def _merged(one: LockEntry, other: LockEntry) -> LockEntry | None:
    """Return one entry for two lines of a code; None if they contradict each other.

    They agree if they have the same names, or if the former names of one include the other's.
    """
    if _is_older(one, other):
        one, other = other, one
    elif one.names != other.names and not _is_older(other, one):
        return None
    return msgspec.structs.replace(
        one,
        retired=one.retired and other.retired,
        pruned=one.pruned or other.pruned,
        former=tuple(dict.fromkeys((*one.former, *other.former))),
    )


def _is_older(one: LockEntry, other: LockEntry) -> bool:
    """Return whether *other* lists the class of *one* among its former names."""
    return (
        one.member == other.member
        and one.class_name != other.class_name
        and one.class_name in (None, *other.former)
        and other.class_name not in one.former
    )


def _claims(entry: LockEntry) -> Iterator[tuple[str, str]]:
    """Yield the names that no other code may have: a key for comparison, and the name."""
    yield f"member {entry.member}", entry.member
    for name in (entry.class_name, *entry.former):
        if name:
            yield f"class {name.lower()}", name


def _malformed(place: Location, what: str = "not a valid lock entry") -> Failure:
    return Failure(f"{place.path}:{place.line}", what, _REMEDY)


def _parsed(line: str, place: Location) -> dict[str, object]:
    try:
        return tomllib.loads(line)
    except (ValueError, RecursionError):
        raise _malformed(place) from None


def _entry(value: object, place: Location) -> LockEntry:
    match = _LINE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _malformed(place)
    words = match["words"].split()
    return LockEntry(
        class_name=None if match["class"] == NO_CLASS else match["class"],
        member=match["member"],
        http_status=tuple(int(s) for s in match["status"].split(",") if s != "-"),
        retired="retired" in words,
        pruned="pruned" in words,
        former=tuple(word.removeprefix("was:") for word in words if word.startswith("was:")),
    )


def render(sections: Mapping[str, SectionTexts]) -> str:
    """Return the text of the lock. *sections* are by service."""
    parts: list[str] = []
    for service, section in sorted(sections.items()):
        parts.append(f"\n[{service}]\n{section.codes}")
        if section.documents:
            parts.append(f'\n["{_DOCUMENTS}{service}"]\n{section.documents}')
    lines = "".join(part.rstrip("\n") + "\n" for part in parts)
    return f"{_HEADER}{lines}\n{_LAST_LINE}\n"


def render_documents(documents: Mapping[str, int]) -> str:
    """Return the lines of *documents*, path -> number of tables and includes not read."""
    return "\n".join(f"{quoted(path)} = {unread}" for path, unread in sorted(documents.items()))


def render_codes(entries: Mapping[str, LockEntry]) -> str:
    """Return the lines of *entries*, a mapping from codes."""
    return "\n".join(
        f"{quoted(code)} = {quoted(_line(entry))}" for code, entry in sorted(entries.items())
    )


def _line(entry: LockEntry) -> str:
    status = ",".join(map(str, entry.http_status)) or "-"
    words = [entry.class_name or NO_CLASS, entry.member, status]
    if entry.retired:
        words.append("retired")
    if entry.pruned:
        words.append("pruned")
    return " ".join([*words, *(f"was:{name}" for name in entry.former)])
