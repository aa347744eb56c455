"""The command line: what it prints, and its exit status."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import BODY, Project
from errbook.cli import console
from pages import page

_PAGE = page(("400", "API.01", "invalid request:xxx", "Wrong.", "Ask."))
_HINT = 'add "Advice" = "handling" to [service.demo.columns], or give it another field'
_NO_TABLE = "Errors\n======\n\nNone.\n"


def test_generate_check_and_back(project: Project) -> None:
    """Only the first generate writes; check is clean until a document changes."""
    project.write(one=_PAGE)
    assert "wrote generated/python/api_errors/demo.py" in project.generate("-v").out
    before = project.files()
    assert project.generate().out == ""
    assert project.errbook("check").status == 0
    assert project.files() == before
    project.write(one=_PAGE.replace("Wrong.", "False."))
    drift = project.errbook("generate", "--check", "--diff")
    assert drift.status == 1
    assert '+            description="False.",' in drift.out
    check = project.errbook("check")
    assert check.status == 1
    assert "generated/python/api_errors/demo.py: modified, the documents changed\n" in check.out
    assert check.err == "errbook: 6 modified: run errbook generate\n"
    after = project.files()
    assert after | {"docs/one.rst": before["docs/one.rst"]} == before


def test_reasons_of_drift(project: Project) -> None:
    """Files that are modified, missing and orphaned are reported as such."""
    project.write(one=_PAGE).generate()
    edited = project.root / "generated/python/api_errors/demo.py"
    edited.write_text(edited.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    (project.root / "generated/markdown/index.md").unlink()
    left = project.root / "generated/openapi/old.yaml"
    left.write_text(
        (project.root / "generated/openapi/demo.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (project.root / "generated/openapi/mine.yaml").write_text("openapi: mine\n", encoding="utf-8")
    out = project.errbook("check").out
    assert out.splitlines() == [
        "generated/markdown/index.md: missing",
        "generated/openapi/old.yaml: orphaned",
        "generated/python/api_errors/demo.py: modified, edited by hand, or written by another "
        "version",
    ]
    assert "removed generated/openapi/old.yaml" in project.generate("-v").out
    assert (project.root / "generated/openapi/mine.yaml").exists()
    assert project.errbook("check").status == 0


def test_services_by_name(project: Project) -> None:
    """If a service is named, only its files and names are written; the index covers all."""
    project.configure('[service.a]\ndocs=["docs/a.rst"]\n[service.b]\ndocs=["docs/b.rst"]\n')
    project.write(a=_PAGE, b=_PAGE).generate("a")
    assert (project.root / "generated/openapi/a.yaml").exists()
    assert not (project.root / "generated/openapi/b.yaml").exists()
    assert "[b]" not in project.read("errbook.lock")
    assert "(b.md)" in project.read("generated/markdown/index.md")
    unknown = project.errbook("generate", "c")
    assert (unknown.status, unknown.err) == (
        2,
        "errbook: errbook.toml: unknown service 'c'; configured services: a, b\n",
    )


def test_parse_needs_no_configuration(project: Project) -> None:
    """Parse prints what was read; a field without a value is null, not left out."""
    project.write(one=_PAGE, none=_NO_TABLE)
    (project.root / "errbook.toml").unlink()
    result = project.errbook("parse", "docs/one.rst", "docs/none.rst")
    one, none = json.loads(result.out)["pages"]
    assert result.status == 0
    assert one["occurrences"] == [
        {
            "code": "API.01",
            "http_status": [400],
            "module": None,
            "name": None,
            "message": "invalid request:xxx",
            "description": "Wrong.",
            "handling": "Ask.",
            "retryable": None,
            "line": 7,
            "extra": {},
        }
    ]
    assert none == {
        "path": "docs/none.rst",
        "tables": [],
        "occurrences": [],
        "envelope": None,
        "diagnostics": [],
    }


def test_diagnostics_of_severity_error_stop_writing(project: Project) -> None:
    """Nothing is written if there is a diagnostic of severity error."""
    project.configure(
        '[service.demo]\ndocs = ["docs/*.rst"]\n[service.demo.names]\n"API.01" = "Value"\n'
    )
    result = project.write(one=_PAGE).errbook("generate")
    assert result.status == 1
    assert (
        "errbook.toml:4:1: error: 'API.01' cannot be named ValueError: this name is reserved"
        in result.err
    )
    assert not (project.root / "generated").exists()


def test_warnings_count_with_strict(project: Project) -> None:
    """A warning is printed, and counts only with --strict; if ignored, it does neither."""
    project.write(one=page(("400", "API.01", "Ask."), headings=("Status", "Error Code", "Advice")))
    assert "[EB103]" in project.generate().err
    assert project.errbook("check").status == 0
    assert project.errbook("check", "--strict").status == 1
    project.configure(f'[service.demo]\ndocs=["docs/*.rst"]\n{BODY}[lint]\nignore = ["EB103"]\n')
    ignored = project.errbook("check", "--strict")
    assert (ignored.status, "EB103" in ignored.err) == (0, False)


def test_document_without_errors(project: Project) -> None:
    """Some documents of a service may have no error table, but not all of them."""
    project.write(none=_NO_TABLE)
    failure = project.errbook("generate")
    assert failure.status == 2
    assert failure.err == (
        "errbook: service 'demo': its documents (docs/*.rst) contain no error codes; "
        "run errbook parse PATH to see what is read\n"
    )
    project.write(one=_PAGE).generate()


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        (
            "outptu = 'x'\n",
            "unknown key errbook.outptu; did you mean 'output'?",
        ),
        ("output = 1\n", "errbook.output is 1; write a string"),
        ("targets = ['pyton']\n", "errbook.targets contains 'pyton'; did you mean 'python'?"),
        (
            "[service.demo]\n",
            'errbook.service.demo has no docs; add docs = ["path/to/*.rst"]',
        ),
        (
            "[service.demo]\ndocs = 'docs/*.rst'\n",
            "errbook.service.demo.docs is 'docs/*.rst'; write a list of strings",
        ),
        (
            "[service.Demo-1]\ndocs = []\n",
            "is not a valid service id; use a-z, 0-9 and _, with a letter first, and no Python ",
        ),
        (
            "[service.demo]\ndocs = ['docs/none.rst']\n",
            "docs/none.rst: no such document; fix docs of the service 'demo'",
        ),
        (
            "[service.demo]\ndocs = ['docs/*.rst']\n[service.demo.columns]\nA = 'handeling'\n",
            "errbook.service.demo.columns.A is 'handeling'; did you mean 'handling'?",
        ),
        (
            "[target.openapi]\nversion = '3.1'\n",
            "errbook.target.openapi.version is '3.1'",
        ),
        (
            "[service.index]\ndocs = ['a']\n",
            "errbook.service.index has a reserved id; choose another id",
        ),
        ("service = 1\n", "errbook.service is 1; write a table"),
        (
            "[service.demo]\ndocs = ['/a.rst']\n",
            "errbook.service.demo.docs contains '/a.rst'; "
            "write a path relative to the configuration file",
        ),
        (
            "[service.demo]\ndocs = ['']\n",
            'errbook.service.demo.docs names no document; write ["path/to/*.rst"]',
        ),
        (
            "[service.demo]\ndocs = ['a']\nid = 'b'\n",
            "unknown key errbook.service.demo.id; known keys: title, docs, exclude_docs, ",
        ),
        (
            "[service.demo]\ndocs = ['a']\nprefix = 'vpn-x'\n",
            "errbook.service.demo.prefix is 'vpn-x', which cannot begin the name of a class; "
            "use letters and digits, with a capital first",
        ),
        (
            "[service.demo.names]\n'A.1' = '1x'\n",
            "errbook.service.demo.names.\"A.1\" is '1x', which is not a class name; "
            "use letters, digits and _",
        ),
        (
            "[service.demo.retryable]\n'A.1' = 'yes'\n",
            "errbook.service.demo.retryable.\"A.1\" is 'yes'; write true or false",
        ),
        (
            "output = '/out'\n",
            "errbook.output is '/out'; write a path relative to the configuration file",
        ),
        (
            "[target.python]\npackage = 'my-sdk'\n",
            "errbook.target.python.package is 'my-sdk', which is not a package name; "
            "use letters, digits and _, with a letter first, and no Python keyword",
        ),
        (
            "[target.python]\nproblem_type = 'urn:acme:{kode}'\n",
            "errbook.target.python.problem_type is 'urn:acme:{kode}', which is not a URI with one "
            '{code}; write {code} where the code goes, as in "urn:acme:{code}"',
        ),
        (
            "[target.python]\nproblem_type = 'urn:acme'\n",
            "errbook.target.python.problem_type is 'urn:acme', which is not a URI with ",
        ),
        (
            "[target.python]\nproblem_type = 'urn:{code}:{code}'\n",
            "errbook.target.python.problem_type is 'urn:{code}:{code}', which is not a URI with ",
        ),
        (
            "[target.python]\nproblem_type = 'urn:a b:{code}'\n",
            "errbook.target.python.problem_type is 'urn:a b:{code}', which is not a URI with ",
        ),
        (
            "[target.python]\nrequest_id_header = 'Acme Id'\n",
            "errbook.target.python.request_id_header is 'Acme Id', which is not the name of a "
            'header; use letters, digits and -, as in "X-Acme-Request-Id"',
        ),
        (
            "[target.catalogue]\ntemplates = 'x'\n",
            "unknown key errbook.target.catalogue.templates; known keys: output",
        ),
        (
            "[target.html]\ntemplates = 'x'\n[service.demo]\ndocs = ['docs/*.rst']\n",
            "errbook.target.html.templates is 'x', which is not a directory; create it or fix",
        ),
        (
            "[lint.severity]\nEB303 = 'fatal'\n",
            "errbook.lint.severity.EB303 is 'fatal'; use one of error, warning, info",
        ),
        ("[", "errbook.toml: not valid TOML"),
        (f"a = {'1' * 5000}\n", "errbook.toml: not valid TOML"),
        (f"a = {'[' * 3000}{']' * 3000}\n", "errbook.toml: not valid TOML: its values are nested"),
        (f"a = {'{a=' * 3000}1{'}' * 3000}\n", "errbook.toml: not valid TOML: its values are"),
        (
            'output = "a\\u0000"\n',
            r"errbook.output is 'a\u0000'; write a path relative to the configuration file",
        ),
        (
            '[service.demo]\ndocs = ["a\\u0000"]\n',
            r"errbook.service.demo.docs contains 'a\u0000'; write a path relative to",
        ),
        ("", "errbook has no service; add [service.NAME]"),
    ],
)
def test_wrong_configuration(project: Project, configuration: str, message: str) -> None:
    """Each mistake is reported in one line, with the key and what to write."""
    result = project.write(one=_PAGE).configure(configuration).errbook("generate")
    assert (result.status, result.out) == (2, "")
    (line,) = [line for line in result.err.splitlines() if message in line]
    others = [other for other in result.err.splitlines() if other != line]
    assert [other for other in others if not re.search("has no|names no", other)] == []
    assert not (project.root / "generated").exists()


def test_all_mistakes_are_reported(project: Project) -> None:
    """Several mistakes are several lines; the place of a mistake in TOML is line and column."""
    project.configure("outptu = 'x'\ntargets = 3\n[service.Demo]\ndocs = []\nblank = 'no'\n")
    lines = project.errbook("generate").err.splitlines()
    assert [line.split("; ")[0] for line in lines] == [
        "errbook: errbook.toml: unknown key errbook.outptu",
        "errbook: errbook.toml: errbook.targets is 3",
        "errbook: errbook.toml: errbook.service.Demo is not a valid service id",
        "errbook: errbook.toml: errbook.service.Demo.docs names no document",
        "errbook: errbook.toml: errbook.service.Demo.blank is 'no'",
    ]
    project.configure("[service.demo]\ndocs = [\n'a' 'b']\n")
    assert project.errbook("generate").err.startswith("errbook: errbook.toml:3:5: not valid TOML: ")


@pytest.mark.parametrize(
    "arguments",
    [["generate"], ["check"], ["lint"], ["lint", "docs/one.rst"], ["lint", "loose.rst"]],
)
@pytest.mark.parametrize(
    ("lint", "message"),
    [
        (
            "ignore = ['EB999']",
            "unknown rule 'EB999' in errbook.lint.ignore; `errbook rules` lists all rules",
        ),
        (
            "ignore = ['EB801']",
            "errbook.lint.ignore contains 'EB801', which is about code and responses, not "
            "documents; waive it with a comment on the line, errbook: ignore ID, or with errbook "
            "audit --baseline FILE",
        ),
        (
            "per-code-ignores.'VPN.0001' = ['EB701']",
            "errbook.lint.per-code-ignores.\"VPN.0001\" contains 'EB701', which is about changes, "
            "not documents; accept changes in [[tool.errbook.diff.accepted]]",
        ),
        (
            "select = ['']",
            "unknown rule '' in errbook.lint.select; `errbook rules` lists all rules",
        ),
        (
            "severity.nothing = 'info'",
            "unknown rule 'nothing' in errbook.lint.severity; `errbook rules` lists all rules",
        ),
        (
            "ignore = ['EB602']",
            "errbook.lint.ignore contains 'EB602', which cannot be ignored, because the outputs "
            "would be inconsistent; remove it",
        ),
        (
            "severity.EB6 = 'info'",
            "errbook.lint.severity.EB6 is 'info', but EB602, EB603, EB604, EB606 must have "
            "severity error; remove this entry, or name other rules",
        ),
    ],
)
def test_wrong_rules_in_the_configuration(
    project: Project, lint: str, message: str, arguments: list[str]
) -> None:
    """A rule that cannot be configured is reported in one line, and nothing else is."""
    project.write(one=_FINDINGS).configure(
        f"[service.demo]\ndocs = ['docs/*.rst']\n[lint]\n{lint}\n"
    )
    (project.root / "loose.rst").write_text(_FINDINGS, encoding="utf-8")
    result = project.errbook(*arguments)
    assert (result.status, result.out, result.err) == (2, "", f"errbook: errbook.toml: {message}\n")


def test_no_configuration(project: Project) -> None:
    """Without a configuration, the message shows what to write."""
    (project.root / "errbook.toml").unlink()
    result = project.errbook("check")
    assert result.status == 2
    assert (
        "no configuration in this directory or above it; add [tool.errbook.service.NAME]"
        in result.err
    )


def test_configuration_in_pyproject(project: Project) -> None:
    """[tool.errbook] in pyproject.toml is found from a subdirectory."""
    (project.root / "errbook.toml").unlink()
    (project.root / "pyproject.toml").write_text(
        '[tool.errbook.service.demo]\ndocs = ["docs/*.rst"]\n[tool.errbook.target.python]\n'
        'package = "problems"\noutput = "src/sdk"\n',
        encoding="utf-8",
    )
    project.write(one=_PAGE)
    below = project.root / "docs"
    subprocess.run([sys.executable, "-m", "errbook", "generate"], cwd=below, check=True)
    assert (project.root / "src/sdk/problems/demo.py").exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"Errors\n======\n\nGr\xf6\xdfe\n"])
def test_document_that_is_not_utf8(project: Project, content: bytes) -> None:
    """A document in another encoding is reported, and nothing is written."""
    project.write(one=_PAGE)
    (project.root / "docs/two.rst").write_bytes(content)
    result = project.errbook("generate")
    assert result.status == 2
    assert "not UTF-8; save the file as UTF-8\n" in result.err
    assert not (project.root / "generated").exists()


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-32"])
def test_document_in_another_unicode_encoding(project: Project, encoding: str) -> None:
    """The byte order mark shows which encoding it is, and the message names it."""
    (project.root / "loose.rst").write_bytes(_PAGE.encode(encoding))
    assert project.errbook("parse", "loose.rst").err == (
        f"errbook: loose.rst:1: this file looks like {encoding}, not UTF-8; "
        "save the file as UTF-8\n"
    )


@pytest.mark.parametrize("in_the_way", ["generated", "generated/python", "errbook.lock/x"])
def test_output_that_cannot_be_written(project: Project, in_the_way: str) -> None:
    """If a file or a directory is in the way, nothing is written at all."""
    project.write(one=_PAGE)
    obstacle = project.root / in_the_way
    obstacle.parent.mkdir(exist_ok=True)
    obstacle.write_text("", encoding="utf-8")
    before = project.files()
    result = project.errbook("generate")
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert project.files() == before


def test_missing_document(project: Project) -> None:
    """Parsing a missing document is reported in one line."""
    result = project.errbook("parse", "docs/none.rst")
    assert (result.status, result.err) == (
        2,
        "errbook: docs/none.rst: no such file; check the path\n",
    )


def test_bug_in_errbook(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception ends with exit status 70 and a request for a report."""
    from errbook import readers

    monkeypatch.setattr(readers, "read_document", lambda *_: 1 / 0)
    result = project.write(one=_PAGE).errbook("generate")
    assert result.status == 70
    assert "ZeroDivisionError" in result.err
    assert "this is a bug in errbook" in result.err


