"""The changes over a long history are consistent with those of its steps."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import test_names_last
from conftest import Project, git
from errbook.build import states
from errbook.build.pipeline import no_progress
from errbook.comparison import Change, Level, State, compare_all
from errbook.project import configuration
from errbook.targets import TARGETS

_EDITS = 30
_STATUSES = {"EB703", "EB712", "EB734", "EB746"}
_NAMES = {"EB702", "EB722"}
_PARAMS = {"EB704"}
_LIFE = {"EB701", "EB705", "EB706", "EB721", "EB731", "EB732", "EB736"}
"""Changes of what a code is; a code that was gone for some time may come back as something else."""


@dataclass
class _History:
    """What one run of the state machine did."""

    commits: list[str] = field(default_factory=list)
    documented: list[set[str]] = field(default_factory=list)
    """The codes in the documents of each commit."""


def _machine(root: Path, histories: list[_History]) -> type[test_names_last._NamesLast]:
    """Return the state machine of the test of names, which also commits every edit to *root*."""

    class Machine(test_names_last._NamesLast):
        merge = None  # type: ignore[assignment]  # a history of branches has no order

        def __init__(self) -> None:
            histories.append(_History())
            super().__init__()

        def _edit(self, kind: str, **edit: object) -> None:
            super()._edit(kind, **edit)  # type: ignore[arg-type]
            history = histories[-1]
            here = (f"--git-dir={root / '.git'}", "--work-tree=.")
            git(self._root, *here, "add", "--all", "docs", "errbook.toml", "errbook.lock")
            git(root, "commit", "--quiet", "--allow-empty", "--message", kind)
            history.commits.append(git(root, "rev-parse", "HEAD").strip())
            history.documented.append(set(self._branch.codes))

    return Machine


def _of_code(changes: Iterable[Change], code: str, ids: set[str]) -> list[Change]:
    return [change for change in changes if change.code == code and change.id in ids]


def _check_values(
    steps: list[Change], total: list[Change], key: Callable[[str | None], object]
) -> None:
    """Check that *total* leads from the first old value to the last new one of *steps*."""
    for one, other in pairwise(steps):
        if one is not other and key(one.difference.new) != key(other.difference.old):
            # One edit may both add and remove a status.
            assert one.difference == other.difference
    if not steps:
        assert not total
        return
    first, last = key(steps[0].difference.old), key(steps[-1].difference.new)
    assert bool(total) == (first != last)
    for change in total:
        assert (key(change.difference.old), key(change.difference.new)) == (first, last)


def _numbers(text: str | None) -> frozenset[str]:
    return frozenset((text or "").split(", "))


def test_sum_of_the_steps(project: Project) -> None:
    """From first to last, thirty random edits change what their steps change, and no more."""
    git(project.root, "init", "--quiet")
    histories: list[_History] = []
    run_state_machine_as_test(
        _machine(project.root, histories),
        settings=settings(
            max_examples=3,  # the first one is the simplest, which repeats one edit
            stateful_step_count=_EDITS,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert max(len(history.commits) for history in histories) > _EDITS
    ids = {change.id for history in histories for change in _checked(history, project)}
    assert len(ids) > 5, "the edits have to change something"


def _checked(history: _History, project: Project) -> list[Change]:
    """Check the changes over *history*, and return those of its steps."""
    found: list[dict[str, State]] = []
    for commit in history.commits:
        side = states.of_revision(
            commit, project.root, None, lambda path: configuration.load(path, TARGETS), no_progress
        )
        found.append(dict(side.states))
    steps = [c for old, new in pairwise(found) for c in compare_all(old, new)]
    total = compare_all(found[0], found[-1])
    assert {change.code for change in total} <= {change.code for change in steps}
    codes = {change.code for change in steps if change.code}
    for code in codes:
        if not _of_code(steps, code, _LIFE):
            for ids, key in ((_STATUSES, _numbers), (_NAMES, str), (_PARAMS, str)):
                _check_values(_of_code(steps, code, ids), _of_code(total, code, ids), key)
        if not _of_code(steps, code, {"EB721", "EB731"}):
            assert _most(_of(total, code)) >= _most(_of(steps, code))
    _check_presence(history, total)

    first, last = history.commits[0], history.commits[-1]
    printed = json.loads(project.errbook("diff", first, last, "--output-format", "json").out)
    assert [(c["id"], c["code"]) for c in printed["changes"]] == [
        (change.id, change.code) for level in Level for change in total if change.level == level
    ]
    return steps


def _of(changes: Iterable[Change], code: str) -> list[Change]:
    return [change for change in changes if change.code == code]


def _most(changes: Iterable[Change]) -> int:
    """Return the place of the most important level of *changes* among all levels."""
    levels = list(Level)
    return min((levels.index(change.level) for change in changes), default=len(levels))


def _check_presence(history: _History, total: Iterable[Change]) -> None:
    """Check that *total* has the codes that came and went, according to the documents."""
    first, last = history.documented[0], history.documented[-1]
    new = {change.code for change in total if change.id == "EB732"}
    gone = {change.code for change in total if change.id in ("EB701", "EB706", "EB721")}
    assert last - first <= new
    assert first - last <= gone
    assert not new & first
