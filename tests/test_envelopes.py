"""Example bodies: where the code and the message are in them."""

import pytest

from errbook.analyzer.bodies import read_json
from errbook.analyzer.examples import Example, error_examples
from errbook.diagnostics import Location
from errbook.readers.document import CodeBlock


def _examples(text: str, *codes: str, language: str = "") -> list[Example]:
    block = CodeBlock(
        text=text,
        language=language,
        location=Location(path="page.rst", line=10, column=5),
    )
    return list(error_examples([block], codes))


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ('{"code": "A.1", "message": "x"}', ["code"], ["message"]),
        ('{"error_code": "A.1", "error_msg": "x"}', ["error_code"], ["error_msg"]),
        ('{"errorCode": "A.1", "errorMessage": "x"}', ["errorCode"], ["errorMessage"]),
        ('{"errCode": "A.1", "errMsg": "x"}', ["errCode"], ["errMsg"]),
        (
            '{"errCode": "A.1", "externalMessage": "x", "more": 1}',
            ["errCode"],
            ["externalMessage"],
        ),
        (
            '{"error": {"error_code": "A.1", "error_msg": "x"}}',
            ["error", "error_code"],
            ["error", "error_msg"],
        ),
        (
            '{"message": {"code": "A.1", "details": "x"}}',
            ["message", "code"],
            ["message", "details"],
        ),
        ('{"itemNotFound": {"code": 404, "message": "x"}}', ["*"], ["*", "message"]),
        (
            '{"response": {"code": "A.1", "message": "x"}}',
            ["response", "code"],
            ["response", "message"],
        ),
        (
            '{"failures": [{"code": "A.1", "message": "x"}]}',
            ["failures", 0, "code"],
            ["failures", 0, "message"],
        ),
        ('[{"code": "A.1", "message": "x"}]', [0, "code"], [0, "message"]),
        # A member that holds a documented code is preferred to one with the name of a code.
        ('{"code": 400, "errno": "A.1", "message": "x"}', ["errno"], ["message"]),
        ('{"code": 31, "message": "x"}', ["code"], ["message"]),
        # Lines before the body, and other bodies beside it.
        ('STATUS CODE 400\n\n{"code": "A.1", "message": "x"}', ["code"], ["message"]),
        (
            'HTTP/1.1 400 No\nA: b\n\n{"code": "A.1", "message": "x"}',
            ["code"],
            ["message"],
        ),
        ('{"name": 1}\n\n{"code": "A.1", "message": "x"}', ["code"], ["message"]),
        # Invalid JSON.
        ('{"code": "A.1", "message": "x",}', ["code"], ["message"]),
        ('{\n"code": "A.1", // why\n"message": "x"\n}', ["code"], ["message"]),
        ('{\n"code": "A.1"\n"message": "x"\n}', ["code"], ["message"]),
        ('{"code": "A.1", "message": "no: xxx, // y",}', ["code"], ["message"]),
        ('{"code": "A.1", "message": "m",\n ...\n\n}', ["code"], ["message"]),
        (
            '{"code": 12, "message": "m", "error": {"code": "A.1", "message": "m"}}',
            ["error", "code"],
            ["error", "message"],
        ),
        ('{\n"code": xxxx,\n...\n"message": xxxx // text\n}', ["code"], ["message"]),
    ],
)
def test_json(text: str, code: list[str | int], message: list[str | int]) -> None:
    """Every shape that publishers use is read."""
    (example,) = _examples(text, "A.1")[:1]
    envelope = example.envelope
    assert envelope is not None
    assert envelope.media_type == "application/json"
    assert (list(envelope.code), list(envelope.message)) == (code, message)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (
            "<Error><Code>A.1</Code><Message>x</Message></Error>",
            "Error Code",
            "Error Message",
        ),
        (
            '<?xml version="1.0"?>\n<Error xmlns="urn:x"><Code>A.1</Code><Message>x</Message>'
            "<RequestId>1</RequestId></Error>",
            "Error Code",
            "Error Message",
        ),
        (
            "<ErrorResponse><Error><Code>A.1</Code><Message>x</Message></Error></ErrorResponse>",
            "ErrorResponse Error Code",
            "ErrorResponse Error Message",
        ),
        ('<noDisk code="404"><message>x</message></noDisk>', "*", "* message"),
    ],
)
def test_xml(text: str, code: str, message: str) -> None:
    """XML is read whatever its namespace and its wrappers are."""
    (example,) = _examples(text, "A.1")
    assert example.envelope is not None
    assert example.envelope.media_type == "application/xml"
    assert " ".join(map(str, example.envelope.code)) == code
    assert " ".join(map(str, example.envelope.message)) == message


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ('{"error": {"code": "A.1", "message": "x"}}', "error code", "error message"),
        (
            '{"error": {"message": "x", "errors": [{"code": "A.1", "message": "y"}]}}',
            "error errors 0 code",
            "error errors 0 message",
        ),
        ('{"error": {"code": "A.9", "message": "x"}}', "error code", "error message"),
        ('{"error": {"message": "x"}}', "*", "* message"),
        (
            '{"data": {"code": 404, "message": "x", "reason": "A.1"}}',
            "data reason",
            "data message",
        ),
    ],
)
def test_code_called_like_a_wrapper(text: str, code: str, message: str) -> None:
    """The key of a wrapper is the code only if there is no other code in it."""
    (example,) = _examples(text, "error", "A.1")
    assert example.envelope is not None
    assert " ".join(map(str, example.envelope.code)) == code
    assert " ".join(map(str, example.envelope.message)) == message


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ('{"detail": "A.1", "msg": "x"}', "detail", "msg"),
        ('{"message": "A.1", "code": 400, "reason": "x"}', "message", "reason"),
        ('{"message": "A.1", "code": "A.1"}', "code", "message"),
        (
            '{"error": {"code": 404, "message": "x", "details": [{"reason": "A.1"}]}}',
            "error details 0 reason",
            "error message",
        ),
        (
            '{"errors": [{"message": "x", "extensions": {"code": "A.1", "at": 1}}]}',
            "errors 0 extensions code",
            "errors 0 message",
        ),
        ('{"error": "A.1", "error_description": "x"}', "error", "error_description"),
        ('{"resultCode": "A.1", "resultMessage": "x"}', "resultCode", "resultMessage"),
        ('{"type": "A.1", "title": "x", "detail": "y"}', "type", "detail"),
        ('{"error": "A.1", "id": "1f-3", "text": "No such."}', "error", "text"),
        ('{"error": "A.1", "text": "没有"}', "error", "text"),
        (
            '{"fault": {"faultstring": "x", "detail": {"errorcode": "A.1"}}}',
            "fault detail errorcode",
            "fault faultstring",
        ),
        (
            '{"error": {"code": "A.1", "message": {"lang": "en", "value": "x"}}}',
            "error code",
            "error message value",
        ),
        (
            "<s:Envelope xmlns:s='urn:s'><s:Body><s:Fault><faultcode>A.1</faultcode>"
            "<faultstring>x</faultstring></s:Fault></s:Body></s:Envelope>",
            "Envelope Body Fault faultcode",
            "Envelope Body Fault faultstring",
        ),
    ],
)
def test_message_beside_its_code(text: str, code: str, message: str) -> None:
    """The message is in another member than the code, beside it or further out."""
    example = next(e for e in _examples(text, "A.1") if e.code == "A.1")
    assert example.envelope is not None
    assert " ".join(map(str, example.envelope.code)) == code
    assert " ".join(map(str, example.envelope.message)) == message


