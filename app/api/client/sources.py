"""The client's calls about databases that a gateway reads by a schedule."""

from app.api.client.client import ApiClient
from app.api.messages.sources import AddSource, NamedSource, SourceRows
from app.api.messages.wire import Done


def source_rows(client: ApiClient) -> SourceRows:
    """Every source."""
    return client.call("GET", "/v1/sources", SourceRows)


def add_source(client: ApiClient, request: AddSource) -> None:
    """Set a source up."""
    client.call("POST", "/v1/sources/add", Done, request)


def run_source(client: ApiClient, name: str) -> None:
    """Have a source be read soon."""
    client.call("POST", "/v1/sources/run", Done, NamedSource(name=name))


def remove_source(client: ApiClient, name: str) -> None:
    """Have a source be read no more."""
    client.call("POST", "/v1/sources/remove", Done, NamedSource(name=name))
