"""The targets: catalogue and names in, texts by path out. One module and one folder each.

A target has `render(catalogue, names, settings)` for one service, and `render_index(summaries,
settings)` for what is over all services, of which it has what `summary(catalogue, names)` told of
each, by id. Paths are relative to the directory of the target.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]

# In a wheel the templates lie in the package, in a checkout two levels above it.
_PLACES = (_PACKAGE / "templates", _PACKAGE.parents[1] / "templates")
TEMPLATES = next(place for place in _PLACES if place.is_dir())
