"""Python target: a package with one module per service: an enum, and one exception per code."""

from errbook.analysis import Analysis
from errbook.project.settings import Settings
from errbook.targets.python import lookup, module
from errbook.targets.python.package import PACKAGE
from errbook.targets.target import Target


def _render(analysis: Analysis, settings: Settings) -> dict[str, str]:
    """Return the module of one service, and its lookup table."""
    return module.render(analysis, settings) | lookup.render(analysis, settings)


TARGET = Target(name="python", render=_render, index=PACKAGE)
