"""`errbook diff`: which states it compares, what it prints, and what counts."""

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import BODY, Project, git
from pages import page

_REQUEST = ("400", "API.01", "invalid request:xxx", "Wrong.", "Ask.")
_ROUTER = ("404", "API.02", "no router", "Gone.", "Look.")
_PAGE = page(_REQUEST, _ROUTER)
_PARENT = page(_REQUEST, ("409", *_ROUTER[1:]))
_TEXT = page(_REQUEST, (*_ROUTER[:3], "Deleted.", "Look."))
_CONFIGURATION = f'[service.demo]\ndocs = ["docs/*.rst"]\n{BODY}'
_BREAKING = (
    "docs/one.rst:9: breaking: demo: with a different parent: NoRouterError (API.02): "
    "NotFoundError → ConflictError [EB703 "
)


def _commit(root: Path, message: str = "edit") -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(project: Project) -> Project:
    """Create a project with a document in a git repository."""
    git(project.root, "init", "--quiet", "--initial-branch=main")
    (project.root / ".gitignore").write_text(".errbook_cache\n", encoding="utf-8")
    project.write(one=_PAGE).generate()
    _commit(project.root, "begin")
    return project


def _fingerprint(text: str) -> str:
    (found,) = re.findall(r"\[EB\d{3} ([0-9a-f]{12})\]", text)
    return str(found)


def test_merge_base_is_the_default(repository: Project) -> None:
    """The working tree is compared with the last commit that the upstream branch has, too."""
    root = repository.root
    assert repository.errbook("diff").status == 2
    git(root, "checkout", "--quiet", "-b", "topic", "--track", "main")
    git(root, "checkout", "--quiet", "main")
    repository.write(one=page(_REQUEST))
    _commit(root)  # another branch's change is not reported
    git(root, "checkout", "--quiet", "topic")
    repository.write(two=page(("500", "API.03", "no disk left")))
    _commit(root)
    repository.write(one=_PARENT)
    result = repository.errbook("diff")
    first, second, last = result.out.splitlines()
    assert (result.status, result.err, last) == (1, "", "major")
    assert first.startswith(_BREAKING)
    assert second.startswith("docs/two.rst:7: addition: demo: new: NoDiskLeftError (API.03) [EB732")


def test_working_tree_is_untouched(repository: Project) -> None:
    """Revisions are read without any effect on the working tree, the index and the stash."""
    root = repository.root
    old = git(root, "rev-parse", "HEAD").strip()
    repository.write(one=_TEXT)
    _commit(root)
    repository.write(one=_PARENT, two="Staged\n======\n")
    git(root, "stash")
    repository.write(one=_PARENT, two="Staged\n======\n")
    git(root, "add", "docs/two.rst")

    def state() -> tuple[object, ...]:
        commands = (("status", "--porcelain"), ("stash", "list"), ("worktree", "list"))
        return repository.files(), *(git(root, *command) for command in commands)

    before = state()
    assert repository.errbook("diff", old, "HEAD").out.splitlines()[-1] == "patch"
    assert repository.errbook("diff", old).status == 1
    assert state() == before


def test_levels_and_exit_status(repository: Project) -> None:
    """--fail-on decides which changes count; the last line is the version."""
    assert repository.errbook("diff", "HEAD").out == ""
    repository.write(one=_TEXT)
    printed = repository.errbook("diff", "HEAD")
    assert (printed.status, printed.out.splitlines()[-1]) == (0, "patch")
    assert repository.errbook("diff", "HEAD", "--fail-on", "addition").status == 0
    assert repository.errbook("diff", "HEAD", "--fail-on", "text").status == 1
    repository.write(one=_PARENT)
    assert repository.errbook("diff", "HEAD").status == 1


