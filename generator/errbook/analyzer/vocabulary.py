"""The words in headings and titles, in the forms that publishers use."""

import re
import unicodedata

_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_NOTE = re.compile(r"\([^()]*\)$")


def normalized(heading: str) -> str:
    """Return the form of *heading* that is used for comparisons.

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
"""Headings of a code column, whatever its cells."""

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
"""Headings of a code column if its cells are codes."""

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
"""Headings of a code column if its cells are codes and another column has statuses."""

STATUS = re.compile(r"(http)?(statuscode|status|responsecode|code)|状态码|associated.+")
"""Normalized headings of a status column. Unlike `is_status_heading`, it matches ``code``."""

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
"""Field -> headings of its column."""

MESSAGE_IF_NO_OTHER = _words("error name")
"""Headings of a message column if no other column has messages."""

_OF_OTHER_TEXTS = _words("error", "name", "title")


def is_known(heading: str) -> bool:
    """Return whether *heading* is in the vocabulary."""
    word = normalized(heading)
    return (
        word in CODE | CODE_IF_CELLS_AGREE | CODE_BESIDE_STATUSES
        or bool(STATUS.fullmatch(word))
        or any(word in words for words in TEXTS.values())
    )


def is_status_heading(heading: str) -> bool:
    """Return whether *heading* is that of a status column."""
    word = normalized(heading)
    return word != "code" and bool(STATUS.fullmatch(word))


def is_code_heading(heading: str) -> bool:
    """Return whether *heading* is that of a code column, whatever its cells."""
    return normalized(heading) in CODE


def is_text_heading(heading: str) -> bool:
    """Return whether *heading* is that of a description, handling or module column."""
    word = normalized(heading)
    return any(word in TEXTS[name] for name in ("description", "handling", "module"))


def is_message_heading(heading: str) -> bool:
    """Return whether *heading* is certainly that of a message column; ``Name`` is ambiguous."""
    word = normalized(heading)
    return word in TEXTS["message"] and word not in _OF_OTHER_TEXTS


_ERRORS = re.compile(
    r"\b(err(or|no)?s?|faults?|exceptions?|failures?|(return|result|cause) codes?|return values?)\b"
    r"|\b(fehler|erreurs?\b|erro(s|res)?\b|error[ei]\b|ошибк)"
    r"|错误|錯誤|返回码|返回碼|エラー|오류|에러",
    re.IGNORECASE,
)
_CODES = re.compile(
    r"\b(id|no|nr|num(ber)?)s?\b|[ck]od(e|es|i|ice)?\b|c[oó]digos?\b|код|码|碼|コード|코드",
    re.IGNORECASE,
)
_REQUESTS = re.compile(
    r"parameter|element|field|attribute|header|property|member|argument|variable|option|method"
    r"|endpoint|\bur[il]s?\b",
    re.IGNORECASE,
)


def mentions_errors(title: str) -> bool:
    """Return whether *title*, a heading, section title or file name, mentions errors."""
    return bool(_ERRORS.search(title))


def mentions_codes(heading: str) -> bool:
    """Return whether *heading* mentions codes or numbers of any kind."""
    return bool(_CODES.search(heading))


def mentions_requests(heading: str) -> bool:
    """Return whether *heading* mentions a part of a request or body; such tables list no errors."""
    return bool(_REQUESTS.search(heading))
