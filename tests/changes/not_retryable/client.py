"""Send a request again if that may help."""

from api_errors import demo

assert demo.RouterNotFoundError().retryable
