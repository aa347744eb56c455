"""Problem details for HTTP APIs (RFC 9457): types of problems, and reason phrases."""

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


def type_of(code: str | None, template: str) -> str:
    """Return the type of a problem: ``urn:acme:{code}`` with *code*, or about:blank."""
    if code is None or template == BLANK:
        return BLANK

    # Imported here, because most programs never send problem details.
    from urllib.parse import quote

    return template.replace("{code}", quote(code, safe=""))


def code_of(problem_type: str) -> str | None:
    """Return the code at the end of *problem_type*.

    ``https://example.com/probs/out-of-credit`` gives ``out-of-credit``. None if the type
    stands for an HTTP status: about:blank, or a section of an RFC, as in ASP.NET.
    """
    if problem_type == BLANK or "/rfc" in problem_type:
        return None

    from urllib.parse import unquote

    last = problem_type.rstrip("/")
    for separator in "/#:=":
        _, _, last = last.rpartition(separator)
    return unquote(last) or None
