"""aiohttp: a session that raises the documented error for every error response.

The body has to be awaited, so `raise_for_error` of the package cannot read it. Instead, status,
headers and body are passed to `error_from_response`.
"""

import aiohttp
from api_errors import vpn


async def raise_for_error(response: aiohttp.ClientResponse) -> None:
    """Raise the error that *response* reports, if any."""
    if not response.ok:
        raise vpn.error_from_response(response.status, response.headers, await response.read())


def session(base_url: str) -> aiohttp.ClientSession:
    """Return a session that raises the service's errors. Call this in a coroutine."""
    return aiohttp.ClientSession(base_url, raise_for_status=raise_for_error)


async def gateway_name(base_url: str, gateway_id: str) -> str:
    """Return the name of a VPN gateway."""
    async with (
        session(base_url) as client,
        client.get(f"/vpn-gateways/{gateway_id}") as response,
    ):
        return str((await response.json())["name"])
