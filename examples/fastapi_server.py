"""FastAPI: endpoints raise the generated errors, and one handler turns them into responses.

Run it with ``uvicorn fastapi_server:app`` to try the clients in this directory.
"""

from api_errors import ApiError, vpn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

_GATEWAYS = {"gw-1": "office"}

app = FastAPI()


@app.exception_handler(ApiError)
async def respond(_: Request, error: ApiError) -> JSONResponse:
    """Respond with the documented status and body of *error*."""
    status, body = error.to_response()
    return JSONResponse(body, status)


@app.get("/vpn-gateways/{gateway_id}")
async def gateway(gateway_id: str) -> dict[str, str]:
    """Return a VPN gateway."""
    if not gateway_id.startswith("gw-"):
        raise vpn.InvalidRequestError(f"{gateway_id} is not a gateway ID")
    if gateway_id not in _GATEWAYS:
        raise vpn.ResourceNotFoundError
    return {"id": gateway_id, "name": _GATEWAYS[gateway_id]}
