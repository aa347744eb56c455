"""`python -m` with the generated package: it explains errors from the package alone."""

import gzip
import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from api_errors._shared.lookup import Lookup
from api_errors._shared.matching import Entry, find

from conftest import Project
from errbook.build import pipeline, writing
from errbook.project import configuration
from errbook.targets import TARGETS
from pages import escaped, page
from queries import CONFIGURATION, DOCUMENTS, EXAMPLES


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate the package for the table of queries; return the directory to import it from."""
    root = tmp_path_factory.mktemp("queries")
    for name, text in DOCUMENTS.items():
        (root / f"{name}.rst").write_text(text, encoding="utf-8")
    return _generate(root, CONFIGURATION)


def _generate(root: Path, configured: str) -> Path:
    (root / "errbook.toml").write_text(configured, encoding="utf-8")
    changes = pipeline.run(configuration.load(root / "errbook.toml", TARGETS)).changes
    writing.write(root, changes, root / "drafts" / "here")
    return root / "generated" / "python"


def _run(
    directory: Path, *arguments: str, stdin: str = "", name: str = "api_errors", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the package *name* with *arguments*, without site-packages and PYTHONPATH."""
    command = [sys.executable, "-S", "-W", "error", "-m", name, *arguments]
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        command,
        cwd=directory,
        env=kept | {"PYTHONIOENCODING": "utf-8"} | variables,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
    )


