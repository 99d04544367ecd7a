"""Messages of the exposure ledger: what was shown to whom, flags, thresholds. Ids, counts and words; no value."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.messages.wire import MOST_ENTRIES, Id16, Message
from app.domain.data_class import DataClass
from app.domain.exposures.words import ClosedBy, ExposureKind, Rule

MOST_CLOSED = 64
"""Closings in one message; a console has one value open at a time, and tells once a minute."""
LONGEST_SHOWN_MS = 36_000_000
"""No view outlasts a session."""
MOST_LINES = 200
LONGEST_COMMENT = 300
Account = Annotated[str, Field(max_length=64)]
Subject = Annotated[str, Field(pattern="^[A-Za-z0-9._-]{1,64}$")]
"""An account, or a record in hex."""
Hex32 = Annotated[str, Field(pattern="^([0-9a-f]{32})?$")]
Code = Annotated[str, Field(pattern="^[a-z_]{0,32}$")]
Ms = Annotated[int, Field(ge=0, le=2**53)]


class ClosedView(Message):
    """A value that closed.

    Attributes:
        entry: number of the opening's audit entry.
        shown_ms: for so long it stood open.
        cause: why it closed.
    """

    entry: int = Field(ge=1, le=MOST_ENTRIES)
    shown_ms: int = Field(ge=0, le=LONGEST_SHOWN_MS)
    cause: ClosedBy


class ViewsClosed(Message):
    """Values that closed since the last word; telling the same again changes nothing."""

    views: tuple[ClosedView, ...] = Field(min_length=1, max_length=MOST_CLOSED)


class LedgerScope(Message):
    """What the ledger is asked about.

    Attributes:
        opening: made by the console when the ledger is opened: each is one entry of the log, however often it asks.
        days: today and the days before.
        agent: account, or empty for all whom the person may see.
        data_class: or None for all.
    """

    opening: Id16
    days: Literal[1, 7, 30] = 1
    agent: Account = ""
    data_class: DataClass | None = None


class WatchedPerson(Message):
    """One whose exposures may be seen."""

    account: str
    name: str
    role: str
    is_closed: bool


class WatchedPeople(Message):
    """All of them, by name."""

    people: tuple[WatchedPerson, ...]


class BarCount(Message):
    """Exposures in one hour or day, by class; `usual` is None where too little is known."""

    start_ms: int
    counts: dict[DataClass, int]
    usual: float | None


class HeatCount(Message):
    """One person's exposures by hour of the office's day: 24 counts."""

    agent: str
    name: str
    hours: tuple[int, ...]


class ReasonTally(Message):
    """How often a reason was given; `is_ask` for one of an unlock request, an empty code for notes."""

    code: str
    is_ask: bool
    count: int


class LedgerOverview(Message):
    """Figures and plots (`app/session/shown_exposures.py:Figures` says what each is)."""

    now_ms: int
    exposures: int
    usual: tuple[int, int] | None
    median_ms: float | None
    known: int
    calls: int
    verified_alone: int
    before_calls: int
    before_verified_alone: int
    granted: int
    refused: int
    expired: int
    used: int
    lookups: int
    bars: tuple[BarCount, ...]
    heat: tuple[HeatCount, ...]
    reasons: tuple[ReasonTally, ...]


class AskLines(LedgerScope):
    """Lines of the table (`app/session/shown_exposures.py:Chosen` says what each part narrows).

    Attributes:
        before: only older ones than this number.
        limit: at most so many.
    """

    since_ms: Ms | None = None
    until_ms: Ms | None = None
    hour: int | None = Field(default=None, ge=0, le=23)
    person: Account = ""
    reason: Code = ""
    record: Hex32 = ""
    kind: ExposureKind | None = None
    refused: bool = False
    no_call: bool = False
    off_hours: bool = False
    before: int | None = Field(default=None, ge=1, le=MOST_ENTRIES)
    limit: int = Field(default=100, ge=1, le=MOST_LINES)


class Line(Message):
    """One opening or refusal.

    Attributes:
        is_ask: whether the reason is one of an unlock request.
        shown_ms, cause: None where the console never told.
        refused: the refusal's code, or empty.
    """

    entry: int
    at_ms: int
    agent: str
    agent_name: str
    seat: str
    kind: ExposureKind
    field: str
    data_class: DataClass | None
    number: str
    record: str
    reason: str
    is_ask: bool
    opened_by: str
    shown_ms: int | None
    cause: ClosedBy | None
    on_call: bool
    takes_caller: bool
    refused: str


class Lines(Message):
    """Lines, the newest first; `before` asks for older ones."""

    lines: tuple[Line, ...]
    total: int
    before: int | None


class AnswerMark(Message):
    """Who acknowledged a flag, up to which value; an empty comment was erased."""

    by: str
    by_name: str
    at_ms: int
    comment: str
    value: int


class RaisedFlag(Message):
    """What a rule found (`app/session/shown_exposures.py:Flag` says what each is)."""

    rule: Rule
    subject: str
    name: str
    since_ms: int
    until_ms: int
    value: int
    threshold: int
    usual: tuple[int, int] | None
    exposures: int
    no_call: int
    agents: int
    days: int
    is_own: bool
    is_unseen: bool
    answer: AnswerMark | None


class RaisedFlags(Message):
    """Flags of 30 days, the newest first; `left_off` older ones are not among them."""

    flags: tuple[RaisedFlag, ...]
    left_off: int


class AskLedger(Message):
    """Flags, people or thresholds, for one opening of the ledger."""

    opening: Id16


class FlagMark(Message):
    """Which flag, as it was shown."""

    opening: Id16
    rule: Rule
    subject: Subject
    since_ms: Ms
    until_ms: Ms
    value: int = Field(ge=1, le=MOST_ENTRIES)


class AcknowledgeFlag(FlagMark):
    """Somebody looked at a flag; `comment` says what came of it."""

    comment: str = Field(min_length=1, max_length=LONGEST_COMMENT)


class ThresholdState(Message):
    """A rule's threshold (`app/session/shown_exposures.py:Threshold` says what each is)."""

    rule: Rule
    value: int
    default: int
    least: int
    most: int
    version: int
    changed_by: str
    changed_ms: int | None
    fired: tuple[int, ...]


class Thresholds(Message):
    """All of them."""

    thresholds: tuple[ThresholdState, ...]


class SetThreshold(Message):
    """Change one; `version` is that of the state which the person saw."""

    opening: Id16
    rule: Rule
    value: int = Field(ge=0, le=1_000_000)
    version: int = Field(ge=0, le=1_000_000_000)
