"""openstacksdk: a context manager that raises the documented errors for calls of the SDK.

The SDK drops the error code, and chooses the class by HTTP status alone. Around the ``with``,
``except openstack.exceptions.NotFoundException`` still works, and so does
``except vpn.ResourceNotFoundError``.
"""

from collections.abc import Generator
from contextlib import contextmanager

from openstack.exceptions import HttpException

from keystoneauth_adapter import documented


@contextmanager
def documented_errors() -> Generator[None]:
    """Raise documented errors in place of the exceptions that the SDK raises for responses."""
    try:
        yield
    except HttpException as error:
        if error.response is None:
            raise
        raise documented(error, error.response) from error
