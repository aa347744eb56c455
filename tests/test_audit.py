"""`errbook audit`: which files it reads, what it takes for a code, what hides findings."""

import gzip
import json
import os
import re
import shutil
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import BODY, ROOT, Project, Result, git
from errbook.targets.shared import decoding
from pages import page
from test_audits import CONFIGURATION, vpn

_RECORDINGS = ROOT / "tests" / "recordings"


@pytest.fixture
def audited(project: Project) -> Project:
    """Create a project that documents some codes, and a retired one."""
    return vpn(project)


def _write(project: Project, path: str, text: str | bytes) -> None:
    file = project.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def _audit(project: Project, *arguments: str) -> list[str]:
    """Return the places and rules of the findings in *project*: ``a.py:1:2 EB801``."""
    result = project.errbook("audit", *arguments, "--output-format", "json")
    assert result.status in (0, 1), result.err
    return _places(result)


def _places(result: Result) -> list[str]:
    return [
        f"{found['path']}:{found['line']}:{found['column']} {found['rule']}"
        for found in json.loads(result.out)["diagnostics"]
    ]


def _documented(project: Project, *codes: str) -> Project:
    """Make *project* one with a single service that documents *codes*."""
    rows = [("400", code, f"failure {number}") for number, code in enumerate(codes)]
    project.configure(f'[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}')
    return project.write(one=page(*rows))


@pytest.mark.parametrize(
    "text",
    [
        "VPN.00011 VPN.001 VPN.0001x xVPN.0099 my_VPN.0099 VPN.0099_x",
        "other.VPN.0099 VPN.0099.html VPN.0099-beta my-VPN.0099 a/VPN.0099 VPN.0099/x",
        "https://example.com/errors?code=VPN.0099 https://example.com/#VPN.0099",
        "vpn.0099 Vpn.0099 VPN-0099 VPN 0099 VPN0099 VPN.O099",
        "123e4567-e89b-12d3-a456-426614174000 d41d8cd98f00b204e9800998ecf8427e 1.2.3-rc.0099",
        "sha512-VPN.0099+abc/VPN.0099==",
    ],
)
def test_what_is_no_code(audited: Project, text: str) -> None:
    """Parts of longer identifiers, paths and URLs are not codes, and neither are other shapes."""
    for suffix in ("js", "yaml", "md"):
        _write(audited, f"other.{suffix}", text)
    _write(audited, "other.py", f"text = {text!r}\n")
    assert _audit(audited) == []


@pytest.mark.parametrize(
    "text",
    [
        "VPN.0099",
        "(VPN.0099).",
        "error:VPN.0099,",
        "code=VPN.0099;",
        "<code>VPN.0099</code>",
        "错误VPN.0099。",
        "See https://example.com/errors, or VPN.0099",
    ],
)
def test_what_is_a_code(audited: Project, text: str) -> None:
    """A code that stands alone is found, quoted or not."""
    _write(audited, "errors.properties", f"\n{text}\n")
    column = text.index("VPN") + 1
    assert _audit(audited) == [f"errors.properties:2:{column} EB801"]


@pytest.mark.parametrize(
    ("codes", "text", "found"),
    [
        # Without a separator, with a single letter, or few digits: whole literals only.
        (("P2001", "P2002"), 'if (code === "P2002") {} else if (code === "P2099") {}', True),
        (("P2001", "P2002"), 'if (code === "P2002") {} // P2099', False),
        (("P2001", "P2002"), 'if (code === "P2099") {}', False),
        (("E1", "E2"), '"E1" "E3"', False),
        (("HTTP2", "HTTP3"), '"HTTP2" "HTTP1"', False),
        (("RFC-1001", "RFC-1002"), '"RFC-1001" "RFC-9110"', False),
        (("0x1001", "0x1002"), '"0x1001" "0x2000"', False),
        (("API.01", "API.02"), '"API.01", "API.03"', True),
        (("API.01", "API.02"), "API.01 API.03", False),
        # Numbers and words.
        (("1001", "1002"), '"1001" "1003"', False),
        (("NoSuchKey", "NoSuchBucket"), '"NoSuchKey" "NoSuchTrunk"', False),
        (("disk_full", "disk_gone"), '"disk_full" "disk_used"', False),
        # Two codes make a shape, one does not; a rare prefix is another service's.
        (("ORA-00942", "ORA-01017"), "ORA-99999", True),
        (("ORA-00942", "TNS-01017"), "ORA-99999", False),
        (tuple(f"A.{n:04}" for n in range(20)), "A.0099", False),
        ((*(f"NAT.{n:04}" for n in range(9)), "VPC.0001", "VPC.0002"), "VPC.0099", False),
        ((*(f"NAT.{n:04}" for n in range(9)), "VPC.0001", "VPC.0002"), "NAT.0099", True),
        (("DSC_ERR_003_001", "DSC_ERR_003_002"), "DSC_ERR_004_001", True),
        (("ABC1234", "ABC1235"), "ABC9999", True),
    ],
)
def test_shapes(project: Project, codes: tuple[str, ...], text: str, *, found: bool) -> None:
    """A shape has to be specific, and typical of the service."""
    _write(_documented(project, *codes), "app.js", text)
    assert bool(_audit(project)) is found


