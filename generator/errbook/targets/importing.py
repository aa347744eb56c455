"""The name by which programs import the generated Python package."""

from errbook.project.settings import Settings
from errbook.targets import PythonOptions

_IMPORT_ROOTS = ("src", "lib", "python")
"""Names of directories that are usually on Python's import path."""


def imported_package(settings: Settings) -> str | None:
    """Return the name to import the generated Python package by; None if none is generated.

    ``mysdk.api_errors`` if the output is ``src/mysdk``.
    """
    if "python" not in settings.targets:
        return None
    options = settings.options_of("python", PythonOptions)
    return ".".join([*_outer_packages(options.output or ""), options.package])


def _outer_packages(output: str) -> list[str]:
    """Return the packages that the directory *output* is in: its last parts that can be imported.

    Only the configuration decides, not the files in the directory, because outputs must not depend
    on anything else.
    """
    packages: list[str] = []
    for part in reversed(output.split("/")):
        if part in _IMPORT_ROOTS or not part.isidentifier():
            break
        packages.insert(0, part)
    return packages
