"""requests: ask, raise what is documented, and catch by code or by service."""

import requests
from api_errors import vpn


def gateway_name(base_url: str, gateway_id: str) -> str | None:
    """Return the name of a VPN gateway, None if there is no such gateway."""
    response = requests.get(f"{base_url}/vpn-gateways/{gateway_id}", timeout=10)
    try:
        vpn.raise_for_error(response)
    except vpn.ResourceNotFoundError:  # this code; another 404 is another story
        return None
    except vpn.InvalidRequestError as error:
        raise ValueError(f"gateway {gateway_id!r}: {error.params['arg1']}") from error
    except vpn.VpnError as error:  # any other, documented or not
        if error.handling is not None:
            error.add_note(error.handling)  # the traceback then says what to do
        raise
    return str(response.json()["name"])
