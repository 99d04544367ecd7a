"""Messages of the register of requests of data subjects. Words that somebody wrote travel only when one is opened."""

from typing import Annotated, Final, Literal

from pydantic import Field

from app.api.messages.customers import SealedPackage
from app.api.messages.reveals import SealedNote
from app.api.messages.since import Before, nothing_else, since
from app.api.messages.who_saw import Document, WhoSaw
from app.api.messages.wire import Blob, Id16, Key32, Message, Name
from app.domain.erasure.words import OrderState
from app.domain.subject_requests.words import (
    Channel,
    IdentityCheck,
    Proposal,
    RefusalReason,
    RequestKind,
    RequestState,
    SentBy,
)

LONGEST_WORDS = 1000
MOST_PURPOSES = 32
MOST_ROWS = 500
MOST_HOURS_AGO = 366 * 24
"""What is said to have come longer ago is a slip of the pen."""
MOST_DAYS_AGO = 366
Reference = Annotated[str, Field(pattern="^[A-Za-z0-9./_-]{0,40}$")]
"""Of a paper: nothing that an address of e-mail would fit into."""
PurposeName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}$")]
NOBODY: Final = bytes(16)


def _as_one_gone(record: bytes | None) -> bytes:
    """To a console that knows only customers, somebody who is none stands as one who is gone: its term stays there."""
    return record or NOBODY


Revision = Annotated[int, Field(ge=1, le=2**31)]


class OpenRequest(Message):
    """Write a request down.

    Attributes:
        id: made by the console; the same again is the same request.
        record: whose data; None: somebody asks who is no customer (UU PDP art. 7, 8).
        hours_ago: when it came, in whole hours before the office has it: no console's clock counts.
        purposes: which purposes of the inventory it is about; only for kinds that name some.
        words: what the person asks for.
    """

    id: Id16
    record: Annotated[Id16 | None, Before(2, nothing_else, Id16)]
    kind: RequestKind
    channel: Channel
    hours_ago: int = Field(default=0, ge=0, le=MOST_HOURS_AGO)
    purposes: tuple[PurposeName, ...] = Field(default=(), max_length=MOST_PURPOSES)
    words: str = Field(default="", max_length=LONGEST_WORDS)


class OpenedRequest(Message):
    """Its number and when it is due."""

    number: int
    due_ms: int


class SubjectRequest(Message):
    """A request as it stands.

    Attributes:
        record: whose data; None: of somebody who is no customer.
        customer_number, customer_name: empty once the customer is gone.
        due_ms: the end of its term; `is_law` whether the law sets it.
        grant_until_ms: until when the copy of the data may be made, if that was granted.
        held: purposes that it holds now.
        order: number of the order to erase that answers it; 0: none. `order_state`: how that one stands.
        attached_by, attached_ms: who found that it is this customer's, if it was taken down as of no customer.
        way: in which way a customer with a disability was spoken with last (UU PDP art. 26); empty: none is known.
        sent_by, sent_ms, sent_reference, sent_told_by: how and when its letter last went out, its proof, who said so.
    """

    id: Id16
    number: int
    record: Annotated[Id16 | None, Before(2, _as_one_gone, Id16)]
    customer_number: str
    customer_name: str
    queue: str
    kind: RequestKind
    channel: Channel
    purposes: tuple[str, ...]
    received_ms: int
    opened_ms: int
    opened_by: str
    due_ms: int
    is_law: bool
    state: RequestState
    revision: int
    identity: IdentityCheck | None
    identity_by: str
    proposal: Proposal
    proposed_by: str
    refusal: RefusalReason | None
    decided_by: str
    grant_until_ms: int | None
    bundle_ms: int | None
    ended_by: str
    ended_ms: int | None
    letter_ms: int | None
    held: tuple[str, ...]
    order: int = 0
    order_state: OrderState | None = None
    attached_by: Annotated[str, since(2)] = ""
    attached_ms: Annotated[int | None, since(2)] = None
    way: Annotated[str, since(2)] = ""
    sent_by: Annotated[SentBy | None, since(2)] = None
    sent_ms: Annotated[int | None, since(2)] = None
    sent_reference: Annotated[str, since(2)] = ""
    sent_told_by: Annotated[str, since(2)] = ""


class SubjectRequests(Message):
    """The register: what is open first, by the end of its term; `left_off` are not shown."""

    requests: tuple[SubjectRequest, ...]
    now_ms: int
    left_off: int


class RequestWords(Message):
    """What the person asked for, in their words; empty where they went with their customer."""

    words: str


class CheckIdentity(Message):
    """The identity is checked."""

    revision: Revision
    identity: IdentityCheck


class AttachRequest(Message):
    """A request of no customer is found to be a customer's.

    Attributes:
        customer_number: whose, as it is typed.
        identity: how it was found that this customer is who asked.
    """

    revision: Revision
    customer_number: Annotated[str, Field(min_length=1, max_length=64)]
    identity: IdentityCheck


class DetachRequest(Message):
    """That was wrong: it is nobody's again, by an entry of its own."""

    revision: Revision


class ProposeOutcome(Message):
    """Something that wants a second person: a refusal with its reason, or a copy of the data."""

    revision: Revision
    refusal: RefusalReason | None = None


class DecideProposal(Message):
    """What the second person says."""

    revision: Revision
    is_approved: bool


class CloseRequest(Message):
    """It is answered, or its subject takes it back."""

    revision: Revision
    state: Literal[RequestState.DONE, RequestState.TAKEN_BACK]


class LiftHolds(Message):
    """The purposes that a request holds are free again."""

    revision: Revision


class AskLetter(Message):
    """The letter about a request that has ended; `is_large` in large print."""

    language: Literal["en", "id"]
    is_large: Annotated[bool, since(2)] = False


class LetterSent(Message):
    """Its letter went out.

    Attributes:
        way: how.
        days_ago: on which day, counted back from today by the office's clock.
        reference: what proves it, such as the number of a consignment; no name and no address.
    """

    way: SentBy
    days_ago: int = Field(default=0, ge=0, le=MOST_DAYS_AGO)
    reference: Reference = ""


class LetterPdf(Message):
    """The letter as a file."""

    pdf: Document


class MakeBundle(Message):
    """Release what a copy of one customer's data needs, under an export grant; signed by the session's key."""

    revision: Revision
    signature: Blob


class ReleasedField(Message):
    """A sealed value on its way into the copy."""

    field: Name
    package: SealedPackage
    blob: Blob
    share: Key32


class Bundle(Message):
    """All that the office has of the customer; sealed values come as blobs with their shares.

    Attributes:
        open: values of open fields, by name; empty ones are left out.
        notes: of the customer, the newest first.
        seen: who saw the data.
        entry: the entry of the log that says that the copy was made.
    """

    number: int
    kind: RequestKind
    made_ms: int
    office_name: str
    customer_number: str
    queue: str
    open: dict[str, str]
    sealed: tuple[ReleasedField, ...]
    notes: tuple[SealedNote, ...]
    seen: WhoSaw
    entry: int
