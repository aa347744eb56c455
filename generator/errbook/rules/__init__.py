"""All rules: what errbook looks for in documents, in their catalogue and in its names."""

from errbook.diagnostics import Rule
from errbook.rules import codes, examples, names, statuses, tables, texts

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            value
            for module in (tables, codes, statuses, texts, examples, names)
            for value in vars(module).values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.id,
    )
)
"""In the order of their ids."""


def matching(text: str) -> frozenset[str]:
    """Return the ids of the rules that *text* names: an id, the beginning of ids, or a name."""
    return frozenset(
        rule.id
        for rule in RULES
        if rule.name == text or (text.startswith("EB") and rule.id.startswith(text))
    )