_TWO_ROWS = (("409", "API.02", "no router", "Gone.", "Try again later."), ("500", *_ROUTER[1:]))


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        (
            [("494", *_ROUTER[1:])],
            [("419", *_ROUTER[1:])],
            "breaking: demo: answered with another status: NoRouterError (API.02): "
            "494 → 419 [EB712 ",
        ),
        (
            _TWO_ROWS,
            [("409", *_ROUTER[1:]), _TWO_ROWS[1]],
            "breaking: demo: no longer retryable: NoRouterError (API.02): true → unknown [EB709 ",
        ),
        (
            [("409", *_ROUTER[1:]), _TWO_ROWS[1]],
            _TWO_ROWS,
            "addition: demo: now retryable: NoRouterError (API.02): unknown → true [EB735 ",
        ),
        (
            [(*_ROUTER[:3], "See `a <https://a.example>`_.", "Look.")],
            [(*_ROUTER[:3], "See `a <https://b.example>`_.", "Look.")],
            "text: demo: with another description: NoRouterError (API.02): "
            "'See [a](https://a.example).' → 'See [a](https://b.example).' [EB742 ",
        ),
        (
            [
                ("400", "API.02", "no router", "A.", "B."),
                ("400", "API.02", "no router", "B.", "C."),
            ],
            [
                ("400", "API.02", "no router", "A.", "C."),
                ("400", "API.02", "no router", "B.", "B."),
            ],
            "text: demo: with other details: NoRouterError (API.02): '400, no router, A., B. / "
            "400, no router, B., C.' → '400, no router, A., C. / 400, no router, B., B.' [EB747 ",
        ),
    ],
    ids=["no family", "one retryable status", "one more", "link", "other combination"],
)
def test_small_differences(
    repository: Project, old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], text: str
) -> None:
    """What one of several rows, a status without a family, or markup says is compared, too."""
    repository.write(one=page(*old)).generate("--retire")
    _commit(repository.root)
    repository.write(one=page(*new))
    assert repository.errbook("diff", "HEAD").out.startswith(f"docs/one.rst:7: {text}")


def test_advice_against_retrying(repository: Project) -> None:
    """Retrying that is now known to be useless is no reason for a program to fail."""
    repository.configure(_CONFIGURATION + "[service.demo.retryable]\n'API.02' = false\n")
    result = repository.errbook("diff", "HEAD")
    assert "'retryable: unknown' → 'retryable: false' [EB747 " in result.out
    assert result.out.splitlines()[-1] == "patch"


def test_json(repository: Project) -> None:
    """The JSON has both values with their places, and no level or version without changes."""
    unchanged = repository.errbook("diff", "HEAD", "--output-format", "json")
    assert json.loads(unchanged.out) == {"level": None, "version": None, "changes": []}
    repository.write(one="\n" + _PARENT)
    result = repository.errbook("diff", "HEAD", "--output-format", "json")
    printed = json.loads(result.out)
    (change,) = printed.pop("changes")
    assert (result.status, printed) == (1, {"level": "breaking", "version": "major"})
    assert len(change.pop("fingerprint")) == 12
    assert change == {
        "id": "EB703",
        "level": "breaking",
        "service": "demo",
        "code": "API.02",
        "message": "with a different parent: NoRouterError (API.02): "
        "NotFoundError → ConflictError",
        "old": {"path": "docs/one.rst", "line": 9, "value": "404"},
        "new": {"path": "docs/one.rst", "line": 10, "value": "409"},
        "accepted": None,
    }


def test_fingerprints_are_stable(repository: Project) -> None:
    """A fingerprint depends neither on lines, nor on the document, nor on texts."""
    repository.write(one=_PARENT)
    before = _fingerprint(repository.errbook("diff", "HEAD").out)
    (repository.root / "docs" / "one.rst").rename(repository.root / "docs" / "two.rst")
    repository.write(two="\n\n" + page(_REQUEST, ("409", "API.02", "no router", "Other.", "Ask.")))
    out = repository.errbook("diff", "HEAD").out
    assert f"[EB703 {before}]" in out.splitlines()[0]


