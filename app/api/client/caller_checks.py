"""The client's calls of identity checks, of the lookup of whole values, and of the calls that are on."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.caller_checks import BeginCheck, CallerAnswer, CheckState, Lookup, LookupFound
from app.api.messages.calls import CallsNow
from app.api.messages.wire import Done


def begin_check(client: ApiClient, request: BeginCheck) -> CheckState:
    """Begin an identity check; the same request may come twice."""
    return client.call("POST", "/v1/caller-checks", CheckState, request)


def answer_check(client: ApiClient, check: bytes, request: CallerAnswer) -> CheckState:
    """Have what a caller says compared; never sent twice by itself, since each is a try."""
    return client.call("POST", f"/v1/caller-checks/{in_path(check)}/answers", CheckState, request)


def end_check(client: ApiClient) -> None:
    """The call is over."""
    client.call("DELETE", "/v1/caller-checks", Done)


def look_up(client: ApiClient, request: Lookup) -> LookupFound:
    """Find customers by a whole value."""
    return client.call("POST", "/v1/lookups", LookupFound, request)


def tell_calls(client: ApiClient, told: CallsNow) -> None:
    """Tell which calls are on; the same may come twice."""
    client.call("PUT", "/v1/calls", Done, told)
