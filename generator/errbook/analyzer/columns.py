"""Which column of a table is what: headings propose, cells decide. Pure: texts in, fields out."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are."""

    fields: tuple[str, ...]
    """One word a column: one of model.FIELDS (none of them twice), ``type`` or ``other``."""

    overruled: tuple[tuple[int, str], ...]
    """The columns whose cells overruled their heading, and why."""

    def index(self, name: str) -> int | None:
        """Return the index of the column that is *name*, if there is one."""
        return self.fields.index(name) if name in self.fields else None


# Headings as normalized. A code column by its heading alone; if its cells agree; if they agree and
# another column has the statuses.
_CODE = {
    "error code",
    "error codes",
    "错误码",
    "错误代码",
    "エラーコード",
    "오류 코드",
    "에러 코드",
}
_CODE_IF_CELLS_AGREE = {
    "code",
    "codes",
    "exit code",
    "reason code",
    "errno",
    "error name",
}
_CODE_BESIDE_STATUSES = {
    *(
        "error",
        "error type",
        "fault type",
        "fault element",
        "response",
        "name",
        "status code",
    ),
}
_STATUS = re.compile(
    r"(http)?(status code|status|response code|code)|状态码|associated .*"
)
_TEXTS = {
    "message": {
        *(
            "error message",
            "message",
            "error information",
            "error",
            "errormsg",
            "title",
            "name",
        ),
        *("message displayed on the management console", "错误信息"),
    },
    "description": {
        *(
            "description",
            "error description",
            "error code description",
            "possible cause",
        ),
        *(
            "failure cause",
            "cause",
            "reason",
            "explanation",
            "meaning",
            "note",
            "remarks",
        ),
        *("说明", "描述", "含义", "説明", "설명"),
    },
    "handling": {
        *(
            "solution",
            "handling measure",
            "measure",
            "troubleshooting",
            "solution suggestion",
        ),
        *(
            "suggested solution",
            "resolution",
            "how to fix",
            "how to solve",
            "处理措施",
            "対処方法",
        ),
    },
    "module": {"module", "service", "category", "模块"},
    "type": {"type", "error type"},
}

_BEGINS_WITH_STATUS = re.compile(r"[1-5]\d\d(?!\d)")
_ONLY_STATUS = re.compile(
    r"[1-5]\d\d(\s*\(?[A-Za-z' -]+\)?)?|OK|Created|Accepted|No Content"
)
_IDENTIFIER = re.compile(r"[\w.:/-]*\w[\w.:/-]*")


def normalized(heading: str) -> str:
    """Return *heading* as the vocabulary has it.

    ``HTTP Status  Code (optional)`` becomes ``httpstatus code``.
    """
    text = re.sub(r"\s*\([^()]*\)\s*$", "", heading)
    return re.sub(r"^http\s+", "http", " ".join(text.split()).casefold())


def is_known(heading: str) -> bool:
    """Tell whether *heading* is in the vocabulary."""
    word = normalized(heading)
    return (
        word in _CODE | _CODE_IF_CELLS_AGREE | _CODE_BESIDE_STATUSES
        or bool(_STATUS.fullmatch(word))
        or any(word in words for words in _TEXTS.values())
    )


def names_a_code_column(headings: Sequence[str]) -> bool:
    """Tell whether one of *headings* is that of a code column by itself."""
    return any(normalized(heading) in _CODE for heading in headings)


def arbitrate(
    headings: Sequence[str],
    cells: Sequence[Sequence[str]],
    configured: Mapping[str, str],
) -> Columns:
    """Return what the columns are that have these *headings* and these filled *cells*.

    *cells* has one sequence of texts a column. *configured* gives the fields of headings of a
    project's own; it is asked first, and its word is final.
    """
    words = [normalized(heading) for heading in headings]
    own = {normalized(heading): field for heading, field in configured.items()}
    fields = [own.get(word, "") for word in words]
    overruled: dict[int, str] = {}
    if "http_status" not in fields:
        _choose_status(words, cells, fields)
    if "code" not in fields:
        _choose_code(words, cells, fields, overruled)
    for index, word in enumerate(words):
        if not fields[index]:
            fields[index] = next(
                (
                    name
                    for name, known in _TEXTS.items()
                    if word in known and name not in fields
                ),
                "other",
            )
    seen = [
        name if name not in fields[:i] else "other" for i, name in enumerate(fields)
    ]
    return Columns(tuple(seen), tuple(sorted(overruled.items())))


def _choose_status(
    words: list[str], cells: Sequence[Sequence[str]], fields: list[str]
) -> None:
    """Nine in ten cells of a status column begin with a status; an HTTP heading comes first."""
    candidates = [
        index
        for index, word in enumerate(words)
        if _STATUS.fullmatch(word)
        and word != "code"
        and not fields[index]
        and _most(cells[index], _BEGINS_WITH_STATUS.match)
    ]
    if candidates:
        fields[
            min(candidates, key=lambda index: not words[index].startswith("http"))
        ] = "http_status"


def _choose_code(
    words: list[str],
    cells: Sequence[Sequence[str]],
    fields: list[str],
    overruled: dict[int, str],
) -> None:
    def those(known: set[str]) -> list[int]:
        """Return the columns with these headings, those with more distinct values first."""
        found = [i for i, word in enumerate(words) if word in known and not fields[i]]
        return sorted(found, key=lambda i: -len(set(cells[i])))

    def with_codes(columns: list[int]) -> list[int]:
        return [i for i in columns if _most(cells[i], _is_short_identifier)]

    def is_statuses(index: int) -> bool:
        return bool(cells[index]) and all(map(_ONLY_STATUS.fullmatch, cells[index]))

    def take_as_status(index: int) -> None:
        if "http_status" not in fields:
            fields[index] = "http_status"
            overruled[index] = "all of its cells are HTTP statuses"

    headed = those(_CODE)
    codes = [i for i in headed if not is_statuses(i)]
    weaker = [i for i in with_codes(those(_CODE_IF_CELLS_AGREE)) if not is_statuses(i)]
    if not codes and (headed or weaker):
        beside = [
            i for i in with_codes(those(_CODE_BESIDE_STATUSES)) if not is_statuses(i)
        ]
        codes = weaker or beside
        if headed and codes:
            take_as_status(headed[0])
            overruled[codes[0]] = (
                "its cells are codes, those under 'Error Code' are statuses"
            )
        codes = codes or headed
    if not codes:
        for index in those({"code", "codes"}):
            if is_statuses(index):
                take_as_status(index)
        if "http_status" in fields:
            codes = [
                i
                for i in with_codes(those(_CODE_BESIDE_STATUSES))
                if not is_statuses(i)
            ]
    if not codes:
        codes = [
            i
            for i, word in enumerate(words)
            if _STATUS.fullmatch(word)
            and not fields[i]
            and not any(map(_BEGINS_WITH_STATUS.match, cells[i]))
            and _most(cells[i], _is_short_identifier)
        ]
        if codes:
            overruled[codes[0]] = "its cells are no HTTP statuses"
    if codes:
        fields[codes[0]] = "code"


def _is_short_identifier(text: str) -> bool:
    return len(text) <= 64 and bool(_IDENTIFIER.fullmatch(text))


def _most(cells: Sequence[str], is_so: Callable[[str], object]) -> bool:
    """Tell whether *is_so* holds for nine in ten of *cells*, and for one at least."""
    holding = sum(1 for cell in cells if is_so(cell))
    return holding > 0 and holding * 10 >= len(cells) * 9
