"""The client's calls about other people's accounts, and about entries of the book that need two people."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages import administration, proposals
from app.api.messages.book import BookEntry
from app.api.messages.wire import Done


def account_rows(client: ApiClient) -> administration.AccountRows:
    """What the office knows of every account besides the book."""
    return client.call("GET", "/v1/accounts", administration.AccountRows)


def change_account(client: ApiClient, entry: BookEntry) -> None:
    """Bring an entry that changes role or queues."""
    client.call("POST", "/v1/accounts/change", Done, administration.ChangeAccount(entry=entry))


def close_account(client: ApiClient, entry: BookEntry) -> None:
    """Bring an entry that closes an account."""
    client.call("POST", "/v1/accounts/close", Done, administration.ChangeAccount(entry=entry))


def new_code(client: ApiClient, entry: BookEntry, slot_key: bytes) -> None:
    """Bring a new invitation for somebody who has not come yet."""
    client.call("POST", "/v1/accounts/code", Done, administration.NewCode(entry=entry, slot_key=slot_key))


def end_sessions(client: ApiClient, account: str | None) -> int:
    """End an account's sessions, or everybody else's; how many there were."""
    request = administration.EndSessions(account=account)
    return client.call("POST", "/v1/accounts/end-sessions", administration.EndedSessions, request).ended


def propose(client: ApiClient, request: proposals.Propose) -> proposals.Proposed:
    """Bring a proposal."""
    return client.call("POST", "/v1/proposals", proposals.Proposed, request)


def waiting_proposals(client: ApiClient) -> proposals.WaitingProposals:
    """Proposals that wait."""
    return client.call("GET", "/v1/proposals", proposals.WaitingProposals)


def confirm_proposal(client: ApiClient, key: bytes, entry: BookEntry) -> None:
    """Bring the entry of a proposal, with both signatures."""
    client.call("POST", f"/v1/proposals/{in_path(key)}/confirm", Done, proposals.Confirm(entry=entry))


def drop_proposal(client: ApiClient, key: bytes) -> None:
    """Withdraw an own proposal, or refuse another's."""
    client.call("DELETE", f"/v1/proposals/{in_path(key)}", Done)
