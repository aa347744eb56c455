"""Raise an error with its param, as a server does."""

from api_errors import demo

assert demo.RouterNotFoundError("r-1").params == {"id": "r-1"}