def test_many_literals(project: Project) -> None:
    """A file that has nothing but look-alikes is compared with the documents once."""
    text = ",\n".join(f'"P{number}"' for number in range(10000, 40000))
    _write(_documented(project, "P20001x", "P99998", "P99999"), "data.json", f"[{text}]")
    assert _audit(project) == []


def test_code_of_another_service(project: Project) -> None:
    """A code that any service documents is documented."""
    project.configure(
        f'[service.one]\ndocs = ["docs/one.rst"]\n{BODY}[service.two]\ndocs = ["docs/two.rst"]\n'
        f"{BODY}"
    )
    first = page(("400", "API.0001", "no disk"), ("400", "API.0002", "no card"))
    second = page(("400", "API.0003", "no fan"), ("400", "API.0004", "no bus"))
    project.write(one=first, two=second)
    _write(project, "app.js", '"API.0001", "API.0003", "API.0005"')
    assert _audit(project) == ["app.js:1:26 EB801"]
    message = project.errbook("audit").err
    assert "'API.0005' is not documented in one or two; nearest documented codes: " in message
    assert _audit(project, "--service", "one") == ["app.js:1:14 EB801", "app.js:1:26 EB801"]
    result = project.errbook("audit", "--service", "tow")
    assert (result.status, result.err) == (
        2,
        "errbook: tow: unknown service; did you mean 'two'?\n",
    )


def test_words_and_numbers(project: Project) -> None:
    """Retired and successful words and numbers count in quotes, beside another code."""
    rows = (("400", "NoDisk", "a"), ("200", "Done", "b"), ("400", "1001", "c"))
    project.write(one=page(*rows), two=page(("400", "NoCard", "d"))).generate()
    (project.root / "docs" / "two.rst").unlink()
    _write(project, "alone.py", 'raise ApiError("Done")\n')
    _write(project, "alone.js", 'x = "NoCard"\n')
    _write(project, "beside.py", 'raise ApiError("Done")\nx = "NoCard"\ny = "NoDisk"\n# NoCard\n')
    _write(project, "number.js", 'throw new ApiError("Done", "1001"); NoCard(); // NoCard\n')
    assert _audit(project) == [
        "beside.py:1:17 EB803",
        "beside.py:2:6 EB802",
        "number.js:1:21 EB803",
    ]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ('raise ApiError("VPN.0000")', True),
        ('raise ApiError(code="VPN.0000") from None', True),
        ('error = errors.ApiException(200, "VPN.0000")', True),
        ('try: f()\nexcept E as e:\n    if e.code in ("VPN.0001", "VPN.0000"): pass', True),
        ('try: f()\nexcept E as e:\n    if e.code != "VPN.0000": raise', False),
        ('try: f()\nexcept E as e:\n    if status == "VPN.0000": pass', False),
        ('if response["code"] != "VPN.0000": raise ApiError(response)', False),
        ('OK = "VPN.0000"', False),
        ('print "VPN.0000"; raise ApiError, "VPN.0000"', False),
    ],
)
def test_success_in_python(audited: Project, statement: str, *, found: bool) -> None:
    """Only what raises, makes or compares an exception is about an error."""
    _write(audited, "client.py", f"{statement}\n")
    assert [place.split()[1] for place in _audit(audited)] == ["EB803"] * found


@pytest.mark.parametrize(
    ("path", "line", "found"),
    [
        ("a.js", 'if (code !== "VPN.0000") throw new ApiError(response);', False),
        ("a.js", "throw new ApiError('VPN.0000');", True),
        ("a.js", '  // do not throw "VPN.0000"', False),
        ("a.js", ' * throw "VPN.0000"', False),
        ("a.js", 'throw error; } else if (code === "VPN.0000") {', False),
        ("A.java", 'return new ApiException("VPN.0000");', True),
        ("a.rb", "raise ApiError, 'VPN.0000'", True),
        ("a.rb", "raise error  # not for 'VPN.0000'", False),
        ("a.md", 'The server never raises "VPN.0000"; it does not raise "VPN.0000".', False),
    ],
)
def test_success_in_other_languages(audited: Project, path: str, line: str, *, found: bool) -> None:
    """What throws or makes an exception, in the same statement of the line, is about an error."""
    _write(audited, path, f"{line}\n")
    assert [place.split()[1] for place in _audit(audited)] == ["EB803"] * found


