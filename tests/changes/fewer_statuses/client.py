"""Catch an error that comes with several HTTP statuses."""

from api_errors import demo

for status in (404, 409, 500):
    error = demo.error_from_response(status, {}, {"code": "API.02"})
    assert isinstance(error, demo.RouterNotFoundError)
    assert error.http_status == status
