"""The client's calls about analytics exports."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.analytics import ApproveExport, CoarseRows, EndExport, ExportRows, ProposeExport
from app.api.messages.wire import Done


def exports(client: ApiClient) -> ExportRows:
    """All exports."""
    return client.call("GET", "/v1/analytics", ExportRows)


def propose(client: ApiClient, request: ProposeExport) -> None:
    """Propose an export."""
    client.call("POST", "/v1/analytics", Done, request)


def approve(client: ApiClient, key: bytes, request: ApproveExport) -> None:
    """Approve as the second person."""
    client.call("POST", f"/v1/analytics/{in_path(key)}/approve", Done, request)


def drop(client: ApiClient, key: bytes) -> None:
    """Take back, or refuse."""
    client.call("DELETE", f"/v1/analytics/{in_path(key)}", Done)


def begin(client: ApiClient, key: bytes) -> None:
    """Begin to make one."""
    client.call("POST", f"/v1/analytics/{in_path(key)}/begin", Done)


def rows(client: ApiClient, key: bytes, after: int) -> CoarseRows:
    """Its next rows."""
    return client.call("GET", f"/v1/analytics/{in_path(key)}/rows?after={after}", CoarseRows)


def end(client: ApiClient, key: bytes, request: EndExport) -> None:
    """Say what it came to."""
    client.call("POST", f"/v1/analytics/{in_path(key)}/end", Done, request)
