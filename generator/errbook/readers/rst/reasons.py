"""Why docutils could not read a table, in words for the page's author."""

import re

# From parsers/rst/states.py, tableparser.py and directives/tables.py of docutils 0.21 and 0.22. A
# message is at the line that it is about, so the number of a table's line is not repeated.
_REASONS = {
    "Right border not aligned": "its right border is missing or out of line here",
    "Bottom border missing": "its bottom border is missing or broken",
    "does not match top border": "this border is longer or shorter than the first one",
    "No bottom table border": "its bottom border is missing, or no blank line follows it",
    "Text in column margin": "there is text between two columns",
    "Column span incomplete": "the line below joined cells is too short",
    "Column span alignment": "the line below joined cells ends between two columns",
    "Multiple head/body": "more than one line is drawn with '='",
    "head/body row separator may": "its first or last line is drawn with '='",
    "Malformed table": "its borders do not meet",
    "access deactivated": "its rows are in another file, which errbook does not read",
    "one table expected": "its content is not one table",
    "one bullet list expected": "its content is not one bullet list",
    r"row (\d+) does not contain a": r"row \1 has no list of cells",
    r"row (\d+) .*\((\d+) vs (\d+)\)": r"row 1 has \3 cells, row \1 has \2",
    r"(\d+) header .* only (\d+) row": r"header-rows (\1) is larger than the number of rows (\2)",
    r"(\d+) stub .* only (\d+) col": r"stub-columns (\1) is larger than the number of cells (\2)",
    "no data remaining": "it would have headings but no rows",
    r"do not match .*\((\d+)\)": r"the option widths does not have one value per column (\1)",
    "No table data|content required|requires content|Content block expected": "it has no rows",
    "unexpected end of data": "a quotation mark is not closed",
    "Error with CSV data in [^:]+: (.*)": r"its rows are not valid CSV: \1",
    """option: "([^"]*)"; value: '([^']*)'""": r"the option \1 cannot be '\2'",
}
"""Pattern of docutils' message -> the reason. The first one that is found counts."""


def reason(message: str) -> str:
    """Return the reason in docutils' *message*; the message itself if it is not known."""
    text = " ".join(message.split()).rstrip(".")
    for pattern, words in _REASONS.items():
        if found := re.search(pattern, text):
            return found.expand(words)
    return text[:1].lower() + text[1:]
