"""The command `errbook names`, and the configuration key `prefix`."""

import json
import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Project
from errbook.cli import name_list
from errbook.naming import words
from errbook.naming.explanation import NamedError
from errbook.naming.suggestions import Origin
from errbook.text.width import width
from pages import page

_CONFIGURATION = '[service.demo]\ndocs = ["docs/*.rst"]\n'
_PAGE = page(
    ("400", "A.1", "Wrong key"),
    ("400", "A.2", "Only %s keys"),
    ("400", "A.3", "No router"),
    ("400", "A.4", "No router"),
    ("200", "A.5", "Done"),
    ("404", "NoKey", "-"),
)


def test_names_before_the_first_run(project: Project) -> None:
    """Code, class, origin and message are aligned; successes have no class; nothing is written."""
    before = project.write(one=_PAGE).files()
    result = project.errbook("names")
    assert result.status == 0
    assert result.out.splitlines() == [
        "A.1    WrongKeyError   message         Wrong key",
        "A.2    A2Error         parts of code   Only %s keys",
        "A.3    NoRouter3Error  message + code  No router",
        "A.4    NoRouter4Error  message + code  No router",
        "NoKey  NoKeyError      code",
    ]
    assert result.err == (
        "errbook: 5 classes, 1 of them named after the number of the code; "
        "--numbered --toml prints a table to rename them\n"
    )
    assert project.files() == before


def test_names_of_the_lock(project: Project) -> None:
    """Names that the documents no longer suggest come from the lock, others from the same text."""
    project.write(one=_PAGE).generate()
    project.write(one=page(("400", "A.1", "Other text"), ("400", "A.3", "No router")))
    assert project.errbook("names").out.splitlines() == [
        "A.1  WrongKeyError   errbook.lock    Other text",
        "A.3  NoRouter3Error  message + code  No router",
    ]


def test_numbered_names(project: Project) -> None:
    """With --numbered, only classes that are named after a number are listed."""
    result = project.write(one=_PAGE).errbook("names", "--numbered")
    assert result.out == "A.2  A2Error  parts of code  Only %s keys\n"


def test_names_of_one_service(project: Project) -> None:
    """Several services have headings; with SERVICE, only that one is listed."""
    project.configure('[service.a]\ndocs=["docs/a.rst"]\n[service.b]\ndocs=["docs/b.rst"]\n')
    project.write(a=page(("400", "A.1", "Wrong key")), b=page(("400", "B.1", "No such router")))
    assert project.errbook("names").out.splitlines() == [
        "a:",
        "A.1  WrongKeyError  message  Wrong key",
        "b:",
        "B.1  NoSuchRouterError  message  No such router",
    ]
    assert project.errbook("names", "b").out == "B.1  NoSuchRouterError  message  No such router\n"
    unknown = project.errbook("names", "c")
    assert (unknown.status, unknown.out) == (2, "")
    assert "unknown service 'c'" in unknown.err


def test_service_that_cannot_be_analyzed(project: Project) -> None:
    """The names of the other services are listed, and the exit status is 2."""
    project.configure('[service.a]\ndocs=["docs/a.rst"]\n[service.b]\ndocs=["docs/b.rst"]\n')
    result = project.write(a=page(("400", "A.1", "Wrong key")), b="Nothing\n").errbook("names")
    assert (result.status, "WrongKeyError" in result.out) == (2, True)
    assert "service 'b': its documents (docs/b.rst) contain no error codes" in result.err


def test_names_as_toml(project: Project) -> None:
    """With --toml, a table shows all names, and why better ones were not used."""
    project.configure(f'{_CONFIGURATION}[service.demo.names]\n"A.1" = "BadKey"\n')
    project.write(one=_PAGE).generate()
    assert project.errbook("names", "--toml").out == (
        "[service.demo.names]\n"
        "# Wrong key\n"
        "#   WrongKey: free\n"
        '"A.1" = "BadKey"\n'
        "# Only %s keys\n"
        "#   no phrase in the message: what it requires or says of its subject is a placeholder\n"
        '"A.2" = "A2"\n'
        "# No router\n"
        "#   NoRouter: other codes have the same phrase\n"
        '"A.3" = "NoRouter3"\n'
        "# No router\n"
        "#   NoRouter: other codes have the same phrase\n"
        '"A.4" = "NoRouter4"\n'
        '"NoKey" = "NoKey"\n'
    )


def test_toml_in_the_configuration_renames_nothing(project: Project) -> None:
    """The table can be pasted as it is; after that, an edited line renames its class."""
    project.write(one=_PAGE).generate()
    lock = project.read("errbook.lock")
    table = project.errbook("names", "--toml").out
    project.configure(_CONFIGURATION + table)
    assert project.generate().out == ""
    assert project.read("errbook.lock") == lock
    project.configure(_CONFIGURATION + table.replace('"A2"', '"OtherKeys"'))
    project.generate()
    assert '"A.2" = "OtherKeysError A_2 400 was:A2Error"' in project.read("errbook.lock")


