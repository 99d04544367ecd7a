"""Messages of the supervisor's desk: what is open now, what was decided, and who has asked for what before.

Ids, numbers of customers, field names and people of the office; no customer's name and no value.
"""

from pydantic import Field

from app.api.messages.wire import Id16, Message


class OpenGrant(Message):
    """An unlock that may still be used, or whose value is on the agent's screen.

    Attributes:
        until_ms: until when it may be used, or until when the view lasts.
        is_on_screen: whether it was used and the view has not run out.
    """

    id: Id16
    agent: str
    agent_name: str
    seat: str
    number: str
    field: str
    data_class: str
    until_ms: int
    is_on_screen: bool
    decided_by: str
    decided_name: str


class PastRequest(Message):
    """A request that is over, or that was decided.

    Attributes:
        at_ms: when it was decided, else asked.
        state: approved, used, refused, asked_back, revoked, withdrawn or expired.
    """

    id: Id16
    agent: str
    agent_name: str
    number: str
    field: str
    data_class: str
    reason: str
    state: str
    at_ms: int
    decided_by: str
    decided_name: str


class DecisionDesk(Message):
    """What a person who decides sees beside the queue."""

    open: tuple[OpenGrant, ...]
    decided: tuple[PastRequest, ...]
    now_ms: int


class AgentPast(Message):
    """What somebody who decides should know of whoever asks.

    Attributes:
        today: requests of the last 24 hours.
        usual_low, usual_high: on days with any, of the 30 before; both 0 where there were none.
        same_customer: requests of this agent for this customer in 30 days, this one not counted.
        refused_week: refusals in 7 days.
        last_refused_ms: the last one, or None.
        asked, granted, refused, expired: in 30 days.
        last: the newest, at most ten.
    """

    today: int
    usual_low: int
    usual_high: int
    same_customer: int
    refused_week: int
    last_refused_ms: int | None
    asked: int
    granted: int
    refused: int
    expired: int
    last: tuple[PastRequest, ...]


class AskBack(Message):
    """A question instead of a decision: the agent reads it, and asks anew with the answer."""

    question: str = Field(min_length=1, max_length=300)


class Deciders(Message):
    """How many people who may decide about a customer are signed in and not locked, by class."""

    online: dict[str, int]
