"""The reference of the audit's rules in Markdown, and as text for a terminal."""

import textwrap
from collections.abc import Iterator, Sequence

from errbook.audit import RULES
from errbook.audit.rule import AuditRule
from errbook.text.commonmark import code_span, table

_COLUMNS = 79
_LABEL = 13
_INTRODUCTION = """\
## Audit

These are the findings of `errbook audit`, which holds [code and traffic](audit.md) against the
documents. Errors and warnings give the exit status 1.

A comment on the line of a finding waives it, in any language: `errbook: ignore EB801`. The option
`--baseline` hides the findings that a project has accepted.
"""


def audit_as_markdown() -> str:
    """Return the reference of all rules."""
    parts = [_INTRODUCTION, table(["Rule", "Name", "Severity"], map(_row, RULES))]
    for rule in RULES:
        parts += ["", *_section(rule)]
    return "\n".join(parts)


def audit_as_lines(rules: Sequence[AuditRule]) -> Iterator[str]:
    """Yield the lines that explain one rule, or that list several."""
    if len(rules) > 1:
        width = max(len(rule.name) for rule in rules)
        yield from (f"{rule.id}  {rule.name:{width}}  {rule.severity}" for rule in rules)
        return
    for rule in rules:
        yield f"{rule.id} {rule.name} ({rule.severity})"
        for label, text in (
            ("Message", rule.message),
            ("Hint", rule.hint),
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
        yield from ("", "  Example:", "")
        yield from textwrap.indent(_example(rule), "    ").splitlines()


def _how_to_turn_off(rule: AuditRule) -> str:
    if rule.name == "unused-waiver":
        return "This rule cannot be turned off."
    baseline = "an entry in the baseline: errbook audit --baseline FILE"
    if rule.id.startswith("EB81") or rule.name == "unused-code":
        return baseline
    return f"a comment on the line, errbook: ignore {rule.id}, or {baseline}"


def _example(rule: AuditRule) -> str:
    return textwrap.dedent(rule.example).strip("\n")


def _row(rule: AuditRule) -> list[str]:
    return [f"[{rule.id}](#{rule.id.lower()}-{rule.name})", rule.name, str(rule.severity)]


def _section(rule: AuditRule) -> Iterator[str]:
    yield f"### {rule.id} {rule.name}"
    yield ""
    yield f"- {rule.severity}: {code_span(rule.message)}"
    yield f"- hint: {code_span(rule.hint)}"
    yield ""
    yield from textwrap.wrap(rule.why, 100, break_on_hyphens=False, break_long_words=False)
    yield ""
    yield "```text"
    yield from _example(rule).splitlines()
    yield "```"
