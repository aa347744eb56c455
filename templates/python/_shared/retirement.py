"""Deprecated names: classes of codes that are no longer documented, and former names."""

import warnings
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["deprecated", "former_class"]

if TYPE_CHECKING:
    # Type checkers know PEP 702 by this name. It is not there at run time: the standard
    # library has it from Python 3.13 on, and typing_extensions may not be installed.
    from typing_extensions import deprecated
else:
    _Class = TypeVar("_Class", bound=type)

    def deprecated(message: str) -> Callable[[_Class], _Class]:
        """Mark an exception class as deprecated: constructing one warns, catching does not."""

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

    Called by the ``__getattr__`` of the module; *current* has the classes by former name.
    Raises AttributeError if *name* is not one of these.
    """
    if name not in current:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    cls = current[name]
    message = f"{name} is now called {cls.__name__}"
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return cls
