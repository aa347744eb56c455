"""Use the enum member of a success."""

from api_errors import demo

assert demo.DemoErrorCode.API_02 == "API.02"
