"""Import the module of a service."""

from api_errors import other

assert other.OtherError
