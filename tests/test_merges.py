"""Branches that change different rows or services are merged by git and `errbook generate`."""

import random

import pytest

from conftest import BODY, Project, git

_SERVICES = ("alpha", "beta")
_DOCUMENTS = ("one", "two")
_CONFIGURATION = "".join(
    f'[service.{name}]\ndocs = ["docs/{name}_*.rst"]\n{BODY}' for name in _SERVICES
)
_WORDS = (
    "router",
    "disk",
    "network",
    "image",
    "tenant",
    "port",
    "volume",
    "zone",
    "token",
    "quota",
)
_STATES = ("not found", "in use", "is full", "already exists", "too large")


def _page(rows: dict[str, str]) -> str:
    """Return a page with one table, in which each row takes several lines, as git merges them."""
    items = "".join(
        f"   * - 400\n     - {code}\n     - {message}\n     - About {code}.\n\n"
        for code, message in sorted(rows.items())
    )
    head = "   * - Status\n     - Error Code\n     - Error Message\n     - Description\n\n"
    return f"Error Codes\n===========\n\n.. list-table::\n   :header-rows: 1\n\n{head}{items}"


class _Documents:
    """The rows of all documents of a branch."""

    def __init__(self, rows: dict[str, dict[str, str]]) -> None:
        self.rows = {name: dict(table) for name, table in rows.items()}

    def write(self, project: Project) -> None:
        project.write(**{name: _page(table) for name, table in self.rows.items()})

    def edit(self, chance: random.Random, side: int) -> None:
        """Add, edit and delete some rows; each of two sides has every fourth row to itself."""
        for table in self.rows.values():
            own = [code for code in sorted(table) if int(code[-4:]) % 40 == 20 * side]
            for code in chance.sample(own, 3):
                kind = chance.choice(("edit", "delete", "add"))
                if kind == "delete":
                    del table[code]
                else:
                    table[code if kind == "edit" else f"{code[:-1]}5"] = _message(chance)


def _message(chance: random.Random) -> str:
    return f"{chance.choice(_WORDS)} {chance.choice(_WORDS)} {chance.choice(_STATES)}"


def _commit(project: Project, message: str) -> None:
    project.generate()
    git(project.root, "add", ".")
    git(project.root, "commit", "--quiet", "--message", message)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_random_branches(project: Project, seed: int, style: str) -> None:
    """After a merge, one run repairs outputs and lock, and no name of either branch is lost."""
    chance = random.Random(seed)  # noqa: S311
    project.configure(_CONFIGURATION)
    base = _Documents(
        {
            f"{service}_{document}": {
                f"{service[:1].upper()}{document[-1]}.{n:04}": _message(chance)
                for n in range(0, 240, 10)
            }
            for service in _SERVICES
            for document in _DOCUMENTS
        }
    )
    (project.root / ".gitignore").write_text(".errbook_cache\n", encoding="utf-8")
    git(project.root, "init", "--quiet", "--initial-branch=main")
    git(project.root, "config", "merge.conflictStyle", style)
    base.write(project)
    _commit(project, "base")
    names: list[set[str]] = []
    for side, branch in enumerate(("ours", "theirs")):
        git(project.root, "checkout", "--quiet", "-b", branch, "main")
        documents = _Documents(base.rows)
        documents.edit(chance, side)
        documents.write(project)
        _commit(project, branch)
        names.append(_names(project))
    git(project.root, "checkout", "--quiet", "ours")
    git(project.root, "merge", "--quiet", "theirs", check=False)  # there may be conflicts
    conflicts = git(project.root, "diff", "--name-only", "--diff-filter=U").split()
    assert not any(path.startswith("docs/") for path in conflicts)
    had_markers = "<<<<<<<" in project.read("errbook.lock")
    run = project.errbook("generate")
    if "EB603" in run.err:
        return  # both branches gave one name to different codes, and somebody has to choose
    assert run.status == 0, run.err
    assert ("errbook.lock has a merge conflict" in run.err) is had_markers
    assert not any(b"<<<<<<<" in content for content in project.files().values())
    assert _names(project) >= names[0] | names[1]
    git(project.root, "add", ".")
    assert project.errbook("check", "--no-cache").status == 0


def _names(project: Project) -> set[str]:
    """Return the assigned names: code, class and member."""
    lines = project.read("errbook.lock").splitlines()
    return {" ".join(line.split()[:4]) for line in lines if "Error " in line}


def test_conflict_in_the_lock(project: Project) -> None:
    """The names of both sides of a conflict are kept, whatever table they belong to."""
    project.write(one=_page({"A.1": "router not found", "A.2": "disk is full"})).generate()
    clean = project.read("errbook.lock")
    first, second = (line for line in clean.splitlines() if line.startswith('"A.'))
    base = '"A.1" = "OldError A_1 400"'
    documents = '["documents of demo"]\n"docs/one.rst" = 0'
    conflict = f"<<<<<<< ours\n{first}\n\n{documents}\n||||||| base\n{base}\n=======\n{second}\n"
    start = clean.index(first)
    end = clean.index("\n# end of")
    project.root.joinpath("errbook.lock").write_text(
        f"{clean[:start]}{conflict}>>>>>>> theirs\n{clean[end:]}", encoding="utf-8"
    )
    check = project.errbook("check")
    assert (check.status, check.out) == (
        1,
        "errbook.lock: modified, edited by hand, or written by another version\n",
    )
    said = "errbook: errbook.lock has a merge conflict; the names of both sides are kept\n"
    assert project.generate().err.startswith(said)
    assert project.read("errbook.lock") == clean
