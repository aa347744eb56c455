"""The lines of a document, and the places in them."""

from docutils.utils import column_width

from errbook.diagnostics import Location

TAB_WIDTH = 8  # what docutils expands tabs to


class SourceText:
    """The lines of a document as docutils counts them."""

    def __init__(self, text: str, path: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    @property
    def length(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def first_text(self, line: int) -> Location:
        """Return the place of the first character of *line* that is not a space."""
        raw = self.line(line)
        return Location(path=self._path, line=line, column=len(raw) - len(raw.lstrip()) + 1)

    def find(self, line: int, words: str, width: int = 0) -> Location:
        """Return the place of *words* in *line*, *width* terminal columns in or further."""
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
        return Location(path=self._path, line=line, column=index + 1)

    def indent(self, line: int) -> int:
        """Return the terminal columns before the first text of *line*."""
        expanded = self.line(line).expandtabs(TAB_WIDTH)
        return len(expanded) - len(expanded.lstrip())

    def line(self, line: int) -> str:
        """Return the text of *line*, which is empty where there is no such line."""
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""


def _index_before_expanding(raw: str, index: int) -> int:
    """Return which character of *raw* stands at *index* once its tabs are expanded."""
    return next(
        (i for i in range(len(raw)) if len(raw[: i + 1].expandtabs(TAB_WIDTH)) > index), len(raw)
    )


def _index_at_width(line: str, width: int) -> int:
    """Return the index of the character that a terminal shows *width* columns into *line*.

    Grid tables are drawn in terminal columns, of which an ideograph takes two.
    """
    if line.isascii():
        return width
    return next((i for i in range(len(line)) if column_width(line[:i]) >= width), len(line))
