"""Incidents as pages show them: values and words of the domain, no message of the office."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.data_class import DataClass
from app.domain.incidents.words import IncidentState, NoteKind, Origin, Suspicion, Told
from app.domain.subject_requests.clock import Standing


@dataclass(frozen=True, slots=True)
class ShownIncident:
    """One incident.

    Attributes:
        id: hex.
        standing: how its 72 hours stand; None for a suspicion that was none.
        since, until: the time that it is about, if that is said.
        told: when who was told.
        reported_by: empty where nobody was signed in.
        origin: from where it was reported.
        made_at: when, by the workstation's clock, where nobody was signed in.
        locked_account: whose session was locked there, as the workstation says.
        brought_by: with whose session it came then.
    """

    id: str
    number: int
    is_drill: bool
    suspicion: Suspicion
    state: IncidentState
    revision: int
    reported_at: datetime
    reported_by: str
    seat_of_report: str
    t0: datetime
    due_at: datetime
    standing: Standing | None
    since: datetime | None
    until: datetime | None
    account: str
    seat: str
    data_class: DataClass | None
    told: dict[Told, datetime]
    closed_at: datetime | None
    origin: Origin = Origin.SIGNED_IN
    made_at: datetime | None = None
    locked_account: str = ""
    brought_by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to work on it."""
        return self.state in {IncidentState.REPORTED, IncidentState.CONFIRMED}


@dataclass(frozen=True, slots=True)
class IncidentListing:
    """All of them, what is open first; `now` by the office's clock."""

    incidents: tuple[ShownIncident, ...]
    left_off: int
    now: datetime

    @property
    def waiting(self) -> int:
        """How many are open."""
        return sum(one.is_open for one in self.incidents)

    @property
    def pressing(self) -> tuple[tuple["ShownIncident", Standing], ...]:
        """Of what is open, what is due within a day or overdue, with its clock."""
        clocked = ((one, one.standing) for one in self.incidents if one.is_open)
        return tuple((one, clock) for one, clock in clocked if clock is not None and clock.presses)


@dataclass(frozen=True, slots=True)
class ShownMoment:
    """A line of a timeline: a word of the log with what it says besides, or what somebody wrote."""

    at: datetime
    by: str
    event: str
    detail: str
    kind: NoteKind | None
    words: str


@dataclass(frozen=True, slots=True)
class IncidentTexts:
    """What the letters say in the officer's words."""

    how: str = ""
    handling: str = ""
    recovery: str = ""


@dataclass(frozen=True, slots=True)
class ReadIncident:
    """One with what was written."""

    incident: ShownIncident
    words: str
    texts: IncidentTexts
    timeline: tuple[ShownMoment, ...]


@dataclass(frozen=True, slots=True)
class ShownAffected:
    """A customer whom it touched; without a number where they are gone."""

    number: str
    times: int
    classes: tuple[DataClass, ...]


@dataclass(frozen=True, slots=True)
class AffectedList:
    """All of them, out of a log of so many entries."""

    rows: tuple[ShownAffected, ...]
    total: int
    entries: int


@dataclass(frozen=True, slots=True)
class ScopeWish:
    """What an incident is about: the time in the office's own, and what else entries must fit."""

    since: datetime
    until: datetime
    account: str = ""
    seat: str = ""
    data_class: DataClass | None = None


@dataclass(frozen=True, slots=True)
class SavedLetters:
    """Letters to each customer that were saved.

    Attributes:
        letters: how many.
        gone: customers whom it touched and who are gone: nobody can be written to.
    """

    letters: int
    gone: int