def test_accepted_changes(repository: Project) -> None:
    """An accepted change is listed with its reason, and does not count."""
    repository.write(one=_PARENT)
    fingerprint = _fingerprint(repository.errbook("diff", "HEAD").out)
    entry = "[[diff.accepted]]\nfingerprint = '{}'\nreason = 'the server always sent 409'\n"
    repository.configure(_CONFIGURATION + entry.format(fingerprint) + entry.format("0" * 12))
    result = repository.errbook("diff", "HEAD")
    assert result.status == 0
    assert result.out.endswith(f"{fingerprint}] (accepted: the server always sent 409)\n")
    assert result.err == (
        "errbook: errbook.toml:8:16: no change has the accepted fingerprint 000000000000; "
        "remove this entry\n"
    )
    printed = json.loads(repository.errbook("diff", "HEAD", "--output-format", "json").out)
    assert (printed["level"], printed["version"]) == (None, None)
    assert printed["changes"][0]["accepted"] == "the server always sent 409"
    repository.write(one=page(_REQUEST, ("409", *_ROUTER[1:3], "Deleted.", "Look.")))
    assert repository.errbook("diff", "HEAD").out.splitlines()[-1] == "patch"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("accepted = 'x'", "errbook.diff.accepted is 'x'; write a list of tables"),
        ("accepted = ['x']", "errbook.diff.accepted contains 'x'; write a list of tables"),
        (
            "accepted = [{fingerprint = 'x', reason = 'y'}]",
            "errbook.diff.accepted[0].fingerprint is 'x', which is not a fingerprint; "
            "copy it from the output of errbook diff",
        ),
        (
            "accepted = [{fingerprint = '0123456789ab'}]",
            "errbook.diff.accepted[0] has no reason; write why the change is accepted",
        ),
        (
            "accepted = [{fingerprint = '0123456789ab', reason = ''}]",
            "errbook.diff.accepted[0].reason is empty; write why the change is accepted",
        ),
        (
            "accepted = [{fingerprint = '0123456789ab', resaon = 'y'}]",
            "unknown key errbook.diff.accepted[0].resaon; did you mean 'reason'?",
        ),
    ],
)
def test_mistakes_in_accepted_changes(repository: Project, text: str, message: str) -> None:
    """A mistake in the configuration is one line."""
    repository.configure(f"{_CONFIGURATION}[diff]\n{text}\n")
    result = repository.errbook("diff", "HEAD")
    assert (result.status, result.out) == (2, "")
    assert result.err == f"errbook: errbook.toml: {message}\n"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (_PAGE.replace("| 404", "|  404", 1), "[EB606]"),
        ("Nothing\n=======\n", "[EB606]"),
        (None, "docs/*.rst: no such document"),
    ],
    ids=["broken", "empty", "missing"],
)
def test_broken_revision(repository: Project, document: str | None, message: str) -> None:
    """A revision that cannot be compiled is a failure, not a list of removals."""
    root = repository.root
    if document is None:
        (root / "docs" / "one.rst").unlink()
    else:
        repository.write(one=document)
    _commit(root)
    result = repository.errbook("diff", "HEAD~1", "HEAD")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("errbook: HEAD: ") and message in result.err
    assert repository.errbook("diff", "HEAD~1").status == 2


def test_revisions_that_cannot_be_read(repository: Project) -> None:
    """An unknown revision, one without a configuration, and no repository are one line each."""
    unknown = repository.errbook("diff", "v1")
    assert unknown.err == "errbook: v1: no such revision, file or directory; check its name\n"
    git(repository.root, "rm", "--quiet", "errbook.toml")
    _commit(repository.root)
    repository.configure(_CONFIGURATION)
    without = repository.errbook("diff", "HEAD")
    assert without.err.startswith("errbook: HEAD: errbook.toml: this revision has no configuration")
    no_upstream = repository.errbook("diff")
    assert no_upstream.err.startswith("errbook: HEAD: this branch has no upstream branch; give the")
    (repository.root / ".git").rename(repository.root / "git")
    outside = repository.errbook("diff", "HEAD")
    assert outside.err.startswith("errbook: HEAD: there is no git repository here")
    assert {r.status for r in (unknown, without, no_upstream, outside)} == {2}


def _clone(project: Project, directory: Path, *options: str) -> None:
    """Replace the project by a shallow clone of it."""
    project.root.rename(directory)
    git(directory.parent, "clone", "--quiet", *options, f"file://{directory}", str(project.root))


