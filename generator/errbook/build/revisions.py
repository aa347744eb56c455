"""Git revisions: finding them, and their files in a temporary directory.

The working tree, the index and the stash stay as they are.
"""

import posixpath
import re
import tempfile
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

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
    configuration in the directory may lead, or, with symbolic links among them, all files.
    """
    top = Path(git.line(directory, "rev-parse", "--show-toplevel") or directory)
    with tempfile.TemporaryDirectory(prefix="errbook-") as name:
        copy = Path(name).resolve() / "tree"
        copy.mkdir()
        own_index = {"GIT_INDEX_FILE": f"{name}/index"}

        def run(*arguments: str, paths: Iterable[str] = ()) -> str:
            text = "".join(f"{path}\0" for path in paths)
            printed = git.output(top, *arguments, environment=own_index, text=text)
            if printed is None:
                what = "git cannot check out this revision"
                raise Failure(commit, what, f"look at what git {arguments[0]} prints for it")
            return printed

        run("read-tree", "--no-sparse-checkout", commit)
        place = PurePosixPath(directory.resolve().relative_to(top.resolve()).as_posix())
        check_out = ("checkout-index", "--quiet", f"--prefix={copy}/")
        files = _files(run("ls-files", "--stage", "-z"))
        beside = {path for path in files if PurePosixPath(path).parent == place}
        run(*check_out, "-z", "--stdin", paths=sorted(beside))
        has_link = any(files[path] for path in beside)
        needed = None if has_link else _needed(files, _leads(copy / place, place))
        if needed is None:
            run(*check_out, "--all", "--force")
        else:
            run(*check_out, "-z", "--stdin", paths=sorted(needed - beside))
        yield copy / place


def _files(printed: str) -> dict[str, bool]:
    """Return the paths that `git ls-files --stage` has *printed*, and which of them are links."""
    entries = (entry.partition("\t") for entry in printed.split("\0") if entry)
    return {path: entry.startswith("120000") for entry, _, path in entries}


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


def _needed(files: Mapping[str, bool], leads: Iterable[str]) -> set[str] | None:
    """Return the *files*, path -> whether it is a link, to which *leads* lead.

    None: a link may lead anywhere.
    """
    leads = {lead for lead in leads if len(lead) < _MAX_PATH}
    links = {path for path, is_link in files.items() if is_link}
    if any(str(parent) in links for lead in leads for parent in PurePosixPath(lead).parents):
        return None
    needed = {
        path
        for path in files
        if "." in leads or not leads.isdisjoint((path, *map(str, PurePosixPath(path).parents)))
    }
    return None if needed & links else needed


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
