"""Send a request again unless that is known to be useless."""

from api_errors import demo

assert demo.RouterNotFoundError().retryable is not False
