"""OpenAPI: the programs that users run on it accept it and produce the right results."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openapi_spec_validator import (
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

import everything
from errbook.text.yaml import key, scalar
from programs import PYTHON, TOOLS, need, npm, run, script

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[1]
_EXAMPLE = _ROOT / "examples" / "openapi"
_VALIDATORS = {
    "3.0.4": OpenAPIV30SpecValidator,
    "3.1.1": OpenAPIV31SpecValidator,
    "3.2.0": OpenAPIV32SpecValidator,
}
_MAX_PAGES = 5  # in the versions that are not the default


@pytest.fixture(scope="module", params=_VALIDATORS)
def version(request: pytest.FixtureRequest) -> str:
    """Return a version of the OpenAPI specification."""
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="module")
def documents(
    version: str, generated: Path, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Return the documents in this version: for all pages in the default one, else for some."""
    if version == "3.1.1":
        return sorted((generated / "openapi").glob("*.yaml"))
    configured = f'targets = ["openapi"]\n[target.openapi]\nversion = "{version}"'
    root = tmp_path_factory.mktemp("other") / "project"
    generated = everything.generate(root, everything.CORPUS[:_MAX_PAGES], configured)
    return sorted((generated / "openapi").glob("*.yaml"))


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def test_validator(version: str, documents: list[Path]) -> None:
    """The documents are valid in their version of the specification."""
    for path in documents:
        document = _load(path)
        assert document["openapi"] == version
        assert list(_VALIDATORS[version](document).iter_errors()) == [], path.name


def test_redocly(documents: list[Path]) -> None:
    """Redocly's recommended rules find nothing."""
    config = _EXAMPLE / "redocly.yaml"
    printed = npm("redocly", "lint", "--config", config, "--format", "json", *documents)
    decoder, count, end = json.JSONDecoder(), 0, printed.index("{")
    while end >= 0:
        report, end = decoder.raw_decode(printed, end)
        assert report["problems"] == []
        count, end = count + 1, printed.find("{", end)
    assert count == len(documents)


def test_spectral(version: str, documents: list[Path]) -> None:
    """Spectral's rules for OpenAPI find nothing."""
    if version == "3.2.0":
        pytest.skip("Spectral has no rules for OpenAPI 3.2")
    printed = npm(
        "spectral",
        "lint",
        "--fail-severity",
        "hint",
        "--ruleset",
        _EXAMPLE / "spectral.yaml",
        *documents,
    )
    assert "No results with a severity of 'hint' or higher found!" in printed


def test_names_of_generated_enums(documents: list[Path]) -> None:
    """The names of enum members differ in more than case and underscores."""
    for path in documents:
        schemas = _load(path)["components"]["schemas"]
        (enum,) = (schema for name, schema in schemas.items() if name.endswith("ErrorCode"))
        names = {name.replace("_", "").lower() for name in enum["x-enum-varnames"]}
        assert len(names) == len(enum["enum"]) == len(enum["x-enum-descriptions"])


def test_xml_envelope(generated: Path) -> None:
    """An XML envelope becomes an XML schema whose root element has the documented name."""
    components = _load(generated / "openapi" / "xml.yaml")["components"]
    schema = components["schemas"]["XmlError"]
    assert schema["xml"] == {"name": "Error"}
    assert list(schema["properties"]) == schema["required"] == ["Code", "Message"]
    assert list(components["responses"]["404"]["content"]) == ["application/xml"]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundle the example's API with the fragment that it refers to."""
    path = tmp_path_factory.mktemp("bundle") / "api.yaml"
    npm("redocly", "bundle", _EXAMPLE / "api.yaml", "--output", path)
    return path


def test_example_is_valid() -> None:
    """The example's API, with its references, follows Redocly's recommended rules."""
    npm("redocly", "lint", "--config", _EXAMPLE / "redocly.yaml", _EXAMPLE / "api.yaml")


def test_python_clients(bundled: Path, tmp_path: Path) -> None:
    """Generated models and clients accept a response with an undocumented code."""
    need(PYTHON)
    run(
        PYTHON,
        "-m",
        "datamodel_code_generator",
        "--input",
        bundled,
        "--input-file-type",
        "openapi",
        "--output",
        tmp_path / "models.py",
        "--output-model-type",
        "pydantic_v2.BaseModel",
        "--formatters",
        "builtin",
        "--disable-timestamp",
    )
    config = tmp_path / "config.yaml"
    config.write_text("post_hooks: []\n", encoding="utf-8")
    run(
        PYTHON,
        "-m",
        "openapi_python_client",
        "generate",
        "--path",
        bundled,
        "--output-path",
        tmp_path / "client",
        "--meta",
        "none",
        "--config",
        config,
    )
    script("clients.py", tmp_path, tmp_path)


