"""Requests of data subjects as pages show them: values and words of the domain, no message of the office."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.erasure.words import OrderState
from app.domain.subject_requests.clock import Standing, Term
from app.domain.subject_requests.words import (
    Channel,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
    SentBy,
)


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """One request.

    Attributes:
        id: hex.
        record: whose, hex; empty: somebody asked who is no customer.
        customer: number and name; empty once the customer is gone.
        purposes, held: labels of purposes that it is about, and of those that it holds now.
        term: articles, and whether the law sets it.
        standing: how it stands with its clock.
        may_decide: whether this person is the second person for what waits.
        order: number of the order to erase that answers it, 0 for none; `order_state`: how that one stands.
        attached_by, attached_at: who found it to be this customer's, and when, if it was taken down as of no customer.
        way: in which way this customer, who has a disability, was spoken with last; empty: none is known.
        sent_by, sent_at, sent_reference, sent_told_by: how its letter went out, when, what proves it, who said so.
        grant_until: until when this person may make the copy of the data; None: they may not.
    """

    id: str
    number: int
    record: str
    customer: str
    queue: str
    kind: RequestKind
    channel: Channel
    purposes: tuple[str, ...]
    held: tuple[str, ...]
    received_at: datetime
    due_at: datetime
    opened_by: str
    term: Term
    standing: Standing
    state: RequestState
    revision: int
    identity: IdentityCheck | None
    identity_by: str
    proposal: Proposal
    proposed_by: str
    refusal: RefusalReason | None
    decided_by: str
    may_decide: bool
    grant_until: datetime | None
    bundled_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    letter_at: datetime | None
    order: int = 0
    order_state: OrderState | None = None
    attached_by: str = ""
    attached_at: datetime | None = None
    way: str = ""
    sent_by: SentBy | None = None
    sent_at: datetime | None = None
    sent_reference: str = ""
    sent_told_by: str = ""

    @property
    def is_outsiders(self) -> bool:
        """Whether somebody asked who is no customer."""
        return not self.record


@dataclass(frozen=True, slots=True)
class RequestListing:
    """The register.

    Attributes:
        requests: what is open first, by the end of its term.
        left_off: how many more there are.
        may_work: whether this person works it.
    """

    requests: tuple[ShownRequest, ...]
    left_off: int
    may_work: bool

    @property
    def waiting(self) -> int:
        """What waits for this person: open requests for who works them, decisions for a second person."""
        if self.may_work:
            return sum(one.state is RequestState.OPEN for one in self.requests)
        return sum(one.may_decide for one in self.requests)

    @property
    def pressing(self) -> tuple["ShownRequest", ...]:
        """Of what waits for this person, what is due within a day or overdue."""
        mine = (one for one in self.requests if self.may_work or one.may_decide)
        return tuple(one for one in mine if one.state is RequestState.OPEN and one.standing.presses)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it is written down.

    Attributes:
        id: hex; the same for every try.
        record: whose, hex; empty: somebody asks who is no customer.
        purposes: names of purposes.
        hours_ago: when it came, in whole hours before now.
    """

    id: str
    record: str
    kind: RequestKind
    channel: Channel
    purposes: tuple[str, ...]
    hours_ago: int
    words: str


@dataclass(frozen=True, slots=True)
class TakenRequest:
    """Its number, and when it is due."""

    number: int
    due_at: datetime
