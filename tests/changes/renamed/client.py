"""Catch an error by the former name of its class."""

from api_errors import demo

error = demo.error_from_response(404, {}, {"code": "API.02", "message": "router not found"})
assert isinstance(error, demo.RouterNotFoundError)
