"""One access to one customer's data, as the log tells it: who, what, why, how, when. The list is "who saw my data".

Invariant: no value and nobody's name but where policy names the staff; a role and a number within the list stand for
a person otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.role import Role


class AccessKind(StrEnum):
    """What was done with the data."""

    SHOWN = "shown"
    """A value stood on a screen."""
    NOTES_READ = "notes_read"
    COPIED = "copied"
    """A value that was shown went to the clipboard."""
    USED = "used"
    """Dialled, mailed or transferred, and shown to nobody."""
    CHECKED = "checked"
    """What a caller said was compared in the office; the value was shown to nobody."""
    COMPARED = "compared"
    """What a caller said was compared with the mask, by eye."""
    FOUND = "found"
    """A whole number or address led to the record."""
    ALLOWED = "allowed"
    """A supervisor let a colleague see one value once."""
    NOTE_WRITTEN = "note_written"
    ADDED = "added"
    """An import brought the record in."""
    CHANGED = "changed"
    """An import changed the record."""
    EDITED = "edited"
    """A person changed one field, and so knows what it says now; what it said before was shown to nobody."""
    EMPTIED = "emptied"
    """A person took the value of one field away; what it said was shown to nobody."""
    TYPED_IN = "typed_in"
    """A person took the record down."""
    LISTED = "listed"
    """Somebody read who saw the data."""
    LIST_MADE = "list_made"
    """Somebody made a document of it."""
    EXPORTED = "exported"
    """A value was copied for the customer's own request."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as a list names them.

    Attributes:
        role: what they are in the office now; None where no account of this name is known.
        nth: which one of that role, from 1, in the order in which they appear in the list.
        name: only where policy names the staff.
    """

    role: Role | None
    nth: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """One access.

    Attributes:
        number: of its entry in the audit log.
        at_ms: when, milliseconds since 1970.
        kind: what was done.
        who: by whom.
        field: name of the field, or empty where it was the whole record, or its notes.
        reason: code of the reason that was given, or empty where none is asked for.
        allowed_by: the supervisor whose unlock it was.
        seconds: how long a value stood on the screen, or None where nobody told.
        matched: what a comparison said, or None where it was none.
        notes: how many notes were read.
    """

    number: int
    at_ms: int
    kind: AccessKind
    who: Somebody
    field: str = ""
    reason: str = ""
    allowed_by: Somebody | None = None
    seconds: int | None = None
    matched: bool | None = None
    notes: int = 0

    @property
    def shows(self) -> bool:
        """Whether somebody saw a value; reading the notes where there are none shows nothing."""
        return self.kind is AccessKind.SHOWN or (self.kind is AccessKind.NOTES_READ and self.notes > 0)


@dataclass(frozen=True, slots=True)
class AccessList:
    """The accesses to one customer's data within a time.

    Attributes:
        customer_number: whose.
        customer_name: only where policy wants it and the inventory has it open.
        accesses: the oldest first.
        total: how many there are; more than `accesses` holds where only the newest were asked for.
        refused: tries that the office refused; nothing was shown.
        since_ms, until_ms: the time that was asked for; None is open. `until_ms` is not included.
        log_since_ms: when the log begins, as far as it is kept.
        view_s: a value closes by itself after so many seconds.
    """

    customer_number: str
    customer_name: str
    accesses: tuple[Access, ...]
    total: int
    refused: int
    since_ms: int | None
    until_ms: int | None
    log_since_ms: int
    view_s: int

    @property
    def people(self) -> int:
        """How many different people."""
        return len({access.who for access in self.accesses})
