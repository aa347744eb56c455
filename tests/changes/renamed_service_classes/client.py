"""Catch an error of the service by the service's class for its HTTP status."""

from api_errors import demo

try:
    raise demo.RouterNotFoundError
except demo.DemoNotFoundError:
    pass
