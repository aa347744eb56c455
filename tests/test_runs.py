"""What a run says that it did to the API, what it refuses to do, and what it leaves unsaid."""

import json
from collections.abc import Callable

import pytest

from conftest import BODY, Project, git
from pages import page

_ROWS = (
    ("400", "API.01", "invalid request:xxx", "Wrong.", "Ask."),
    ("404", "API.02", "no router", "Gone.", "Look."),
    ("409", "4711", "router in use", "Busy.", "Wait."),
)
_PAGE = page(*_ROWS)
_OTHER = page(("503", "B.1", "no disk left", "Full.", "Wait."))
_SERVICES = "".join(
    f'[service.{name}]\ndocs = ["docs/{name}*.rst"]\n{BODY}' for name in ("a", "b", "c")
)


def _renamed_file(project: Project, name: str) -> None:
    (project.root / "docs/one.rst").rename(project.root / "docs" / name)


_LOSSES: dict[str, Callable[[Project], object]] = {
    "a broken border": lambda p: p.write(one=_PAGE.replace("| Gone. ", "| Gone.. ")),
    "no bottom border": lambda p: p.write(one=_PAGE.rstrip().rpartition("\n")[0] + "\n\nText.\n"),
    "an unknown directive": lambda p: p.write(
        one=".. flat-table::\n\n   * - Error Code\n   * - API.01\n   * - API.02\n   * - 4711\n"
    ),
    "a directive with a typo": lambda p: p.write(
        one=".. list-table:\n\n   * - Error Code\n   * - API.01\n   * - API.02\n   * - 4711\n"
    ),
    "another file": lambda p: p.write(one=".. csv-table::\n   :file: errors.csv\n"),
    "an include": lambda p: p.write(one="Error Codes\n===========\n\n.. include:: errors.txt\n"),
    "raw HTML": lambda p: p.write(
        one=".. raw:: html\n\n   <table><td>API.01<td>API.02<td>4711</table>\n"
    ),
    "another heading": lambda p: p.write(one=_PAGE.replace("Error Code ", "Erorr Cod  ")),
    "an empty document": lambda p: p.write(one="\n"),
    "a document that is gone": lambda p: (p.root / "docs/one.rst").unlink(),
    "a document outside the pattern": lambda p: _renamed_file(p, "one.txt"),
    "another text": lambda p: p.write(one="version https://git-lfs.github.com/spec/v1\n"),
    "a lone title": lambda p: p.write(one="Error Codes\n===========\n"),
    "another encoding": lambda p: p.write(one="".join(f"{c}\0" for c in _PAGE)),
    "codes in prose": lambda p: p.write(one="We removed API.01 and API.02.\n\n4711 is a number.\n"),
}


@pytest.mark.parametrize("loss", _LOSSES)
def test_codes_are_not_retired_because_they_could_not_be_read(project: Project, loss: str) -> None:
    """Codes that may still be documented stop the run, until --retire accepts the loss."""
    project.write(one=_PAGE, other=_OTHER).generate()
    before = project.files()
    _LOSSES[loss](project)
    run = project.errbook("generate")
    assert (run.status, "EB606" in run.err) == (1, True), run.err
    assert "would be retired, first '" in run.err
    assert project.errbook("check").status == 1
    after = project.files()
    assert {p: c for p, c in after.items() if not p.startswith("docs/")} == {
        path: content for path, content in before.items() if not path.startswith("docs/")
    }
    accepted = project.generate("--retire")
    assert " retired: " in accepted.out
    assert project.errbook("check").status == 0


def test_document_in_another_encoding(project: Project) -> None:
    """A document that cannot be decoded is no reason to retire its codes."""
    project.write(one=_PAGE, other=_OTHER).generate()
    (project.root / "docs/one.rst").write_text(_PAGE, encoding="utf-16")
    run = project.errbook("generate")
    assert (run.status, "looks like UTF-16" in run.err) == (2, True)
    assert "API.01" in project.read("generated/python/api_errors/demo.py")


def test_deleted_rows_retire_their_codes(project: Project) -> None:
    """A code whose row is deleted is retired, and brought back when the row returns."""
    project.write(one=_PAGE).generate()
    project.write(one=page(*_ROWS[:2]))
    assert project.generate().out == "demo: 1 retired: RouterInUseError (4711)\n"
    assert project.errbook("check").status == 0
    project.write(one=_PAGE)
    assert project.generate().out == "demo: 1 brought back: RouterInUseError (4711)\n"
    project.write(one=page(*_ROWS[1:]))
    project.generate()
    removed = "demo: 1 removed: InvalidRequestError (API.01)\n"
    assert project.errbook("generate", "--check", "--prune").out.startswith(removed)
    assert project.generate("--prune").out == removed


