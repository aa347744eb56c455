"""The registered HTTP statuses, and how they are written.

The phrases come from RFC 9110, section 15, and from the IANA HTTP status code registry. Those of
`http.HTTPStatus` differ between Python versions.
"""

import re

PHRASES = {
    100: "Continue",
    101: "Switching Protocols",
    102: "Processing",
    103: "Early Hints",
    200: "OK",
    201: "Created",
    202: "Accepted",
    203: "Non-Authoritative Information",
    204: "No Content",
    205: "Reset Content",
    206: "Partial Content",
    207: "Multi-Status",
    208: "Already Reported",
    226: "IM Used",
    300: "Multiple Choices",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    304: "Not Modified",
    305: "Use Proxy",
    307: "Temporary Redirect",
    308: "Permanent Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    411: "Length Required",
    412: "Precondition Failed",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    417: "Expectation Failed",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    423: "Locked",
    424: "Failed Dependency",
    425: "Too Early",
    426: "Upgrade Required",
    428: "Precondition Required",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    505: "HTTP Version Not Supported",
    506: "Variant Also Negotiates",
    507: "Insufficient Storage",
    508: "Loop Detected",
    510: "Not Extended",
    511: "Network Authentication Required",
}
"""HTTP status -> reason phrase. 306 and 418 are left out: the IANA registry marks them unused."""

RETRYABLE = frozenset((408, 425, 429, 503))
"""The statuses after which the same request may succeed later.

RFC 9110 sections 15.5.9 and 15.6.4, RFC 8470 section 5.2, RFC 6585 section 4.
"""

_OTHER_PHRASES = frozenset(
    {
        "gateway time-out",
        "internal error",
        "moved temporarily",
        "payload too large",
        "request entity too large",
        "request time-out",
        "request-uri too large",
        "request-uri too long",
        "requested range not satisfiable",
        "success",
        "unprocessable entity",
    }
)
"""Former reason phrases, and common variants."""

_KNOWN_PHRASES = {phrase.casefold() for phrase in PHRASES.values()} | _OTHER_PHRASES
_NUMBER = re.compile(r"(?<!\d)(?<!^-)(?<!\s-)[1-5](?:\d\d|xx)(?!\w)|\bdefault\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s(),;:./\"'“”-]+|\b(?:or|and)\b")


def is_phrase(text: str) -> bool:
    """Return whether *text* is a reason phrase in any spelling: ``NOT_FOUND``, ``NotFound``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[\W_]+", " ", text)
    return " ".join(words.casefold().split()) in _KNOWN_PHRASES


def is_only_statuses(text: str) -> bool:
    """Return whether *text* consists of statuses and reason phrases.

    ``404 (NOT FOUND)``, ``400 Bad Request.``, ``5xx`` and ``OK`` do.
    """
    rest = _NUMBER.sub(" ", text).casefold()
    words = " ".join(_SEPARATORS.sub(" ", rest).split())
    if not words:
        return bool(_NUMBER.search(text))
    if text.isupper() and text.isalpha() and len(text) > len("OK"):
        return False  # ``FORBIDDEN`` is a code, ``403 FORBIDDEN`` a status
    return " ".join(rest.strip(" \n(),;:./\"'“”-").split()) in _KNOWN_PHRASES