def test_typescript_client(bundled: Path, tmp_path: Path) -> None:
    """Generated types pass TypeScript's strict mode, and only documented codes are in the enum."""
    npm("openapi-typescript", bundled, "--output", tmp_path / "api.d.ts")
    use = tmp_path / "client.ts"
    shutil.copy(TOOLS / "client.ts", use)
    npm("tsc", "--strict", "--noEmit", "--target", "es2022", "--module", "nodenext", use)


def _responses(path: Path, requests: list[tuple[str, dict[str, str]]]) -> list[tuple[int, str]]:
    """Send *requests*, paths and headers, to a mock server; return statuses and bodies."""
    printed = script("mock.mjs", path, stdin=json.dumps(requests))
    responses: list[tuple[int, str]] = json.loads(printed)
    return responses


def test_mock_of_the_example(bundled: Path) -> None:
    """A mock server responds with the error that is asked for."""
    prefer = {"Prefer": "code=404, example=VPN.0004"}
    ((status, body),) = _responses(bundled, [("/gateways/1", prefer)])
    assert status == 404
    assert json.loads(body) == {"code": "VPN.0004", "message": "resource not found"}


def test_mock_of_odd_codes(generated: Path, tmp_path: Path) -> None:
    """A mock server finds codes that look like numbers or contain spaces and commas."""
    fragment = generated / "openapi" / "odd.yaml"
    responses = _load(fragment)["components"]["responses"]
    api = {
        "openapi": "3.1.1",
        "info": {"title": "Odd", "version": "1"},
        "paths": {
            "/odd": {
                "get": {
                    "responses": {
                        status: {"$ref": f"{fragment}#/components/responses/{status}"}
                        for status in responses
                    }
                }
            }
        },
    }
    path, whole = tmp_path / "api.yaml", tmp_path / "bundled.yaml"
    path.write_text(yaml.safe_dump(api), encoding="utf-8")
    npm("redocly", "bundle", path, "--output", whole)
    errors = [(status, code) for code in everything.ODD_CODES for status in (400, 503)]
    received = _responses(
        whole,
        [("/odd", {"Prefer": f'code={status}, example="{code}"'}) for status, code in errors],
    )
    for (status, code), (found, body) in zip(errors, received, strict=True):
        assert (found, json.loads(body).get("code")) == (status, code), body


_WORDS = r"""
    on off On OFF yes no Yes NO y n Y N true false True FALSE ~ null Null NULL None
    0 1 -1 +1 0171 0o17 0b11 0x1F 1e3 1E3 1.5 .5 5. 1_000 1,000 12:30:45 1:2 E1 e3
    .inf -.INF .nan .NaN inf nan 2001-01-01 2001-12-14t21:59:43.10-05:00 = << ! !tag
    !!int &a *a & - -- --- ... ? : , [ ] { } [a] {a} # | > |- @ ` ' " \
    a: :a a:b a# #a a,b a] $ref __proto__ constructor a/b ~1 a~b 0:0 685_230.15
    """

_TRAPS = [
    "",
    " ",
    "- a",
    "? a",
    ": a",
    "# a",
    "a: b",
    "a #b",
    "trailing ",
    " leading",
    "\ttab",
    "tab\t",
    "line\nbreak",
    "line\n",
    "\nline",
    "a\rb",
    "a\r\nb",
    "a\x85b",
    "a\u2028b",
    "\ufeff",
    "a\ufeffb",
    "\xa0",
    "\u200b",
    "🙂",
    "e\u0301",
    "\x00",
    "\x07",
    "\x7f",
    "\x9f",
    'say "hi"',
    "it's",
    "back\\slash",
    "100% sure",
    "{{ x }}",
    "a, b",
    "Bad Request",
    "a" * 999,
    "b" * 1030,
    "#" * 10_000,
    *_WORDS.split(),
]


@pytest.mark.parametrize(
    "read",
    [
        lambda path: yaml.safe_load(path.read_text(encoding="utf-8")),
        lambda path: json.loads(script("yaml_reader.py", path)),
        lambda path: json.loads(script("yaml_reader.mjs", path)),
    ],
    ids=["PyYAML", "ruamel.yaml", "js-yaml"],
)
def test_yaml_traps(read: Callable[[Path], Any], tmp_path: Path) -> None:
    """Every YAML reader gets the same strings, as keys and as values."""
    assert len(set(_TRAPS)) >= 70
    path = tmp_path / "traps.yaml"
    lines = [f"k{n}: {scalar(trap)}" for n, trap in enumerate(_TRAPS)]
    keys = [f"  {key(trap, 2)} {scalar(trap)}" for trap in dict.fromkeys(_TRAPS)]
    path.write_text("\n".join([*lines, "keys:", *keys]) + "\n", encoding="utf-8", newline="")
    found = read(path)
    assert [found[f"k{n}"] for n in range(len(_TRAPS))] == _TRAPS
    assert found["keys"] == {trap: trap for trap in _TRAPS}
