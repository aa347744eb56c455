"""Catch the error of a response by the service, with its code and message."""

from api_errors import demo

error = demo.error_from_response(404, {}, {"code": "API.02", "message": "router not found"})
assert isinstance(error, demo.DemoError)
assert (error.code, error.message) == ("API.02", "router not found")
