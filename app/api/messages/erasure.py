"""Messages about erasing and destroying customers, legal holds, and the proof afterwards."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.since import Before, since
from app.api.messages.who_saw import Document
from app.api.messages.wire import Blob, Id16, Key32, Message
from app.domain.erasure.words import Action, Fate, Ground, HoldReason, OrderState, Unusual

MOST_SUBJECTS = 1_000


def _known_before(unusual: tuple[Unusual, ...]) -> tuple[Unusual, ...]:
    return tuple(one for one in unusual if one is not Unusual.LAW_KEEPS)


Reference = Annotated[str, Field(pattern="^[A-Za-z0-9./_-]{0,40}$")]
"""A number of a request, a case or a run: no room for a sentence about somebody."""
Fields = Annotated[str, Field(max_length=2_000, pattern="^([a-z][a-z0-9_]*( [a-z][a-z0-9_]*)*)?$")]
UnusualParts = Annotated[
    tuple[Unusual, ...],
    Before(2, _known_before, tuple[Literal["proposer_opened", "no_request"], ...]),
]
"""A console of the protocol before is not told that a law wants something kept: it knows no such word. The log is."""
Moment = Annotated[int, Field(ge=0, le=2**53)]


class SubjectMark(Message):
    """One customer of an order.

    Attributes:
        record: which.
        fields: only these, with spaces between; empty for the whole customer.
    """

    record: Id16
    fields: Fields = ""


class ProposeErasure(Message):
    """An order, signed by whoever proposes it (`app/auth/erasure_order.py`)."""

    id: Id16
    action: Action
    ground: Ground
    reference: Reference = ""
    proposed_ms: Moment
    subjects: Annotated[tuple[SubjectMark, ...], Field(min_length=1, max_length=MOST_SUBJECTS)]
    signature: Blob


class ApproveErasure(Message):
    """The second person's signature."""

    approval: Blob


class ErasureRow(Message):
    """An order as it stands.

    Attributes:
        number: within the office, from 1.
        unusual: what the second person should look at.
        customers: how many it names; `done`, `held` and `left_out` of them, the rest is pending.
        samples: some of them.
        waits_for: consoles that were not told yet; the last of them has no copy from `copies_until_ms` on.
        backups: period keys of backups that hold a customer's key still.
        is_own: whether the asking person proposed it.
        request: number of the request in the register that it answers; 0: none.
        told_ms: when letters to its people were last written into a file; 0: never.
        untold: so many people are not told yet and are not erased before.
    """

    id: Id16
    number: int
    action: Action
    ground: Ground
    reference: str
    state: OrderState
    proposed_by_name: str
    proposed_ms: int
    until_ms: int
    decided_by_name: str
    decided_ms: int
    ended_ms: int
    unusual: UnusualParts
    customers: int
    done: int
    held: int
    left_out: int
    samples: tuple[Id16, ...]
    waits_for: int
    copies_until_ms: int
    backups: tuple[str, ...]
    is_own: bool
    request: int = 0
    told_ms: Annotated[int, since(2)] = 0
    untold: Annotated[int, since(2)] = 0


class ErasureRows(Message):
    """Orders, the newest first."""

    orders: tuple[ErasureRow, ...]


class SubjectRow(Message):
    """One customer of an order, and what became of them; the number is empty where they are gone or of other queues."""

    record: Id16
    customer_number: str
    fields: str
    fate: Fate


class ErasureDetail(Message):
    """An order with all of its customers, in the sequence that was signed.

    Attributes:
        digest: of the customers.
        signature: the proposer's; `proposed_by` is their account.
    """

    row: ErasureRow
    subjects: tuple[SubjectRow, ...]
    digest: Key32
    proposed_by: str
    signature: Blob


class ErasureProposed(Message):
    """An order is kept.

    Attributes:
        number: within the office.
        until_ms: until when somebody may approve it.
        unusual: what the second person will be shown.
    """

    number: int
    until_ms: int
    unusual: UnusualParts


class AskNotices(Message):
    """The next letters to the people of an order, after so many of them."""

    after: Annotated[int, Field(ge=0, le=MOST_SUBJECTS)] = 0


class SayNoticesKept(Message):
    """The letters of an order lie in a file of whoever had them made: how many, and the file's digest."""

    letters: Annotated[int, Field(ge=0, le=MOST_SUBJECTS)]
    digest: Key32


class EachNotice(Message):
    """The letter to one, in both languages; `reference` is the order's number and the customer's."""

    customer_number: str
    reference: str
    pdf: Document


class EachNotices(Message):
    """A part of the letters; those who are gone or of other queues are among `done` and get none."""

    letters: tuple[EachNotice, ...]
    done: int
    total: int


class Certificate(Message):
    """The signed proof of an order that is over; `tirai erasure verify` checks it."""

    text: Annotated[str, Field(max_length=4_000_000)]


class CertificatePdf(Message):
    """The same on paper."""

    pdf: Document


class AskCustomer(Message):
    """Which customer has a number."""

    number: Annotated[str, Field(min_length=1, max_length=64)]


class CustomerMark(Message):
    """A customer of the asking person's queues.

    Attributes:
        record: which.
        customer_number: as an import writes it.
        is_held: whether a legal hold stands.
    """

    record: Id16
    customer_number: str
    is_held: bool


class SetHold(Message):
    """Hold a customer."""

    record: Id16
    reason: HoldReason
    reference: Reference = ""


class HoldRow(Message):
    """A hold that stands."""

    id: Id16
    record: Id16
    customer_number: str
    reason: HoldReason
    reference: str
    set_by_name: str
    set_ms: int
    is_own: bool


class Holds(Message):
    """Holds that stand."""

    holds: tuple[HoldRow, ...]


class HoldSet(Message):
    """A hold stands from now on."""

    id: Id16
