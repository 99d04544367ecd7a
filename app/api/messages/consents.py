"""Messages of consents: what a customer said, how their purposes stand, what limits work for them."""

import json
from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.since import all_said, since
from app.api.messages.wire import MOST_ENTRIES, Blob, Id16, Key32, Message, Name
from app.domain.privacy.consent import Channel, Limit, Said, Speaker
from app.domain.privacy.purpose_state import PurposeState

PurposeName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$")]
Reference = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$|^$")]
"""A reference of a recording, a letter, a request: no room for a sentence."""
Language = Literal["id", "en"]
Means = Annotated[str, Field(pattern="^[a-z_]{0,32}$")]
"""A word of the program (`app.domain.privacy.means`), or nothing."""
Moment = Annotated[int, Field(ge=0, le=MOST_ENTRIES)]


class OfCustomer(Message):
    """A customer by record."""

    record: Id16


class RecordConsent(Message):
    """What a customer said to one purpose.

    Attributes:
        request: its id; the same one counts once.
        notice: digest of the notice that was told; None for a withdrawal.
        language: in which it was asked.
        recording: reference of a recording or a letter.
        means: how a guardian was made sure of, or how somebody with a disability was spoken with.
        signature: the session's under the rest.
    """

    request: Id16
    record: Id16
    purpose: PurposeName
    said: Said
    channel: Literal[Channel.SPOKEN, Channel.DESK, Channel.LETTER]
    language: Language
    notice: Key32 | None = None
    speaker: Speaker = Speaker.SELF
    recording: Reference = ""
    means: Means = ""
    signature: Blob = b""

    def signed_text(self) -> str:
        """What the session signs: all of it but the signature, as one text."""
        with all_said():
            said = self.model_dump(mode="json", exclude={"signature"})
        return json.dumps(said, sort_keys=True, separators=(",", ":"))


class AskAtDesk(Message):
    """A customer by number, whose page is shown at a desk."""

    number: str = Field(min_length=1, max_length=64)


class SendPage(Message):
    """Whom to send a link to their page: a customer by record, or by number where there is none."""

    record: Id16 | None = None
    number: str = Field(default="", max_length=64)


class SentPage(Message):
    """A link was sent; whoever had it sent learns neither it nor where it went."""

    expires_ms: Moment


class AskReceipt(OfCustomer):
    """A receipt of a customer's."""

    id: Id16


class ReceiptFile(Message):
    """A receipt, as `tirai privacy verify-receipt` reads it."""

    text: str = Field(max_length=65_536)


class ConsentWord(Message):
    """The word that counts for a purpose.

    Attributes:
        speaker: who said it.
        means: how a guardian was made sure of, or how somebody with a disability was spoken with.
    """

    id: Id16
    said: Said
    at_ms: Moment
    channel: Channel
    account: str = Field(max_length=64)
    speaker: Annotated[Speaker, since(2)] = Speaker.SELF
    means: Annotated[str, since(2), Field(pattern="^[a-z_]{0,32}$")] = ""


class PurposeLine(Message):
    """How one purpose stands for the customer.

    Attributes:
        name: which.
        asks: whether customers are asked for their consent to it.
        state: of what rests on consent, where `asks`; else of the purpose.
        word: what was said last, if anything.
        asks_anew: a guardian agreed, and the customer has come of age since.
    """

    name: PurposeName
    asks: bool
    state: PurposeState
    word: ConsentWord | None
    asks_anew: Annotated[bool, since(2)] = False


class LimitLine(Message):
    """What limits work for the customer: a purpose that a request of theirs holds, and its number."""

    purpose: str = Field(max_length=40)
    kind: Limit
    request: int = Field(ge=0, le=MOST_ENTRIES)
    since_ms: Moment


class CustomerPrivacy(Message):
    """Everything on one customer's panel.

    Attributes:
        purposes: in the order of the inventory.
        limits: that hold now.
        is_imported: whether an import brought the record; else a person typed it in.
        told_notice: code of the notice that was told then, if one was.
        is_child: whether a guardian agrees for them.
        is_of_age: whether they are surely of age; neither, where the office cannot tell.
        notice: text of the notice in force, if there is one (`app.domain.privacy.notice`).
        may_record: whether this person writes down what the customer says.
        sends_page: whether this person has the office send the customer a link to their page.
    """

    purposes: tuple[PurposeLine, ...]
    limits: tuple[LimitLine, ...]
    is_imported: bool
    told_notice: str = Field(max_length=32)
    is_child: bool
    notice: str = Field(max_length=200_000)
    may_record: bool
    sends_page: bool = False
    is_of_age: Annotated[bool, since(2)] = False


class CustomerAtDesk(Message):
    """A customer whose page is shown at a desk: which record, and how their purposes stand."""

    record: Id16
    privacy: CustomerPrivacy


class ConsentCount(Message):
    """How many customers' last word to a purpose is this."""

    purpose: PurposeName
    given: int = Field(ge=0, le=MOST_ENTRIES)
    withdrawn: int = Field(ge=0, le=MOST_ENTRIES)


class ConsentCounts(Message):
    """Consents by purpose: of whoever's customers this person sees."""

    counts: tuple[ConsentCount, ...]
    customers: int = Field(ge=0, le=MOST_ENTRIES)
    by: Name
