"""The command `errbook explain`: what a project documents about errors, and errbook's rules."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from conftest import Project
from errbook.lint import RULES
from pages import page
from queries import CONFIGURATION, DOCUMENTS, EXAMPLES


@pytest.fixture
def documented(project: Project) -> Project:
    """Return a project with the documents of the table of queries."""
    for name, text in DOCUMENTS.items():
        (project.root / f"{name}.rst").write_text(text, encoding="utf-8")
    return project.configure(CONFIGURATION)


def _stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def _codes(project: Project, *arguments: str) -> list[str]:
    """Return the codes that errbook finds; with the service if both have the code."""
    lines = project.errbook("explain", "--output-format", "json", *arguments).out.splitlines()
    return [
        f"{catalogue['service']}/{error['code']}" if error["code"] == "NET.0001" else error["code"]
        for catalogue in map(json.loads, lines)
        for error in catalogue["errors"]
    ]


def test_queries(documented: Project) -> None:
    """It finds what the generated package finds."""
    found = {query: sorted(_codes(documented, query)) for query in EXAMPLES}
    assert found == {query: sorted(codes) for query, codes in EXAMPLES.items()}


def test_text(documented: Project) -> None:
    """The text is that of `python -m`, without a generated package."""
    before = documented.files()
    queries = ["net2", "NET.00", "Disk full: 5 GB are needed, 1 GB are free", "disks"]
    result = documented.errbook("explain", *queries)
    assert (result.status, result.err) == (0, "")
    assert documented.files() == before
    documented.generate()
    command = [sys.executable, "-m", "api_errors", *queries]
    package = documented.root / "generated" / "python"
    done = subprocess.run(command, cwd=package, capture_output=True, encoding="utf-8", check=True)
    assert result.out == done.stdout


def test_document_edited(documented: Project) -> None:
    """An answer is as new as the documents, whatever was generated or answered before."""
    documented.generate()
    assert "It is gone." in documented.errbook("explain", "net/NET.0001").out
    document = documented.root / "net.rst"
    edited = DOCUMENTS["net"].replace("It is gone.", "It left us.").replace("NET.0010", "NET.0011")
    document.write_text(edited, encoding="utf-8")
    assert "It left us." in documented.errbook("explain", "net/NET.0001").out
    assert _codes(documented, "net/NET.0001") == ["net/NET.0001"]
    assert documented.errbook("explain", "NET.0011").status == 0
    document.write_text(DOCUMENTS["net"], encoding="utf-8")
    assert documented.errbook("explain", "NET.0011").status == 1


@pytest.mark.parametrize("output_format", ["text", "json"])
@pytest.mark.parametrize("is_generated", [True, False])
def test_needs_no_analysis(documented: Project, output_format: str, is_generated: bool) -> None:
    """A second answer from the same documents loads neither docutils nor Jinja2."""
    if is_generated:
        documented.generate()
    command = [sys.executable, "-X", "importtime", "-m", "errbook", "explain", "net2"]
    command += ["--output-format", output_format]
    for is_new in (True, False):
        done = subprocess.run(
            command, cwd=documented.root, capture_output=True, encoding="utf-8", check=True
        )
        assert "NET.0002" in done.stdout
        assert (" errbook.analysis\n" in done.stderr) is is_new
        assert is_new or not re.search(" (docutils|jinja2|black)\n", done.stderr)


def test_json(documented: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON is one catalogue per service, with only the errors that were found."""
    schema = json.loads(documented.errbook("schema", "catalogue").out)
    documented.generate()
    whole = json.loads(documented.read("generated/catalogue/net.json"))
    out = documented.errbook("explain", "--output-format", "json", "net2", "NET.0001").out
    disks, net = map(json.loads, out.splitlines())
    for catalogue in (disks, net):
        jsonschema.validate(catalogue, schema)
    assert [error["code"] for error in disks["errors"]] == ["NET.0001"]
    codes = ["NET.0001", "NET.0002"]
    assert net == {
        **whole,
        "errors": [error for error in whole["errors"] if error["code"] in codes],
        "names": {
            **whole["names"],
            "errors": {code: whole["names"]["errors"][code] for code in codes},
        },
    }
    monkeypatch.chdir(documented.root)
    assert documented.errbook("explain", "--output-format", "json", "nothing-at-all").out == ""


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(
    documented: Project, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    """Without a query, or with -, it reads a body or the lines of a log."""
    for text, code in [
        ('{"code": "DSK-7", "message": "m"}', "DSK-7 (Disks)"),
        ("12:00 GET /x\n12:01 ERROR Network 7 could not be found.\n", "NET.0001 (Networks)"),
    ]:
        _stdin(monkeypatch, text)
        result = documented.errbook("explain", *arguments)
        assert (result.status, result.err) == (0, "")
        assert result.out.splitlines()[0] == code
    _stdin(monkeypatch, "all is well")
    result = documented.errbook("explain", *arguments)
    assert (result.status, result.out) == (1, "")
    assert result.err == "errbook: no documented error in the text\n"


def test_no_query_on_a_terminal(documented: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a query it does not wait for somebody to type a log."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    result = documented.errbook("explain")
    assert (result.status, result.out) == (2, "")
    assert "give a QUERY" in result.err


def test_change(documented: Project) -> None:
    """A kind of change is explained like a rule."""
    result = documented.errbook("explain", "EB703", "EB73")
    assert result.status == 0
    assert result.out.startswith("EB703 changed-parent (breaking)\n")
    assert "EB731  " in result.out


def test_unknown(documented: Project) -> None:
    """What is unknown is reported with near misses and exit status 1; the rest is answered."""
    result = documented.errbook("explain", "SlowDwn", "DSK-7", "no\x1bthing")
    assert result.status == 1
    assert result.out.startswith("DSK-7 (Disks)\n")
    assert result.err.splitlines() == [
        "errbook: unknown error 'SlowDwn'; did you mean SlowDown?",
        "errbook: unknown error 'no\\u001bthing'",
    ]


def test_service_that_fails(documented: Project) -> None:
    """The other services answer; the exit status says that not all could be asked."""
    (documented.root / "net.rst").write_bytes(b"\xff")
    result = documented.errbook("explain", "DSK-7")
    assert result.status == 2
    assert result.out.startswith("DSK-7 (Disks)\n")
    assert result.err.startswith("errbook: net.rst")
    assert result.err.count("\n") == 1


def test_catalogue_files(
    documented: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catalogue files are searched without a project."""
    documented.generate()
    expected = _codes(documented, "NET.0001", "Slow down error.")
    copies = tmp_path / "elsewhere"
    (documented.root / "generated" / "catalogue").rename(copies)
    (tmp_path / "errbook.toml").unlink()
    monkeypatch.chdir(copies)
    files = ["--catalogue", str(copies / "disks.json"), "--catalogue", str(copies / "net.json")]
    assert _codes(documented, *files, "NET.0001", "Slow down error.") == expected
    text = documented.errbook("explain", *files, "DSK-7").out
    assert "  Class          disks.DiskMissingError\n" in text
    for wrong, what in [(copies / "net.json", "another file"), (tmp_path / "net.rst", "catalogue")]:
        result = documented.errbook("explain", *files, "--catalogue", str(wrong), "DSK-7")
        assert (result.status, result.out, result.err.count("\n")) == (2, "", 1)
        assert what in result.err


def test_import_of_the_class(documented: Project) -> None:
    """A class has the name by which the configured package is imported."""
    package = '[target.python]\noutput = "src/mysdk"\npackage = "faults"\n'
    documented.configure(package + CONFIGURATION)
    out = documented.errbook("explain", "DSK-7").out
    assert "  Class          mysdk.faults.disks.DiskMissingError\n" in out


def test_retired_code(project: Project) -> None:
    """A code that left the documents is explained as such."""
    project.write(one=page(("404", "A.1", "Gone"), ("404", "A.2", "Stays"))).generate()
    project.write(one=page(("404", "A.2", "Stays"))).generate()
    result = project.errbook("explain", "a1")
    assert result.status == 0
    assert "  Deprecated     this code is no longer documented\n" in result.out


def test_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Project) -> None:
    """A rule is explained without a project: message, hint, reason and example."""
    (tmp_path / "errbook.toml").unlink()
    result = project.errbook("explain", "eb102")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("EB102 unreadable-table (warning)\n  Message      this table ")
    assert '  Turn it off  ignore = ["EB102"]' in result.out
    assert "\n  Example:\n\n    " in result.out
    assert "This rule cannot be turned off." in project.errbook("explain", "EB606").out
    result = project.errbook("explain", "EB10")
    listed = [line.split()[0] for line in result.out.splitlines()]
    assert listed == [rule.id for rule in RULES if rule.id.startswith("EB10")]
    monkeypatch.chdir(tmp_path)


def test_rule_and_code(documented: Project) -> None:
    """Rules and errors can be asked for together; what is unknown fails."""
    result = documented.errbook("explain", "EB103", "DSK-7")
    assert result.status == 0
    assert "\n\nDSK-7 (Disks)\n" in result.out
    result = documented.errbook("explain", "EB999")
    assert (result.status, result.out) == (1, "")
    assert result.err == "errbook: unknown rule 'EB999'; errbook rules prints all rules\n"
    assert documented.errbook("explain", "--output-format", "json", "EB103").status == 2


def test_all_rules(project: Project) -> None:
    """Every rule fits into a terminal, and shows its values with single braces."""
    for rule in RULES:
        text, _, example = project.errbook("explain", rule.id).out.partition("  Example:\n")
        assert example.strip(), rule.id
        assert "{{" not in text.partition("  Why")[0]
        long = [line for line in text.splitlines() if len(line) > 79 and " " in line[15:]]
        assert not long, rule.id