def test_usage_errors(project: Project) -> None:
    """A wrong option or command ends with exit status 2."""
    assert project.errbook("generate", "--chekc").status == 2
    assert project.errbook("pares").status == 2


def test_version(project: Project) -> None:
    """The version is printed with the name of the program."""
    assert project.errbook("--version").out == "errbook 0.1.0\n"


def test_closed_pipe_is_silent(project: Project) -> None:
    """If the reader of the output goes away, no traceback is printed."""
    project.write(one=page(*[("400", f"API.{n}") for n in range(2000)]))
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "errbook", "parse", "docs/one.rst"]
    done = subprocess.run(command, cwd=project.root, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(("variable", "coloured"), [("NO_COLOR", False), ("FORCE_COLOR", True)])
def test_colour(
    project: Project, monkeypatch: pytest.MonkeyPatch, variable: str, coloured: bool
) -> None:
    """NO_COLOR switches colors off, and FORCE_COLOR switches them on."""
    monkeypatch.setenv(variable, "1")
    headings = ("Error Code", "Advice")
    result = project.write(one=page(("API.01", "Ask."), headings=headings)).errbook("check")
    assert ("\x1b[" in result.err) is coloured


def test_imports_are_lazy() -> None:
    """Importing the command line does not import docutils, jinja2, black or yaml."""
    code = "import sys, errbook.cli; print(*sys.modules)"
    modules = subprocess.check_output([sys.executable, "-c", code], encoding="utf-8").split()
    assert not {"docutils", "jinja2", "black", "yaml"} & set(modules)


_FINDINGS = page(("400", "API.01", "Ask."), headings=("Status", "Error Code", "Advice"))


def test_lint(project: Project) -> None:
    """Findings are printed with rule, place, source line and hint; warnings count."""
    result = project.write(one=_FINDINGS).errbook("lint")
    assert (result.status, result.out) == (1, "")
    assert result.err == (
        "docs/one.rst:5:25: warning: unknown heading 'Advice' [EB103]\n"
        "  5 | | Status | Error Code | Advice |\n"
        "    |                         ^\n"
        f"  hint: {_HINT}\n"
        "errbook: 1 warning; errbook explain EB103 explains a rule\n"
    )
    assert project.errbook("explain", "EB103").out.startswith("EB103 unknown-heading")
    project.write(one=_PAGE)
    assert (project.errbook("lint").status, project.errbook("lint").err) == (
        0,
        "errbook: no findings\n",
    )


def test_lint_of_some_documents(project: Project) -> None:
    """A document of a service is checked with the others, any other document by itself."""
    project.write(one=_PAGE, two=_PAGE.replace("400", "404"))
    (project.root / "loose.rst").write_text(_FINDINGS, encoding="utf-8")
    conflict = project.errbook("lint", "docs/two.rst")
    assert "docs/two.rst:7:3: warning: the code 'API.01' has the HTTP status" in conflict.err
    assert project.errbook("lint", "docs/one.rst").status == 0
    (project.root / "errbook.toml").unlink()
    assert project.errbook("lint", "docs/two.rst").status == 0
    assert "loose.rst:5:25: warning" in project.errbook("lint", "loose.rst").err
    assert project.errbook("lint").status == 2
    assert project.errbook("lint", "none.rst").err == (
        "errbook: none.rst: no such file; check the path\n"
    )


def test_unreadable_documents_among_others(project: Project) -> None:
    """Every unreadable document is reported, and the others are checked."""
    project.write(one=_FINDINGS)
    (project.root / "docs/bad.rst").write_bytes(b"\xe9")
    (project.root / "loose.rst").write_text(_PAGE, encoding="utf-8")
    paths = ("docs/bad.rst", "none.rst", "docs/one.rst", "loose.rst")
    linted = project.errbook("lint", *paths)
    assert linted.status == 2
    assert "docs/one.rst:5:25: warning: unknown heading 'Advice'" in linted.err
    parsed = project.errbook("parse", *paths)
    assert parsed.status == 2
    read = [page["path"] for page in json.loads(parsed.out)["pages"]]
    assert read == ["docs/one.rst", "loose.rst"]
    for result in (linted, parsed):
        assert "errbook: docs/bad.rst:1: the byte 0xe9 is not UTF-8" in result.err
        assert "errbook: none.rst: no such file" in result.err
    beside = project.errbook("lint", "docs/one.rst")
    assert (beside.status, "errbook: docs/bad.rst:1" in beside.err) == (2, True)


def test_findings_as_json(project: Project) -> None:
    """Findings and drift are printed as JSON on standard output."""
    result = project.write(one=_FINDINGS).errbook("check", "--output-format", "json")
    found = json.loads(result.out)
    assert (result.status, result.err) == (1, "")
    assert found["diagnostics"] == [
        {
            "path": "docs/one.rst",
            "rule": "EB103",
            "severity": "warning",
            "message": "unknown heading 'Advice'",
            "line": 5,
            "column": 25,
            "hint": _HINT,
        }
    ]
    assert {
        "path": "errbook.lock",
        "kind": "missing",
        "reason": "it is generated but does not exist",
    } in found["files"]
    (change,) = found["changes"]
    assert (change["id"], change["level"], change["code"]) == ("EB732", "addition", "API.01")


def test_findings_for_github(project: Project) -> None:
    """Characters that would end a workflow command or a property are escaped."""
    headings = ("Status", "Error Code", "50%, a:b")
    project.write(one=page(("400", "API.01", "x"), headings=headings))
    result = project.errbook("lint", "--output-format", "github")
    assert result.out == (
        "::warning file=docs/one.rst,line=5,col=25,title=EB103 unknown-heading::"
        "unknown heading '50%25, a:b'%0A"
        'hint: add "50%25, a:b" = "other" to [service.demo.columns], '
        "or give it another field\n"
    )
    drift = project.errbook("check", "--output-format", "github").out
    missing = "it is generated but does not exist; run errbook generate"
    assert f"::error file=errbook.lock,title=missing::{missing}\n" in drift


@pytest.mark.parametrize(
    ("lint", "severity"),
    [
        ("", "warning"),
        ('ignore = ["EB103"]', None),
        ('ignore = ["unknown-heading"]', None),
        ('select = ["EB2"]', None),
        ('select = ["EB1"]\nignore = ["EB101"]', "warning"),
        ('severity.EB103 = "info"', "info"),
        ('severity.EB103 = "error"', "error"),
    ],
)
def test_rules_are_configured(project: Project, lint: str, severity: str | None) -> None:
    """A project chooses its rules and their severity."""
    project.configure(f'[service.demo]\ndocs=["docs/*.rst"]\n{BODY}[lint]\n{lint}\n')
    result = project.write(one=_FINDINGS).errbook("lint", "--all")
    assert result.status == (severity in ("warning", "error"))
    assert f": {severity}: " in result.err if severity else "EB103" not in result.err
    assert project.errbook("generate").status == (severity == "error")


def test_rules_that_stop_writing_stay_on(project: Project) -> None:
    """Rules that prevent inconsistent outputs are neither ignored nor silenced."""
    project.configure(
        '[service.demo]\ndocs = ["docs/*.rst"]\n[service.demo.names]\n"API.01" = "Value"\n'
        '[lint]\nselect = ["EB1"]\nignore = ["EB6"]\n'
    )
    result = project.write(one=f".. errbook: ignore EB602\n\n{_PAGE}").errbook("generate")
    assert (result.status, "[EB602]" in result.err) == (1, True)


_OUTPUTS = [
    *({"output": path} for path in ("./x", "x/", ".", "x//y", "x/../y", "x/../x", "link", "self")),
    *({"html": path} for path in (".", "docs", "generated", "generated/markdown/sub", "..")),
    {"python": "x", "markdown": "x", "html": "./x", "openapi": "x/", "catalogue": "x/../x"},
    {"python": "link", "markdown": "real", "html": "self/real", "openapi": "link/../real"},
    {"python": ".", "markdown": "api_errors", "html": "api_errors/_shared"},
    {"python": "x/y", "markdown": "x", "html": "x/y/api_errors/sub"},
]
"""The option ``output`` of the project or of targets: equal, nested and linked directories."""


@pytest.mark.parametrize("outputs", _OUTPUTS, ids=str)
def test_outputs_share_directories(project: Project, outputs: dict[str, str]) -> None:
    """Wherever the outputs go, the next run keeps what the one before wrote."""
    (project.root / "real").mkdir()
    (project.root / "link").symlink_to("real")
    (project.root / "self").symlink_to(".")
    project.configure(
        'targets = ["catalogue", "python", "openapi", "markdown", "html"]\n'
        + "".join(
            f'{key}="{path}"\n' if key == "output" else f'target.{key}.output = "{path}"\n'
            for key, path in outputs.items()
        )
        + '[service.one]\ndocs = ["docs/one.rst"]\n[service.two]\ndocs = ["docs/two.rst"]\n'
    )
    project.write(one=_PAGE, two=_PAGE).generate()
    before = project.files()
    assert (project.generate().out, project.files()) == ("", before)
    assert project.errbook("check").status == 0
    project.write(two=_PAGE.replace("Wrong.", "False.")).generate("two")
    after = project.files()
    assert after.keys() == before.keys()
    assert sum(after[path] != before[path] for path in after) > 1  # the document and outputs
    assert project.errbook("check").status == 0


def test_all_or_nothing_is_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """If one file cannot be replaced, all files stay as before, and no draft is left."""
    project.write(one=_PAGE).generate()
    project.write(one=_PAGE.replace("Wrong.", "False."), two=_PAGE)
    before = project.files()
    replace, broken = Path.replace, project.root / "generated/python/api_errors/demo.py"

    def fail(self: Path, target: Path) -> Path:
        if target == broken and self.suffix == ".new":
            raise PermissionError(1, "Operation not permitted")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    result = project.errbook("generate")
    assert (result.status, result.err.count("\n")) == (2, 1)
    assert result.err.startswith(
        "errbook: generated/python/api_errors/demo.py: this file cannot be written"
    )
    assert project.files() == before


def test_written_files_keep_their_mode_and_links(project: Project) -> None:
    """A generated file that is a link stays a link, and its target keeps its permissions."""
    project.write(one=_PAGE).generate()
    file = project.root / "generated/markdown/demo.md"
    real = file.rename(project.root / "real.md")
    real.chmod(0o600)
    file.symlink_to(real)
    project.write(one=_PAGE.replace("Wrong.", "False.")).generate()
    assert (file.is_symlink(), real.stat().st_mode & 0o777) == (True, 0o600)
    assert "False" in real.read_text(encoding="utf-8")


def test_adopted_files_are_kept(project: Project) -> None:
    """A copy of a generated file from which the marker was removed is kept."""
    project.write(one=_PAGE).generate()
    copy = project.root / "generated/markdown/notes.md"
    title, _, rest = project.read("generated/markdown/demo.md").split("\n", 2)
    copy.write_text(f"{title}\n\nMy notes.\n\n{rest}", encoding="utf-8")
    assert project.generate().out == ""
    assert copy.exists()


def test_removed_service(project: Project) -> None:
    """After a service is removed, generate fails until --prune gives up its names."""
    both = '[service.a]\ndocs=["docs/a.rst"]\n[service.b]\ndocs=["docs/b.rst"]\n'
    project.configure(both).write(a=_PAGE, b=_PAGE).generate()
    project.configure(both.partition("[service.b]")[0])
    assert project.errbook("generate").status == 2
    assert "removed generated/openapi/b.yaml" in project.generate("--prune", "-v").out
    assert '"API.01" = "InvalidRequestError API_01 400 pruned"' in project.read("errbook.lock")
    assert project.errbook("check").status == 0


def test_output_that_is_full() -> None:
    """If standard output is full, one line says so, and no bug is reported."""
    command = [sys.executable, "-m", "errbook", "--help"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr == (
        "errbook: cannot print: No space left on device; check where the output goes\n"
    )


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("lint",), 1),
        (("check",), 1),
        (("lint", "none.rst"), 2),
        (("--config", "errbook.toml"), 2),
    ],
)
def test_standard_error_that_is_full(
    project: Project, arguments: tuple[str, ...], status: int
) -> None:
    """The exit status does not depend on whether messages can be printed."""
    project.write(one=_FINDINGS)
    command = [sys.executable, "-m", "errbook", *arguments]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=project.root, stdout=subprocess.PIPE, stderr=full)
    assert done.returncode == status


