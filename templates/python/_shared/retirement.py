"""Classes that are still there for the client code that names them."""

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

__all__ = ["deprecated", "former_class"]

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:
    _C = TypeVar("_C", bound=type)

    def deprecated(message: str) -> Callable[[_C], _C]:
        """Mark an exception as deprecated (PEP 702): to make one warns, not to catch it."""

        def mark(kind: _C) -> _C:
            kind.__deprecated__ = message
            return kind

        return mark


def former_class(module: str, name: str, former: Mapping[str, type]) -> type:
    """Return what *module* once called *name*, with a DeprecationWarning."""
    if name not in former:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    current = former[name]
    warnings.warn(
        f"{name} is now called {current.__name__}", DeprecationWarning, stacklevel=3
    )
    return current
