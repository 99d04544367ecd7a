"""Messages of incidents. Anybody reports; what was written travels to privacy officers alone, when one is opened."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.exposures import Account, Hex32
from app.api.messages.since import since
from app.api.messages.who_saw import Document, Moment
from app.api.messages.wire import Blob, Id16, Message
from app.domain.data_class import DataClass
from app.domain.incidents.words import IncidentState, NoteKind, Origin, Suspicion, Told

LONGEST_WORDS = 2000
MOST_INCIDENTS = 200
MOST_TIMELINE = 300
MOST_AFFECTED = 5_000
MOST_BROUGHT = 8
"""In one request: sealed and in Base64 they stay below the 256 KiB of a usual body."""
MOST_FOREIGN = 1_000
Revision = Annotated[int, Field(ge=1, le=2**31)]
IncidentWords = Annotated[str, Field(max_length=LONGEST_WORDS)]


class ReportSuspicion(Message):
    """Somebody suspects something. `id` is made by the console: the same again is the same report."""

    id: Id16
    suspicion: Suspicion
    words: IncidentWords = ""
    is_drill: bool = False


class Reported(Message):
    """Its number."""

    number: int


class BringSuspicions(Message):
    """Suspicions that were reported at this workstation while nobody was signed in, sealed.

    Attributes:
        reports: as they were kept (`app/auth/outside_report.py`).
        foreign: how many files lay among them that no program of ours wrote.
    """

    reports: Annotated[tuple[Blob, ...], Field(max_length=MOST_BROUGHT)]
    foreign: Annotated[int, Field(ge=0, le=MOST_FOREIGN)] = 0


class SuspicionFate(Message):
    """What became of one: `taken`, `already` (it was here) or `refused`, and why."""

    outcome: Literal["taken", "already", "refused"]
    reason: str = ""


class BroughtSuspicions(Message):
    """What became of each, in order."""

    fates: tuple[SuspicionFate, ...]


class IncidentRow(Message):
    """An incident as it stands.

    Attributes:
        reported_by: whose session it was; empty where nobody was signed in.
        told: when who was told.
        due_ms: the end of its 72 hours.
        origin: from where it was reported.
        made_ms: when, by the workstation's clock, where nobody was signed in.
        locked_account: whose session was locked there, as the workstation says.
        brought_by: with whose session it came.
    """

    id: Id16
    number: int
    is_drill: bool
    suspicion: Suspicion
    state: IncidentState
    revision: int
    reported_ms: int
    reported_by: str
    reported_at: str
    t0_ms: int
    due_ms: int
    since_ms: int | None
    until_ms: int | None
    account: str
    seat: str
    data_class: DataClass | None
    told: dict[Told, int]
    closed_ms: int | None
    origin: Annotated[Origin, since(2)] = Origin.SIGNED_IN
    made_ms: Annotated[int | None, since(2)] = None
    locked_account: Annotated[str, since(2)] = ""
    brought_by: Annotated[str, since(2)] = ""


class Incidents(Message):
    """All of them, what is open first."""

    incidents: tuple[IncidentRow, ...]
    now_ms: int
    left_off: int


class TimelineLine(Message):
    """A line of an incident's timeline: a word of the program from the log, or what somebody wrote.

    Attributes:
        event: word of the log; empty for a note.
        detail: what the entry says besides.
        kind: of a note.
        words: of a note.
    """

    at_ms: int
    by: str
    event: str = ""
    detail: str = ""
    kind: NoteKind | None = None
    words: str = ""


class OpenedIncident(Message):
    """An incident with what was written."""

    row: IncidentRow
    words: str
    how: str
    handling: str
    recovery: str
    timeline: tuple[TimelineLine, ...]


class ConfirmIncident(Message):
    """It is one; the office has known of it since T0."""

    revision: Revision
    t0_ms: Moment


class AtRevision(Message):
    """Something about an incident as it was seen."""

    revision: Revision


class SetScope(Message):
    """What it is about: entries of the log that fit all that is named."""

    revision: Revision
    since_ms: Moment
    until_ms: Moment
    account: Account = ""
    seat: Annotated[str, Field(max_length=64)] = ""
    data_class: DataClass | None = None


class SetTexts(Message):
    """What the letters say in the officer's words."""

    revision: Revision
    how: IncidentWords = ""
    handling: IncidentWords = ""
    recovery: IncidentWords = ""


class WriteNote(Message):
    """A line for the timeline, or a lesson; `id` is made by the console."""

    id: Id16
    kind: NoteKind
    words: Annotated[str, Field(min_length=1, max_length=LONGEST_WORDS)]


class SayTold(Message):
    """Somebody was told, now."""

    revision: Revision
    who: Told


class AffectedRow(Message):
    """A customer whom it touched.

    Attributes:
        customer_number: empty where the customer is gone.
        times: entries of the log.
        classes: of data that came before somebody.
    """

    record: Hex32
    customer_number: str
    times: int
    classes: tuple[str, ...]


class Affected(Message):
    """All whom it touched, by number; `total` of them, and the newest entry of the log that was looked at."""

    rows: tuple[AffectedRow, ...]
    total: int
    entry: int


class AskIncidentLetter(Message):
    """A letter of art. 46, or the public notice."""

    who: Told
    language: Literal["en", "id"]


class IncidentLetter(Message):
    """The letter as a file."""

    pdf: Document


class AskEachLetter(Message):
    """The next letters to those whom it touched, after a customer number; none: the first ones."""

    after: Annotated[str, Field(max_length=64)] = ""


class EachLetter(Message):
    """The letter to one customer, in both languages.

    Attributes:
        reference: the incident's number and the customer's.
        times: entries of the log.
        classes: of their data that came before somebody.
    """

    customer_number: str
    reference: str
    times: int
    classes: tuple[str, ...]
    pdf: Document


class EachLetters(Message):
    """A part of the letters.

    Attributes:
        after: what to ask with for the next part; empty: that was the last one.
        done, total: how many there were until here, and are in all.
        gone: customers whom it touched and who are gone: nobody can be written to.
    """

    letters: tuple[EachLetter, ...]
    after: str
    done: int
    total: int
    gone: int