@pytest.mark.parametrize(
    "text",
    [
        '{"detail": "A.1"}',
        '{"code": 400, "message": "A.1"}',
        '{"message": "x", "data": {"total": 1}}',
        '{"error": "A.1", "id": "1f-3"}',
        '{"message": {"value": "A.1"}}',
        '{"error": "A.1", "text": "No such.", "more": "Not at all."}',
        '{"total": 1, "name": "a router"}',
    ],
)
def test_no_message(text: str) -> None:
    """There is no envelope without a message, or if a number may be anything."""
    assert _examples(text, "A.1", "1") == []


def test_place_of_a_flaw() -> None:
    """Invalid JSON is reported with its line and column in the document."""
    (example,) = _examples('{\n  "code": "A.1",\n  "message": "x",\n}', "A.1")
    assert example.flaw is not None
    assert example.flaw.format == "JSON"
    assert (example.flaw.location.line, example.flaw.location.column) == (12, 21)


@pytest.mark.parametrize(
    "text",
    [
        '{"code": 0, "message": "success", "data": {}}',
        '{"code": "000000", "message": "done", }',
        '{"code": 200, "message": "x"}',
        '{"error_code": "Success", "error_msg": "x"}',
        '{"code": "print(1)", "message": "hello", "language": "py"}',
        '{"code": "a = 1\\nb", "message": "hello"}',
    ],
)
def test_not_a_code(text: str) -> None:
    """A success and an expression are not error codes, unless documented codes are like them."""
    assert _examples(text, "A.1") == []


@pytest.mark.parametrize("code", ["0", "A(-3)", "xxxx", "<code>", "{code}", "A.9", "404"])
def test_possible_codes(code: str) -> None:
    """Documented codes, codes like them, and stand-ins for codes are codes."""
    (example,) = _examples(f'{{"code": "{code}", "message": "x"}}', "0", "A(-1)")
    assert (example.code, example.envelope is not None) == (code, True)


def test_literals_of_other_languages() -> None:
    """Invalid JSON in a block of another language is read if possible, and not reported."""
    literal = "{'code': 'A.1', 'message': 'x'}"
    assert _examples(literal, "A.1", language="python") == []
    assert [e.flaw is None for e in _examples(literal, "A.1", language="json")] == [False]
    repairable = '{"code": "A.1", "message": "x",}'
    (example,) = _examples(repairable, "A.1", language="javascript")
    assert (example.envelope is not None, example.flaw) == (True, None)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 20_000,
        "<a>" * 20_000,
        '<!DOCTYPE a [<!ENTITY b "c">]><Error><Code>&b;</Code><Message>x</Message></Error>',
        "\n" * 90_000,
        " " * 90_000 + "{",
        "{" + "\n" * 90_000,
        '{"code": ' + "9" * 5000 + ', "message": "m"}',
        '{"id": 1, "name": "x"}',
        "int main() { return code; }",
        "",
    ],
    ids=lambda text: text[:10].strip() or "whitespace",
)
def test_not_an_example(text: str) -> None:
    """Code that is not a body, and bodies that would be slow to read, have no envelope."""
    assert [example.envelope for example in _examples(text)] in ([], [None])


def test_lone_surrogate() -> None:
    """An escaped lone surrogate is replaced, and an escaped pair is kept."""
    text = r'{"\ud800": "A.1", "message": "\ude00 \ud83d\ude00"}'
    body = read_json(text)
    assert (body.value, body.fault) == ({"\ufffd": "A.1", "message": "\ufffd 😀"}, None)