def test_python_that_is_not_valid(audited: Project) -> None:
    """A file is read as far as it can be."""
    _write(audited, "old.py", 'print "VPN.0098"\nx = """\nVPN.0099')
    _write(audited, "template.py", '{{ a }} "VPN.0097"\n  # VPN.0096\n x = 1\n"""VPN.0095"""\n')
    assert _audit(audited) == ["old.py:1:8 EB801", "template.py:1:10 EB801"]


def test_nested_quotes_and_columns(audited: Project) -> None:
    """Places are counted in characters, behind tabs, wide letters and line ends of all systems."""
    _write(audited, "a.py", 'x = 1\r\ny = "错误 VPN.0099"\r\nz = b"VPN.0098"\r\n')
    _write(audited, "b.py", "x = f\"{d['VPN.0097']} {e!r:>4} VPN.0096\"\n")
    assert _audit(audited) == [
        "a.py:2:9 EB801",
        "a.py:3:7 EB801",
        "b.py:1:11 EB801",
        "b.py:1:32 EB801",
    ]


@pytest.mark.parametrize(
    ("path", "line", "found"),
    [
        ("a.c", 'char *code = "VPN." "0099";', True),
        ("a.php", "$code = 'VPN.' . $number;", True),
        ("a.sh", 'code="VPN.$number"', True),
        ("a.kt", 'val code = "VPN.${number}"', True),
        ("a.go", 'fmt.Sprintf("VPN.%04d", number)', True),
        ("a.js", 'if (code.startsWith("VPN.") || text === "VPN." && number)', False),
        ("a.js", "const pattern = /^VPN.$/;", False),
        ("a.md", 'Codes are "VPN." + digits.', False),
    ],
)
def test_assembled_codes(audited: Project, path: str, line: str, *, found: bool) -> None:
    """Templates and concatenations of many languages are mentioned."""
    _write(audited, path, f"{line}\n")
    assert [place.split()[1] for place in _audit(audited)] == ["EB806"] * found


def test_adjacent_strings(audited: Project) -> None:
    """In Python, adjacent strings are one; the place of a code is where it begins."""
    text = """\
a = "VPN." "0099"
b = f(
    "see VP"  # "VPN.0001"
    r'N.00' \\
    \'\'\'98\'\'\' "."
)
c = "VPN.0001" "2", "VPN.0001", "0099"
"VPN." "0097"
raise ApiError("VPN.00" "00")
"""
    _write(audited, "a.py", text.replace("\\'", "'"))
    assert _audit(audited) == ["a.py:1:6 EB801", "a.py:3:10 EB801", "a.py:9:17 EB803"]
    _write(audited, "a.py", 'a = "VPN." "%04d" % 1\n')
    _write(audited, "b.py", 'a = "VPN." f"{1:04}"\n')
    assert _audit(audited) == ["a.py:1:6 EB806", "b.py:1:6 EB806"]
    _write(audited, "a.py", 'a = "VPN." "0002"\n')
    unused = json.loads(audited.errbook("audit", "--unused", "--output-format", "json").out)
    assert "VPN.0002" not in json.dumps(unused)


def test_unknown_rules(audited: Project) -> None:
    """A waiver or an entry of the baseline that names an unknown rule is reported."""
    _write(audited, "a.js", '"VPN.0099" // errbook: ignore EB8O1\n')
    _write(audited, "a.md", "Write errbook: ignore RULE\n")
    entry = '{"rule": "EB899", "where": "gone.js", "code": "VPN.0099", "count": 1}'
    _write(audited, "known.json", f'{{"version": 1, "findings": [\n  {entry}\n]}}\n')
    shown = audited.errbook("audit", "a.js", "a.md", "--baseline", "known.json").err
    unknown = "(unknown rule; did you mean 'EB8"
    assert f"a.js:1:15: warning: this waiver of 'EB8O1' {unknown}" in shown
    assert "known.json:2:1: warning: the entry 'EB899' (unknown rule; did you mean" in shown
    assert "a.md" not in shown


