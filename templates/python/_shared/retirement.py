"""Deprecates classes of codes that are no longer documented, and former class names."""

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["deprecated", "former_class"]

if TYPE_CHECKING:
    # Type checkers support PEP 702 under this name. At run time it may be missing: the
    # standard library has it since 3.13, and typing_extensions may not be installed.
    from typing_extensions import deprecated
else:
    _Class = TypeVar("_Class", bound=type)

    def deprecated(message: str) -> Callable[[_Class], _Class]:
        """Deprecate an exception class: creating an instance warns, catching it does not."""

        def decorate(cls: _Class) -> _Class:
            def new(subclass: type, *args: Any, **_: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return super(cls, subclass).__new__(subclass, *args)

            cls.__new__ = staticmethod(new)
            cls.__deprecated__ = message
            return cls

        return decorate


def former_class(module: str, name: str, current: Mapping[str, type]) -> type:
    """Return the class that *module* formerly called *name*, with a DeprecationWarning.

    The module's ``__getattr__`` calls this; *current* maps former names to classes.
    Raises AttributeError if *name* is not a former name.
    """
    if name not in current:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    cls = current[name]
    message = f"{name} is now called {cls.__name__}"
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return cls
