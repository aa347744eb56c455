"""Name a deprecated class."""

from api_errors import demo

assert demo.RouterNotFoundError.__name__ == "RouterNotFoundError"