@pytest.mark.parametrize(
    "path",
    [
        "docs/two.rst",
        "errbook.lock",
        "errbook.toml",
        "generated/markdown/demo.md",
        "mine/section.md.j2",
    ],
)
def test_pipe_in_place_of_a_file(project: Project, path: str) -> None:
    """A named pipe is not read: that would wait until somebody writes to it."""
    project.write(one=_PAGE).generate()
    (project.root / "mine").mkdir()
    (project.root / "mine" / "section.md.j2").write_text("## {{ error.code | md }}\n")
    configuration = project.read("errbook.toml")
    project.configure(f"{configuration}[target.markdown]\ntemplates = 'mine'\n").generate()
    (project.root / path).unlink(missing_ok=True)
    os.mkfifo(project.root / path)
    command = [sys.executable, "-m", "errbook", "check", "--config", "errbook.toml"]
    done = subprocess.run(
        command, cwd=project.root, capture_output=True, encoding="utf-8", timeout=60
    )
    assert "this file cannot be read (it is not a regular file)" in done.stderr
    assert done.returncode == 2


def test_directory_that_cannot_be_searched(project: Project) -> None:
    """A document in a directory without permission is a failure, not a bug."""
    project.write(one=_PAGE).configure(f'[service.demo]\ndocs = ["docs/one.rst"]\n{BODY}')
    (project.root / "docs").chmod(0)
    try:
        result = project.errbook("lint")
    finally:
        (project.root / "docs").chmod(0o755)
    assert result.status in (0, 2)  # root may search every directory
    assert "this is a bug" not in result.err


