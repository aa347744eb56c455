"""Raise an error and catch it by its class and by its HTTP status."""

from api_errors import NotFoundError, demo

error = demo.RouterNotFoundError()
assert isinstance(error, NotFoundError)
assert error.to_response()[0] == 404
