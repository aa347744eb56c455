"""The modules of the generated package that errbook uses itself: to search, to decode bodies.

They are source files in the templates, which are not in a package of errbook. So they are loaded
from there as the package `errbook_shared`. Type checkers see the same files in generated/python.
"""

import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

from errbook.targets import TEMPLATES

__all__ = ["answers", "bodies", "decoding", "envelopes", "failures", "lookup", "search"]

_DIRECTORY = TEMPLATES / "python" / "_shared"

if TYPE_CHECKING:
    from api_errors._shared import answers, bodies, decoding, envelopes, failures, lookup, search
else:
    _spec = spec_from_file_location(
        "errbook_shared",
        _DIRECTORY / "__init__.py",
        submodule_search_locations=[str(_DIRECTORY)],
    )
    sys.modules[_spec.name] = module_from_spec(_spec)
    answers = import_module("errbook_shared.answers")
    bodies = import_module("errbook_shared.bodies")
    decoding = import_module("errbook_shared.decoding")
    envelopes = import_module("errbook_shared.envelopes")
    failures = import_module("errbook_shared.failures")
    lookup = import_module("errbook_shared.lookup")
    search = import_module("errbook_shared.search")
