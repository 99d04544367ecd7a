"""The client's calls about letting somebody who was erased come back."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.readmission import (
    NamePerson,
    ProposeReadmission,
    ReadmissionProposed,
    ReadmissionRow,
    ReadmissionRows,
)
from app.api.messages.wire import Done


def rows(client: ApiClient) -> tuple[ReadmissionRow, ...]:
    """All of them, the newest first."""
    return client.call("GET", "/v1/readmissions", ReadmissionRows).readmissions


def propose(client: ApiClient, request: ProposeReadmission) -> ReadmissionProposed:
    """Propose that somebody comes back."""
    return client.call("POST", "/v1/readmissions", ReadmissionProposed, request)


def approve(client: ApiClient, key: bytes, person: NamePerson) -> None:
    """Name the same person, and let them."""
    client.call("POST", f"/v1/readmissions/{in_path(key)}/approve", Done, person)


def drop(client: ApiClient, key: bytes) -> None:
    """Take back, or refuse."""
    client.call("DELETE", f"/v1/readmissions/{in_path(key)}", Done)
