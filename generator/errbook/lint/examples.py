"""Checks of the example bodies."""

import re
from collections.abc import Iterable, Iterator

from errbook.analyzer import Documented, Page
from errbook.diagnostics import Diagnostic
from errbook.rules.examples import BROKEN_EXAMPLE, UNDOCUMENTED_EXAMPLE

# What stands for a code in an example that shows only the shape.
_STAND_IN = re.compile(
    r"[xX*.…]*|<.*>|\{.*\}|\$.*|(error|err)?[ _-]?code|string|integer", re.IGNORECASE
)


def check_codes(items: Iterable[Documented], pages: Iterable[Page]) -> Iterator[Diagnostic]:
    """Yield the examples on *pages* with a code that none of *items* documents."""
    items = tuple(items)
    known = {item.code for item in items}
    # In some envelopes the code is the status, and the error has a name elsewhere.
    known |= {str(status) for item in items for status in item.occurrence.http_status}
    for page in pages:
        for example in page.examples if page.error_tables else ():
            code = example.code
            if code is not None and code not in known and not _STAND_IN.fullmatch(code):
                yield UNDOCUMENTED_EXAMPLE.at(example.location, code=code)


def check_validity(page: Page) -> Iterator[Diagnostic]:
    """Yield the examples that are spoilt."""
    for example in page.examples:
        if example.flaw:
            yield BROKEN_EXAMPLE.at(
                example.flaw.location,
                format=example.flaw.format,
                reason=example.flaw.reason,
            )