def _codes(directory: Path, *arguments: str, stdin: str = "") -> list[str]:
    """Return the codes that the package finds."""
    done = _run(directory, "--json", *arguments, stdin=stdin)
    return [error["code"] for error in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def entries(package: Path) -> list[Entry]:
    """Read the lookup tables of the package."""
    tables: dict[str, str] = {}
    for name in sorted(DOCUMENTS):
        text = (package / f"api_errors/_lookup/{name}.tsv").read_text(encoding="utf-8")
        _, _, tables[name] = text.partition("\n")
    return Lookup(tables).entries


@pytest.mark.parametrize("query", EXAMPLES)
def test_query(entries: list[Entry], query: str) -> None:
    """A query finds the codes in the table, and no others."""
    found = find(query, entries).entries
    assert sorted(_address(entry, entries) for entry in found) == sorted(EXAMPLES[query])


def _address(entry: Entry, entries: Sequence[Entry]) -> str:
    is_unique = [other.code for other in entries].count(entry.code) == 1
    return entry.code if is_unique else f"{entry.service}/{entry.code}"


def test_explanation(package: Path) -> None:
    """It says what an error means, what to do, its status, its class and its place."""
    done = _run(package, "net/NET.0001", "DSK-7")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == """\
NET.0001 (Networks)
  Message        Network {0} could not be found.
  What happened  It is gone.
  What to do     Create it.
  HTTP status    404 Not Found
  Class          api_errors.net.NetworkMissingError
  Member         api_errors.net.NetErrorCode.NET_0001
  Documented in  net.rst

DSK-7 (Disks)
  Message        The disk was not found
  What happened  No disk has this id.
  What to do     Check the id.
  HTTP status    404 Not Found
  Class          api_errors.disks.DiskMissingError
  Member         api_errors.disks.DisksErrorCode.DSK_7
  Documented in  disks.rst
"""


def test_former_class(tmp_path: Path) -> None:
    """The former name of a class, as old programs and logs have it, finds its error."""
    (tmp_path / "a.rst").write_text(page(("404", "A.1", "No disk")), encoding="utf-8")
    service = '[service.a]\ndocs = ["a.rst"]\nenvelope = false\n'
    for name in ("Lost", "Missing"):
        directory = _generate(tmp_path, f'{service}names = {{ "A.1" = "{name}" }}\n')
    for query in ("LostError", "api_errors.a.LostError", "lost"):
        assert _run(directory, query).stdout == """\
A.1 (a)
  Message        No disk
  HTTP status    404 Not Found
  Class          api_errors.a.MissingError
  Former class   api_errors.a.LostError
  Member         api_errors.a.AErrorCode.A_1
  Documented in  a.rst
"""
    assert _codes(directory, stdin="12:00 a.LostError: A is not there") == ["A.1"]


def test_list(package: Path) -> None:
    """The beginning of several codes, and --all, list one code per line below its service."""
    done = _run(package, "NET.00")
    assert done.stdout == """\
Disks (disks)
  NET.0001  404  Disk network is missing
Networks (net)
  NET.0001  404  Network {0} could not be found.
  NET.0002  404  {0} could not be found.
  NET.0010  409  EIP %s is bound to port %s
"""
    lines = _run(package, "--all").stdout.splitlines()
    assert len(lines) == 2 + 3 + 11
    assert len(json.loads(_run(package, "--all", "--json").stdout)) == 3 + 11


def test_json(package: Path) -> None:
    """JSON has everything that the text has."""
    done = _run(package, "--json", "disk_full")
    assert json.loads(done.stdout) == [
        {
            "service": "disks",
            "code": "DISK_FULL",
            "kind": "error",
            "class": "DiskFullError",
            "former_classes": [],
            "member": "DISK_FULL",
            "http_status": [507],
            "occurrences": [
                {
                    "http_status": [507],
                    "message": "Disk full: {size} GB are needed, {free} GB are free",
                    "page": "disks.rst",
                }
            ],
        }
    ]


def test_unknown(package: Path) -> None:
    """What is unknown is reported with near misses and exit status 1; the rest is answered."""
    done = _run(package, "SlowDwn", "DSK-7")
    assert done.returncode == 1
    assert done.stderr == "unknown error 'SlowDwn'; did you mean SlowDown?\n"
    assert done.stdout.startswith("DSK-7 (Disks)\n")
    done = _run(package, "--json", "NET.0003")
    assert (done.returncode, done.stdout) == (1, "[]\n")
    assert done.stderr.startswith("unknown error 'NET.0003'; did you mean NET.00")


@pytest.mark.parametrize("arguments", [["--all", "NET.0001"], ["--nonsense"]])
def test_wrong_usage(package: Path, arguments: list[str]) -> None:
    """Wrong usage is exit status 2, with nothing on standard output."""
    done = _run(package, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m api_errors ")


def test_no_query_on_a_terminal(package: Path) -> None:
    """Without a query it does not wait for somebody to type a log."""
    terminal, stdin = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "api_errors"],
        cwd=package,
        stdin=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    os.close(terminal)
    os.close(stdin)
    assert done.returncode == 2
    assert "give a QUERY" in done.stderr


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('{"code": "NET.0010", "message": "m"}', ["NET.0010"]),
        ('{\n  "error": {\n    "code": 1007,\n    "message": "m"\n  }\n}\n', ["1007"]),
        ("<Error><Code>SlowDown</Code><Message>m</Message></Error>", ["SlowDown"]),
        ('{"message": "EIP a is bound to port b"}', ["NET.0010"]),
        (
            '[{"code": "DSK-7", "message": "m"}, {"code": "1007", "message": "n"}]',
            ["DSK-7", "1007"],
        ),
        ('HTTP/1.1 500\nDate: today\n\n{\n  "code": "1007",\n  "message": "m"\n}\n', ["1007"]),
        ("12:00 ERROR request failed: NET.0010 (409)\n", ["NET.0010"]),
        (
            "net.SlowDownError: SlowDown (503): Reduce.\n12:01 code=DSK-7, gone",
            ["SlowDown", "DSK-7"],
        ),
        ("a\nb 404 NET.0010.\nc /v1/x?code='DISK_FULL'", ["NET.0010", "DISK_FULL"]),
        ('12:00 got {"code": 1007, "message": "NET.0010"}', ["1007"]),
        ('{"level": "error", "text": "failed with DSK-7"}', ["DSK-7"]),
        ("12:00 Network 7 could not be found. Giving up", ["NET.0001"]),
        ("171 of 1007 requests in 404 ms", []),
        ("12:00 failed with error code 1007", ["1007"]),
        ("12:00 errno: 0171 after 1007 ms", ["0171"]),
        ("1007\n", ["1007"]),
        ('{"level": "error", "code": "E_APP", "message": "call failed: NET.0010"}', ["NET.0010"]),
        ('{\n "code": "E_APP",\n "message": "call failed: NET.0010"\n}', ["NET.0010"]),
        (
            r'{"log": "{\"code\":\"1007\",\"message\":\"x\"}\n", "stream": "stderr"}',
            ["1007"],
        ),
        (r'{"log": "12:00 failed with NET.0010\n", "stream": "stderr"}', ["NET.0010"]),
        ("GET /callback?code=NET.0010&x=1", ["NET.0010"]),
        ("GET /callback?x=1&code=SlowDown", ["SlowDown"]),
        ('12:00 {"errorCode": "SlowDown", ...', ["SlowDown"]),
        ("12:00 net.0010 and dsk-7", ["NET.0010", "DSK-7"]),
        ("12:00 disk_full", ["DISK_FULL"]),
        ("12:00 slowdown of the disk network", []),
        ("", []),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_standard_input(package: Path, arguments: list[str], text: str, codes: list[str]) -> None:
    """Bodies and lines of logs lead to their codes; numbers in lines do not."""
    assert _codes(package, *arguments, stdin=text) == codes
    assert _run(package, *arguments, stdin=text).returncode == (0 if codes else 1)


@pytest.mark.parametrize("text", ['{"code": "1007"}', "12:00 NET.0010 failed", "12:00 没有 DSK-7"])
def test_encodings_of_standard_input(package: Path, text: str) -> None:
    """PowerShell writes files in UTF-16, and bodies may be packed with gzip."""
    expected = _run(package, stdin=text)
    assert expected.returncode == 0
    for sent in (text.encode("utf-16"), gzip.compress(text.encode())):
        done = subprocess.run(
            [sys.executable, "-m", "api_errors"], cwd=package, input=sent, capture_output=True
        )
        assert done.stdout.decode() == expected.stdout


def test_full_width_letters(package: Path) -> None:
    """Input methods for Chinese and Japanese type letters in full width."""
    assert _codes(package, "ＮＥＴ．００１０") == ["NET.0010"]


def test_plain_words_as_codes(project: Project) -> None:
    """A code that is a plain word counts in a line that calls it a code."""
    project.write(one=page(("404", "DISK", "m"), ("404", "READ-ONLY", "m"))).generate()
    package = project.root / "generated" / "python"
    for line in ('"errorCode": "DISK"', "code: DISK", "error_code=DISK,", "Code 'x', code='DISK'"):
        assert _codes(package, stdin=f"12:00 {line}\n") == ["DISK"]
    for line in ("DISK is 90 % full", "code: DISKS", "the disk is read-only"):
        assert _codes(package, stdin=f"12:00 {line}\n") == []


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("NetConflictError", ["NET.0010"]),
        ("api_errors.net.NetConflictError", ["NET.0010"]),
        ("netconflicterror", ["NET.0010"]),
        ("DisksInsufficientStorageError", ["DISK_FULL"]),
        ("InsufficientStorageError", ["DISK_FULL"]),
        ("api_errors.disks.DisksError", ["DISK_FULL", "DSK-7", "NET.0001"]),
    ],
)
def test_common_classes(package: Path, name: str, codes: list[str]) -> None:
    """The class of a status or a service, which tracebacks name, leads to its errors."""
    assert _codes(package, name) == codes


