"""The client's calls about the outbox. Both may come twice: what was taken once is not taken again."""

from app.api.client.client import ApiClient
from app.api.messages import outbox as messages


def deliver(client: ApiClient, request: messages.Delivery, timeout_s: float | None = None) -> messages.Delivered:
    """Bring entries of one session."""
    return client.call("POST", "/v1/outbox", messages.Delivered, request, again=True, timeout_s=timeout_s)


def look(client: ApiClient, request: messages.Look, timeout_s: float | None = None) -> messages.Looked:
    """Ask what the office has of these sessions."""
    return client.call("POST", "/v1/outbox/look", messages.Looked, request, again=True, timeout_s=timeout_s)