def test_files_that_are_not_read(audited: Project) -> None:
    """Binary, minified and huge files are counted; links, and what others wrote, are not read."""
    code = 'x = "VPN.0099";\n'
    _write(audited, "data.bin", b"\x00\x01" + code.encode())
    _write(audited, "huge.js", code * 400_000)
    _write(audited, "one_line.js", code.replace("\n", " ") * 4_000)
    for path in (
        "node_modules/a/index.js",
        "vendor/a/a.go",
        ".venv/lib/a.py",
        "src/__pycache__/a.py",
        "app.min.js",
        "app.js.map",
        "package-lock.json",
        "poetry.lock",
        "CHANGELOG.md",
        "NEWS",
        "traffic.har",
        "service.log",
    ):
        _write(audited, path, code)
    (audited.root / "loop").symlink_to(audited.root)
    (audited.root / "link.js").symlink_to("app.min.js")
    os.mkfifo(audited.root / "pipe.js")
    _write(audited, "latin.js", b"// caf\xe9\n" + code.encode())
    _write(audited, "wide.js", code.encode("utf-16"))
    _write(audited, "history.py", code)
    assert _audit(audited) == ["history.py:1:6 EB801", "latin.js:2:6 EB801", "wide.js:1:6 EB801"]
    shown = audited.errbook("audit").err
    assert "(3 skipped: binary, minified or over 5 MB)" in shown
    assert shown.count('| x = "VPN.0099";\n') == 3


def test_own_files_are_not_uses(audited: Project) -> None:
    """Documents, configuration, lock and outputs are neither findings nor uses."""
    _write(audited, "docs/three.rst", "VPN.0099\n")
    generated = (audited.root / "generated" / "python" / "api_errors" / "vpn.py").read_text("utf-8")
    _write(audited, "copy/vpn.py", generated.replace("VPN.0007", "VPN.0099"))
    audited.configure(f'{CONFIGURATION}exclude_docs = ["docs/three.rst"]\n[service.vpn.names]\n')
    places = _audit(audited, "--unused")
    assert [place.split()[1] for place in places] == ["EB804"] * 5
    assert all(place.startswith("docs/one.rst:") for place in places)


@pytest.mark.parametrize("with_git", [True, False])
def test_ignored_files(audited: Project, *, with_git: bool) -> None:
    """Files that .gitignore names are not read, inside a repository or not."""
    if with_git:
        git(audited.root, "init", "--quiet")
    code = '"VPN.0099"\n'
    _write(
        audited, ".gitignore", "# outputs\n!\n\\\n/out\n*.gen.js\n!keep.gen.js\n.errbook_cache\n"
    )
    _write(audited, "src/.gitignore", "local.js\n!b.gen.js\n")
    for path in (
        *("out/a.js", "a.gen.js", "keep.gen.js", "src/local.js"),
        *("src/a.gen.js", "src/b.gen.js", "local.js", "src/out/a.js"),
    ):
        _write(audited, path, code)
    expected = ["keep.gen.js", "local.js", "src/b.gen.js", "src/out/a.js"]
    assert _audit(audited) == [f"{path}:1:2 EB801" for path in expected]
    # What is named is read, even if it is ignored.
    assert _audit(audited, "out") == ["out/a.js:1:2 EB801"]
    assert _audit(audited, "a.gen.js", "src/local.js") == [
        "a.gen.js:1:2 EB801",
        "src/local.js:1:2 EB801",
    ]


def test_tracked_file_that_is_ignored(audited: Project) -> None:
    """The index of git counts, not only its ignore rules; deleted files are no problem."""
    git(audited.root, "init", "--quiet")
    _write(audited, "kept.js", '"VPN.0099"\n')
    _write(audited, "gone.js", '"VPN.0099"\n')
    git(audited.root, "add", ".")
    (audited.root / "gone.js").unlink()
    _write(audited, ".gitignore", "*.js\n")
    assert _audit(audited) == ["kept.js:1:2 EB801"]


