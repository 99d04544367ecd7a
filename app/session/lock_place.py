"""Where a person was when the console locked: kept in the encrypted cache, and given back on resuming."""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.domain.kept_find import KeptFind
from app.session.calls import KeptCall
from app.session.note_scan import masked
from app.session.shown_contacts import ContactInHand

PLACE_ITEM = "place"
OFFICE_LOST = "office_lost"
"""The cause of a lock that no office can be told of: it has died."""
CLOCK_SET_BACK = "clock_set_back"


@dataclass(frozen=True, slots=True, repr=False)
class NoteInHand:
    """A note that is being written.

    Attributes:
        id: hex, the same for every try to save it.
        text: all of it.
        kept: what the office answered to hold of it.
        is_held: whether the office holds the note at all.
        keeps: finds that are to stay as typed: text and reason of each.
    """

    id: str
    text: str
    kept: str = ""
    is_held: bool = False
    keeps: tuple[KeptFind, ...] = ()

    def without_numbers(self) -> "NoteInHand":
        """The same as it is kept anywhere: numbers of persons are their masks."""
        if not self.text + self.kept:
            return self  # nothing to load the scanner for
        return replace(self, text=masked(self.text, self.keeps), kept=masked(self.kept, self.keeps))


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """The open record, what was looked for, and the note in hand.

    Attributes:
        customer: the open customer's row, or None.
        record: that customer's record id, hex.
        search: what was looked for.
        queue: in which queue, or None for all of one's own.
        is_table: whether the table face was in front.
        note: the note in hand, or None.
        contact: the wrap-up in hand, or None.
        calls: which calls were on since when (`session.calls`).
        callers: whose card was asked for and not opened yet: digest of the call's id, and number (`session.callers`).
        new_contacts: what is typed into contacts that are not made yet: digest of the call's id, fields and texts.
        filters: of the table: chosen values by column, which are values of open fields.
        sort: of the table: the column, and whether it goes downwards; None: as they came.
    """

    customer: int | None = None
    record: str = ""
    search: str = ""
    queue: str | None = None
    is_table: bool = False
    note: NoteInHand | None = None
    contact: ContactInHand | None = None
    calls: tuple[KeptCall, ...] = ()
    callers: tuple[tuple[str, str], ...] = ()
    new_contacts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: tuple[str, bool] | None = None

    def to_bytes(self) -> bytes:
        """For the cache."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "surrogatepass")

    def without_numbers(self) -> "Place":
        """The same with the note as it is kept anywhere: numbers of persons are their masks."""
        return replace(self, note=self.note.without_numbers()) if self.note is not None else self

    @classmethod
    def of(cls, item: bytes | None) -> "Place":
        """Out of the cache; nothing kept is nowhere."""
        if not item:
            return cls()
        parts = json.loads(item.decode("utf-8", "surrogatepass"))
        note, calls, callers = parts.pop("note"), parts.pop("calls", ()), parts.pop("callers", ())
        contacts = parts.pop("new_contacts", ())
        contact, sort = parts.pop("contact", None), parts.pop("sort", None)
        filters = parts.pop("filters", ())
        return cls(
            filters=tuple((key, tuple(values)) for key, values in filters),
            sort=(sort[0], sort[1]) if sort else None,
            note=_note_of(note) if note else None,
            contact=ContactInHand(**contact | {"tags": tuple(contact["tags"])}) if contact else None,
            calls=tuple((key, since, state, changed) for key, since, state, changed in calls),
            callers=tuple((key, number) for key, number in callers),
            new_contacts=tuple((key, tuple((name, text) for name, text in typed)) for key, typed in contacts),
            **parts,
        )


def _note_of(parts: dict[str, Any]) -> NoteInHand:
    keeps = tuple(KeptFind(**keep) for keep in parts.pop("keeps", ()))
    return NoteInHand(keeps=keeps, **parts)


@dataclass(frozen=True, slots=True)
class LockWord:
    """What a console tells its guardian as it locks.

    Attributes:
        session: session id, hex.
        cause: idle, by_hand, office_lost, clock_set_back, or one of `domain.system_events.LOCKS`.
        account, role, seat: who resumes, and where.
        unused_s: for how long nobody has used the console.
        ends_in_s: seconds until the session ends by itself.
        over: the cause of that end: idle, session_over or lease_over.
    """

    session: str
    cause: str
    account: str
    role: str
    seat: str
    unused_s: int
    ends_in_s: int
    over: str
