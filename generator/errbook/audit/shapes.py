"""What the codes of services look like: ``VPN.0001`` is three letters, a dot and four digits.

A code that is not documented is recognized by a shape that documented codes share.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

import msgspec

_NUMBER = re.compile("([0-9]+)(?![A-Za-z0-9])")
_MIN_CODES = 2
"""A shape that fewer codes have says nothing about others."""

_MIN_SHARE = 0.1
"""Of all codes of the service."""

_MIN_SHARE_OF_MOST = 2 / 3
"""Of the codes with the most frequent prefix. Codes with a rarer one may be those of another
service: ``Common.0011`` among ``Ecs.…``, or ``VPC.2030`` among ``NAT.…``.
"""

_GENERIC = frozenset(
    "aes bug cve cwe fig fips http https id ieee ipv issue iso jira line md page pep rel "
    "release rev rfc rsa sec sha sha1 tls utf v ver version".split()
)
"""What stands before numbers that are no error codes: ``RFC-9110``."""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The literal parts of a code, and how many digits stand between them."""

    literals: tuple[str, ...]
    """There is always one more literal than numbers; the last one is mostly empty."""

    digits: tuple[int, ...]

    @classmethod
    @lru_cache(maxsize=100_000)
    def of(cls, code: str) -> "Shape | None":
        """Return the shape of *code*; None without a letter or without a number.

        A number that a letter follows is a part of the literal: ``S2I.0001`` has one number.
        """
        pieces = _NUMBER.split(code)
        literals, numbers = pieces[::2], pieces[1::2]
        if not numbers or not any(map(str.isalpha, "".join(literals))):
            return None
        return cls(literals=tuple(literals), digits=tuple(map(len, numbers)))

    @property
    def is_specific(self) -> bool:
        """Whether nothing but a code of the service looks like this.

        It begins with two letters or more, and has three digits and a separator (``VPN.0001``,
        ``ORA-00942``), or with three letters and four digits (``ABC1234``).
        """
        text = "".join(self.literals)
        letters, digits = sum(map(str.isalpha, text)), sum(self.digits)
        if not self._begins_a_name:
            return False
        if text.isalnum():
            return letters >= 3 and digits >= 4
        return letters >= 2 and digits >= 3

    @property
    def is_telling(self) -> bool:
        """Whether, in quotes and beside another code of the service, this is such a code.

        ``P2002`` is; ``E1``, ``HTTP404`` and ``0x80070005`` are not.
        """
        return sum(self.digits) >= 2 and self._begins_a_name

    @property
    def _begins_a_name(self) -> bool:
        prefix = self.stem.rstrip("._-: ").lower()
        return prefix[:1].isalpha() and prefix.isascii() and prefix not in _GENERIC

    @property
    def pattern(self) -> str:
        """A regular expression for codes with this shape."""
        parts = [re.escape(self.literals[0])]
        for digits, literal in zip(self.digits, self.literals[1:], strict=True):
            parts.append(f"[0-9]{{{digits}}}{re.escape(literal)}")
        return "".join(parts)

    @property
    def stem(self) -> str:
        """What stands before the first number."""
        return self.literals[0]


def own_shapes(codes: Iterable[str]) -> frozenset[Shape]:
    """Return the shapes that are typical of a service with these *codes*."""
    shapes = [Shape.of(code) for code in codes]
    counts = Counter(shape for shape in shapes if shape)
    prefixes = Counter(shape.literals for shape in shapes if shape)
    most = max(prefixes.values(), default=0)
    least = max(_MIN_SHARE * len(shapes), _MIN_SHARE_OF_MOST * most)
    return frozenset(
        shape
        for shape, count in counts.items()
        if count >= _MIN_CODES and prefixes[shape.literals] >= least
    )


def any_of(patterns: Iterable[str], after: str) -> re.Pattern[str] | None:
    """Return a pattern for one of *patterns*, which begin with a letter, before *after*.

    Those with the same first letter stand in one group: so Python finds the letters quickly.
    """
    groups: dict[str, list[str]] = {}
    for pattern in sorted(set(patterns)):
        groups.setdefault(pattern[0], []).append(pattern[1:])
    if not groups:
        return None
    alternatives = (f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())
    return re.compile(f"(?:{'|'.join(alternatives)}){after}")


def nearest(code: str, known: Collection[str], most: int = 3) -> tuple[str, ...]:
    """Return the codes in *known* that are most similar to *code*.

    Those with its shape are, if there are any: first those with fewer different characters, then
    with smaller differences of the numbers. The same characters in another order count as one
    difference: ``VPN.0040`` and ``VPN.0004``.
    """
    shape = Shape.of(code)
    same = (other for other in known if len(other) == len(code) and Shape.of(other) == shape)
    found = sorted(same, key=lambda other: tuple(_distances(code, other)))[:most]
    return tuple(found or get_close_matches(code, sorted(known), n=most, cutoff=0))


def _distances(code: str, other: str) -> Iterator[int | str]:
    has_same = sorted(code) == sorted(other)
    yield 1 if has_same else sum(a != b for a, b in zip(code, other, strict=True))
    yield abs(_number(code) - _number(other))
    yield other


def _number(code: str) -> int:
    return int("0" + "".join(filter(str.isdecimal, code)))
