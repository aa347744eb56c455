"""The lines of a document, and locations in them."""

from docutils.utils import column_width

from errbook.diagnostics import Location

TAB_WIDTH = 8  # as in docutils


class SourceText:
    """The lines of a document as docutils counts them."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.text = text
        self._lines = text.splitlines()

    @property
    def length(self) -> int:
        """The number of lines."""
        return len(self._lines)

    def first_text(self, line: int) -> Location:
        """Return the location of the first character of *line* that is not a space."""
        # docutils numbers the lines in a csv-table's option ``:header:`` too high.
        line = max(1, min(line, self.length))
        raw = self.line(line)
        return Location(path=self.path, line=line, column=len(raw) - len(raw.lstrip()) + 1)

    def find(self, line: int, words: str, width: int = 0) -> Location:
        """Return the location of *words* in *line*, skipping *width* terminal columns."""
        raw = self.line(line)
        expanded = raw.expandtabs(TAB_WIDTH)
        begin = _index_at_width(expanded, width)
        index = expanded.find(words, begin) if words else -1
        if index < 0:
            index = begin
            if expanded.startswith("|", begin):
                index += len("| ")
        if "\t" in raw:
            index = _index_before_expanding(raw, index)
        return Location(path=self.path, line=line, column=index + 1)

    def indent(self, line: int) -> int:
        """Return how many terminal columns *line* is indented."""
        expanded = self.line(line).expandtabs(TAB_WIDTH)
        return len(expanded) - len(expanded.lstrip())

    def line(self, line: int) -> str:
        """Return the text of *line*; empty if there is no such line."""
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""


def _index_before_expanding(raw: str, index: int) -> int:
    """Return the index in *raw* of the character that is at *index* after expanding tabs."""
    return next(
        (i for i in range(len(raw)) if len(raw[: i + 1].expandtabs(TAB_WIDTH)) > index), len(raw)
    )


def _index_at_width(line: str, width: int) -> int:
    """Return the index of the character that begins *width* terminal columns into *line*.

    Grid tables are drawn in terminal columns; an ideograph takes two.
    """
    if line.isascii():
        return width
    return next((i for i in range(len(line)) if column_width(line[:i]) >= width), len(line))
