"""What a screen is given of contacts: the wrap-up in hand, those before it, and what waits for a person."""

from dataclasses import dataclass, replace

from app.domain.call_back import CallBack, CallBackError, kept_call_back


@dataclass(frozen=True, slots=True)
class ContactChoice:
    """An outcome or a tag that is offered."""

    code: str
    label: str
    needs_call_back: bool = False


@dataclass(frozen=True, slots=True)
class ContactInHand:
    """The contact of a visit that is not finished.

    Attributes:
        id: hex, the same for every try to save it.
        record: hex, whose.
        started_at: seconds since 1970.
        revision: number of its last state that was kept anywhere.
        outcome, tags: codes; empty for nothing.
        call_back_day, call_back_at: as they are kept; empty for nothing.
        note: id of its note, hex, or empty.
        call: digest of the call's id, or empty.
    """

    id: str
    record: str
    started_at: float
    revision: int = 0
    outcome: str = ""
    tags: tuple[str, ...] = ()
    call_back_day: str = ""
    call_back_at: str = ""
    note: str = ""
    call: str = ""

    @property
    def call_back(self) -> CallBack | None:
        """The call-back that was chosen."""
        try:
            return kept_call_back(self.call_back_day, self.call_back_at)
        except CallBackError:
            return None

    def with_call_back(self, call_back: CallBack | None) -> "ContactInHand":
        """The same with another call-back, or none."""
        day, at = (call_back.day_text, call_back.at_text) if call_back is not None else ("", "")
        return replace(self, call_back_day=day, call_back_at=at)

    @property
    def is_begun(self) -> bool:
        """Whether something was chosen, or a note written."""
        return bool(self.outcome or self.tags or self.call_back_day or self.note)


@dataclass(frozen=True, slots=True)
class ShownContact:
    """A finished contact, in words.

    Attributes:
        id: hex.
        by: display name of who had it.
        ended_at: seconds since 1970.
        note: id of its note, hex, or empty.
    """

    id: str
    by: str
    ended_at: float
    outcome: str
    tags: tuple[str, ...] = ()
    call_back: CallBack | None = None
    note: str = ""
    was_call: bool = False


@dataclass(frozen=True, slots=True)
class ShownContacts:
    """A customer's contacts, the newest first; the promise that holds; and one's own contact that is not finished."""

    past: tuple[ShownContact, ...] = ()
    promised: CallBack | None = None
    unfinished: ContactInHand | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer who waits for this person.

    Attributes:
        id: in the cache.
        record: hex.
        call_back: the promised call, which is due; None: a contact was not finished.
        is_own: whether this person promised it.
    """

    id: int
    record: str
    call_back: CallBack | None
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """Who waits, call-backs first; and ids of whom this person has served today."""

    waiting: tuple[Waiting, ...] = ()
    served: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ContactKept:
    """A contact as it was kept, and why it waits for the office if it does."""

    contact: ContactInHand
    why: Exception | None = None
