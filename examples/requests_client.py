"""requests: raise the documented error of a response, and catch it by code or by service."""

import requests
from api_errors import vpn


def gateway_name(base_url: str, gateway_id: str) -> str | None:
    """Return the name of a VPN gateway, or None if it does not exist."""
    response = requests.get(f"{base_url}/vpn-gateways/{gateway_id}", timeout=10)
    try:
        vpn.raise_for_error(response)
    except vpn.ResourceNotFoundError:  # only this code, not any 404
        return None
    except vpn.InvalidRequestError as error:
        raise ValueError(f"gateway {gateway_id!r}: {error.params['arg1']}") from error
    except vpn.VpnError as error:  # all other errors, documented or not
        if error.handling is not None:
            error.add_note(error.handling)  # the traceback shows it
        raise
    return str(response.json()["name"])
