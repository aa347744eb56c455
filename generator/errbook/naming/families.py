"""The families: one class per HTTP status, named after the status's reason phrase."""

from collections.abc import Collection

from errbook.http_status import PHRASES
from errbook.model import is_error_status


def _family(phrase: str) -> str:
    # NotImplementedError is a builtin of Python.
    stem = phrase.replace("Not Implemented", "Not Implemented Status").removesuffix("Error")
    return stem.replace(" ", "") + "Error"


FAMILIES = {
    status: _family(phrase) for status, phrase in PHRASES.items() if is_error_status(status)
}
"""HTTP status -> name of its family. Other statuses have no family."""


def family_of(http_status: Collection[int]) -> str | None:
    """Return the family of an error with these statuses: it has one if it has one error status."""
    statuses = list(filter(is_error_status, http_status))
    return FAMILIES.get(statuses[0]) if len(statuses) == 1 else None


ALWAYS_GENERATED = (400, 401, 403, 404, 409, 429, 500, 502, 503, 504)
"""Every service has a class for these statuses: gateways send them even if undocumented."""

BUILTINS = frozenset("""
    ArithmeticError AssertionError AttributeError BlockingIOError BrokenPipeError BufferError
    ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError EOFError EnvironmentError FileExistsError FileNotFoundError
    FloatingPointError IOError ImportError IndentationError IndexError InterruptedError
    IsADirectoryError KeyError LookupError MemoryError ModuleNotFoundError NameError
    NotADirectoryError NotImplementedError OSError OverflowError PermissionError
    ProcessLookupError PythonFinalizationError RecursionError ReferenceError RuntimeError
    SyntaxError SystemError TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
    UnicodeEncodeError UnicodeError UnicodeTranslateError ValueError WindowsError
    ZeroDivisionError
    """.split())
"""The builtins whose names end in ``Error``, like those of generated classes.

The list covers all Python versions from 3.11 on: users may run a different one than errbook does.
"""


def reserved_names(*prefixes: str) -> frozenset[str]:
    """Return the names that no code may have, in lower case, of a service with these *prefixes*.

    Client code may still name the base class and the families as they were without a configured
    prefix, so that the default is reserved, too.
    """
    own = [
        prefix + name for prefix in prefixes for name in ("Error", "ErrorCode", *FAMILIES.values())
    ]
    return frozenset(map(str.lower, (*BUILTINS, "ApiError", *FAMILIES.values(), *own)))
