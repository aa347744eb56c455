"""The retry advice of a row: as documented or configured, or from the HTTP status."""

from errbook.http_status import RETRYABLE
from errbook.model import Occurrence, Retrying


def retry_advice(occurrence: Occurrence) -> Retrying | None:
    """Return the documented or configured advice, or else that of the HTTP status, if any."""
    if occurrence.retrying:
        return occurrence.retrying
    later = RETRYABLE.intersection(occurrence.http_status)
    if not later or not later.issuperset(occurrence.http_status):
        return None
    return Retrying(retryable=True, evidence=f"HTTP status {min(later)}")
