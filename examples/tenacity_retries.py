"""tenacity: retry requests that may succeed later, after the delay that the service asks for."""

from datetime import datetime

import requests
from api_errors import ApiError, vpn
from tenacity import retry, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_exception


def _retryable(error: BaseException) -> bool:
    return isinstance(error, ApiError) and error.retryable is True  # None: unknown


def _seconds(error: BaseException) -> float:
    """Return how long to wait: as Retry-After says, or one second."""
    after = error.retry_after if isinstance(error, ApiError) else None
    if isinstance(after, datetime):
        return max(0.0, (after - datetime.now(after.tzinfo)).total_seconds())
    return 1.0 if after is None else after


@retry(
    retry=retry_if_exception(_retryable),
    wait=wait_exception(_seconds),
    stop=stop_after_attempt(4),
    reraise=True,
)
def delete_gateway(base_url: str, gateway_id: str) -> None:
    """Delete a VPN gateway; after four failed attempts, raise the last error."""
    response = requests.delete(f"{base_url}/vpn-gateways/{gateway_id}", timeout=10)
    vpn.raise_for_error(response)
