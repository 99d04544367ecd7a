"""The client's calls about the policy and its edits."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages import policy
from app.api.messages.book import BookEntry
from app.api.messages.wire import Done


def version_text(client: ApiClient, number: int) -> policy.PolicyText | None:
    """One version's text."""
    return client.call("GET", f"/v1/policy/text/{number}", policy.PolicyAnswer).version


def history(client: ApiClient) -> policy.PolicyHistory:
    """All versions, and what waits."""
    return client.call("GET", "/v1/policy/versions", policy.PolicyHistory)


def propose(client: ApiClient, request: policy.ProposePolicy) -> policy.ProposedPolicy:
    """Bring an edit."""
    return client.call("POST", "/v1/policy/edits", policy.ProposedPolicy, request)


def confirm(client: ApiClient, key: bytes, entry: BookEntry) -> None:
    """Bring the entry of an edit, with both signatures."""
    client.call("POST", f"/v1/policy/edits/{in_path(key)}/confirm", Done, policy.ConfirmPolicy(entry=entry))


def drop(client: ApiClient, key: bytes) -> None:
    """Withdraw an own edit, or refuse another's."""
    client.call("DELETE", f"/v1/policy/edits/{in_path(key)}", Done)
