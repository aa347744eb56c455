"""The classes that all errors with one HTTP status share.

Their names are the phrases of the registry.
"""

from errbook.http_status import PHRASES
from errbook.model import is_error_status


def _family(phrase: str) -> str:
    # NotImplementedError is Python's own.
    stem = phrase.replace("Not Implemented", "Not Implemented Status").removesuffix("Error")
    return stem.replace(" ", "") + "Error"


FAMILIES = {
    status: _family(phrase) for status, phrase in PHRASES.items() if is_error_status(status)
}
"""HTTP status -> the name of its family. A status that is not here has none."""

ALWAYS = (400, 401, 403, 404, 409, 429, 500, 502, 503, 504)
"""The statuses for which every service has a class, documented or not: a gateway answers them."""

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
"""The builtins, of all versions of Python from 3.11 on, that a class of ours could be called like:
all of those end in Error. Written down, for the builtins of the running Python are not everyone's.
"""
