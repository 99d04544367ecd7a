"""What somebody suspects, how an incident stands, and to whom it is told."""

from enum import StrEnum
from typing import Final


class Suspicion(StrEnum):
    """What it looks like to whoever reports it."""

    LOST_DEVICE = "lost_device"
    WRONG_PERSON = "wrong_person"
    MISUSE = "misuse"
    STOLEN_ACCOUNT = "stolen_account"
    STRANGE_PROGRAM = "strange_program"
    OTHER = "other"


class Origin(StrEnum):
    """From where a suspicion was reported: by somebody signed in, at a lock screen, or at a sign-in window."""

    SIGNED_IN = "signed_in"
    LOCKED = "locked"
    SIGNED_OUT = "signed_out"


class IncidentState(StrEnum):
    """How it stands."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class Told(StrEnum):
    """Who is told of a failure of protection (UU PDP art. 46(1) and (3))."""

    AUTHORITY = "authority"
    SUBJECTS = "subjects"
    PUBLIC = "public"


class NoteKind(StrEnum):
    """What somebody writes to an incident."""

    TIMELINE = "timeline"
    LESSON = "lesson"


MUST_BE_TOLD: Final = (Told.AUTHORITY, Told.SUBJECTS)
"""The public in certain cases alone."""
EXPOSING_EVENTS: Final = frozenset(
    {"reveal", "notes.read", "value.copied", "use", "lookup", "who_saw.pdf", "request.exported"}
)
"""Events of the log with which a customer's data came before somebody, or left: their records are whom it touched."""
