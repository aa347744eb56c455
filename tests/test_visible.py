"""No output has a character that moves a cursor or hides text, whatever the documents contain."""

import json
import re
import sys
import unicodedata

import yaml
from hypothesis import given
from hypothesis import strategies as st

from conftest import Project
from errbook.text.visible import visible, visible_json
from pages import HEADINGS, page

# Those that end lines or separate words in a document are not text.
_CHARACTERS = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) in ("Cc", "Cf")
    and not character.isspace()
    and character not in "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
    and ord(character) not in {0, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
    and ord(character) not in {*range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B)}
]
"""All controls and format characters but those that are shown: number signs, musical notation."""

_SHOWN = "\t\n"

_CELLS = ("4@00", "A@PI .{n}", "mess@age {{p}} `a@b <https://x.example/a@b>`__", "**b@old** ``c@``")
_ROW = "   * - " + "\n     - ".join((*_CELLS, "Do @ it.", "ex@tra")) + "\n"


def _page(character: str, heading: str = "Error Code") -> str:
    """Return a page with *character* in each place that documents name, and all in its rows."""
    headings = "\n     - ".join((*HEADINGS, "Ot@her")).replace("Error Code", heading)
    title = "Err@or Codes".replace("@", character)
    example = '::\n\n   {"code": "API.0", "mess@age": "m"}\n\n'
    table = f".. list-table:: Tab@le\n   :header-rows: 1\n\n   * - {headings}\n"
    rows = "".join(
        _ROW.replace("4@00", "400").replace("@", c).format(n=n) for n, c in enumerate(_CHARACTERS)
    )
    return f"{title}\n{'=' * 20}\n\n" + (example + table).replace("@", character) + rows


def _assert_visible(text: str, place: str) -> None:
    found = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in _SHOWN}
    assert not found, (place, found)


def test_every_output(project: Project) -> None:
    """Generated files and everything that is printed have escapes, in every command and format."""
    some = "\x1b\x9b\u202e\U000e0041"
    project.configure(
        '[service.demo]\ntitle = "De\\u001bmo"\ndocs = ["docs/*.rst"]\nexclude = ["Not this"]\n'
        'docs_url = "https://docs.example.com/{page}#{code}"\n'
    )
    project.write(errors=_page(some), unread=_page(some, heading=f"Err{some}or Code"))
    runs = [project.generate()]
    for path, content in project.files().items():
        if not path.startswith("docs/"):
            _assert_visible(content.decode(), path)
    edited = project.root / "generated" / "markdown" / "demo.md"
    edited.write_text(edited.read_text("utf-8") + f"a{some}b\r\x0bc\n", encoding="utf-8")
    (project.root / "docs" / "errors.rst").write_text(
        _page(some).replace("mess", ""), encoding="utf-8"
    )
    runs += [
        project.errbook(*command.split())
        for command in (
            "parse docs/errors.rst docs/unread.rst",
            "lint docs/errors.rst docs/unread.rst",
            "lint --output-format json",
            "lint --output-format github",
            "check",
            "check --output-format json",
            "check --output-format github",
            "generate --check --diff",
            "generate --diff",
        )
    ]
    for run in runs:
        _assert_visible(run.out + run.err, run.out[:200])
    assert sum("\\u" in run.out + run.err for run in runs) >= 8
    assert all(run.status < 2 for run in runs)


def test_texts_are_kept(project: Project) -> None:
    """Who reads the catalogue, the YAML or the package gets the documented text."""
    project.write(errors=_page("\x1b")).generate()
    catalogue = json.loads(project.read("generated/catalogue/demo.json"))
    examples = yaml.safe_load(project.read("generated/openapi/demo.yaml"))["components"]["examples"]
    spoken = {example["value"]["code"] for example in examples.values()}
    codes = [error["code"] for error in catalogue["errors"]]
    assert codes == [f"A{character}PI.{n}" for n, character in enumerate(_CHARACTERS)]
    assert spoken == set(codes)
    messages = [error["occurrences"][0]["message"]["text"] for error in catalogue["errors"]]
    assert messages == [f"mess{character}age {{p}} a{character}b" for character in _CHARACTERS]


def test_spaces_and_letters_stay(project: Project) -> None:
    """Text that people see is printed as it is: ideographic spaces, accents, emoji."""
    text = "错误\u3000码 caf\u00e9\u00a0! \U0001f642\ufe0f"
    project.write(errors=page(("400", f"API.1 {text}", "m")))
    assert f"API.1 {text}" in project.errbook("lint", "docs/errors.rst").err


@given(st.text())
def test_escapes_are_read_back(text: str) -> None:
    """Python and JSON readers get the text back."""
    written = visible(text.replace("\\", "\\\\"))
    assert re.sub(r"\\(?:\\|u(....)|U(........))", _unescaped, written) == text
    assert json.loads(visible_json(json.dumps(text, ensure_ascii=False))) == text


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2]
    return chr(int(number, 16)) if number else "\\"
