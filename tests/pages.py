"""Documents for tests, written as a converter would write them."""

import unicodedata
from collections.abc import Sequence

HEADINGS = ("Status Code", "Error Code", "Error Message", "Description", "Solution")


def page(*rows: Sequence[str], headings: Sequence[str] = HEADINGS) -> str:
    """Return a page with one grid table of *rows*, whose cells are reStructuredText."""
    return f"Error Codes\n===========\n\n{grid(headings, *rows)}"


def grid(headings: Sequence[str], *rows: Sequence[str]) -> str:
    """Return a grid table."""
    filled = [[*row, *[""] * (len(headings) - len(row))] for row in (headings, *rows)]
    cells = [[cell.split("\n") for cell in row] for row in filled]
    columns = zip(*cells, strict=True)
    widths = [max(_width(line) for cell in column for line in cell) for column in columns]
    drawn = [_rule(widths, "-")]
    for number, row in enumerate(cells):
        height = max(map(len, row))
        for lines in zip(*(cell + [""] * (height - len(cell)) for cell in row), strict=True):
            texts = (t + " " * (w - _width(t)) for t, w in zip(lines, widths, strict=True))
            drawn.append(f"| {' | '.join(texts)} |")
        drawn.append(_rule(widths, "-" if number else "="))
    return "\n".join(drawn) + "\n"


def escaped(text: str) -> str:
    """Return reStructuredText that is read as *text*, without any markup."""
    return "".join(c if c.isalnum() or c in " \n" or not c.isascii() else f"\\{c}" for c in text)


def _width(text: str) -> int:
    """Return how many columns of a terminal *text* takes."""
    return sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _rule(widths: Sequence[int], line: str) -> str:
    return f"+{'+'.join(line * (width + 2) for width in widths)}+"
