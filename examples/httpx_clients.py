"""httpx, sync and async: clients that raise the documented error for every error response.

httpx calls event hooks before it reads the body, so the hooks read it first.
"""

import httpx
from api_errors import vpn


def client(base_url: str) -> httpx.Client:
    """Return a client that raises the service's errors."""
    return httpx.Client(base_url=base_url, event_hooks={"response": [_raise]})


def async_client(base_url: str) -> httpx.AsyncClient:
    """Return an asynchronous client that raises the service's errors."""
    return httpx.AsyncClient(base_url=base_url, event_hooks={"response": [_raise_async]})


def _raise(response: httpx.Response) -> None:
    if response.is_error:
        response.read()
        vpn.raise_for_error(response)


async def _raise_async(response: httpx.Response) -> None:
    if response.is_error:
        await response.aread()
        vpn.raise_for_error(response)
