"""How long errbook takes for Markdown: many pages, few of them with errors, and one long table.

`python bench/markdown.py` prints the seconds for 1,000 pages of 20 KB, a tenth of them with 100
errors each, and those for a table of 10,000 rows in Markdown and in reStructuredText.
"""

import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

_PROSE = """\
## Part {number}

The [pump](https://example.com/pump) moves *water* from `tank_{number}` to the valve. It has a
filter, a motor and **two** sensors. {sentences}

Both sensors are read by the controller:

- the first measures the flow
- the second, `sensor.b{number}`, the pressure

| Option | Meaning |
| ------ | ------- |
| speed  | how fast it moves |
| limit  | how much it moves |

```sh
pump --speed {number}
```

"""
_SENTENCES = (
    "The motor turns as long as the valve is open, and slows down before it closes. "
    "Every filter has a number, which is printed on its lid; `filter --list` shows all of them. "
    "See [maintenance](https://example.com/maintenance) for how often they are changed. "
)
_HEADINGS = ("Status", "Error Code", "Message", "Description", "Solution")
_WIDTHS = (6, 10, 40, 40, 20)


def main() -> None:
    """Print the seconds for each case."""
    with TemporaryDirectory() as directory:
        root = Path(directory)
        configuration = '[service.demo]\ndocs = ["docs/*"]\nenvelope = false\n'
        for name, pages in (
            ("1,000 pages of 20 KB in Markdown", _pages()),
            ("10,000 rows in Markdown", {"big.md": _markdown(10_000)}),
            ("10,000 rows in reStructuredText", {"big.rst": _grid(10_000)}),
        ):
            project = root / name.replace(" ", "-")
            (project / "docs").mkdir(parents=True)
            (project / "errbook.toml").write_text(configuration, encoding="utf-8")
            for page, text in pages.items():
                (project / "docs" / page).write_text(text, encoding="utf-8")
            begin = time.perf_counter()
            command = [sys.executable, "-m", "errbook", "generate", "--quiet", "--no-cache"]
            subprocess.run(command, cwd=project, check=True)
            print(f"{name}: {time.perf_counter() - begin:.1f} s", flush=True)


def _pages() -> dict[str, str]:
    prose = "".join(_PROSE.format(number=number, sentences=4 * _SENTENCES) for number in range(20))[
        :20_000
    ]
    errors = (f"{_markdown(100, f'P{number}')}\n{prose[:10_000]}" for number in range(100))
    pages = {f"errors{number}.md": text for number, text in enumerate(errors)}
    return pages | {f"page{number}.md": f"# Page {number}\n\n{prose}" for number in range(900)}


def _rows(count: int, prefix: str) -> Iterable[tuple[str, ...]]:
    for n in range(count):
        code, message = f"{prefix}.{n:05}", f"The name {{name}} is wrong {n}."
        yield ("400", code, message, f"It **has** a value {n}.", "Fix it.")


def _markdown(count: int, prefix: str = "P") -> str:
    rows = [_HEADINGS, ("---",) * len(_HEADINGS), *_rows(count, prefix)]
    return "# Errors\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _grid(count: int) -> str:
    border = f"+{'+'.join('-' * width for width in _WIDTHS)}+\n"
    lines = ["Errors\n======\n\n", border, _line(_HEADINGS), border.replace("-", "=")]
    for row in _rows(count, "P"):
        lines += [_line(row), border]
    return "".join(lines)


def _line(row: Iterable[str]) -> str:
    return f"|{'|'.join(c.ljust(w) for c, w in zip(row, _WIDTHS, strict=True))}|\n"


if __name__ == "__main__":
    main()
