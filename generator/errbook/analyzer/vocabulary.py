"""The headings that errbook knows, in the forms that publishers print them."""

import re
import unicodedata

_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_NOTE = re.compile(r"\([^()]*\)$")


def normalized(heading: str) -> str:
    """Return *heading* as it is compared: a heading is the same when it is an identifier.

    ``HTTP Status  Code (optional)``, ``http_status_code`` and ``HTTPStatusCode`` become
    ``httpstatuscode``.
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    return _NOTE.sub("", _BETWEEN_WORDS.sub("", text))


def _words(*headings: str) -> frozenset[str]:
    return frozenset(map(normalized, headings))


CODE = _words(
    "error code",
    "error codes",
    "错误码",
    "错误代码",
    "エラーコード",
    "오류 코드",
    "에러 코드",
)
"""Headings of a column of codes, whatever its cells."""

CODE_IF_CELLS_AGREE = _words(
    "code",
    "codes",
    "exit code",
    "reason code",
    "errno",
    "error name",
    "error code name",
    "에러 코드명",
)
"""Headings of a column of codes if its cells are codes."""

CODE_BESIDE_STATUSES = _words(
    "error",
    "error type",
    "fault type",
    "fault element",
    "response",
    "name",
    "status code",
    "response code",
)
"""Headings of a column of codes if its cells are codes and another column has the statuses."""

STATUS = re.compile(r"(http)?(statuscode|status|responsecode|code)|状态码|associated.+")
"""Headings of a column of HTTP statuses, as normalized; the bare word ``code`` is none."""

TEXTS = {
    "message": _words(
        "error message",
        "message",
        "error information",
        "error",
        "errormsg",
        "title",
        "name",
        "message displayed on the management console",
        "错误信息",
        "에러 메시지",
        "오류 메시지",
        "エラーメッセージ",
    ),
    "description": _words(
        "description",
        "error description",
        "error code description",
        "possible cause",
        "failure cause",
        "cause",
        "reason",
        "explanation",
        "meaning",
        "note",
        "remarks",
        "说明",
        "描述",
        "含义",
        "説明",
        "설명",
        "비고",
    ),
    "handling": _words(
        "solution",
        "handling measure",
        "measure",
        "troubleshooting",
        "solution suggestion",
        "suggested solution",
        "resolution",
        "how to fix",
        "how to solve",
        "处理措施",
        "対処方法",
    ),
    "module": _words("module", "service", "category", "模块"),
    "type": _words("type", "error type"),
}
"""Headings of the columns of texts, by field."""

MESSAGE_IF_NO_OTHER = _words("error name")
"""Headings of messages in a table where no other column has them."""

_OF_OTHER_TEXTS = _words("error", "name", "title")


def is_known(heading: str) -> bool:
    """Tell whether *heading* is in the vocabulary."""
    word = normalized(heading)
    return (
        word in CODE | CODE_IF_CELLS_AGREE | CODE_BESIDE_STATUSES
        or bool(STATUS.fullmatch(word))
        or any(word in words for words in TEXTS.values())
    )


def is_of_statuses(heading: str) -> bool:
    """Tell whether *heading* is that of a column of HTTP statuses."""
    word = normalized(heading)
    return word != "code" and bool(STATUS.fullmatch(word))


def names_codes(heading: str) -> bool:
    """Tell whether *heading* is that of a code column by itself."""
    return normalized(heading) in CODE


def is_of_texts(heading: str) -> bool:
    """Tell whether *heading* is that of descriptions, handlings or modules and nothing else."""
    word = normalized(heading)
    return any(word in TEXTS[name] for name in ("description", "handling", "module"))


def is_of_messages(heading: str) -> bool:
    """Tell whether *heading* is that of messages: ``Name`` and ``Title`` head other texts, too."""
    word = normalized(heading)
    return word in TEXTS["message"] and word not in _OF_OTHER_TEXTS
