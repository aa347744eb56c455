"""The classes that errors with the same HTTP status share, named after the registry's phrases."""

from errbook.http_status import PHRASES
from errbook.model import is_error_status


def _family(phrase: str) -> str:
    # NotImplementedError is a builtin of Python.
    stem = phrase.replace("Not Implemented", "Not Implemented Status").removesuffix("Error")
    return stem.replace(" ", "") + "Error"


FAMILIES = {
    status: _family(phrase) for status, phrase in PHRASES.items() if is_error_status(status)
}
"""HTTP status -> the name of its family. Other statuses do not have one."""

ALWAYS = (400, 401, 403, 404, 409, 429, 500, 502, 503, 504)
"""The statuses for which every service has a class, because gateways send them, documented or not.
"""

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
"""The builtins whose names end in Error, as those of generated classes do.

Listed for all versions of Python from 3.11 on, because users run others than errbook does.
"""
