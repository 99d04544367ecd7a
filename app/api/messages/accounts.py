"""Messages about accounts: invitation, enrolment, new colleagues, class grants."""

from typing import Annotated

from pydantic import Field

from app.api.messages.book import BookEntry
from app.api.messages.door import SealedClassKey
from app.api.messages.own_account import Profile
from app.api.messages.seats import SeatProof
from app.api.messages.since import since
from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Key32, Message, Name, SlotKey


class Invite(Message):
    """A signed invitation, with the slot key that the activation code gives."""

    entry: BookEntry
    display_name: str = Field(min_length=1, max_length=80)
    slot_key: SlotKey


class EnrolBegin(Message):
    """Somebody with an activation code: the slot key opens the file, the signature proves the code.

    `seat_proof`: that the workstation has its key.
    """

    account: Name
    slot_key: SlotKey
    nonce: Id16
    proof: Blob
    totp_hash: str = Field(default="sha1", pattern="^sha(1|256)$")
    seat_proof: Annotated[SeatProof | None, since(2)] = None


class EnrolBegun(Message):
    """What the person needs: the authenticator's secret and the book to sign into."""

    enrolment: Id16
    totp: Blob
    display_name: str
    role: str
    queues: tuple[str, ...]
    book: tuple[BookEntry, ...]
    profile: Profile


class EnrolBook(Message):
    """What has the book grown by since this enrolment began?"""

    enrolment: Id16
    after: int = Field(ge=0, le=MOST_ENTRIES)


class EnrolFinish(Message):
    """The person's keys, password verifier and slot, and a code that proves the authenticator."""

    enrolment: Id16
    code: str = Field(max_length=16)
    salt: Id16
    memory_kib: int = Field(ge=1, le=4 * 1024 * 1024)
    passes: int = Field(ge=1, le=100)
    lanes: int = Field(ge=1, le=64)
    verifier: Key32
    slot_key: SlotKey
    wrapped_keys: Blob
    entry: BookEntry


class Enrolled(Message):
    """The person's recovery codes, sent once."""

    recovery_codes: tuple[str, ...]


class Colleague(Message):
    """An account that waits for class keys."""

    account: str
    display_name: str
    role: str
    classes: tuple[str, ...]


class Colleagues(Message):
    """Everybody who waits."""

    colleagues: tuple[Colleague, ...]


class GrantClasses(Message):
    """Signed grants and the sealed class keys that belong to them."""

    account: Name
    entries: tuple[BookEntry, ...] = Field(max_length=100)
    keys: tuple[SealedClassKey, ...] = Field(max_length=100)


class OwnGrants(Message):
    """The class keys of the person who asks."""

    grants: tuple[SealedClassKey, ...]


class Person(Message):
    """A name for an account, for screens."""

    account: str
    display_name: str
