"""The client's calls of privacy notices."""

from app.api.client.client import ApiClient
from app.api.messages.notices import DropNotice, NoticeRows, NoticeTold, PublishNotice, WriteNotice
from app.api.messages.wire import Done


def rows(client: ApiClient) -> NoticeRows:
    """Drafts and published versions."""
    return client.call("GET", "/v1/privacy/notices", NoticeRows)


def told(client: ApiClient) -> NoticeTold:
    """Which notice whoever is taken down is told of."""
    return client.call("GET", "/v1/privacy/notices/told", NoticeTold)


def write(client: ApiClient, request: WriteNotice) -> None:
    """Write a draft, or write it anew."""
    client.call("POST", "/v1/privacy/notices", Done, request, again=True)


def publish(client: ApiClient, request: PublishNotice) -> None:
    """Publish what somebody else wrote."""
    client.call("POST", "/v1/privacy/notices/publish", Done, request)


def drop(client: ApiClient, request: DropNotice) -> None:
    """Take a draft away."""
    client.call("POST", "/v1/privacy/notices/drop", Done, request)