def test_renamed_document_loses_nothing(project: Project) -> None:
    """The lock follows a document that was only renamed."""
    project.write(one=_PAGE).generate()
    assert '"docs/one.rst" = 0' in project.read("errbook.lock")
    _renamed_file(project, "two.rst")
    assert project.generate().out == ""
    assert '"docs/two.rst" = 0' in project.read("errbook.lock")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            ("409", "API.02", "no router"),
            "1 with a different parent: {}: NotFoundError → ConflictError",
        ),
        (("404", "API.02", "no router %s"), "1 with different params: {}: () → (arg1)"),
        (("200", "API.02", "no router"), "1 now a success: {}"),
        (("404", "API.02", "no gateway"), ""),
    ],
    ids=["status", "params", "success", "text"],
)
def test_changes_in_words(project: Project, row: tuple[str, ...], expected: str) -> None:
    """Both commands say what changed for programs."""
    project.write(one=_PAGE).generate()
    project.write(one=page(_ROWS[0], (*row, "Gone.", "Look."), _ROWS[2]))
    line = f"demo: {expected.format('NoRouterError (API.02)')}\n" if expected else ""
    assert project.errbook("check").out.startswith(line or "generated/")
    assert project.generate().out == line


def test_renamed_class(project: Project) -> None:
    """A configured name renames a class; many changes are counted unless -v lists them."""
    project.write(one=_PAGE).generate()
    project.configure(
        f'[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}names."API.02" = "Routerless"\n'
    )
    assert project.generate().out == "demo: 1 renamed: NoRouterError → RouterlessError (API.02)\n"
    rows = [("400", f"N.{n:02}", f"no disk number {n}", "Gone.", "Look.") for n in range(12)]
    project.write(two=page(*rows))
    counted = project.errbook("check").out.splitlines()[0]
    assert (counted.count("N."), counted.endswith(", … (-v lists all)")) == (3, True)
    assert counted.startswith("demo: 12 new: ")
    assert project.errbook("check", "-v").out.splitlines()[0].count("N.") == 12


def test_first_run_counts(project: Project) -> None:
    """The first run of a service names three of its classes."""
    four = [("400", f"N.{n:02}", f"no disk number {n}", "Gone.", "Look.") for n in range(4)]
    assert project.write(one=page(*four)).generate().out.count("(N.") == 3


def test_changes_without_a_committed_catalogue(project: Project) -> None:
    """Without a catalogue, the lock tells the changes that it knows."""
    targets = 'targets = ["python"]\n'
    project.configure(f'{targets}[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}')
    project.write(one=_PAGE).generate()
    project.write(one=page(*_ROWS[1:]))
    check = project.errbook("check")
    assert check.out.startswith("demo: 1 retired: InvalidRequestError (API.01)\n")
    assert "demo.py: modified, the documents changed, or it was edited by hand\n" in check.out


def test_services_do_not_block_each_other(project: Project) -> None:
    """A service that cannot be compiled keeps its files; the others are written."""
    project.configure(_SERVICES).write(a=_PAGE, b=_OTHER, c=_OTHER.replace("B.1", "C.1")).generate()
    before = project.files()
    project.write(a=_PAGE.replace("| Gone. ", "| Gone.. "), b=_OTHER.replace("Full.", "Huge."))
    run = project.errbook("generate")
    assert run.status == 2
    assert run.err.splitlines()[-1] == (
        "errbook: the outputs of a and the shared files were not written"
    )
    after = project.files()
    changed = {path for path in after if after[path] != before[path]}
    assert changed == {
        "docs/a.rst",
        "docs/b.rst",
        *(f"generated/{path}" for path in ("catalogue/b.json", "markdown/b.md", "openapi/b.yaml")),
        "generated/python/api_errors/_lookup/b.tsv",
        "generated/python/api_errors/b.py",
    }
    project.write(b=_OTHER)
    named = project.errbook("generate", "b")
    assert (named.status, "EB101" in named.err) == (0, False)
    assert named.err.splitlines()[-1] == (
        "errbook: the shared files were not written, because of errors in a; "
        "run errbook lint to see them"
    )
    project.write(a=_PAGE).generate()
    assert project.files() == before


def test_quiet_by_default(project: Project) -> None:
    """Info findings are counted, a hint is printed once, and more than three are summed up."""
    rows = [("400", f"X.{n} {n}" if n < 5 else f"X.{n}", "m", "d", "h") for n in range(15)]
    headings = ("Status", "Error Code", "Remedy", "Description", "Solution")
    project.write(
        one=page(*_ROWS, *rows, headings=headings), two=page(("999", "API.9", "m", "d", "h"))
    )
    usual, everything = project.errbook("lint"), project.errbook("lint", "--all")
    paths = project.errbook("lint", "docs/one.rst")
    found = json.loads(project.errbook("lint", "--output-format", "json").out)["diagnostics"]
    for result in (usual, everything, paths):
        assert result.err.count("hint: write the code exactly") == 1
    spaced = [d for d in found if d["rule"] == "EB204"]
    assert len(spaced) > 3
    assert usual.err.count("[EB204]") == 3
    assert (
        f"docs/one.rst: … {len(spaced) - 3} more EB204 in this file; --all shows them" in usual.err
    )
    assert everything.err.count("[EB204]") == paths.err.count("[EB204]") == len(spaced)
    assert "info:" not in usual.err
    quiet = project.errbook("lint", "-q")
    assert (quiet.status, quiet.err) == (1, "")


