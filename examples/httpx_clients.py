"""httpx, sync and async: clients whose every error response is raised as what is documented.

An event hook sees a response before its body is read, hence the two reads.
"""

import httpx
from api_errors import vpn


def client(base_url: str) -> httpx.Client:
    """Return a client that raises the errors of the service."""
    return httpx.Client(base_url=base_url, event_hooks={"response": [_raise]})


def async_client(base_url: str) -> httpx.AsyncClient:
    """Return an asynchronous client that raises the errors of the service."""
    return httpx.AsyncClient(base_url=base_url, event_hooks={"response": [_raise_async]})


def _raise(response: httpx.Response) -> None:
    if response.is_error:
        response.read()
        vpn.raise_for_error(response)


async def _raise_async(response: httpx.Response) -> None:
    if response.is_error:
        await response.aread()
        vpn.raise_for_error(response)
