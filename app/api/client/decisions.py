"""The client's calls of the supervisor's desk."""

from app.api.client.client import ApiClient
from app.api.client.paths import in_path
from app.api.messages.decisions import AgentPast, AskBack, Deciders, DecisionDesk
from app.api.messages.wire import Done


def decision_desk(client: ApiClient) -> DecisionDesk:
    """What is open now, and what was decided in a day."""
    return client.call("GET", "/v1/unlocks/desk", DecisionDesk)


def deciders(client: ApiClient, record: bytes) -> Deciders:
    """How many people who may decide about a customer are at work now, by class."""
    return client.call("GET", f"/v1/unlocks/deciders/{in_path(record)}", Deciders)


def agent_past(client: ApiClient, request: bytes) -> AgentPast:
    """What to know of the agent behind a request."""
    return client.call("GET", f"/v1/unlocks/{in_path(request)}/agent", AgentPast)


def revoke(client: ApiClient, request: bytes) -> None:
    """Close an unlock that is open."""
    client.call("POST", f"/v1/unlocks/{in_path(request)}/revoke", Done)


def ask_back(client: ApiClient, request: bytes, question: str) -> None:
    """Ask the agent something instead of deciding."""
    client.call("POST", f"/v1/unlocks/{in_path(request)}/ask-back", Done, AskBack(question=question))