def test_output_is_utf_8(project: Project) -> None:
    """The JSON of parse is UTF-8, whatever encoding Python would choose."""
    project.write(one=_PAGE.replace("Wrong.", "“Ä”   "))
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "errbook", "parse", "docs/one.rst"]
    done = subprocess.run(
        command, cwd=project.root, env=environment, capture_output=True, check=True
    )
    assert json.loads(done.stdout)["pages"][0]["occurrences"][0]["description"] == "“Ä”"


def test_nesting_that_is_too_deep(project: Project) -> None:
    """A document that is nested too deep for docutils is reported in one line."""
    deep = "\n\n".join(" " * n + "- x" for n in range(0, 1200, 2))
    result = project.write(one=f"{_PAGE}\n{deep}\n").errbook("generate")
    assert (result.status, result.err) == (
        2,
        "errbook: docs/one.rst: the markup is nested too deeply; "
        "reduce the nesting of lists and directives\n",
    )


def test_document_with_brackets_in_its_name(project: Project) -> None:
    """An existing path is not read as a pattern."""
    project.configure('[service.demo]\ndocs = ["docs/a [b].rst"]\n')
    project.write(**{"a [b]": _PAGE}).generate()


def test_progress(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A progress bar is shown on a terminal after one second, and never in CI."""
    monkeypatch.delenv("CI", raising=False)
    clock = iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(console.progress(["a", "b", "c", "d"], "reading")) == ["a", "b", "c", "d"]
    assert "reading" in capsys.readouterr().err
    monkeypatch.setenv("CI", "true")
    assert list(console.progress(["a", "b", "c", "d"], "reading")) == ["a", "b", "c", "d"]
    assert capsys.readouterr().err == ""


def test_findings_from_generate(project: Project) -> None:
    """Generate prints findings in the requested format, and writes the outputs."""
    result = project.write(one=_FINDINGS).errbook("generate", "--output-format", "github")
    assert (result.status, result.out.startswith("::warning file=docs/one.rst")) == (
        0,
        True,
    )
    assert (project.root / "errbook.lock").exists()


def test_findings_come_before_a_failure(project: Project) -> None:
    """Findings that explain why a service has no errors are printed before that failure."""
    broken = _PAGE.replace("+====", "+===", 1)
    for command in ("generate", "check", "lint"):
        result = project.write(one=broken).errbook(command)
        assert result.status == 2
        assert result.err.startswith("docs/one.rst:6:1: warning: this table cannot be read")
        assert "contain no error codes; run errbook parse" in result.err.splitlines()[-1]
    assert project.errbook("lint", "docs/one.rst").status == 1


def test_rules_for_a_document_outside_any_service(project: Project) -> None:
    """A document outside any service is checked with the rules that the project chose."""
    project.configure('[service.demo]\ndocs=["docs/*.rst"]\n[lint]\nignore=["EB103"]\n')
    project.write(one=_PAGE)
    (project.root / "loose.rst").write_text(_FINDINGS, encoding="utf-8")
    assert project.errbook("lint", "loose.rst").err == "errbook: no findings\n"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_file_name_that_is_not_utf8(project: Project) -> None:
    """A document whose name is not UTF-8 is read; the name is escaped in JSON."""
    (project.root / "errbook.toml").unlink()
    name = os.fsdecode(b"a\xff.rst")
    (project.root / name).write_text(page(("404", "API.01", "No router", "", "")), encoding="utf-8")
    parsed = project.errbook("parse", name)
    assert (parsed.status, json.loads(parsed.out)["pages"][0]["path"]) == (0, "a\\udcff.rst")
    linted = project.errbook("lint", "--output-format", "json", name)
    assert linted.status == 0 and json.loads(linted.out)["diagnostics"] == []
