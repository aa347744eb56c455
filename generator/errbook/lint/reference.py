"""The reference of the rules, in Markdown, written from the registered rules."""

import textwrap
from collections.abc import Iterator

from errbook.lint import RULES
from errbook.lint.rule import Rule
from errbook.text.commonmark import code_span, escape, table

_INTRODUCTION = """\
# Rules

What `errbook lint` and `errbook check` look for. `errbook rules` prints this page.

A project switches rules off, or gives them another severity, by id, by name, or by the beginning of
their ids:

```toml
[tool.errbook.lint]
select = ["EB1", "EB2", "unregistered-status"]   # these alone; all, where it is missing
ignore = ["EB204"]
[tool.errbook.lint.severity]
EB303 = "warning"
```

A comment in a document silences rules at its place: before all text for the page, before a table
for the table, in a cell for its row.

```rst
.. errbook: ignore EB203, EB401
```

Findings of severity error stop `errbook generate`; those of severity info are told and never count.
"""


def rules_as_markdown() -> str:
    """Return the reference of all rules."""
    parts = [_INTRODUCTION, table(["Rule", "Name", "Severity"], map(_row, RULES))]
    for rule in RULES:
        parts += ["", *_section(rule)]
    return "\n".join(parts)


def _row(rule: Rule) -> list[str]:
    return [
        f"[{rule.id}](#{rule.id.lower()}-{rule.name})",
        rule.name,
        str(rule.severity),
    ]


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id} {rule.name}"
    yield ""
    yield f"Says, with severity {rule.severity}: {code_span(rule.message)}"
    yield ""
    yield from textwrap.wrap(rule.why, 100, break_on_hyphens=False, break_long_words=False)
    yield ""
    yield "```text"
    yield from textwrap.dedent(rule.example).strip("\n").splitlines()
    yield "```"
    yield ""
    yield f"What to do: {escape(rule.hint)}."
    if rule.is_always_on:
        yield ""
        yield "It cannot be switched off."
