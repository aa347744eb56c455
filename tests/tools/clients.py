"""clients.py MODELS_DIRECTORY CLIENT_DIRECTORY: generated Python accepts undocumented codes."""

import sys

sys.path[:0] = sys.argv[1:]

import httpx  # noqa: E402
import models  # noqa: E402
from client import Client  # noqa: E402
from client.api.gateways import get_gateway  # noqa: E402

BODY = {"code": "VPN.9999", "message": "something new", "request_id": "r1"}

assert models.VpnError.model_validate(BODY).code == "VPN.9999"
for status in (404, 500, 418):
    response = httpx.Response(status, json=BODY)
    transport = httpx.MockTransport(lambda _, response=response: response)
    client = Client(base_url="http://gateway", httpx_args={"transport": transport})
    answer = get_gateway.sync_detailed("1", client=client)
    assert answer.parsed.code == "VPN.9999", answer
