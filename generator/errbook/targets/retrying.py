"""What the reference pages say about trying again."""

from errbook.http_status import RETRYABLE
from errbook.model import Occurrence, Retrying


def retry_advice(occurrence: Occurrence) -> Retrying | None:
    """Return what is said about trying again, else what the HTTP status says about it."""
    if occurrence.retrying:
        return occurrence.retrying
    later = RETRYABLE.intersection(occurrence.http_status)
    if not later or not later.issuperset(occurrence.http_status):
        return None
    return Retrying(retryable=True, evidence=f"HTTP status {min(later)}")