def test_untracked_files(project: Project) -> None:
    """Outputs that git does not know are drift, unless they are ignored."""
    project.write(one=_PAGE).generate()
    assert project.errbook("check").status == 0
    for arguments in ("init --quiet", "add errbook.lock generated/python"):
        git(project.root, *arguments.split())
    check = project.errbook("check")
    assert check.status == 1
    assert "generated/openapi/demo.yaml: untracked\n" in check.out
    assert ".py: untracked" not in check.out
    assert check.err == "errbook: 5 untracked: run git add, and commit\n"
    (project.root / ".gitignore").write_text("generated/\n", encoding="utf-8")
    assert project.errbook("check").status == 0


def test_long_diffs_are_cut(project: Project) -> None:
    """A diff has at most 200 lines, and says how many follow."""
    rows = [("400", f"N.{n:02}", f"no disk number {n}", "Gone.", "Look.") for n in range(40)]
    project.write(one=page(*rows))
    lines = project.errbook("generate", "--check", "--diff").out.splitlines()
    position = next(i for i, line in enumerate(lines) if line.startswith("… "))
    assert lines[position].endswith(" more lines of differences")
    assert len([line for line in lines if line.startswith(("+", "-", "@", " "))]) <= 200


def test_moved_outputs(project: Project) -> None:
    """Files that git knows with this project's marker are orphaned, wherever they are."""
    project.write(one=_PAGE).generate()
    (project.root / ".gitignore").write_text(".errbook_cache/\n", encoding="utf-8")
    project.configure(f'output = "moved"\n[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}')
    project.generate()
    for arguments in ("init --quiet", "add ."):
        git(project.root, *arguments.split())
    (project.root / "docs" / "about.md").write_text(
        "# About\n\nNot @generated by errbook.\n", "utf-8"
    )
    check = project.errbook("check")
    left = [line for line in check.out.splitlines() if line.endswith(": orphaned")]
    assert len(left) == 31
    assert all(line.startswith("generated/") for line in left)
    assert check.err == "errbook: 31 orphaned: run git rm\n"
    git(project.root, "rm", "-rqf", "generated")
    assert project.errbook("check").status == 0


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        ("[service.aux]\ndocs = ['docs/*.rst']\n", "service.aux is a name that Windows reserves"),
        ("[service.com1]\ndocs = ['docs/*.rst']\n", "service.com1 is a name that Windows reserves"),
        ("target.python.package = 'json'\n", "package is 'json', which is a module of Python"),
    ],
)
def test_reserved_names(project: Project, configuration: str, message: str) -> None:
    """Names that would break a checkout on Windows, or an import, are refused."""
    project.write(one=_PAGE).configure(f"{configuration}[service.demo]\ndocs = ['docs/*.rst']\n")
    run = project.errbook("generate")
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert message in run.err
    inside = configuration.replace("'json'", "'json'\ntarget.python.output = 'src/sdk'")
    if inside != configuration:
        project.configure(f"{inside}[service.demo]\ndocs = ['docs/*.rst']\n").generate()


def test_findings_are_shown_if_nothing_can_be_written(project: Project) -> None:
    """The findings come before the reason why a file cannot be written."""
    project.write(one=_PAGE.replace("404", "494")).generate()
    foreign = project.root / "generated" / "openapi" / "demo.yaml"
    foreign.write_text("openapi: mine\n", encoding="utf-8")
    run = project.errbook("generate")
    assert (run.status, run.out) == (2, "")
    assert "494 is not a registered HTTP status" in run.err
    assert run.err.endswith("move it away, or set another output directory\n")
    assert foreign.read_text(encoding="utf-8") == "openapi: mine\n"


def test_warnings_hide_no_drift(project: Project) -> None:
    """With --strict, check reports both findings and files."""
    project.write(one=_PAGE).generate()
    project.write(one=_PAGE.replace("404", "494"))
    for command in (("check", "--strict"), ("generate", "--check", "--strict")):
        run = project.errbook(*command)
        assert run.status == 1
        assert "[EB304]" in run.err
        assert "generated/openapi/demo.yaml: modified, the documents changed\n" in run.out
    project.generate()
    clean = project.errbook("check", "--strict")
    assert (clean.status, clean.out) == (1, "")
