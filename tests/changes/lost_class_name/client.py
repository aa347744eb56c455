"""Catch an error by the name of its class."""

from api_errors import demo

try:
    raise demo.error_from_response(404, {}, {"code": "API.02", "message": "router not found"})
except demo.RouterNotFoundError:
    pass
