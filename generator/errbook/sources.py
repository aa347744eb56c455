"""Which documents a service has: the patterns of the configuration, looked up."""

import glob
from pathlib import Path

from errbook.diagnostics import Failure
from errbook.settings import ServiceSettings


def documents(service: ServiceSettings, root: Path) -> list[str]:
    """Return the paths of the documents of *service*, relative to *root*, sorted.

    Raises Failure for a pattern that finds none, and for a name that cannot be printed.
    """
    names: set[str] = set()
    for pattern in service.docs:
        # Path.glob has no way up: `../docs/*.rst`.
        matches = glob.glob(pattern, root_dir=root, recursive=True)  # noqa: PTH207
        literal = [pattern] if (root / pattern).exists() else []
        found = [
            Path(name).as_posix()
            for name in literal or matches
            if not (root / name).is_dir()
        ]
        if not found:
            remedy = f"mend docs of [tool.errbook.service.{service.id}]"
            raise Failure(pattern, "there is no such document", remedy)
        names.update(found)
    for name in names:
        if not name.isprintable():
            what = "the name of this file has characters that cannot be printed"
            raise Failure(name, what, "rename it")
    return sorted(names)