def test_table_in_pyproject(project: Project) -> None:
    """In pyproject.toml, the table belongs to the tool errbook."""
    (project.root / "errbook.toml").unlink()
    (project.root / "pyproject.toml").write_text(
        '[tool.errbook.service.demo]\ndocs = ["docs/*.rst"]\n', encoding="utf-8"
    )
    out = project.write(one=_PAGE).errbook("names", "--toml", "--numbered").out
    table = tomllib.loads(out)
    assert table == {"tool": {"errbook": {"service": {"demo": {"names": {"A.2": "A2"}}}}}}


def test_table_of_numbered_names_keeps_configured_ones(project: Project) -> None:
    """The table can replace that of the configuration: configured names are in it, too."""
    configured = '[service.demo.names]\n"A.1" = "KeyIsWrong"\n'
    project.configure(_CONFIGURATION + configured).write(one=_PAGE)
    table = project.errbook("names", "--numbered", "--toml").out
    assert tomllib.loads(table)["service"]["demo"]["names"] == {"A.1": "KeyIsWrong", "A.2": "A2"}
    project.configure(_CONFIGURATION + table)
    assert project.errbook("names", "--numbered", "--toml").out == table
    assert project.errbook("names", "--numbered").out.split()[:2] == ["A.2", "A2Error"]


@given(st.text(min_size=1), st.text(), st.from_regex("([A-Z][a-z]*)*Error", fullmatch=True))
def test_toml_is_valid(code: str, text: str, class_name: str) -> None:
    """Whatever a code and a message are, the table is valid and gives the class its own name."""
    error = NamedError(
        code=code, class_name=class_name, origin=Origin.LOCK, text=text, speaks=True, refused=()
    )
    table = tomllib.loads(name_list.as_toml({"demo": (error,)}, ""))
    ((name),) = table["service"]["demo"]["names"].values()
    assert words.class_from_curated(name) == class_name


def test_names_as_json(project: Project) -> None:
    """The same as JSON, with the names that were not used."""
    result = project.write(one=_PAGE).errbook("names", "--output-format", "json")
    names = json.loads(result.out)["names"]
    assert names[2] == {
        "service": "demo",
        "code": "A.3",
        "class": "NoRouter3Error",
        "origin": "message + code",
        "numbered": False,
        "text": "No router",
        "refused": [{"name": "NoRouterError", "reason": "other codes have the same phrase"}],
    }
    both = project.errbook("names", "--output-format", "json", "--toml")
    assert (both.status, "exclude each other" in both.err) == (2, True)


def test_names_that_contradict(project: Project) -> None:
    """Errors about names are printed, too, and are findings."""
    project.configure(f'{_CONFIGURATION}[service.demo.names]\n"A.1" = "Value"\n')
    result = project.write(one=_PAGE).errbook("names")
    assert (result.status, "[EB602]" in result.err) == (1, True)
    assert "WrongKeyError" in result.out


@pytest.mark.parametrize("columns", [0, 40, 60, None])
def test_lines_fit_the_terminal(columns: int | None) -> None:
    """On a terminal, a long message is cut at the right edge, also one in wide characters."""
    texts = ("short", "a very long message " * 5, "错误" * 40)
    errors = [
        NamedError(
            code=f"A.{number}",
            class_name="AError",
            origin=Origin.CODE,
            text=text,
            speaks=True,
            refused=(),
        )
        for number, text in enumerate(texts)
    ]
    lines = list(name_list.as_lines({"demo": errors}, columns))
    assert lines[0] == "A.0  AError  code  short"
    assert all(line.endswith("…") == (columns is not None) for line in lines[1:])
    limit = max(columns, 40) if columns is not None else 1000
    assert all(width(line) <= limit for line in lines)


def test_prefix(project: Project) -> None:
    """A prefix names the base class, the enum and the families, in every output."""
    project.configure(f'{_CONFIGURATION}prefix = "DM"\n')
    project.write(one=page(("404", "A.1", "Not found"), ("400", "A.2", "File not found")))
    project.generate()
    module = project.read("generated/python/api_errors/demo.py")
    assert {"DMError", "DMErrorCode", "DMNotFoundError"} <= set(re.findall(r"\w+", module))
    assert "DMErrorCode" in project.read("generated/openapi/demo.yaml")
    assert '"A.2" = "DMFileNotFoundError' in project.read("errbook.lock")
    assert "DemoError" not in module


def test_prefix_of_released_names(project: Project) -> None:
    """A later prefix renames base and families; the classes of the codes keep their names."""
    project.write(one=page(("404", "A.1", "No router"), ("400", "A.2", "File not found")))
    project.generate()
    lock = project.read("errbook.lock")
    project.configure(f'{_CONFIGURATION}prefix = "DM"\n')
    project.generate()
    assert project.read("errbook.lock") == lock
    module = project.read("generated/python/api_errors/demo.py")
    assert "class NoRouterError(DMNotFoundError" in module


@pytest.mark.parametrize("prefix", ["Value", "Api", "NotFound"])
def test_reserved_prefix(project: Project, prefix: str) -> None:
    """A prefix whose base class would have a reserved name is refused, in one line."""
    project.configure(f'{_CONFIGURATION}prefix = "{prefix}"\n')
    result = project.write(one=_PAGE).errbook("generate")
    assert result.status == 2
    assert result.err == (
        f"errbook: service 'demo': its class would be {prefix}Error, a name reserved by Python or "
        "errbook; choose another prefix\n"
    )
