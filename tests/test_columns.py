"""Arbitration: headings and cells decide which field each column is."""

import pytest

from errbook.analyzer.columns import assign_fields
from errbook.http_status import is_only_statuses

_S = ("400", "404", "500")
_C = ("API.01", "API.02", "API.03")
_T = ("Wrong name of a thing.", "Nothing was found there.", "It broke down, alas.")
_W = ("badRequest", "itemNotFound", "computeFault")


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ({"Status Code": _S, "Error Code": _C}, "http_status code"),
        (
            {"Error Code": _C, "HTTP Status Code": _S, "Status": _S},
            "code http_status other",
        ),
        ({"Status": _S, "HTTP Code": _S, "Error Code": _C}, "other http_status code"),
        # A heading in any form.
        (
            {"  **Error\nCode** ".replace("*", ""): _C, "NOTE (optional)": _T},
            "code description",
        ),
        (
            {"errorCode": _C, "HTTP-Status": _S, "error_message": _T},
            "code http_status message",
        ),
        ({"Errorcode": _C, "httpStatusCode": _S}, "code http_status"),
        ({"Ｅｒｒｏｒ　Ｃｏｄｅ（ｎｏｔｅ）": _C, "ERROR_MSG": _T}, "code message"),
        ({"错误码": _C, "说明": _T, "处理措施": _T}, "code description handling"),
        (
            {"에러 코드명(에러 번호)": _C, "에러 메시지": _T, "비고": _T},
            "code message description",
        ),
        # Headings that only sometimes stand above codes.
        ({"Code": _C, "Reason": _T}, "code description"),
        ({"Code": _T, "Reason": _T}, "other description"),
        ({"errno": ("104", "?", "106"), "Description": _T}, "code description"),
        ({"Code": ("0x01", "0x02 to 0x0F"), "Meaning": _T[:2]}, "code description"),
        (
            {"Code": ('"no pool"', '"no host at all"'), "Cause": _T[:2]},
            "code description",
        ),
        ({"Exit Code": ("126", "127", "130"), "Meaning": _T}, "code description"),
        (
            {"Code": ("1", "2", "3"), "Error Name": _T, "Cause": _T},
            "code message description",
        ),
        # Statuses under Code.
        ({"Code": _S, "Description": _T}, "http_status description"),
        (
            {"Code": ("404 (NOT FOUND)", "OK", "5xx"), "Note": _T},
            "http_status description",
        ),
        (
            {"Code": ("Conflict", "Forbidden", "Gone"), "Note": _T},
            "http_status description",
        ),
        ({"Code": ("404 NoDisk", "409 InUse"), "Note": _T[:2]}, "code description"),
        ({"Error": _W, "Code": _S, "Description": _T}, "code http_status description"),
        ({"Code": _S, "Error Type": _W, "Type": _T}, "http_status code type"),
        # Error Code above nothing but statuses gives way to another column, if there is one.
        ({"Error Type": _W, "Error Code": _S}, "code http_status"),
        ({"Error Type": _W[:2], "Error Code": ("400", "404, 410")}, "code http_status"),
        ({"Error Code": _S, "Description": _T}, "code description"),
        ({"Fault Type": _W, "Associated Error Code": _S}, "code http_status"),
        (
            {"Error Code": _C, "Description": _T, "Error": _S},
            "code description http_status",
        ),
        # A status heading without statuses.
        ({"Status Code": ("4001", "4002", "4003"), "Note": _T}, "code description"),
        ({"Status": ("available", "error", "gone"), "Note": _T}, "other description"),
        (
            {"HTTP Status": _S, "Status Code": ("OK", "No Content", "Gone")},
            "http_status code",
        ),
        # Values for nothing, and one strange cell in ten.
        ({"HTTP Status": ("400", "N/A", "404"), "Error Code": _C}, "http_status code"),
        ({"Status": ("400",) * 9 + ("any",), "Error Code": _C}, "http_status code"),
        (
            {
                "Status": ("Status 404", "HTTP 400", "HTTP/1.1 404 Not Found"),
                "Code": _C,
            },
            "http_status code",
        ),
        ({"Status": ("Status 4001", "HTTP/2", "about 404"), "Code": _C}, "other code"),
        ({"Status": ("400",) * 8 + ("any",), "Error Code": _C}, "other code"),
        # Of several columns: the exact heading, then more values, then the first column.
        ({"Code": _C, "Error Code": _W}, "other code"),
        ({"Error Codes": ("A.1", "A.1", "A.2"), "Error Code": _C}, "other code"),
        ({"Error Code": _C, "Cause": _T, "Description": _T}, "code description other"),
        ({"Parameter": _W, "Type": _W, "Description": _T}, "other type description"),
    ],
)
def test_arbitrate(table: dict[str, tuple[str, ...]], fields: str) -> None:
    """Headings propose a field, and cells decide."""
    columns = assign_fields(list(table), list(table.values()), {}, ["Error handling"])
    assert " ".join(columns.fields) == fields


_N = ("1", "2", "17")


