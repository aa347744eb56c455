"""Names last: whatever is edited in the documents, no class changes its name on its own."""

import importlib
import json
import keyword
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

import locks
from conftest import Project
from errbook.analyzer import cells
from errbook.build import pipeline, writing
from errbook.build.cache import Cache
from errbook.diagnostics import Severity
from errbook.naming.families import BUILTINS, FAMILIES
from errbook.project import configuration, lock
from errbook.project.lock import LockConflict, LockEntry, TwoLines
from errbook.targets import TARGETS
from pages import escaped, page

_RESERVED = {
    name.lower()
    for name in (
        *BUILTINS,
        "ApiError",
        "DemoError",
        "DemoErrorCode",
        *FAMILIES.values(),
        *(f"Demo{name}" for name in FAMILIES.values()),
    )
}

_EDGY_CODES = """
    API.0001 API.0002 API.0010 API-0001 api.0001 APIG.1 1101 IAM.1101 0171 171 -32601 A.1.2 A.12
    Ecs.0005 ECS.0005 Ecs-0005 KeyTooLong KeyTooLongError keyTooLong NoSuchKey NO_SUCH_KEY
    NotImplemented NotFound Timeout BadRequest badrequest class ERRORS Demo DemoNotFound Error
    RouterNotFound Router_Not_Found NoRouter KMS.DisabledException Value E_API_0001 CodeError
    """
