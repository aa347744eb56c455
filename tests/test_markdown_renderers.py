"""Markdown: wherever it is published, readers see what is in the catalogue."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from docutils.core import publish_doctree

import everything
from errbook.http_status import PHRASES, RETRYABLE
from programs import TOOLS, npm, script
from shown import Part, collapsed, parts

pytestmark = pytest.mark.slow

_RENDERERS = ("github", "mkdocs", "myst", "mdx")


@pytest.fixture(scope="module")
def pages(generated: Path) -> list[Path]:
    """Return the page of each service."""
    found = sorted((generated / "markdown").glob("*.md"))
    return [path for path in found if path.stem != "index"]


@pytest.fixture(scope="module", params=_RENDERERS)
def renderer(request: pytest.FixtureRequest) -> str:
    """Return the name of a renderer."""
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="module")
def rendered(
    renderer: str, pages: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Part]]:
    """Return what a reader sees of each page, as parts by service."""
    directory = tmp_path_factory.mktemp(renderer)
    if renderer == "mdx":
        script("render_mdx.mjs", directory, *pages)
    else:
        script("render_markdown.py", renderer, directory, *pages)
    seen = {
        page.stem: parts((directory / f"{page.stem}.html").read_text(encoding="utf-8"))
        for page in pages
    }
    if renderer == "github":  # GitHub adds the anchors when it shows a page
        headings = {name: [part.heading for part in page[1:]] for name, page in seen.items()}
        slugs = json.loads(script("slugs.mjs", stdin=json.dumps(headings)))
        for name, page in seen.items():
            for part, slug in zip(page[1:], slugs[name], strict=True):
                part.anchors.append(slug)
    return seen


def _catalogue(generated: Path, service: str) -> Any:
    return json.loads((generated / "catalogue" / f"{service}.json").read_text(encoding="utf-8"))


def _is_success(error: Any) -> bool:
    statuses = [status for o in error["occurrences"] for status in o["http_status"]]
    return bool(statuses) and max(statuses) < 400


def test_reader_sees_the_catalogue(
    renderer: str, rendered: dict[str, list[Part]], generated: Path
) -> None:
    """Each section shows all fields of its error, in order, and nothing else."""
    for service, found in rendered.items():
        catalogue = _catalogue(generated, service)
        errors = sorted(catalogue["errors"], key=_is_success)
        sections = [part for part in found if part.level == 3]
        assert len(sections) == len(errors), service
        for error, section in zip(errors, sections, strict=True):
            where = (renderer, service, error["code"])
            heading = section.heading.removesuffix(section.heading.rpartition(" (")[2])
            code = collapsed(error["code"])
            assert section.heading == code or heading == f"{code} (", where
            expected = collapsed(" ".join(_texts(error, catalogue)))
            assert section.text == expected, where
            assert section.strange == [], where
        assert [part.strange for part in found if part.level < 3 and part.strange] in (
            [],
            [["hr"]],
        )


def _texts(error: Any, catalogue: Any) -> Iterator[str]:
    """Yield the texts in the section of *error*."""
    occurrences = error["occurrences"]
    names = catalogue["names"]
    entry = names["errors"][error["code"]]
    if len(occurrences) == 1 and (facts := _facts(occurrences[0])):
        yield f"{facts} ·"
    if entry["class"] and not _is_success(error):
        yield f"{catalogue['service']}.{entry['class']} ·"
    yield f"{names['enum']}.{entry['member']}"
    for number, occurrence in enumerate(occurrences, 1):
        if len(occurrences) > 1:
            facts = _facts(occurrence) or "no HTTP status"
            yield f"{number} of {len(occurrences)}: {facts}"
        for label, field in (
            ("Message", "message"),
            ("What happened", "description"),
            ("What to do", "handling"),
        ):
            if occurrence[field]:
                yield f"{label}: {occurrence[field]['text']}"
        if occurrence["retrying"]:
            answer = "yes" if occurrence["retrying"]["retryable"] else "no"
            yield f"Worth retrying: {answer} ({occurrence['retrying']['evidence']})"
        elif occurrence["http_status"] and RETRYABLE.issuperset(occurrence["http_status"]):
            yield f"Worth retrying: yes (HTTP status {min(occurrence['http_status'])})"
        for heading, text in occurrence["extra"].items():
            yield f"{heading}: {text}"
        yield f"Documented in: {occurrence['location']['path']}" + (
            f", section “{occurrence['section']}”." if occurrence["section"] else "."
        )


def _facts(occurrence: Any) -> str:
    statuses = (f"{s} {PHRASES[s]}" if s in PHRASES else str(s) for s in occurrence["http_status"])
    return " · ".join([*statuses, *filter(None, [occurrence["module"]])])


def test_links_find_their_anchors(rendered: dict[str, list[Part]]) -> None:
    """Every link within a page leads to the heading that it names; most codes have a link."""
    for service, found in rendered.items():
        by_anchor = {anchor: part for part in found for anchor in part.anchors}
        links = [link for part in found for link in part.links if link[0].startswith("#")]
        for target, text in links:
            assert by_anchor[target[1:]].heading == text, (service, target)
        if service.startswith("page_"):
            codes = {part.heading for part in found if part.level == 3}
            assert len(links) >= 0.9 * len(codes), service


def test_marks_survive(rendered: dict[str, list[Part]]) -> None:
    """Bold, italic, code and links in the documents are the same in the reference."""
    shown = {part.heading: part for part in rendered["odd"]}
    parts = [part for heading, part in shown.items() if heading.startswith("M.")]
    assert len(parts) == len(everything.MARKUP)
    for text, part in zip(everything.MARKUP, parts, strict=True):
        for kind, node in (
            ("strong", nodes.strong),
            ("em", nodes.emphasis),
            ("code", nodes.literal),
        ):
            marked = [collapsed(found.astext()) for found in publish_doctree(text).findall(node)]
            assert "".join(marked) in "".join(text for mark, text in part.marks if mark == kind)
        for link in publish_doctree(text).findall(nodes.reference):
            assert (link["refuri"].lower(), link.astext()) in [
                (target.lower(), text) for target, text in part.links
            ]


def test_markdownlint(generated: Path) -> None:
    """The linter finds nothing but long lines."""
    config = TOOLS.parents[1] / ".markdownlint-cli2.jsonc"
    npm("markdownlint-cli2", "--config", config, generated / "markdown" / "*.md")


def test_prettier(generated: Path) -> None:
    """The formatter would change nothing."""
    npm("prettier", "--check", generated / "markdown" / "*.md")
