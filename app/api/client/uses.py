"""The client's calls of acting by reference."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.uses import OfferedActions, PrepareUse, UseAnswer, UsePrepared, UseRequest
from app.api.messages.wire import Done
from app.domain.actions import LONGEST_S

USE_TIMEOUT_S = LONGEST_S + 15.0
"""As long as the slowest program may take, and a little more."""


def offered_actions(client: ApiClient) -> OfferedActions:
    """What this person may do with fields that stay masked."""
    return client.call("GET", "/v1/uses/actions", OfferedActions)


def prepare_use(client: ApiClient, request: PrepareUse) -> UsePrepared:
    """The box of one value."""
    return client.call("POST", "/v1/uses/prepare", UsePrepared, request)


def use(client: ApiClient, request: UseRequest) -> UseAnswer:
    """Have one value used. Never sent again: what was done cannot be undone."""
    return client.call("POST", "/v1/uses", UseAnswer, request, timeout_s=USE_TIMEOUT_S)


def stop_use(client: ApiClient, request: bytes) -> None:
    """Stop an action's program."""
    client.call("DELETE", f"/v1/uses/{in_path(request)}", Done)
