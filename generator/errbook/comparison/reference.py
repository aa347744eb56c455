"""The reference of changes in Markdown, made from the registered kinds."""

import textwrap
from collections.abc import Iterator, Sequence

from errbook.comparison import RULES, ChangeRule
from errbook.text.commonmark import table

_COLUMNS = 79
_INTRODUCTION = """\
## Changes

These are the changes that `errbook diff` reports. `errbook generate` and `errbook check` report
those that are not about texts.

A program that works with the old outputs may fail with the new ones after a breaking change. After
a deprecation it works, but should be edited before the next breaking change. After an addition
or a change of a text it works.
"""


def changes_as_markdown() -> str:
    """Return the reference of all kinds of changes."""
    parts = [_INTRODUCTION, table(["Change", "Name", "Level", "Version"], map(_row, RULES))]
    for rule in RULES:
        parts += ["", *_section(rule)]
    return "\n".join(parts)


def changes_as_lines(rules: Sequence[ChangeRule]) -> Iterator[str]:
    """Yield the lines that explain one kind of change, or that list several."""
    if len(rules) > 1:
        width = max(len(rule.name) for rule in rules)
        yield from (f"{rule.id}  {rule.name:{width}}  {rule.level}" for rule in rules)
        return
    for rule in rules:
        yield f"{rule.id} {rule.name} ({rule.level})"
        yield f"  {rule.label}"
        yield ""
        yield from textwrap.wrap(
            rule.why,
            _COLUMNS,
            initial_indent="  ",
            subsequent_indent="  ",
            break_on_hyphens=False,
            break_long_words=False,
        )
        yield ""
        yield from textwrap.indent(textwrap.dedent(rule.example).strip("\n"), "    ").splitlines()


def _row(rule: ChangeRule) -> list[str]:
    return [
        f"[{rule.id}](#{rule.id.lower()}-{rule.name})",
        rule.name,
        str(rule.level),
        rule.level.version,
    ]


def _section(rule: ChangeRule) -> Iterator[str]:
    yield f"### {rule.id} {rule.name}"
    yield ""
    yield f"- {rule.level}: `{rule.label}`"
    yield ""
    yield from textwrap.wrap(rule.why, 100, break_on_hyphens=False, break_long_words=False)
    yield ""
    yield "```diff"
    yield from textwrap.dedent(rule.example).strip("\n").splitlines()
    yield "```"
