"""Messages about letting somebody who was erased come back."""

from typing import Annotated

from pydantic import Field

from app.api.messages.wire import Id16, Message
from app.domain.erasure.readmission import BackBecause, NamedBy
from app.domain.erasure.words import OrderState

Reference = Annotated[str, Field(pattern="^[A-Za-z0-9./_-]{1,40}$")]
"""A number of a contract, a request or a case: no room for a sentence about somebody."""


class NamePerson(Message):
    """Who is meant; the office works out hashes of it and keeps nothing else."""

    by: NamedBy
    value: Annotated[str, Field(min_length=1, max_length=64)]


class ProposeReadmission(Message):
    """Let somebody come back; a second person has to name the same one."""

    id: Id16
    person: NamePerson
    reason: BackBecause
    reference: Reference


class ReadmissionProposed(Message):
    """It waits for its second person.

    Attributes:
        number: within the office, from 1.
        until_ms: until when somebody may approve it.
    """

    number: int
    until_ms: int


class ReadmissionRow(Message):
    """One of them, without whom it is about.

    Attributes:
        hashes: how many would go, or have gone.
        is_own: whether the asking person proposed it.
    """

    id: Id16
    number: int
    reason: BackBecause
    reference: str
    state: OrderState
    proposed_by_name: str
    proposed_ms: int
    until_ms: int
    decided_by_name: str
    decided_ms: int
    hashes: int
    is_own: bool


class ReadmissionRows(Message):
    """The newest first."""

    readmissions: tuple[ReadmissionRow, ...]
