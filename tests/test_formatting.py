"""Formatting: only what black would change is given to black."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from errbook.analysis import Analysis
from errbook.analyzer.placeholders import parse_message
from errbook.diagnostics import Location
from errbook.model import Catalogue, Error, Occurrence, Prose, Retrying
from errbook.naming import assign
from errbook.project.settings import DiffSettings, LintSettings, ServiceSettings, Settings
from errbook.targets import PythonOptions
from errbook.targets.python import module
from errbook.targets.python.formatting import black_formatted, formatted

_SERVICES = ("demo", "a" * 60)
_SETTINGS = Settings(
    root=Path(),
    file="errbook.toml",
    text="",
    targets=("python",),
    options={"python": PythonOptions()},
    services=tuple(ServiceSettings(id=name, docs=("demo.rst",)) for name in _SERVICES),
    lint=LintSettings(),
    diff=DiffSettings(),
)
_TEXTS = st.one_of(
    st.none(),
    st.text(st.sampled_from("ab '\"\\%s{}\n中.—\t"), min_size=1, max_size=300),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=120),
    st.lists(
        st.sampled_from(["word", "%s", "a" * 40, '"x"', "it's", "\\"]),
        min_size=1,
        max_size=60,
    ).map(" ".join),
)


def _prose(text: str | None) -> Prose | None:
    return Prose(text=text, commonmark="") if text else None


@st.composite
def _occurrences(draw: st.DrawFn) -> Occurrence:
    text = draw(_TEXTS)
    return Occurrence(
        http_status=tuple(
            draw(st.lists(st.sampled_from([400, 404, 503]), max_size=3, unique=True))
        ),
        module=draw(_TEXTS),
        name=draw(_TEXTS),
        message=parse_message(text) if text else None,
        description=_prose(draw(_TEXTS)),
        handling=_prose(draw(_TEXTS)),
        retrying=draw(st.sampled_from([None, Retrying(retryable=True, evidence="x")])),
        extra={},
        section=None,
        success=False,
        withdrawn=False,
        location=Location(
            path="some/" + draw(st.sampled_from(["a", "b" * 90])) + ".rst", line=1, column=1
        ),
    )


@st.composite
def _catalogues(draw: st.DrawFn) -> Catalogue:
    codes = draw(
        st.lists(
            st.text(st.sampled_from("aB1._-é "), min_size=1, max_size=60).filter(str.strip),
            unique=True,
            min_size=1,
            max_size=6,
        )
    )
    errors = [
        Error(
            code=code,
            occurrences=tuple(draw(st.lists(_occurrences(), min_size=1, max_size=3))),
        )
        for code in codes
    ]
    return Catalogue(
        service=draw(st.sampled_from(_SERVICES)),
        title=draw(_TEXTS) or "x",
        docs_url=draw(st.sampled_from([None, "https://docs.example.com/{page}.html?" + "x" * 60])),
        documents=("demo.rst",),
        envelope=None,
        errors=tuple(errors),
    )


@given(_catalogues())
@settings(
    max_examples=75,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_modules_are_as_black_writes_them(catalogue: Catalogue) -> None:
    """Whatever the documents contain, black would not change the generated module."""
    names = assign(catalogue, curated={}, locked={}, prune=False)
    analysis = Analysis(
        catalogue=catalogue, names=names, unread={}, diagnostics=(), used_ignores=frozenset()
    )
    ((_, text),) = module.render(analysis, _SETTINGS).items()
    assert black_formatted(text) == text


@pytest.mark.parametrize(
    "line",
    [
        "x = 'a'" + " + 'b'" * 20,
        "f(" + ", ".join(["argument"] * 20) + ")",
        "class " + "A" * 60 + "(" + "B" * 40 + "):\n    pass",
    ],
)
def test_long_statements_go_through_black(line: str) -> None:
    """A statement that is not in black's style is formatted by black."""
    text = f"a = 1\n\n\n{line}\n"
    assert formatted(text) == black_formatted(text) != text


def test_black_is_skipped_if_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that black would not change is not given to black."""

    def fail(text: str) -> Any:
        raise AssertionError(text)

    monkeypatch.setattr("errbook.targets.python.formatting.black_formatted", fail)
    text = (Path(__file__).parents[1] / "generated/python/api_errors/vpn.py").read_text(
        encoding="utf-8"
    )
    assert formatted(text) == text
