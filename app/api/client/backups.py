"""Calls about backups."""

from app.api.client.client import ApiClient
from app.api.messages.backups import BackupBegin, BackupKeysFile, BackupState, DestroyPeriod, PeriodEnded, PeriodStates


def begin(client: ApiClient, request: BackupBegin) -> BackupState:
    """Begin a backup."""
    return client.call("POST", "/v1/backups", BackupState, request)


def state(client: ApiClient) -> BackupState:
    """How far the last backup is."""
    return client.call("GET", "/v1/backups", BackupState)


def periods(client: ApiClient, request: BackupKeysFile) -> PeriodStates:
    """Which period keys there are."""
    return client.call("POST", "/v1/backups/keys", PeriodStates, request)


def destroy(client: ApiClient, request: DestroyPeriod) -> PeriodEnded:
    """Destroy a period's key."""
    return client.call("POST", "/v1/backups/keys/destroy", PeriodEnded, request)