_CODES = st.one_of(
    st.sampled_from([*_EDGY_CODES.split(), "Bad Request", "Not Found", "错误.1"]),
    st.from_regex(r"[A-Za-z]{1,3}[._-]?[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"([A-Z][a-z]{1,3}){1,3}", fullmatch=True),
).filter(lambda code: cells.text_or_none(code) and cells.codes_in(code) == (code,))

_MESSAGES = st.sampled_from(
    [
        "-",
        "Router not found",
        "router not found.",
        "No router",
        "No such key",
        "Not found",
        "Bad request",
        "Key too long",
        "Timeout error",
        "Demo error",
        "invalid request:xxx",
        "server error: %s",
        "API 0001",
        "The router has been frozen.",
        "Router %s is frozen, try again later",
        "System error",
        "Router not found API 1",
        "E API 0001",
        "Größe",
        "Router %s not found, and this says far too much for a name.",
    ]
)
_STATUSES = st.sampled_from(["400", "404", "404/500", "494", "-", "200", "200/409"])
_CURATED = st.sampled_from(
    [
        "NoRouter",
        "RouterNotFound",
        "RouterNotFoundError",
        "routernotfound",
        "Error",
        "KeyTooLong",
        "Gone",
        "Api0001",
        "E_2",
        "NotFound",
        "Value",
        "DemoNotFound",
    ]
)

_EDIT_COUNTS: Counter[str] = Counter()
"""How many edits of each kind this run has made."""


@dataclass(frozen=True)
class _Row:
    """A row of an error table."""

    code: str
    status: str
    message: str


@dataclass(frozen=True)
class _Branch:
    """The committed state of a branch."""

    rows: tuple[_Row, ...]
    curated: dict[str, str]
    """Configured class names, by code."""

    lock: str = ""
    """The text of errbook.lock; empty before the first run."""

    given: frozenset[tuple[str, str]] = frozenset()
    """All class names that were ever given, in lower case, with the codes that got them."""

    @property
    def codes(self) -> list[str]:
        return list(dict.fromkeys(row.code for row in self.rows))

    @property
    def errors(self) -> set[str]:
        """Return the codes with a row that is not a success, whose statuses are all below 400."""
        return {
            row.code for row in self.rows if max(cells.statuses_in(row.status), default=400) >= 400
        }

    @property
    def table(self) -> Mapping[str, LockEntry]:
        if not self.lock:
            return {}
        assert not locks.contradictions(self.lock)
        return locks.tables(self.lock).get("demo", {})

    def lines(self) -> dict[str, str]:
        """Return the lines of the lock by their codes."""
        return dict(zip(self.table, self._parts()[1].splitlines(), strict=True))

    def with_lines(self, lines: str) -> str:
        """Return the text of the lock with *lines* in place of its own."""
        before, _, after = self._parts()
        return f"{before}{lines}{after}"

    def _parts(self) -> tuple[str, str, str]:
        """Return the text of the lock before, in and after the table of codes."""
        before, heading, rest = self.lock.partition("[demo]\n")
        lines, _, after = rest.partition("\n\n")
        return before + heading, f"{lines}\n", f"\n{after}"


class _NamesLast(RuleBasedStateMachine):
    """Edits documents and configuration, and generates after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self._directory = TemporaryDirectory()
        self._root = Path(self._directory.name)
        (self._root / "docs").mkdir()
        self._branch = _Branch((_Row("API.0001", "400", "invalid request:xxx"),), {})
        self._edit("(begin)")

    def teardown(self) -> None:
        """Remove the project."""
        self._directory.cleanup()

    @rule(
        row=st.builds(_Row, _CODES, _STATUSES, _MESSAGES),
        place=st.integers(0, 99),
    )
    def add(self, row: _Row, place: int) -> None:
        """Insert a row anywhere: for a new code, or for one that has rows."""
        self._add(row, place)

    @precondition(lambda self: len(self._branch.codes) > 1)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Delete all rows of a code."""
        self._delete(data.draw(st.sampled_from(self._branch.codes)))

    @precondition(lambda self: self._absent())
    @rule(data=st.data(), status=_STATUSES, message=_MESSAGES, place=st.integers(0, 99))
    def bring_back(self, data: st.DataObject, status: str, message: str, place: int) -> None:
        """Document a deleted code again."""
        code = data.draw(st.sampled_from(self._absent()))
        self._add(_Row(code, status, message), place, "bring back")

    @rule(random=st.randoms(use_true_random=False))
    def shuffle(self, random: object) -> None:
        """Shuffle the rows; some move to the other document."""
        rows = list(self._branch.rows)
        random.shuffle(rows)  # type: ignore[attr-defined]
        self._edit("shuffle", rows=tuple(rows))

    @rule(data=st.data(), message=_MESSAGES)
    def edit_message(self, data: st.DataObject, message: str) -> None:
        """Give a row another message."""
        row = data.draw(st.sampled_from(self._branch.rows))
        self._replace_row("message", row, replace(row, message=message))

    @rule(data=st.data(), status=_STATUSES)
    def change_status(self, data: st.DataObject, status: str) -> None:
        """Give a row another status; its code may become a success, or an error."""
        row = data.draw(st.sampled_from(self._branch.rows))
        self._replace_row("status", row, replace(row, status=status))

    @rule(data=st.data(), name=_CURATED)
    def curate(self, data: st.DataObject, name: str) -> None:
        """Configure the name of a code."""
        self._curate(data.draw(st.sampled_from(self._branch.codes)), name)

    @precondition(lambda self: self._former_names())
    @rule(data=st.data())
    def curate_former(self, data: st.DataObject) -> None:
        """Configure a name that the code or another code had before."""
        name = data.draw(st.sampled_from(self._former_names()))
        self._curate(data.draw(st.sampled_from(self._branch.codes)), name)

    @precondition(lambda self: self._branch.curated)
    @rule(data=st.data())
    def remove_curated(self, data: st.DataObject) -> None:
        """Remove a name from the configuration."""
        code = data.draw(st.sampled_from(sorted(self._branch.curated)))
        self._edit("remove curated", curated=_without(self._branch.curated, code))

    @precondition(lambda self: self._absent())
    @rule()
    def prune(self) -> None:
        """Give up the classes of retired codes."""
        self._edit("prune", prune=True)

    @rule(data=st.data(), keeps_both=st.booleans())
    def merge(self, data: st.DataObject, keeps_both: bool) -> None:
        """Merge two branches; each has added a row and may have made another edit.

        With *keeps_both*, every line of the lock that differs between the branches conflicts, as
        adjacent lines do, and both versions are kept. Otherwise only lines that both branches
        changed conflict.
        """
        base = self._branch
        ours = self._branched(base, data)
        theirs = self._branched(base, data)
        rows = [row for row in base.rows if row in ours.rows and row in theirs.rows]
        rows += [r for r in ours.rows + theirs.rows if r not in base.rows]
        curated = dict(base.curated)
        for branch in (ours, theirs):
            for code in base.curated.keys() - branch.curated.keys():
                curated.pop(code, None)
            changed = branch.curated.items() - base.curated.items()
            curated.update(sorted(changed))
        text = self._merged_lock(base, ours, theirs, curated, keeps_both=keeps_both)
        merged = locks.tables(text)["demo"]
        for code, entry in base.table.items():
            kept = (merged[code].class_name, *merged[code].former)
            assert entry.class_name in (None, *kept)
            assert merged[code].member == entry.member
        self._branch = _Branch(tuple(rows), curated, text, base.given | _given(merged))
        self._edit("merge")

    def _branched(self, base: _Branch, data: st.DataObject) -> _Branch:
        """Return a branch from *base* with one more row; the project stays on that branch."""
        self._branch = base
        self._add(data.draw(st.builds(_Row, _CODES, _STATUSES, _MESSAGES)), 0)
        match data.draw(st.sampled_from(["nothing", "delete", "curate", "prune"])):
            case "delete":
                codes = [code for code in base.codes if code in self._branch.codes]
                if len(self._branch.codes) > 1:
                    self._delete(data.draw(st.sampled_from(codes)))
            case "curate":
                code = data.draw(st.sampled_from(self._branch.codes))
                self._curate(code, data.draw(_CURATED))
            case "prune":
                self._edit("prune", prune=True)
        return self._branch

    def _merged_lock(
        self,
        base: _Branch,
        ours: _Branch,
        theirs: _Branch,
        curated: dict[str, str],
        *,
        keeps_both: bool,
    ) -> str:
        """Return the text of the lock after the merge. Where lines conflict, *ours* wins.

        The lines of *base* were released first: a line that loses is replaced by the one of *base*.
        """
        was, one, other = base.lines(), ours.lines(), theirs.lines()
        lines: dict[str, list[str]] = {}
        for code in sorted(one.keys() | other.keys()):
            sides = [side[code] for side in (one, other) if code in side]
            if not keeps_both and len(set(sides)) > 1 and was.get(code) in sides:
                sides.remove(was[code])
            lines[code] = list(dict.fromkeys(sides))
        while True:
            text = ours.with_lines("".join(f"{line}\n" for code in lines for line in lines[code]))
            conflicts = locks.contradictions(text)
            if not conflicts:
                return text
            _EDIT_COUNTS["(contradiction)"] += 1
            loser = self._loser(conflicts[0], lines, was, one)
            if len(lines[loser]) == 2:
                lines[loser].pop()
                continue
            assert lines[loser] != [was.get(loser)]
            lines[loser] = [was[loser]] if loser in was else []
            curated.pop(loser, None)

    def _loser(
        self,
        conflict: LockConflict,
        lines: dict[str, list[str]],
        was: dict[str, str],
        ours: dict[str, str],
    ) -> str:
        """Return the code whose line has to be removed."""
        if isinstance(conflict, TwoLines):
            one, other = lines[conflict.code]
            # A line of base conflicts only if each line has the other's name as a former one.
            assert was.get(conflict.code) not in (one, other) or (
                f"was:{_class_of(other)}" in one and f"was:{_class_of(one)}" in other
            )
            return conflict.code
        codes = [conflict.code, conflict.other]
        assert len(set(codes)) == 2
        theirs = [c for c in codes if lines[c] not in ([was.get(c)], [ours.get(c)])]
        changed = [code for code in codes if lines[code] != [was.get(code)]]
        return (theirs or changed)[-1]

    def _absent(self) -> list[str]:
        """Return the codes that have names but are not documented."""
        return sorted(self._branch.table.keys() - set(self._branch.codes))

    def _former_names(self) -> list[str]:
        return sorted({n for e in self._branch.table.values() for n in e.former})

    def _add(self, row: _Row, place: int, kind: str = "add") -> None:
        rows = list(self._branch.rows)
        rows.insert(place % (len(rows) + 1), row)
        self._edit(kind, rows=tuple(rows))

    def _delete(self, code: str) -> None:
        rows = tuple(row for row in self._branch.rows if row.code != code)
        self._edit("delete", rows=rows)

    def _replace_row(self, kind: str, row: _Row, new: _Row) -> None:
        rows = tuple(new if r is row else r for r in self._branch.rows)
        self._edit(kind, rows=rows)

    def _curate(self, code: str, name: str) -> None:
        self._edit("curate", curated=self._branch.curated | {code: name})

    def _edit(
        self,
        kind: str,
        *,
        rows: tuple[_Row, ...] | None = None,
        curated: dict[str, str] | None = None,
        prune: bool = False,
    ) -> None:
        """Commit an edit: change the branch, generate, and check the names."""
        _EDIT_COUNTS[kind] += 1
        branch = self._branch
        self._branch = replace(
            branch,
            rows=branch.rows if rows is None else rows,
            curated=branch.curated if curated is None else curated,
        )
        self._write()
        while refused := self._generate(prune=prune):
            _EDIT_COUNTS["(refused name)"] += 1
            self._check_refused(refused)
            self._branch = replace(self._branch, curated=_without(self._branch.curated, refused))
            self._write()
        before = self._branch.table
        text = (self._root / lock.NAME).read_text(encoding="utf-8")
        self._branch = replace(self._branch, lock=text)
        self._check(before, prune=prune)

    def _write(self) -> None:
        """Write documents, configuration and lock as a checkout of the branch would."""
        rows = [[r.status, escaped(r.code), escaped(r.message)] for r in self._branch.rows]
        half = (len(rows) + 1) // 2
        for name, part in (("one", rows[:half]), ("two", rows[half:])):
            text = page(*part) if part else "Nothing\n=======\n\nTo see.\n"
            (self._root / "docs" / f"{name}.rst").write_text(text, encoding="utf-8")
        names = "".join(
            f"{json.dumps(code, ensure_ascii=False)} = {json.dumps(name)}\n"
            for code, name in self._branch.curated.items()
        )
        (self._root / "errbook.toml").write_text(
            'targets = ["catalogue"]\n[service.demo]\ndocs = ["docs/*.rst"]\n'
            f"[service.demo.names]\n{names}",
            encoding="utf-8",
        )
        place = self._root / lock.NAME
        place.unlink(missing_ok=True)
        if self._branch.lock:
            place.write_text(self._branch.lock, encoding="utf-8")

    def _generate(self, *, prune: bool) -> str | None:
        """Do what `errbook generate` does; return a code whose configured name is refused."""
        configured = configuration.load(self._root / "errbook.toml", TARGETS)
        # A page whose last row was deleted has no error table any more, so the loss is accepted.
        outcome = pipeline.run(configured, prune=prune, retire=True)
        cached = partial(pipeline.run, configured, cache=Cache(self._root / "cache"))
        assert cached(prune=prune, retire=True) == outcome
        assert outcome.failures == ()
        for diagnostic in outcome.diagnostics:
            if diagnostic.severity == Severity.ERROR:
                assert diagnostic.rule == "EB602"
                (code,) = re.findall("^'([^']+)' cannot be named", diagnostic.message)
                return str(code)
        writing.write(self._root, outcome.changes, self._root / "drafts" / "here")
        assert cached() == cached() == pipeline.run(configured)
        return None

    def _check_refused(self, code: str) -> None:
        """Check that a configured name is refused only if it is reserved or another code's."""
        name = _curated_class(self._branch.curated[code]).lower()
        others = {c: _curated_class(n) for c, n in self._branch.curated.items()}
        others.pop(code)
        assert (
            name in _RESERVED
            or any(n == name and c != code for n, c in self._branch.given)
            or name in {other.lower() for other in others.values()}
        )

    def _check(self, before: Mapping[str, LockEntry], *, prune: bool) -> None:
        branch = self._branch
        after = branch.table
        assert branch.with_lines(f"{lock.render_codes(after)}\n") == branch.lock
        assert after.keys() == before.keys() | set(branch.codes)
        errors = branch.errors
        for code, old in before.items():
            new = after[code]
            assert new.member == old.member
            if new.class_name != old.class_name:
                has_first_name = old.class_name is None and code in errors
                assert has_first_name or code in branch.curated
            names = {new.class_name, *new.former}
            assert {old.class_name, *old.former} - {None} <= names
            pruned = code not in errors and (prune or old.pruned)
            assert new.pruned == (pruned and (code not in branch.codes or bool(new.class_name)))
            assert new.retired == (code not in branch.codes and not pruned)
        for code in errors & branch.curated.keys():
            assert after[code].class_name == _curated_class(branch.curated[code])
        given = branch.given | _given(after)
        holders = dict(given)
        assert len(holders) == len(given), "a name was given to a second code"
        assert not holders.keys() & _RESERVED
        classes = [e.class_name for e in after.values() if e.class_name]
        members = [entry.member for entry in after.values()]
        assert len({name.lower() for name in classes}) == len(classes)
        assert len(set(members)) == len(members)
        assert all(after[code].class_name for code in errors)
        for name in (*classes, *members):
            assert name.isidentifier() and name.isascii() and name[0] != "_"
            assert not keyword.iskeyword(name)
        self._branch = replace(branch, given=given)


def _given(table: Mapping[str, LockEntry]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (name.lower(), code)
        for code, entry in table.items()
        for name in (entry.class_name, *entry.former)
        if name
    )


def _class_of(line: str) -> str:
    return line.rpartition(' = "')[2].split()[0]


def _curated_class(name: str) -> str:
    return name.removesuffix("Error") + "Error"


def _without(curated: dict[str, str], code: str) -> dict[str, str]:
    return {c: name for c, name in curated.items() if c != code}


def test_names_last_whatever_is_edited(capsys: pytest.CaptureFixture[str]) -> None:
    """Random edits of documents rename nothing; `make fuzz` makes more than 10,000 edits."""
    _EDIT_COUNTS.clear()
    is_fuzz = settings.get_current_profile_name() == "fuzz"
    run_state_machine_as_test(
        _NamesLast,
        settings=settings(
            max_examples=200 if is_fuzz else 10,
            stateful_step_count=50 if is_fuzz else 20,
            suppress_health_check=list(HealthCheck),
        ),
    )
    edits = sum(n for kind, n in _EDIT_COUNTS.items() if kind[0] != "(")
    if is_fuzz:
        with capsys.disabled():
            kinds = ", ".join(f"{n} {kind}" for kind, n in _EDIT_COUNTS.most_common())
            print(f"\n{edits} edits, no name lost: {kinds}")
    assert edits >= (10_000 if is_fuzz else 150)


@pytest.fixture
def sdk(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Create a project whose Python package is `sdk`, and make that importable."""
    _configure(project)
    monkeypatch.syspath_prepend(project.root / "generated" / "python")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return project


_CONFIGURATION = '[service.demo]\ndocs = ["docs/*.rst"]\n[target.python]\npackage = "sdk"\n'
_ROUTER = ("404", "A.1", "Router not found")
_KEY = ("400", "A.2", "No such key")


def _configure(project: Project, **names: str) -> None:
    curated = "".join(f'"{code}" = "{name}"\n' for code, name in names.items())
    project.configure(f"{_CONFIGURATION}[service.demo.names]\n{curated}")


def _generated(project: Project, *rows: tuple[str, ...], prune: bool = False) -> ModuleType:
    """Generate from *rows* and return the generated module, freshly imported."""
    project.write(one=page(*rows)).generate(*["--prune"] * prune)
    for name in [name for name in sys.modules if name.partition(".")[0] == "sdk"]:
        del sys.modules[name]
    importlib.invalidate_caches()
    return importlib.import_module("sdk.demo")


def _entry(project: Project, code: str) -> dict[str, object]:
    catalogue = json.loads(project.read("generated/catalogue/demo.json"))
    entry: dict[str, object] = catalogue["names"]["errors"][code]
    return entry


def test_life_of_a_class(sdk: Project) -> None:
    """A class that is renamed, retired, documented again and pruned warns client code in time."""
    assert _generated(sdk, _ROUTER, _KEY).RouterNotFoundError().code == "A.1"
    _configure(sdk, **{"A.1": "NoRouter"})
    renamed = _generated(sdk, _ROUTER, _KEY)
    with pytest.warns(DeprecationWarning, match="is now called NoRouterError"):
        alias = renamed.RouterNotFoundError
    assert alias is renamed.NoRouterError
    assert not hasattr(renamed.NoRouterError, "__deprecated__")

    _configure(sdk)
    retired = _generated(sdk, _KEY)
    assert retired.NoRouterError.__deprecated__ == "A.1 is no longer documented"
    with pytest.warns(DeprecationWarning, match="A.1 is no longer documented") as warned:
        assert retired.NoRouterError("gone").code == "A.1"
    assert warned[0].filename == __file__  # warnings from other files are not shown by default
    with pytest.warns(DeprecationWarning), pytest.raises(TypeError, match="but 3 were given"):
        retired.NoRouterError("a", "b")
    with pytest.warns(DeprecationWarning, match="is now called NoRouterError"):
        assert retired.RouterNotFoundError is retired.NoRouterError
    answer = retired.error_from_response(404, {}, {"code": "A.1", "message": "gone"})
    assert type(answer) is retired.NoRouterError
    assert (_entry(sdk, "A.1")["retired"], _entry(sdk, "A.2")["retired"]) == (
        True,
        False,
    )

    back = _generated(sdk, ("404", "A.1", "Another text"), _KEY)
    assert not hasattr(back.NoRouterError, "__deprecated__")
    assert _entry(sdk, "A.1") == {
        "class": "NoRouterError",
        "member": "A_1",
        "retired": False,
        "pruned": False,
        "former": ["RouterNotFoundError"],
    }

    pruned = _generated(sdk, _KEY, prune=True)
    assert not hasattr(pruned, "NoRouterError")
    assert not hasattr(pruned, "RouterNotFoundError")
    line = '"A.1" = "NoRouterError A_1 404 pruned was:RouterNotFoundError"\n'
    assert line in sdk.read("errbook.lock")
    other = _generated(sdk, _KEY, ("404", "A.3", "Router not found"))
    assert other.RouterNotFound3Error().code == "A.3"
    assert line in sdk.read("errbook.lock")


@pytest.mark.parametrize("tool", ["mypy", "pyright"])
def test_checkers_report_deprecated_names(sdk: Project, tool: str) -> None:
    """Type checkers report uses of former names and retired classes, but only in user code."""
    _generated(sdk, _ROUTER, _KEY)
    _configure(sdk, **{"A.1": "NoRouter"})
    _generated(sdk, _ROUTER, _KEY)
    _configure(sdk)
    _generated(sdk, _ROUTER)
    use = sdk.root / "generated/python/use.py"
    use.write_text(
        "from sdk import demo\n\ndemo.RouterNotFoundError()\ndemo.NoSuchKeyError('m')\n",
        encoding="utf-8",
    )
    options = {"mypy": ["--strict", "--enable-error-code=deprecated", "--cache-dir=/dev/null"]}
    if tool == "pyright":
        strict = {"typeCheckingMode": "strict", "reportDeprecated": "error"}
        (use.parent / "pyrightconfig.json").write_text(json.dumps(strict), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", tool, *options.get(tool, ()), "use.py", "sdk"],
        cwd=use.parent,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.count("error: ") == 2, done.stdout
    assert "RouterNotFoundError is now called NoRouterError" in done.stdout
    assert "A.2 is no longer documented" in done.stdout


def test_class_of_a_code_that_becomes_a_success(sdk: Project) -> None:
    """The class is kept for client code until --prune, but is no longer raised for the code."""
    _generated(sdk, _ROUTER, _KEY)
    _configure(sdk, **{"A.1": "NoRouter"})
    _generated(sdk, _ROUTER, _KEY)
    success = ("200", *_ROUTER[1:])
    module = _generated(sdk, success, _KEY)
    assert module.NoRouterError.__deprecated__ == "A.1 is documented as a success"
    with pytest.warns(DeprecationWarning, match="is now called NoRouterError"):
        assert module.RouterNotFoundError is module.NoRouterError
    assert "A.1" not in module.ERRORS
    with pytest.raises(LookupError):
        _ = module.DemoErrorCode.A_1.error_class
    pruned = _generated(sdk, success, _KEY, prune=True)
    assert pruned.DemoErrorCode.A_1 == "A.1"
    assert not hasattr(pruned, "NoRouterError")
    assert hasattr(_generated(sdk, _ROUTER, _KEY), "NoRouterError")
