"""openstacksdk: the same for calls of the SDK, which drops the code and raises by status.

``except openstack.exceptions.NotFoundException`` around the ``with`` goes on working, and
``except vpn.ResourceNotFoundError`` works, too.
"""

from collections.abc import Generator
from contextlib import contextmanager

from openstack.exceptions import HttpException

from keystoneauth_adapter import documented


@contextmanager
def documented_errors() -> Generator[None]:
    """Raise the documented errors of the responses that the SDK raises for in this context."""
    try:
        yield
    except HttpException as error:
        if error.response is None:
            raise
        raise documented(error, error.response) from error
