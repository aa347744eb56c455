"""TOML that errbook writes."""

from errbook.text.visible import one_line


def quoted(text: str) -> str:
    r"""Return *text* as a basic string (TOML 1.0.0): ``a"b`` becomes ``"a\"b"``."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{one_line(escaped)}"'
