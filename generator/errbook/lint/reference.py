"""The rule reference, made from the registered rules: as Markdown, and as text for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from errbook.lint import RULES
from errbook.lint.rule import Rule
from errbook.text.commonmark import code_span, table

_COLUMNS = 79  # a terminal with 80 may wrap a full line
_LABEL = 13  # the columns of a label: "Turn it off"

_INTRODUCTION = """\
# Rules

These are the problems that `errbook lint`, `errbook check` and `errbook generate` report.
`errbook rules` prints this page.

To turn rules off or change their severity, use an id, a name or the beginning of an id:

```toml
[tool.errbook.lint]
select = ["EB1", "EB2", "EB303"]   # only these rules, and those that cannot be turned off
ignore = ["EB204"]
[tool.errbook.lint.severity]
EB303 = "warning"
```

A comment in a document silences rules: for the whole page if it comes before all text, for a table
or an example if it stands directly before it, for a row if it stands in one of the row's cells.

```rst
.. errbook: ignore EB203, EB401
```

In Markdown it is `<!-- errbook: ignore EB203 -->`, in MDX `{/* errbook: ignore EB203 */}`.

`errbook generate` does not write a service that has findings with severity error. With warnings,
`errbook lint` exits with status 1; other commands do so only with `--strict`. Findings with
severity info never affect the exit status.
"""


def rules_as_markdown() -> str:
    """Return the reference of all rules."""
    parts = [_INTRODUCTION, table(["Rule", "Name", "Severity"], map(_row, RULES))]
    for rule in RULES:
        parts += ["", *_section(rule)]
    return "\n".join(parts)


def rules_as_lines(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the lines that explain one rule, or that list several."""
    if len(rules) == 1:
        yield from _explanation(rules[0])
        return
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        yield f"{rule.id}  {rule.name:{width}}  {rule.severity}"


def _explanation(rule: Rule) -> Iterator[str]:
    yield f"{rule.id} {rule.name} ({rule.severity})"
    for label, text in (
        ("Message", _with_single_braces(rule.message)),
        ("Hint", _with_single_braces(rule.hint)),
        ("Why", rule.why),
        ("Turn it off", _how_to_turn_off(rule)),
    ):
        yield from textwrap.wrap(
            text,
            _COLUMNS,
            initial_indent=f"  {label:{_LABEL}}",
            subsequent_indent=" " * (_LABEL + 2),
            break_on_hyphens=False,
            break_long_words=False,
        )
    yield ""
    yield "  Example:"
    yield ""
    yield from textwrap.indent(_example(rule), "    ").splitlines()


def _how_to_turn_off(rule: Rule) -> str:
    if rule.is_always_on:
        return "This rule cannot be turned off."
    return (
        f'ignore = ["{rule.id}"] in [tool.errbook.lint], or a comment in the document: '
        f"errbook: ignore {rule.id}"
    )


def _example(rule: Rule) -> str:
    return textwrap.dedent(rule.example).strip("\n")


def _with_single_braces(template: str) -> str:
    """Return *template* as it is printed, without the doubled braces of a format string."""
    return template.replace("{{", "{").replace("}}", "}")


def _row(rule: Rule) -> list[str]:
    return [
        f"[{rule.id}](#{rule.id.lower()}-{rule.name})",
        rule.name,
        str(rule.severity),
    ]


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id} {rule.name}"
    yield ""
    yield f"- {rule.severity}: {code_span(_with_single_braces(rule.message))}"
    yield f"- hint: {code_span(_with_single_braces(rule.hint))}"
    yield ""
    yield from textwrap.wrap(rule.why, 100, break_on_hyphens=False, break_long_words=False)
    yield ""
    yield "```text"
    yield from _example(rule).splitlines()
    yield "```"
    if rule.is_always_on:
        yield ""
        yield "This rule cannot be turned off."
