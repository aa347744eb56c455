"""Places where a page seems to list codes, but none was read."""

from collections.abc import Collection, Iterator, Sequence

import msgspec

from errbook.analyzer.cells import codes_in
from errbook.analyzer.columns import list_members
from errbook.analyzer.evidence import holds_only_statuses, looks_like_code
from errbook.analyzer.listings import item_text
from errbook.analyzer.tables import AnalyzedTable
from errbook.analyzer.titles import Evidence, mostly_speak_of_trouble, title_evidence
from errbook.diagnostics import Location
from errbook.readers.document import Context, Listing


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A table or a list under a title that speaks of codes, from which no code was read."""

    what: str
    """``table``, or the kind of the listing."""

    title: str
    headings: tuple[str, ...]
    """The headings of a table."""

    location: Location


def unread_codes(
    tables: Sequence[AnalyzedTable], listings: Sequence[Listing], documented: Collection[str]
) -> Iterator[Unread]:
    """Yield where codes may stand that are not among those *documented* on the page.

    Nothing is reported in a section in which an error table was read.
    """
    read = {table.table.context.section for table in tables if table.is_error_table}
    for table in tables:
        evidence = own_evidence(table.table.context)
        if evidence.topic == "codes" and table.table.context.section not in read:
            texts = [table.texts(i) for i in range(table.width)]
            is_other = table.is_excluded or list_members(table.headings, texts)
            if not is_other and len(table.rows) > 1 and not any(map(holds_only_statuses, texts)):
                yield Unread(
                    what="table",
                    title=evidence.title,
                    headings=table.headings,
                    location=table.table.location,
                )
    for listing in listings:
        evidence = own_evidence(listing.context)
        says_codes = evidence.topic == "codes" or (
            evidence.topic == "statuses"
            and mostly_speak_of_trouble([item_text(i.head.text, i) for i in listing.items])
        )
        is_unread = says_codes and listing.context.section not in read
        if is_unread and _lists_other_codes(listing, documented):
            yield Unread(
                what=listing.kind, title=evidence.title, headings=(), location=listing.location
            )


def own_evidence(context: Context) -> Evidence:
    """Return what its own title, or that of its section, says; not those farther away."""
    nearest = context.titles[: 1 + context.titles.index(context.section)] if context.section else ()
    return title_evidence(nearest or context.titles[:1])


def _lists_other_codes(listing: Listing, documented: Collection[str]) -> bool:
    """Return whether the items of *listing* begin with codes that are not *documented*."""
    heads = [item.head.text for item in listing.items]
    codes = {code for head in heads for code in codes_in(head) if looks_like_code(code)}
    is_of_codes = len(codes) > 1 and 2 * len(codes) > len(listing.items)
    return is_of_codes and not holds_only_statuses(heads) and not codes <= set(documented)
