"""The rules about code and responses: each has a case with files, and the expected findings.

A directory in `tests/audits` has the files of a project whose documents are `PAGE`.
"""

import json
import shutil
import textwrap
from pathlib import Path

import pytest

from conftest import BODY, REWRITTEN, ROOT, Project
from errbook.audit import RULES, AuditRule
from pages import page

AUDITS = ROOT / "tests" / "audits"
PAGE = page(
    ("200", "VPN.0000", "OK", "Success."),
    ("400", "VPN.0001", "wrong request", "The request is wrong."),
    ("500", "VPN.0002", "broken server", "The server is broken."),
    ("404", "VPN.0004", "resource not found", "There is no such resource."),
    ("409", "VPN.0007", "gateway being deleted", "Wait."),
)
CONFIGURATION = f'[service.vpn]\ndocs = ["docs/*.rst"]\n{BODY}'
RETIRED = ("403", "VPN.0031", "quota exceeded", "There is no quota.")


def vpn(project: Project) -> Project:
    """Make *project* one whose documents are `PAGE`, and no longer have one code."""
    project.configure(CONFIGURATION)
    project.write(one=PAGE, two=page(RETIRED)).generate()
    (project.root / "docs" / "two.rst").unlink()
    project.generate("--retire")
    return project


@pytest.mark.parametrize("case", sorted(AUDITS.iterdir()), ids=lambda case: case.name)
def test_case(case: Path, project: Project, request: pytest.FixtureRequest) -> None:
    """The findings and the table of responses are the expected ones, in every run."""
    vpn(project)
    shutil.copytree(
        case, project.root, ignore=shutil.ignore_patterns("expected.txt"), dirs_exist_ok=True
    )
    options = {"traffic.jsonl": "--responses", "baseline.json": "--baseline"}
    arguments = [text for f, o in options.items() if (case / f).exists() for text in (o, f)]
    if case.name == "unused_code":
        arguments.append("--unused")
    result = project.errbook("audit", *arguments)
    shown = result.out + result.err
    assert project.errbook("audit", "--no-cache", *arguments) == result
    expected = case / "expected.txt"
    if request.config.getoption("--update"):
        before = expected.read_text("utf-8") if expected.exists() else None
        expected.write_text(shown, encoding="utf-8")
        changed = [f"wrote {expected.relative_to(ROOT)}"] * (before != shown)
        request.node.user_properties.append((REWRITTEN, changed))
    assert shown == expected.read_text("utf-8")
    assert result.status == (" error: " in shown or " warning: " in shown)
    rule = next(rule for rule in RULES if rule.name.replace("-", "_") == case.name)
    assert f"[{rule.id}]" in shown


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_a_case(rule: AuditRule) -> None:
    """Every rule has a case with its name."""
    assert AUDITS / rule.name.replace("-", "_") in AUDITS.iterdir()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_example_of_a_rule(rule: AuditRule, project: Project) -> None:
    """The example in the reference of a rule has a finding of that rule."""
    vpn(project)
    example = textwrap.dedent(rule.example).partition("errbook.lock:")[0].strip()
    arguments: tuple[str, ...] = ("--unused",)
    if example.startswith("{"):
        known = '{"status": 404, "body": {"code": "VPN.0004", "message": "x"}}'
        text = f"{known}\n{example}\n"
        (project.root / "traffic.jsonl").write_text(text, encoding="utf-8")
        arguments = ("--responses", "traffic.jsonl")
    else:
        name = "app.js" if "===" in example else "client.py"
        (project.root / name).write_text(f"{example}\n", encoding="utf-8")
    out = project.errbook("audit", *arguments, "--output-format", "json").out
    assert rule.id in {found["rule"] for found in json.loads(out)["diagnostics"]}


def test_rules_are_explained(project: Project) -> None:
    """`errbook explain` knows the rules, alone and by the beginning of their ids."""
    assert project.errbook("explain", "EB801").out.startswith("EB801 undocumented-code (error)\n")
    listed = project.errbook("explain", "EB8").out.splitlines()
    assert [line.split()[0] for line in listed] == [rule.id for rule in RULES]
    reference = project.errbook("rules").out
    assert all(f"### {rule.id} {rule.name}\n" in reference for rule in RULES)
