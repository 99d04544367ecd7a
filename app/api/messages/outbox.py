"""Messages about the outbox: entries that a console kept while the office was away, and what the office has of them."""

from typing import Literal

from pydantic import Field

from app.api.messages.wire import Id16, Key32, LongBlob, Message, Words

MOST_ENTRIES = 64
"""Entries in one delivery."""
MOST_SESSIONS = 512


class Delivery(Message):
    """Entries of one session, in order; `session` is what the courier takes it for, and only written down."""

    session: Id16
    entries: tuple[LongBlob, ...] = Field(min_length=1, max_length=MOST_ENTRIES)


class Fate(Message):
    """What came of one entry.

    Attributes:
        outcome: taken; already (taken earlier); unusable (taken, but what it asks for is not allowed: the office keeps
            it sealed); refused (not believed: nothing behind it is looked at).
        reason: why it is unusable or refused.
    """

    outcome: Literal["taken", "already", "unusable", "refused"]
    reason: str = ""


class Delivered(Message):
    """One fate per entry, up to the first that was refused."""

    fates: tuple[Fate, ...]


class Look(Message):
    """The sessions that have something in this seat's outbox; of no other one more will come from here."""

    sessions: tuple[Id16, ...] = Field(default=(), max_length=MOST_SESSIONS)


class Mark(Message):
    """How far the office has a session's entries."""

    session: Id16
    taken: int
    link: Key32


class OpenEnd(Message):
    """An own session that ended without its last word.

    Attributes:
        seat: at which workstation.
        ended_ms: when the office took it for ended.
        missing: entries that its console told of and that never came.
    """

    seat: Words
    ended_ms: int
    missing: int


class Looked(Message):
    """What the office has of these sessions, and which own sessions were never closed."""

    marks: tuple[Mark, ...]
    open_ends: tuple[OpenEnd, ...] = ()
