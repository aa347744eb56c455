"""aiohttp: a session whose every error response is raised as what is documented.

Reading a body is a coroutine there, so status, headers and body are handed over one by one.
"""

import aiohttp
from api_errors import vpn


async def raise_for_error(response: aiohttp.ClientResponse) -> None:
    """Raise the error of *response*, if it is one."""
    if not response.ok:
        raise vpn.error_from_response(response.status, response.headers, await response.read())


def session(base_url: str) -> aiohttp.ClientSession:
    """Return a session that raises the errors of the service; to be called in a coroutine."""
    return aiohttp.ClientSession(base_url, raise_for_status=raise_for_error)


async def gateway_name(base_url: str, gateway_id: str) -> str:
    """Return the name of a VPN gateway."""
    async with (
        session(base_url) as client,
        client.get(f"/vpn-gateways/{gateway_id}") as response,
    ):
        return str((await response.json())["name"])