def test_baseline(audited: Project) -> None:
    """Known findings are hidden where lines move, new ones and more of the same are not."""
    _write(audited, "a.py", 'x = "VPN.0099"\n')
    _write(audited, "b.js", 'x = "VPN.0031"\n')
    result = audited.errbook("audit", "--baseline", "known.json", "--write-baseline")
    assert (result.status, result.err) == (0, "errbook: wrote known.json with 2 findings\n")
    written = audited.read("known.json")
    assert json.loads(written)["findings"][0] == {
        "rule": "EB801",
        "where": "a.py",
        "code": "VPN.0099",
        "count": 1,
    }
    assert _audit(audited) == ["a.py:1:6 EB801", "b.js:1:6 EB802"]  # none in the baseline
    known = ("--baseline", "known.json")
    result = audited.errbook("audit", *known)
    assert result.status == 0
    assert "2 known findings in the baseline" in result.err
    _write(audited, "a.py", '\n\nimport x\ny = ("VPN.0002",\n     "VPN.0099")\n')
    assert _audit(audited, *known) == []
    _write(audited, "a.py", 'x = "VPN.0099"\ny = "VPN.0099"\nz = "VPN.0098"\n')
    assert _audit(audited, *known) == ["a.py:2:6 EB801", "a.py:3:6 EB801"]
    _write(audited, "a.py", "x = 1\n")
    assert _audit(audited, *known) == ["known.json:2:1 EB805"]
    assert _audit(audited, *known, "b.js") == []  # says nothing about a.py
    audited.errbook("audit", *known, "--write-baseline")
    assert _audit(audited, *known) == []
    (audited.root / "b.js").unlink()
    audited.errbook("audit", *known, "--write-baseline")
    assert audited.read("known.json") == '{"version": 1, "findings": []}\n'


def test_baseline_of_a_deleted_file(audited: Project) -> None:
    """An entry about a file that no longer exists is unused."""
    _write(audited, "a.js", '"VPN.0099"')
    audited.errbook("audit", "--baseline", "known.json", "--write-baseline")
    (audited.root / "a.js").unlink()
    assert _audit(audited, "--baseline", "known.json") == ["known.json:2:1 EB805"]


def test_baseline_of_responses(audited: Project) -> None:
    """Known findings in traffic are known in other recordings, too."""
    line = '{"status": 409, "body": {"code": "VPN.0004", "message": "x"}}\n'
    _write(audited, "first.jsonl", line)
    _write(audited, "second.jsonl", line * 3)
    known = ("--baseline", "known.json")
    audited.errbook("audit", *known, "--write-baseline", "--responses", "first.jsonl")
    assert '"status": 409' in audited.read("known.json")
    assert _audit(audited, *known, "--responses", "second.jsonl") == []
    assert _audit(audited, *known) == []


def test_catalogue_alone(audited: Project, tmp_path: Path) -> None:
    """A catalogue is enough; unused codes have places in it."""
    catalogue = audited.read("generated/catalogue/vpn.json")
    shutil.rmtree(audited.root)
    tmp_path.mkdir(exist_ok=True)
    _write(audited, "vendor/vpn.json", catalogue)
    _write(audited, "a.js", '"VPN.0001", "VPN.0099"\n')
    arguments = ("--catalogue", "vendor/vpn.json")
    assert _audit(audited, *arguments) == ["a.js:1:14 EB801"]
    result = audited.errbook("audit", *arguments, "--unused")
    line = catalogue[: catalogue.index('"code": "VPN.0007"')].count("\n") + 1
    assert f"vendor/vpn.json:{line}:15: info: 'VPN.0007' of vpn is mentioned nowhere" in result.err
    assert not (tmp_path / ".errbook_cache").exists()


def test_given_catalogue(audited: Project) -> None:
    """A catalogue that the configuration names is the input, and not a use."""
    _write(audited, "given.json", audited.read("generated/catalogue/vpn.json"))
    audited.configure('[service.vpn]\ncatalogue = "given.json"\n')
    _write(audited, "a.js", '"VPN.0001", "VPN.0099"\n')
    assert _audit(audited) == ["a.js:1:14 EB801"]
    assert all(p.startswith("given.json:") for p in _audit(audited, "--unused")[1:])


@pytest.mark.parametrize("browser", ["chromium", "firefox"])
def test_har(audited: Project, browser: str) -> None:
    """HAR files of both browsers are read; the entry and its line are the place."""
    shutil.copy(_RECORDINGS / f"{browser}.har", audited.root)
    result = audited.errbook("audit", "--responses", f"{browser}.har", "--output-format", "json")
    responses = json.loads(result.out)["responses"]
    found = [(r["code"], r["http_status"], r["entry"], r["undocumented"]) for r in responses]
    text = audited.read(f"{browser}.har").splitlines()
    assert all(text[r["line"] - 1].strip().startswith("{") for r in responses)
    if browser == "chromium":
        assert found == [
            ("VPN.0004", 404, 1, []),
            ("VPN.0099", 409, 2, ["code"]),
            (None, 500, 3, []),
        ]
        assert _places(result) == ["chromium.har:74:7 EB811"]
        shown = audited.errbook("audit", "--responses", "chromium.har")
        row = shown.out.splitlines()[2]
        assert row.split("  ")[-1].strip() == "undocumented code"
        assert row.split()[:6] == ["vpn", "VPN.0099", "409", "1", "chromium.har:74", "(entry"]
        assert "in 1 response, first in entry 2, and vpn does not document it" in shown.err
    else:
        assert found == [("VPN.0001", 403, 2, ["status"]), ("VPN.0004", 404, 1, [])]


