"""Problem details for HTTP APIs (RFC 9457): types of problems, and reason phrases."""

import re
from collections.abc import Container

BLANK = "about:blank"
"""The type of a problem about which only the HTTP status is known (section 4.2.1)."""

PHRASES = {
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
"""The registered phrase for each error status; http.HTTPStatus differs between versions."""

_SUFFIX = re.compile(r"\.(html?|md|php|aspx?|json|txt)$", re.IGNORECASE)

_PAGES = frozenset(
    (
        "",
        "codes",
        "docs",
        "error",
        "error-codes",
        "errors",
        "http-problem-types",
        "index",
        "problem",
        "problem-types",
        "problems",
        "probs",
        "status",
        "types",
    )
)
"""Names of pages about many problems."""


def type_of(code: str | None, template: str) -> str:
    """Return the type of a problem: ``urn:acme:{code}`` with *code*, or about:blank."""
    if code is None or template == BLANK:
        return BLANK

    # Imported here, because most programs never send problem details.
    from urllib.parse import quote

    return template.replace("{code}", quote(code, safe=""))


def code_of(problem_type: str, codes: Container[str]) -> str | None:
    """Return the code at the end of *problem_type*, which is a URI.

    ``https://example.com/probs/out-of-credit`` gives ``out-of-credit``. Documented *codes*
    are found in the fragment and the query, too. None if the type stands for an HTTP
    status, as about:blank and the sections of RFCs in ASP.NET, or for a whole page.
    """
    # Imported here, because most programs never receive problem details.
    from urllib.parse import parse_qsl, unquote, urlsplit

    try:
        uri = urlsplit(problem_type)
    except ValueError:  # brackets that are no IPv6 address
        return None
    is_rfc = re.search(r"/rfc[0-9]+(\.[a-z]+)?/?$", uri.path, re.IGNORECASE)
    if uri.scheme == "about" or is_rfc:
        return None
    queried = dict(parse_qsl(uri.query))
    fragment = unquote(re.split("[/:=]", uri.fragment)[-1])
    last = unquote(re.split("[/:]", uri.path.rstrip("/"))[-1])
    stem = _SUFFIX.sub("", last)
    for code in (last, stem, fragment, *queried.values()):
        if code and code in codes:
            return code
    if queried.get("code"):
        return queried["code"]
    is_page = uri.path.endswith("/") or stem.lower() in _PAGES
    code = fragment if is_page else stem
    is_status = re.fullmatch("[1-5][0-9][0-9]", code)
    return code if code and not is_status and code.lower() not in _PAGES else None
