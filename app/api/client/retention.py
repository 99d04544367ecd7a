"""The client's calls about retention."""

from app.api.client.client import ApiClient
from app.api.messages.retention import ConfirmDate, RetentionNow
from app.api.messages.wire import Done


def dry_run(client: ApiClient) -> RetentionNow:
    """What is due today."""
    return client.call("GET", "/v1/retention", RetentionNow)


def confirm_date(client: ApiClient, request: ConfirmDate) -> None:
    """Say that the office's date is right."""
    client.call("POST", "/v1/retention/date", Done, request)