@pytest.mark.parametrize(
    ("titles", "introduction", "table", "fields"),
    [
        # A weak heading needs a second witness.
        ((), "", {"Code": _N, "Meaning": ("Start", "Stop", "Read")}, "other description"),
        (("Opcodes", "Error codes"), "", {"Code": _N, "Meaning": _T}, "other description"),
        (("Country codes",), "", {"Code": _W, "Name": _T}, "other message"),
        (("Error codes",), "", {"Code": _N, "Meaning": _T}, "code description"),
        (("Basics", "Errors"), "", {"Code": _N, "Meaning": _T}, "code description"),
        ((), "In case of error, the code is:", {"Code": _N, "Note": _T}, "code description"),
        ((), "Commands have these codes:", {"Code": _N, "Note": _T}, "other description"),
        ((), "", {"Code": _N, "Solution": _T}, "code handling"),
        ((), "", {"Code": ("ERR_A", "ERR_B", "ERR_C"), "Note": _T}, "code description"),
        ((), "", {"Exit status": _N, "Note": _T}, "code description"),
        ((), "", {"API Error Code": _N, "Note": _T}, "code description"),
        # Statuses may be of anything, so the texts decide.
        (("Close codes",), "", {"Code": _N, "Meaning": _T}, "code description"),
        (
            ("Order statuses",),
            "",
            {"Code": _N, "Meaning": ("New", "Paid", "Sent")},
            "other description",
        ),
        # Under a title of codes, other headings will do, too.
        (
            ("Return codes",),
            "",
            {"Value": _N, "Name": _W, "Condition": _T},
            "code message description",
        ),
        (("Fehlercodes",), "", {"Wert": _N, "Bedeutung": _T}, "code description"),
        (("Коды ошибок",), "", {"Значение": _N, "Описание": _T}, "code description"),
        (("错误码",), "", {"编号": _N, "说明": _T}, "code description"),
        (
            ("Error codes",),
            "",
            {"Number": _N, "Parameter": _W, "Note": _T},
            "code other description",
        ),
        (("Error codes",), "", {"Parameter": _W, "Meaning": _T}, "other description"),
        (("Error handling",), "", {"Value": _N, "Meaning": _T}, "other description"),
        (
            ("Errors",),
            "",
            {"Name": ("code", "message", "id"), "Type": ("string",) * 3, "Meaning": _T},
            "message type description",
        ),
        # The programmer's name, and advice to retry.
        (
            ("Errors",),
            "",
            {"Code": _N, "Constant": _W, "Retry": ("yes", "No", "Yes, soon")},
            "code name retryable",
        ),
        ((), "", {"Error Code": _N, "Error Name": _T}, "code message"),
        ((), "", {"Error Code": _N, "Error Name": _W}, "code name"),
        # Statuses at the end, in brackets.
        (
            (),
            "",
            {"Status": ("Gone (410)", "Conflict (409)", "0"), "Error Code": _C},
            "http_status code",
        ),
    ],
)
def test_witnesses(
    titles: tuple[str, ...], introduction: str, table: dict[str, tuple[str, ...]], fields: str
) -> None:
    """Titles and introductions are evidence for headings that are not only of codes."""
    columns = assign_fields(list(table), list(table.values()), {}, titles, introduction)
    assert " ".join(columns.fields) == fields


@pytest.mark.parametrize(
    ("title", "cells", "fields"),
    [
        ("Exit codes", (_N, _T), "code description"),
        ("Error codes", (_C, _S, _T), "code http_status description"),
        ("Error response", (("code", "message"), _T[:2]), "other other"),
        ("Opcodes", (_N, _T), "other other"),
    ],
)
def test_no_headings(title: str, cells: tuple[tuple[str, ...], ...], fields: str) -> None:
    """Without headings, a title of codes lets the cells decide."""
    assert " ".join(assign_fields((), cells, {}, [title]).fields) == fields


def test_configuration_is_final() -> None:
    """Configured headings overrule the cells, and are compared like any heading."""
    table = {"Case": _T, "Error Code": _C, "Advice (short)": _T}
    own = {"case": "code", "ADVICE": "handling"}
    columns = assign_fields(list(table), list(table.values()), own)
    assert columns.fields == ("code", "other", "handling")


@pytest.mark.parametrize(
    ("table", "overruled"),
    [
        ({"Status Code": _S, "Error Code": _C}, []),
        ({"Error Type": _W, "Error Code": _S}, [0, 1]),
        ({"Error": _W, "Code": _S}, [1]),
        ({"Status Code": ("4001", "4002")}, [0]),
        ({"Status": ("any", "one"), "Error Code": _C}, [0]),
        ({"Code": _T, "Note": _T}, [0]),
    ],
)
def test_overruled_headings_have_a_reason(
    table: dict[str, tuple[str, ...]], overruled: list[int]
) -> None:
    """If cells overrule a heading, its column is returned with a reason."""
    columns = assign_fields(list(table), list(table.values()), {})
    assert [heading.column for heading in columns.overruled if heading.reason] == overruled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[(text, True) for text in ("404", "404 Not Found", "404 (NOT FOUND)", "OK", "4xx")],
        *[(text, True) for text in ("404, 410", "404 or 410", "default", "(404)", "Not found")],
        *[(text, False) for text in ("404 FlavorNotFound", "4001", "API.404", "", "Fine", "x404")],
    ],
)
def test_only_statuses(text: str, expected: bool) -> None:
    """Numbers of statuses and registered phrases are statuses; nothing else is."""
    assert is_only_statuses(text) is expected
