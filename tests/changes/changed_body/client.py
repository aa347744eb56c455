"""Send a body with the code where clients look for it."""

from api_errors import demo

_, body = demo.InvalidRequestError().to_response()
assert isinstance(body, dict)
assert body["code"] == "API.01"