@pytest.mark.parametrize("code", ["X.1", "no error code"])
def test_traceback(package: Path, code: str) -> None:
    """A traceback of an undocumented error leads to the errors of its status."""
    last = f"api_errors.net.NetConflictError: {code} (409): gone"
    text = f"Traceback (most recent call last):\n  File 'x.py', line 7, in f\n{last}\n"
    assert _codes(package, stdin=text) == ["NET.0010"]


def test_common_class_without_errors(package: Path) -> None:
    """A class of which no error is documented is known."""
    done = _run(package, "NetBadGatewayError")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "no error is documented for status 502 of Networks\n"


def test_same_error_twice(package: Path) -> None:
    """An error that two queries find is explained once, and an unknown one reported once."""
    done = _run(package, "DSK-7", "dsk7", "DiskMissingError", "NET.9999", "NET.9999")
    assert done.stdout.count("DSK-7 (Disks)") == 1
    assert done.stderr.count("unknown error") == 1


@pytest.mark.parametrize(
    ("redirection", "arguments", "status", "message"),
    [
        ("<&-", "", 2, "give a QUERY"),
        ("<&-", "-", 2, "standard input is closed"),
        ("<&-", "DSK-7", 0, ""),
        (">&-", "DSK-7", 2, "cannot print the answer: standard output is closed"),
        (">/dev/full", "DSK-7", 2, "cannot print the answer: No space left on device"),
        ("2>&-", "NET.9999", 1, ""),
    ],
)
def test_closed_streams(
    package: Path, redirection: str, arguments: str, status: int, message: str
) -> None:
    """A stream that is closed or full is reported, without a traceback."""
    command = f"{sys.executable} -m api_errors {arguments} {redirection}"
    done = subprocess.run(  # noqa: S602
        command, cwd=package, shell=True, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == status
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr
    assert message in done.stderr if message else done.stderr == ""


def test_unknown_code_in_a_body(package: Path) -> None:
    """An undocumented code is reported, even beside a documented message."""
    body = '{"code": "NET.0011", "message": "EIP a is bound to port b"}'
    for text in (body, f"12:00 got {body}"):
        done = _run(package, stdin=text)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("unknown error 'NET.0011'; did you mean NET.0010")


def test_configured_envelope(project: Project) -> None:
    """The code is where the service's bodies have it."""
    envelope = 'envelope = { code = "fault.info[0].id", message = "fault.text" }\n'
    project.configure(f'[service.demo]\ndocs = ["docs/*.rst"]\n{envelope}')
    project.write(one=page(("404", "17", "Router not found"))).generate()
    body = '{"fault": {"text": "gone", "info": [{"id": 17}]}}'
    assert _codes(project.root / "generated" / "python", stdin=body) == ["17"]


def test_relocated(package: Path, tmp_path: Path) -> None:
    """It works inside another package and from a zip file, and names its classes as they are."""
    archive = tmp_path / "sdk.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("mysdk/__init__.py", "")
        for path in package.rglob("*.*"):
            if "__pycache__" not in path.parts:
                file.write(path, Path("mysdk") / path.relative_to(package))
    use = f"import sys, runpy; sys.path.insert(0, {str(archive)!r}); "
    use += "sys.argv = ['x', 'net2']; runpy.run_module('mysdk.api_errors', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", use], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  Class          mysdk.api_errors.net.SomethingMissingError\n" in done.stdout


