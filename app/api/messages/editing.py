"""Messages of editing a customer's fields, of the versions that stay, and of who else has a customer open.

A new value comes sealed to the office's key, and no answer carries a sealed value. A *mark* names the version that a
console has seen: a digest of what lies there, which says nothing of the value.
"""

from pydantic import Field

from app.api.messages.customers import CustomerRow, MaskText
from app.api.messages.wire import Blob, Id16, Key32, Message, Name
from app.domain.editing import WhyEmptied

LONGEST_VALUE = 4_000
"""Characters of one value, as of a long text (`app/sources/records.py`)."""
MOST_FIELDS = 200


class OpenRecord(Message):
    """Which customer a console has in front, and which field is being changed there; None: none."""

    record: Id16 | None
    editing: str = Field(default="", max_length=64)


class Beside(Message):
    """Somebody else who has the same customer open."""

    name: str
    seat: str
    editing: str


class FieldState(Message):
    """How one field stands.

    Attributes:
        field: its name.
        mark: of what lies there now.
        changes: how often it was changed since it came in.
        can_be_emptied: whether its value may be taken away by hand.
        mask, text: of a sealed field the mask, None where it is empty; of an open one what it says.
    """

    field: str
    mark: Id16
    changes: int
    can_be_emptied: bool = False
    mask: MaskText | None = None
    text: str = ""


class RecordState(Message):
    """A customer as it stands: who else has it open, and the fields that this person may change."""

    others: tuple[Beside, ...]
    fields: tuple[FieldState, ...]


class EditField(Message):
    """Change one field.

    Attributes:
        request: made by the console, so that the same request may come twice and changes once.
        record, field: of whom, and which.
        seen: mark of the version that the person saw; another one lies there: a conflict, and nothing changes.
        sealed: HPKE(the office's key; the value; LP("edit", ...)).
        signature: by the session's key.
    """

    request: Id16
    record: Id16
    field: Name
    seen: Id16
    sealed: Blob
    signature: Blob


class EmptyField(Message):
    """Take the value of one field away.

    Attributes:
        request, record, field, seen: as in `EditField`.
        why: the reason, as in `app/domain/editing.py:WhyEmptied`.
        signature: by the session's key, under a label of its own: no edit is one of these.
    """

    request: Id16
    record: Id16
    field: Name
    seen: Id16
    why: WhyEmptied
    signature: Blob


class Conflict(Message):
    """Somebody changed the field meanwhile.

    Attributes:
        name: who; empty where it was an import.
        at_ms: when.
        mine: mask of the value that was not taken; None of an open field, and where nothing was to be left.
    """

    name: str
    at_ms: int
    mine: MaskText | None


class FieldEdited(Message):
    """What became of an edit: the field as it is now; with a conflict, as the other person left it."""

    state: FieldState
    conflict: Conflict | None = None


class FieldVersion(Message):
    """One version of a field, the newest first.

    Attributes:
        at_ms: since when.
        name: who made it.
        kind: `import`, `edit`, `emptied` where the value was taken away, or `new` with its customer.
        mask, text: as in `FieldState`; neither where nobody kept the mask, or there is no value.
    """

    at_ms: int
    name: str
    kind: str
    mask: MaskText | None = None
    text: str = ""


class FieldVersions(Message):
    """The versions of one field."""

    versions: tuple[FieldVersion, ...]


class NewCustomer(Message):
    """Make a customer.

    Attributes:
        request: as in `EditField`.
        notice: code of the privacy notice that the customer was told of.
        notice_digest: of its text; None: none is published, and the inventory's code is all there is.
        known: the person has seen that customers of theirs have one of these numbers, and makes one all the same.
        sealed: HPKE(the office's key; the fields as JSON; LP("new-customer", ...)).
        signature: by the session's key.
    """

    request: Id16
    notice: str = Field(pattern="^[A-Za-z0-9._-]{1,32}$")
    notice_digest: Key32 | None = None
    known: bool = False
    sealed: Blob
    signature: Blob

    @property
    def told(self) -> str:
        """The notice as it is signed: its code, then its digest where there is one."""
        return f"{self.notice} {self.notice_digest.hex()}" if self.notice_digest is not None else self.notice


class BadField(Message):
    """A field of a new customer that is refused, without its text."""

    field: str
    code: str


class CustomerMade(Message):
    """What became of it: the customer, or why there is none.

    Attributes:
        row: as the console's cache takes it.
        bad: fields that are refused.
        found: customers of the person's queues who have one of these numbers already.
    """

    row: CustomerRow | None = None
    bad: tuple[BadField, ...] = ()
    found: tuple[Id16, ...] = ()
