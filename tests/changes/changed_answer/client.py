"""Answer a request with the documented status of an error."""

from api_errors import demo

status, _ = demo.RouterNotFoundError().to_response()
assert status == 404
