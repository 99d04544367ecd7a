"""The client's calls about retention."""

from app.api.client.client import ApiClient
from app.api.messages.retention import ConfirmDate, RetentionNow
from app.api.messages.wire import Done

LOOK_TIMEOUT_S = 120.0
"""Values are counted for it, and whoever is due is judged one by one."""


def dry_run(client: ApiClient) -> RetentionNow:
    """What is due today."""
    return client.call("GET", "/v1/retention", RetentionNow, timeout_s=LOOK_TIMEOUT_S)


def confirm_date(client: ApiClient, request: ConfirmDate) -> None:
    """Say that the office's date is right."""
    client.call("POST", "/v1/retention/date", Done, request)
