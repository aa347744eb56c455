"""The demo project in docs/demo, which the README's pictures show."""

from pathlib import Path

import pytest

import locks
from errbook.build import pipeline
from errbook.build.pipeline import Outcome
from errbook.diagnostics import Severity
from errbook.project import configuration, lock
from errbook.targets import TARGETS

_DEMO = Path(__file__).parents[1] / "docs" / "demo"


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Compile the project; nothing is written."""
    return pipeline.run(configuration.load(_DEMO / "errbook.toml", TARGETS))


def test_no_warnings(outcome: Outcome) -> None:
    """Its documents have no mistakes."""
    assert outcome.failures == ()
    assert [found for found in outcome.diagnostics if found.severity != Severity.INFO] == []


def test_lock_is_current(outcome: Outcome) -> None:
    """Its lock has the names that it gets: `errbook generate` in docs/demo keeps it so."""
    assert lock.NAME not in {change.path for change in outcome.changes}


def test_size() -> None:
    """It has three services and at least 55 errors, all in use."""
    tables = locks.tables((_DEMO / lock.NAME).read_text(encoding="utf-8"))
    assert sorted(tables) == ["orders", "payments", "shipping"]
    entries = [entry for table in tables.values() for entry in table.values()]
    assert len(entries) >= 55
    assert not any(entry.retired for entry in entries)
