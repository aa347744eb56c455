"""Catch an error by its HTTP status."""

from api_errors import NotFoundError, demo

try:
    raise demo.RouterNotFoundError
except NotFoundError:
    pass