@pytest.mark.parametrize("kind", ["branch", "commit", "tag", "parent", "merge base"])
def test_shallow_clone(repository: Project, kind: str) -> None:
    """In a shallow clone, the command that fetches the missing revision is printed."""
    root = repository.root
    old = git(root, "rev-parse", "HEAD").strip()
    git(root, "tag", "v1")
    git(root, "checkout", "--quiet", "-b", "topic")
    repository.write(one=_PARENT)
    _commit(root)
    git(root, "checkout", "--quiet", "main")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "later")
    git(root, "checkout", "--quiet", "topic")
    elsewhere = root.parent / f"{root.name}-origin"
    _clone(repository, elsewhere, "--depth=1", "--branch=topic")
    revision = {"branch": "origin/main", "commit": old, "tag": "v1", "parent": "HEAD~1"}.get(kind)
    if revision is None:
        fetched = "+refs/heads/main:refs/remotes/origin/main"
        git(root, "fetch", "--quiet", "--depth=1", "origin", fetched)
        git(root, "config", "--add", "remote.origin.fetch", fetched)
        git(root, "branch", "--quiet", "--set-upstream-to=origin/main")
    arguments = [revision] if revision else []
    result = repository.errbook("diff", *arguments)
    assert (result.status, result.out) == (2, "")
    command = result.err.strip().rpartition("; run ")[2]
    assert command.startswith("git fetch "), result.err
    subprocess.run(command.split(), cwd=root, check=True, capture_output=True)
    result = repository.errbook("diff", *arguments)
    assert (result.status, result.out.splitlines()[-1]) == (1, "major"), result.err


def test_project_in_a_subdirectory(repository: Project) -> None:
    """A project below the top of the repository is found in a revision, links included."""
    root = repository.root
    below = root / "sdk"
    below.mkdir()
    for name in ("docs", "errbook.toml", "errbook.lock", "generated"):
        (root / name).rename(below / name)
    (below / "docs" / "two.rst").symlink_to("../../shared.rst")
    (root / "shared.rst").write_text(page(("500", "API.03", "no disk left")), encoding="utf-8")
    (below / "errbook.toml").rename(below / "own.toml")
    _commit(root)
    (root / "shared.rst").write_text(page(("503", "API.03", "no disk left")), encoding="utf-8")
    result = repository.errbook("diff", "HEAD", "--config", str(below / "own.toml"))
    assert result.out.startswith("docs/two.rst:7: breaking: demo: with a different parent: NoDisk")