def test_directory_of_recordings(audited: Project) -> None:
    """All recordings in a directory count together, in a fixed order."""
    for browser in ("chromium", "firefox"):
        target = audited.root / "traffic" / browser
        target.mkdir(parents=True)
        shutil.copy(_RECORDINGS / f"{browser}.har", target)
    _write(audited, "traffic/a.jsonl", '{"status": 404, "body": {"code": "VPN.0004"}}\n')
    _write(audited, "traffic/README.md", "VPN.0099\n")
    result = audited.errbook("audit", "--responses", "traffic", "--output-format", "json")
    first = json.loads(result.out)["responses"][1]
    assert (first["code"], first["count"], first["path"]) == ("VPN.0004", 3, "traffic/a.jsonl")


def test_senders(project: Project) -> None:
    """A response belongs to the service that documents its code, or whose host it came from."""
    project.configure(
        f'[service.one]\ndocs = ["docs/one.rst"]\n{BODY}[service.two]\ndocs = ["docs/two.rst"]\n'
        'envelope = { code = "error.id", message = "error.text" }\n'
    )
    project.write(
        one=page(("404", "ONE.0001", "no disk"), ("404", "ONE.0002", "no card")),
        two=page(("404", "TWO.0001", "no fan"), ("404", "TWO.0002", "no bus")),
    )
    lines = [
        ("https://a.example.com/1", 404, {"code": "ONE.0001", "message": "m"}),
        ("https://b.example.com/1", 404, {"error": {"id": "TWO.0001", "text": "m"}}),
        ("https://b.example.com/2", 404, {"error": {"id": "gone", "text": "m"}}),
        ("https://c.example.com/1", 404, {"code": "gone", "message": "m"}),
        ("https://c.example.com/1", 404, {"code": "ONE.0099", "message": "m"}),
        ("https://a.example.com/1", 404, {"code": "TWO.0001", "message": "m"}),
    ]
    text = "".join(json.dumps({"url": u, "status": s, "body": b}) + "\n" for u, s, b in lines)
    _write(project, "traffic.ndjson", text)
    out = project.errbook("audit", "--responses", "traffic.ndjson", "--output-format", "json").out
    found = [
        (r["services"], r["code"], r["line"], r["undocumented"])
        for r in json.loads(out)["responses"]
    ]
    assert found == [
        (["one"], "ONE.0001", 1, []),
        (["one"], "ONE.0099", 5, ["code"]),
        (["two"], "TWO.0001", 2, []),
        (["two"], "TWO.0001", 6, ["envelope"]),
        (["two"], "gone", 3, ["code"]),
    ]


def test_several_failures(project: Project) -> None:
    """Each failure in the list of one response counts, if its code is the service's."""
    project.configure(
        '[service.demo]\ndocs = ["docs/*.rst"]\n'
        'envelope = { code = "errors[0].extensions.code", message = "errors[0].message" }\n'
    )
    project.write(one=page(("400", "API.0001", "no disk"), ("404", "API.0002", "no card")))
    codes = ("API.0002", "API.0099", "other", None)
    errors = [{"message": "x", "extensions": {"code": code}} for code in codes]
    details = [{"code": "API.0001", "message": "x"}, {"code": "required", "message": "x"}]
    answers = ((200, {"errors": errors}), (400, {"errors": details}))
    lines = [json.dumps({"status": status, "body": body}) for status, body in answers]
    _write(project, "traffic.jsonl", "\n".join(lines))
    result = project.errbook("audit", "--responses", "traffic.jsonl", "--output-format", "json")
    found = [(r["code"], r["line"], r["undocumented"]) for r in json.loads(result.out)["responses"]]
    assert found == [
        ("API.0001", 2, ["envelope"]),
        ("API.0002", 1, ["status"]),
        ("API.0099", 1, ["code"]),
        ("other", 1, ["code"]),
    ]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_packed_bodies(audited: Project, pack: Callable[[bytes], bytes]) -> None:
    """A body that a browser has kept packed is unpacked."""
    packed = pack(b'{"code": "VPN.0099", "message": "x"}')
    content = {"encoding": "base64", "text": b64encode(packed).decode("ascii")}
    entries = [{"response": {"status": 400, "content": content}}]
    _write(audited, "packed.har", json.dumps({"log": {"entries": entries}}))
    assert _audit(audited, "--responses", "packed.har") == ["packed.har:1:22 EB811"]