def test_incomplete_package(package: Path, tmp_path: Path) -> None:
    """A package that was installed without its data files says so."""
    (tmp_path / "api_errors").mkdir()
    for path in package.rglob("*.py"):
        copy = tmp_path / path.relative_to(package)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    done = _run(tmp_path, "NET.0001")
    assert done.returncode == 2
    assert "_lookup/" in done.stderr and done.stderr.count("\n") <= 2


def test_imports_no_service(package: Path) -> None:
    """No exception is imported: the lookup table has all that is shown."""
    done = _run(package, "net2", PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    imported = re.findall(r"api_errors[\w.]*", done.stderr)
    assert "api_errors._shared.lookup" in imported
    assert not {"api_errors.net", "api_errors.disks"} & set(imported)


_HOSTILE = "a \x1b[31mred \x07 \x9b2J \u202ereversed \u200bhidden"


@pytest.mark.parametrize("arguments", [["API.01"], ["--all"], ["--json", "API.01"], ["\x1b[2Jx"]])
def test_control_characters(project: Project, arguments: list[str]) -> None:
    """No character of a document or a query reaches the terminal that could control it."""
    hostile = escaped(_HOSTILE)
    project.write(one=page(("404", "API.01", hostile, hostile, hostile))).generate()
    done = _run(project.root / "generated" / "python", *arguments)
    shown = done.stdout + done.stderr
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cf") and c != "\n"]
    assert "red" in shown or "2Jx" in shown


def test_layout(project: Project) -> None:
    """No line is wider than 79 columns, except for names and links, which are not broken."""
    url = f"https://docs.example.com/{'x' * 90}/{{page}}.html"
    project.configure(
        f'[service.demo]\ndocs = ["docs/*.rst"]\nenvelope = false\ndocs_url = "{url}"\n'
    )
    long = "The quota of this project is used up because of many routers. " * 5
    chinese = "请确认配额是否已用完，如已用完请联系客服。" * 6
    rows = [
        ("404", "API.01", "Quota used up", long, f"{chinese}\n\n{long}"),
        ("429", "API.01", "Quota used up", long, "Wait."),
        ("404", "API.02", long, chinese),
        ("404", "API.03", chinese),
    ]
    project.write(one=page(*rows)).generate()
    package = project.root / "generated" / "python"
    done = _run(package, "API.01", "API.02")
    lines = done.stdout.splitlines() + _run(package, "--all").stdout.splitlines()
    wide = [line for line in lines if _columns(line) > 79]
    assert wide and all(url.partition("{")[0] in line for line in wide)
    joined = re.sub(r"\s+", "", done.stdout)
    assert chinese in joined and re.sub(r"\s+", "", long) in joined
    assert "  1 of 2:" in lines and "  2 of 2:" in lines
    assert sum(line.startswith("  What happened ") for line in lines) == 2  # once for API.01


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_other_kinds(project: Project) -> None:
    """Successes, retired codes and codes without texts are explained, too."""
    documented = [("", "API.02"), ("200", "API.01", "Fine")]
    project.write(one=page(*documented, ("404", "NotThere", "Gone"))).generate()
    project.write(one=page(*documented)).generate()
    package = project.root / "generated" / "python"
    assert "success, not an error" in _run(package, "API.01").stdout
    assert "\n  HTTP status" not in _run(package, "API.02").stdout
    done = _run(package, "NotThere")
    assert "  Deprecated     this code is no longer documented\n" in done.stdout
    assert "  Class          api_errors.demo.NotThereError\n" in done.stdout
    assert "  NotThere  404  (no longer documented)\n" in _run(package, "--all").stdout


def test_encoding_of_the_terminal(package: Path) -> None:
    """A terminal that lacks a character gets an escape for it."""
    done = _run(package, "0171", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert r"\u7f51\u7edc{0}\u4e0d\u5b58\u5728" in done.stdout


def test_closed_pipe(package: Path) -> None:
    """`| head` ends it quietly."""
    command = [sys.executable, "-m", "api_errors", "--all"]
    with subprocess.Popen(
        command, cwd=package, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_one_row_is_one_line(project: Project) -> None:
    """Editing one row changes one line of the table, and another order of rows none."""
    rows = [("404", f"API.{n:02}", f"Router {n} not found") for n in range(5)]
    table = "generated/python/api_errors/_lookup/demo.tsv"
    project.write(one=page(*rows)).generate()
    before = project.read(table).splitlines()
    project.write(one=page(*reversed(rows))).generate()
    assert project.read(table).splitlines() == before
    rows[2] = ("409", "API.02", "Router 2 is bad")
    project.write(one=page(*rows)).generate()
    after = project.read(table).splitlines()
    assert [
        i for i, lines in enumerate(zip(before, after, strict=True)) if lines[0] != lines[1]
    ] == [4]
