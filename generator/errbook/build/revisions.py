"""Git revisions: finding them, and their files in a temporary directory.

The working tree, the index and the stash stay as they are.
"""

import posixpath
import re
import tempfile
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from errbook.build import git
from errbook.diagnostics import Failure
from errbook.project import configuration

_MAGIC = re.compile(r"[*?\[]")
_MAX_PATH = 4096
_WHOLE_HISTORY = "git fetch --unshallow --tags"


def commit_of(revision: str, directory: Path) -> str:
    """Return the id of the commit *revision* in the repository of *directory*.

    Raises Failure if there is none. If the clone is shallow, the failure has the command that
    fetches it.
    """
    _check_repository(directory, revision)
    name = f"{revision}^{{commit}}"
    commit = git.line(directory, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if commit is not None:
        return commit
    if _is_shallow(directory):
        what = "this shallow clone does not have the revision"
        raise Failure(revision, what, f"run {_fetching(revision, directory)}")
    raise Failure(revision, "no such revision, file or directory", "check its name")


def merge_base(directory: Path) -> str:
    """Return the id of the last commit that the branch shares with its upstream branch.

    Raises Failure if there is none.
    """
    _check_repository(directory, "HEAD")
    upstream = git.line(directory, "rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{u}")
    if upstream is None:
        remedy = "give the old revision, as in errbook diff origin/main"
        raise Failure("HEAD", "this branch has no upstream branch", remedy)
    commit_of(upstream, directory)
    base = git.line(directory, "merge-base", "HEAD", upstream)
    if base is None:
        what = f"this branch has no common commit with {upstream}"
        if _is_shallow(directory):
            raise Failure("HEAD", f"in this shallow clone, {what}", f"run {_WHOLE_HISTORY}")
        raise Failure("HEAD", what, "give the old revision, as in errbook diff origin/main")
    return base


@contextmanager
def checked_out(commit: str, directory: Path) -> Generator[Path, None, None]:
    """Yield the place of *directory*, which is in a repository, in a copy of its *commit*.

    The copy has an index of its own, and ends with the context. It has the files to which the
    configuration in the directory may lead, or, with symbolic links among them, all files; of a
    submodule, as far as the working tree has it, always all.
    """
    top = Path(git.line(directory, "rev-parse", "--show-toplevel") or directory).resolve()
    place = PurePosixPath(directory.resolve().relative_to(top).as_posix())
    with tempfile.TemporaryDirectory(prefix="errbook-") as name:
        copy = Path(name).resolve() / "tree"
        copy.mkdir()
        files = _read(commit, top, name)
        beside = {path for path in files if PurePosixPath(path).parent == place}
        _write(beside, files, top, copy, name)
        leads = _leads(copy / place, place)
        has_link = any(files[path].is_link for path in beside)
        needed = None if has_link else _needed(files, leads)
        rest = files.keys() - beside if needed is None else needed - beside
        _write(rest, files, top, copy, name)
        for path in sorted((beside | rest) & _submodules(files)):
            is_required = path in _with_parents(leads)
            _write_submodule(files[path].id, top, path, copy, is_required=is_required)
        yield copy / place


class _File(NamedTuple):
    """What a commit has at a path."""

    mode: str
    id: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == "120000"

    @property
    def is_submodule(self) -> bool:
        """Whether it is the commit of another repository."""
        return self.mode == "160000"


def _read(commit: str, top: Path, index: str) -> dict[str, _File]:
    """Read *commit* of the repository at *top* into an index in the directory *index*."""
    _run(commit, top, index, "read-tree", "--no-sparse-checkout", commit)
    printed = _run(commit, top, index, "ls-files", "--stage", "-z")
    entries = (entry.partition("\t") for entry in printed.split("\0") if entry)
    return {path: _File(*entry.split(" ")[:2]) for entry, _, path in entries}


def _write(
    paths: Iterable[str], files: Mapping[str, _File], top: Path, copy: Path, index: str
) -> None:
    """Write the *paths* of the *files* that were read into *index* below *copy*."""
    check_out = ("checkout-index", "--quiet", f"--prefix={copy}/", "-z", "--stdin")
    text = "".join(f"{path}\0" for path in sorted(paths) if not files[path].is_submodule)
    _run("", top, index, *check_out, text=text)


def _write_submodule(commit: str, top: Path, path: str, copy: Path, *, is_required: bool) -> None:
    """Write all files in *commit* of the submodule at *path*, which is below *top*.

    A submodule that is not there is left out. Raises Failure if it is required.
    """
    submodule = top / path
    name = f"{commit}^{{commit}}"
    is_here = (submodule / ".git").exists()
    if not is_here or git.line(submodule, "rev-parse", "--verify", "--quiet", name) is None:
        if not is_required:
            return
        remedy = f"git submodule update --init {path}"
        if is_here:
            remedy = f"git -C {path} fetch origin {commit}"
        raise Failure(path, "this submodule does not have the commit", f"run {remedy}")
    with tempfile.TemporaryDirectory(prefix="errbook-") as index:
        files = _read(commit, submodule, index)
        _write(files, files, submodule, copy / path, index)
        for inner in sorted(_submodules(files)):
            _write_submodule(files[inner].id, submodule, inner, copy / path, is_required=False)


def _run(commit: str, top: Path, index: str, *arguments: str, text: str = "") -> str:
    """Return what git prints at *top* with an index in the directory *index*."""
    environment = {"GIT_INDEX_FILE": f"{index}/index"}
    printed = git.output(top, *arguments, environment=environment, text=text)
    if printed is None:
        what = "git cannot check out this revision"
        raise Failure(commit, what, f"look at what git {arguments[0]} prints for it")
    return printed


def _leads(directory: Path, place: PurePosixPath) -> set[str]:
    """Return the paths to which the configurations in *directory* may lead.

    They are relative to the top of the repository, where *directory* is at *place*. Every text in a
    configuration may be a path or a pattern.
    """
    leads: set[str] = set()
    for file in directory.glob("*.toml"):
        for text in configuration.texts_in(file):
            fixed, magic, _ = _MAGIC.sub("*", text).partition("*")
            start = fixed.rpartition("/")[0] if magic else fixed
            leads.add(posixpath.normpath(posixpath.join(place, start)))
    return leads


def _needed(files: Mapping[str, _File], leads: Iterable[str]) -> set[str] | None:
    """Return the paths of the *files* to which *leads* lead, or of the submodules with them.

    None: a link may lead anywhere.
    """
    leads = {lead for lead in leads if len(lead) < _MAX_PATH}
    links = {path for path, file in files.items() if file.is_link}
    if any(str(parent) in links for lead in leads for parent in PurePosixPath(lead).parents):
        return None
    needed = {
        path
        for path in files
        if "." in leads or not leads.isdisjoint((path, *map(str, PurePosixPath(path).parents)))
    }
    needed |= _with_parents(leads) & _submodules(files)
    return None if needed & links else needed


def _submodules(files: Mapping[str, _File]) -> set[str]:
    return {path for path, file in files.items() if file.is_submodule}


def _with_parents(paths: Iterable[str]) -> set[str]:
    return {str(each) for path in paths for each in (path, *PurePosixPath(path).parents)}


def _check_repository(directory: Path, revision: str) -> None:
    if git.line(directory, "rev-parse", "--show-toplevel") is None:
        what = "there is no git repository here that could have this revision"
        raise Failure(revision, what, "give the paths of two catalogues")


def _is_shallow(directory: Path) -> bool:
    return git.line(directory, "rev-parse", "--is-shallow-repository") == "true"


def _fetching(revision: str, directory: Path) -> str:
    """Return the command that fetches *revision* into the shallow clone at *directory*."""
    remotes = (git.output(directory, "remote") or "").split()
    if re.fullmatch(r"[0-9a-f]{40}([0-9a-f]{24})?", revision):
        return f"git fetch --depth=1 {remotes[0] if remotes else 'origin'} {revision}"
    remote, _, branch = revision.removeprefix("refs/remotes/").partition("/")
    if remote in remotes and re.fullmatch(r"[\w./-]+", branch):
        return f"git fetch --depth=1 {remote} +refs/heads/{branch}:refs/remotes/{remote}/{branch}"
    return _WHOLE_HISTORY