def test_many_services(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A response is not decoded for each service, and each reads in it what it reads alone."""
    table = '[service.{0}]\ndocs = ["docs/{0}.rst"]\nenvelope = {{code = "{0}.c", message = "m"}}\n'
    names = [f"{letter}qv" for letter in "abcdefghijklmnopqrst"]
    project.configure("".join(map(table.format, names)))
    for number, name in enumerate(names):
        rows = [("400", f"{name.upper()}.{n:04}", f"failure {n}") for n in (1, 2)]
        project.write(**{name: page(*rows, *[("400", "NoDisk", "no disk")] * (number < 3))})
    bodies = (
        {"bqv": {"c": "NoDisk"}, "m": "x", "code": "CQV.0001", "message": "y"},
        {"hqv": {"c": "HQV.0001"}, "m": "x"},
        {"hqv": {"c": "gone"}, "m": "x"},
        {"type": "IQV.0002", "detail": "x"},
        {"m": "x"},
    )
    lines = [json.dumps({"status": 400, "body": body}) for body in bodies]
    _write(project, "traffic.jsonl", "\n".join(lines))
    decoded: list[object] = []
    decode = decoding.decode

    def counted(*arguments: Any, **options: Any) -> object:
        decoded.append(arguments)
        return decode(*arguments, **options)

    monkeypatch.setattr(decoding, "decode", counted)
    report = ("--output-format", "json", "--responses", "traffic.jsonl")
    together = json.loads(project.errbook("audit", *report).out)["responses"]
    assert len(decoded) < 5 * len(bodies)
    assert [(r["services"], r["code"], r["line"]) for r in together] == [
        (["bqv", "cqv", "hqv", "iqv"], None, 5),
        (["cqv"], "CQV.0001", 1),
        (["hqv"], "HQV.0001", 2),
        (["hqv"], "gone", 3),
        (["iqv"], "IQV.0002", 4),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"status": 404}\n{"status": 4', "traffic:2: this is not a recorded response: Input data"),
        ('{"body": {}}', "traffic:1: this is not a recorded response: Object missing required"),
        (
            '{"status": 0}\n{"status": 42}',
            "traffic:2: this is not a recorded response: 42 is not an HTTP status",
        ),
        ("[1]", "traffic:1: this is not a recorded response"),
        ('{"log": {"version": "1.2"}}', "traffic: this HAR file has no entries, or was cut off"),
        ('{"log": {"entries": [\n{"response": {"status": 404}},\n{"resp', "traffic:3: entry 2 is"),
        ('{"log": {"entries": [{"response": {"status": "x"}}]}}', "traffic:1: entry 1 is not a"),
    ],
)
def test_recordings_that_cannot_be_read(audited: Project, text: str, message: str) -> None:
    """A broken recording is a failure in one line with its place, never a finding."""
    _write(audited, "traffic", text)
    result = audited.errbook("audit", "--responses", "traffic")
    assert result.status == 2
    assert [line for line in result.err.splitlines() if line.startswith(f"errbook: {message}")]


def test_recording_with_broken_lines(audited: Project) -> None:
    """The other lines are read, and one message has the place of the first broken one."""
    line = '{"status": 404, "body": {"code": "VPN.0099"}}'
    _write(audited, "traffic.jsonl", f"{line}\n{{broken\n{line}\n2026-01-01 started\n{line[:9]}")
    result = audited.errbook("audit", "--responses", "traffic.jsonl")
    assert result.status == 2
    assert "'VPN.0099' came with 404 in 2 responses" in result.err
    last = result.err.splitlines()[-1]
    what = "this is not a recorded response (and 2 more lines): JSON is malformed"
    assert last.startswith(f"errbook: traffic.jsonl:2: {what}")


def test_recording_without_responses(audited: Project) -> None:
    """The last lines say that there was nothing to read."""
    _write(audited, "traffic.jsonl", "")
    result = audited.errbook("audit", "--responses", "traffic.jsonl")
    assert (result.status, result.err) == (0, "errbook: 0 responses\nerrbook: no findings\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing",), "errbook: nothing: no such file or directory; check the path\n"),
        (("--responses", "nothing.har"), "errbook: nothing.har: no such file; check the path\n"),
        (("--responses", "docs"), "errbook: docs: this directory has no recordings"),
        (("--write-baseline",), "--write-baseline needs the file"),
        (("--baseline", "nothing"), "errbook: nothing: no such file"),
        (("--baseline", "errbook.toml"), "errbook: errbook.toml: this is not a baseline"),
        (("--catalogue", "errbook.toml"), "errbook: errbook.toml: this is not a catalogue"),
        (("--unused", "--responses", "x"), "--unused is about code: give a PATH, too"),
    ],
)
def test_misuse(audited: Project, arguments: tuple[str, ...], message: str) -> None:
    """Misuse has exit status 2 and one message with a remedy."""
    result = audited.errbook("audit", *arguments)
    assert (result.status, result.out) == (2, "")
    assert message in result.err


def test_service_that_cannot_be_read(audited: Project) -> None:
    """If the documents cannot be read, no code is reported as undocumented."""
    _write(audited, "a.js", '"VPN.0099"')
    (audited.root / "docs" / "one.rst").write_bytes(b"\xff")
    result = audited.errbook("audit")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("errbook: docs/one.rst:1: the byte 0xff is not UTF-8")


def test_formats(audited: Project) -> None:
    """Findings are printed as in lint: annotations, JSON, and, with -q, only errors."""
    _write(audited, "a.py", 'x = "VPN.0099"\ny = "VPN.0031"\n')
    annotations = audited.errbook("audit", "--output-format", "github").out.splitlines()
    assert annotations[0].startswith(
        "::error file=a.py,line=1,col=6,title=EB801 undocumented-code::'VPN.0099' is not documented"
    )
    assert annotations[1].startswith("::warning file=a.py,line=2,col=6,title=EB802 retired-code::")
    report = json.loads(audited.errbook("audit", "--output-format", "json").out)
    assert report.keys() == {"diagnostics", "files", "changes", "responses"}
    quiet = audited.errbook("audit", "-q")
    assert quiet.err.count("[EB801]") == 1
    assert "[EB802]" not in quiet.err


def test_clean(audited: Project) -> None:
    """Without findings the exit status is 0, and it is said how much was read."""
    _write(audited, "a.py", 'x = "VPN.0001"\ny = 1\n')
    result = audited.errbook("audit", "a.py")
    assert (result.status, result.out) == (0, "")
    assert result.err == "errbook: 1 file, 2 lines\nerrbook: no findings\n"


def test_other_directory(audited: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Paths are relative to the configuration, or absolute outside of its directory."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "a.js").write_text('"VPN.0099"', encoding="utf-8")
    assert _audit(audited, str(elsewhere)) == [f"{elsewhere}/a.js:1:2 EB801"]
    assert '1 | "VPN.0099"' in audited.errbook("audit", str(elsewhere)).err
    _write(audited, "src/a.js", '"VPN.0099"')
    assert _audit(audited, str(audited.root / "src")) == ["src/a.js:1:2 EB801"]


def _commands(text: str) -> list[tuple[list[str], list[str]]]:
    """Return the commands that a page shows, each with the lines of output below it."""
    commands: list[tuple[list[str], list[str]]] = []
    for block in re.findall("```(?:sh|text)\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.removeprefix("$ ").startswith("errbook audit"):
                commands.append((line.removeprefix("$ ").split()[1:], []))
            elif commands:
                commands[-1][1].append(line)
    return commands


def test_guide(audited: Project) -> None:
    """The commands in the guide print what stands below them."""
    client = (
        '"""A client of the gateway service."""\n\nfrom api_errors import vpn\n\n'
        "def delete(gateway):\n    try:\n        gateway.delete()\n"
        '    except vpn.VpnError as error:\n        if error.code in ("VPN.0040", "VPN.0031"):\n'
        "            return\n        raise\n"
    )
    _write(audited, "src/client.py", client)
    line = '{{"status": {}, "body": {{"code": "{}", "message": "x"}}}}\n'
    answers = ((404, "VPN.0004"), (404, "VPN.0004"), (410, "VPN.0004"), (409, "VPN.0012"))
    _write(audited, "traffic.jsonl", "".join(line.format(*answer) for answer in answers))
    guide = (ROOT / "docs" / "audit.md").read_text("utf-8")
    for arguments, shown in _commands(guide):
        result = audited.errbook(*arguments)
        assert result.status in (0, 1)
        printed = (result.out + result.err).splitlines()
        assert [line for line in shown if line not in printed] == []
