"""FastAPI: raise the generated errors; one handler answers with the documented body.

The clients beside this file can be tried on it: ``uvicorn fastapi_server:app``.
"""

from api_errors import ApiError, vpn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

_GATEWAYS = {"gw-1": "office"}

app = FastAPI()


@app.exception_handler(ApiError)
async def answer(_: Request, error: ApiError) -> JSONResponse:
    """Answer with the status and the body that the documents give *error*."""
    status, body = error.to_response()
    return JSONResponse(body, status)


@app.get("/vpn-gateways/{gateway_id}")
async def gateway(gateway_id: str) -> dict[str, str]:
    """Return a VPN gateway."""
    if not gateway_id.startswith("gw-"):
        raise vpn.InvalidRequestError(f"{gateway_id} is no gateway ID")
    if gateway_id not in _GATEWAYS:
        raise vpn.ResourceNotFoundError
    return {"id": gateway_id, "name": _GATEWAYS[gateway_id]}
