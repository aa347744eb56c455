"""Catch an error by the service's class for its HTTP status."""

from api_errors import demo

assert demo.DemoContentTooLargeError
