"""The JSON Schemas: `errbook schema` prints them, and they accept what errbook reads."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conftest import Project
from errbook.diagnostics import Failure
from errbook.project import configuration
from errbook.project.settings import ServiceSettings, Settings
from errbook.targets import TARGETS, catalogue
from errbook.text.json_schema import json_schema

_SERVICE = '[service.demo]\ndocs = ["docs/*.rst"]\n'


def _validator(project: Project, kind: str) -> Draft202012Validator:
    printed = project.errbook("schema", kind)
    assert printed.status == 0
    schema = json.loads(printed.out)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


_GOOD = [
    _SERVICE,
    'output = "out"\ntargets = ["python", "html"]\n' + _SERVICE,
    _SERVICE
    + 'title = "Demo"\ndocs_url = "https://x.example/{page}"\nblank = "repeat"\nexclude = ["Old"]\n'
    + '[service.demo.names]\n"A.1" = "Gone"\n[service.demo.retryable]\n"A.1" = true\n'
    + '[service.demo.columns]\nReason = "handling"\n',
    _SERVICE
    + '[target.python]\npackage = "sdk"\noutput = "src"\n[target.openapi]\nversion = "3.0.4"\n'
    + '[target.markdown]\ntemplates = "docs"\n[target.html]\noutput = "site"\n[target.catalogue]\n',
    _SERVICE + '[lint]\nselect = ["EB1"]\nignore = ["EB204"]\n[lint.severity]\nEB303 = "warning"\n',
    '[service.demo]\ncatalogue = "vendor/demo.json"\n',
    _SERVICE + '[[diff.accepted]]\nfingerprint = "0123456789ab"\nreason = "a typo"\n',
]
_BAD = [
    "",
    "[service]\n",
    "[service.demo]\n",
    "[service.demo]\ndocs = []\n",
    _SERVICE + 'catalogue = "vendor/demo.json"\n',
    _SERVICE + '[[diff.accepted]]\nfingerprint = "0123456789ab"\n',
    _SERVICE + '[[diff.accepted]]\nfingerprint = "EB703"\nreason = "a typo"\n',
    '[service.demo]\ndocs = "a.rst"\n',
    '[service.demo]\ndocs = ["/a.rst"]\n',
    '[service.Demo]\ndocs = ["a.rst"]\n',
    '[service.class]\ndocs = ["a.rst"]\n',
    '[service.index]\ndocs = ["a.rst"]\n',
    'outputs = "out"\n' + _SERVICE,
    'output = "/out"\n' + _SERVICE,
    'targets = ["pyhton"]\n' + _SERVICE,
    _SERVICE + 'blank = "never"\n',
    _SERVICE + '[service.demo.names]\n"A.1" = "1x"\n',
    _SERVICE + '[service.demo.retryable]\n"A.1" = "yes"\n',
    _SERVICE + '[service.demo.columns]\nReason = "cause"\n',
    _SERVICE + '[target.python]\npackage = "my-sdk"\n',
    _SERVICE + '[target.openapi]\nversion = "3.1"\n',
    _SERVICE + '[target.xml]\noutput = "x"\n',
    _SERVICE + '[lint.severity]\nEB303 = "fatal"\n',
]


def _loaded(path: Path) -> Settings | None:
    try:
        return configuration.load(path, TARGETS)
    except Failure:
        return None


@pytest.mark.parametrize(
    ("text", "is_good"), [(t, True) for t in _GOOD] + [(t, False) for t in _BAD]
)
def test_configuration(project: Project, text: str, is_good: bool) -> None:
    """The schema accepts a configuration if and only if errbook does."""
    project.configure(text).write(one="x")
    assert (_loaded(project.root / "errbook.toml") is not None) is is_good
    schema = Draft202012Validator(
        json_schema(configuration.configuration_type(TARGETS), "errbook configuration")
    )
    assert schema.is_valid(tomllib.loads(text)) is is_good


def test_all_keys_are_in_the_schema(project: Project) -> None:
    """The schema has every key that can be configured, with a description."""
    schema = _validator(project, "configuration").schema
    assert isinstance(schema, dict)
    assert schema["properties"]["targets"]["default"] == list(TARGETS)
    assert schema["$defs"]["Targets"]["properties"].keys() == TARGETS.keys()
    keys = {name for name in ServiceSettings.__struct_fields__ if name != "id"}
    assert schema["$defs"]["ServiceOptions"]["properties"].keys() == keys
    for table in (schema, *schema["$defs"].values()):
        for name, key in table.get("properties", {}).items():
            assert "description" in key or "$ref" in key, name


def test_catalogue(project: Project) -> None:
    """The schema accepts a catalogue, but not one with an unknown or a missing key."""
    root = Path(__file__).parents[1]
    catalogue = json.loads((root / "generated/catalogue/vpn.json").read_text(encoding="utf-8"))
    validator = _validator(project, "catalogue")
    validator.validate(catalogue)
    assert not validator.is_valid(catalogue | {"more": 1})
    assert not validator.is_valid({k: v for k, v in catalogue.items() if k != "errors"})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"service": 1}', '{"errors": [{"occurrences": 1}, 2]}', "[" * 100_000]
)
def test_not_a_catalogue(text: str) -> None:
    """A file that is not a catalogue is reported in one line."""
    with pytest.raises(Failure, match=r"^x\.json: this is not a catalogue: "):
        catalogue.read(text, "x.json")