def test_submodule(repository: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The documents of a revision may be in a submodule, which has a revision of its own."""
    root, inner = repository.root, tmp_path_factory.mktemp("documents")
    git(inner, "init", "--quiet")
    (inner / "two.rst").write_text(page(("500", "API.03", "no disk left")), encoding="utf-8")
    _commit(inner)
    allowed = ("-c", "protocol.file.allow=always")
    git(root, *allowed, "submodule", "--quiet", "add", str(inner), "vendor/documents")
    pattern = '"docs/*.rst", "vendor/documents/*.rst"'
    repository.configure(_CONFIGURATION.replace('"docs/*.rst"', pattern)).generate()
    _commit(root)
    assert repository.errbook("diff", "HEAD").err == "errbook: no changes\n"
    (inner / "two.rst").write_text(page(("503", "API.03", "no disk left")), encoding="utf-8")
    _commit(inner)
    git(root / "vendor" / "documents", *allowed, "pull", "--quiet")
    assert "vendor/documents/two.rst:7: breaking: " in repository.errbook("diff", "HEAD").out
    _commit(root)
    assert (
        "vendor/documents/two.rst:7: breaking: " in repository.errbook("diff", "HEAD~1", "HEAD").out
    )
    git(root, "submodule", "--quiet", "deinit", "--all", "--force")
    missing = repository.errbook("diff", "HEAD~1", "HEAD")
    assert (missing.status, missing.out) == (2, "")
    assert missing.err == (
        "errbook: HEAD~1: vendor/documents: this submodule does not have the commit; "
        "run git submodule update --init vendor/documents\n"
    )


def test_markdown(repository: Project) -> None:
    """Markdown begins with a marker, has the important changes first, and links to the lines."""
    root = repository.root
    git(root, "remote", "add", "origin", "https://user:secret@github.com/acme/sdk.git")
    rows = (("409", *_ROUTER[1:]), (*_REQUEST[:3], "*Very* `wrong` <b>", "Ask."))
    repository.write(one=page(*rows))
    head = _commit(root)
    result = repository.errbook("diff", "HEAD~1", "HEAD", "--output-format", "markdown")
    lines = result.out.splitlines()
    assert lines[0] == "<!-- errbook diff -->"
    assert "1 breaking, 1 text: major version." in lines
    breaking, text = (line for line in lines if line.startswith("- "))
    address = f"https://github.com/acme/sdk/blob/{head}/docs/one.rst?plain=1#L7"
    assert breaking.startswith(
        "- `demo` `API.02` `NoRouterError` with a different parent "
        f"`NotFoundError` → `ConflictError` [`docs/one.rst:7`]({address}) (EB703, `"
    )
    assert "“Wrong.” → “Very wrong &#60;b>”" in text
    assert "secret" not in result.out


def test_long_markdown(repository: Project) -> None:
    """Markdown fits into a comment on GitHub; what is left out is counted."""

    def rows(status: str) -> Sequence[Sequence[str]]:
        return [(status, f"N.{number:04}", "no disk", "Text " * 9) for number in range(1000)]

    repository.write(one=page(*rows("404")))
    repository.generate("--retire")
    _commit(repository.root)
    repository.write(one=page(*rows("409")))
    out = repository.errbook("diff", "HEAD", "--output-format", "markdown").out
    assert 59_000 < len(out) <= 60_000
    left_out = re.fullmatch(
        r"Left out because the text is too long: (\d+) breaking\.", out.splitlines()[-1]
    )
    assert left_out is not None
    assert out.count("\n- ") + int(left_out[1]) == 1000


def test_github(repository: Project) -> None:
    """Annotations show what counts as an error, at the place in the document."""
    repository.write(one=page(("409", *_ROUTER[1:]), (*_REQUEST[:3], "No.", "Ask.")))
    breaking, text = repository.errbook(
        "diff", "HEAD", "--output-format", "github"
    ).out.splitlines()
    assert breaking.startswith("::error file=docs/one.rst,line=7,title=EB703 changed-parent::")
    assert text.startswith("::notice file=docs/one.rst,line=9,title=EB742 changed-description::")


def test_catalogues(repository: Project) -> None:
    """Catalogues and directories of them are compared, also with the working tree."""
    directory = "generated/catalogue"
    repository.errbook("generate")
    (repository.root / "old").mkdir()
    (repository.root / directory / "demo.json").rename(repository.root / "old" / "demo.json")
    repository.write(one=_PARENT, three=page(("400", "B.1", "no key")))
    other = f'[service.other]\ndocs = ["docs/three.rst"]\n{BODY}'
    repository.configure(_CONFIGURATION.replace("*", "one") + other).generate()
    with_files = repository.errbook("diff", "old/demo.json", f"{directory}/demo.json")
    assert with_files.out.startswith(_BREAKING)
    assert with_files.out == repository.errbook("diff", "old/demo.json").out
    with_directories = repository.errbook("diff", "old", directory).out.splitlines()
    assert with_directories[1].startswith("addition: service added: other [EB733 ")
    (repository.root / "old" / "notes.json").write_text("{}", encoding="utf-8")
    mixed = repository.errbook("diff", "old", directory)
    assert (mixed.status, mixed.out) == (2, "")
    assert mixed.err.startswith("errbook: old/notes.json: this is not a catalogue: ")


def test_catalogues_of_other_versions(repository: Project) -> None:
    """A catalogue of an older errbook is read, one of a newer one is refused in one line."""
    root = repository.root
    catalogue = json.loads(repository.read("generated/catalogue/demo.json"))
    (root / "newer.json").write_text(json.dumps(catalogue | {"version": 99, "more": 1}), "utf-8")
    newer = repository.errbook("diff", "newer.json")
    assert (newer.status, newer.err.count("\n")) == (2, 1)
    assert "the format of this catalogue has the version 99, which is newer than" in newer.err
    del catalogue["version"]
    for error in catalogue["errors"]:
        for occurrence in error["occurrences"]:
            for key in ("name", "retrying", "success", "withdrawn"):
                del occurrence[key]
    (root / "older.json").write_text(json.dumps(catalogue), encoding="utf-8")
    older = repository.errbook("diff", "older.json")
    assert (older.status, older.out, older.err) == (0, "", "errbook: no changes\n")


def test_removed_service(repository: Project) -> None:
    """A service that is no longer configured is reported before its names are given up, too."""
    other = f'[service.other]\ndocs = ["docs/*.rst"]\n{BODY}'
    repository.configure(_CONFIGURATION + other).generate()
    _commit(repository.root)
    repository.configure(_CONFIGURATION)
    out = repository.errbook("diff", "HEAD").out
    assert out.startswith("breaking: service removed: other [EB707 ")
    repository.generate("--prune")
    assert repository.errbook("diff", "HEAD").out == out
