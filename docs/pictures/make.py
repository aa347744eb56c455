"""Makes the README's pictures: a terminal session and the search page.

Runs real commands in a copy of docs/demo. The same output gives the same terminal.svg, byte for
byte; search-page.png depends on the fonts of the machine.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

_HERE = Path(__file__).parent
_DEMO = _HERE.parent / "demo"
_TOOLS = _HERE.parents[1] / "tests" / "tools"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_COLUMNS = 92
_PAGE = "docs/payments/errors.rst"
_NEW_ERROR = """\
   * - Service
     - 430
     - PAY.9004
     - Account {account_id} is frozen
     - Customers disputed too many of your account's payments.
     - Answer the open disputes in the dashboard.
"""
"""What a writer adds to the page, with a typo in the HTTP status."""

_SESSION = (
    f"tail -n 6 {_PAGE}",
    "errbook lint",
    "echo $?",
    f"sed -i s/430/403/ {_PAGE} && errbook generate",
    """python -c 'from api_errors import payments; print(payments.AccountFrozenError("a17"))'""",
)

_QUERY, _RESULT = "limit", "PAY.9002"

_THEME = TerminalTheme(
    background=(22, 27, 34),
    foreground=(201, 209, 217),
    normal=[
        (125, 133, 144),
        (255, 123, 114),
        (63, 185, 80),
        (210, 153, 34),
        (88, 166, 255),
        (188, 140, 255),
        (57, 197, 207),
        (177, 186, 196),
    ],
)
_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<title>errbook in a terminal</title>
<style>
.{unique_id}-matrix {{
  font: {char_height}px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  white-space: pre;
}}
.{unique_id}-title {{
  font: 18px system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own format without its fonts, which browsers do not load from the network in images."""


def main() -> None:
    """Make both pictures."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        sys.exit(f"make pictures: there is no browser: install one of {', '.join(_BROWSERS)}")
    if not (_TOOLS / "node_modules").exists():
        sys.exit("make pictures: tests/tools/node_modules is missing: install Node.js 20 or newer")
    with tempfile.TemporaryDirectory() as name:
        project = Path(name) / "parcels"
        ignored = shutil.ignore_patterns("generated", ".errbook_cache")
        shutil.copytree(_DEMO, project, ignore=ignored)
        generated = _run("errbook generate", project)
        if generated.returncode:
            sys.exit(generated.stdout)
        _save_screenshot(browser, project, _HERE / "search-page.png")
        with (project / _PAGE).open("a", encoding="utf-8") as page:
            page.write(_NEW_ERROR)
        (_HERE / "terminal.svg").write_text(_terminal(project), encoding="utf-8")


def _save_screenshot(browser: str, project: Path, picture: Path) -> None:
    """Write *picture* of the search page of *project*, as *browser* shows it."""
    script, page = _TOOLS / "search_page_picture.mjs", project / "generated/html/index.html"
    subprocess.run(["node", script, browser, page, _QUERY, _RESULT, picture], check=True)


def _terminal(project: Path) -> str:
    """Run the session in *project*, and return its picture as SVG."""
    console = Console(record=True, width=_COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text("# A writer documents a new error.", "black"))
    status = 0
    for number, command in enumerate(_SESSION):
        console.print(Text.assemble("\n" if number else "", ("$ ", "green"), (command, "bold")))
        done = _run(f"(exit {status}); {command}", project)
        console.print(Text.from_ansi(done.stdout.removesuffix("\n")))
        status = done.returncode
    console.print()
    return console.export_svg(title="parcels", theme=_THEME, code_format=_SVG, unique_id="errbook")


def _run(command: str, project: Path) -> "subprocess.CompletedProcess[str]":
    """Run *command* in *project*, as a shell in a terminal with colors does."""
    programs = Path(sys.executable).parent
    environment = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "FORCE_COLOR": "1",
        "NO_COLOR": "",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": f"generated/python{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }
    return subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=project,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    main()
