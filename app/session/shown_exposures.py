"""The exposure ledger as a screen is given it: ids, counts and words; no name of a customer, no value.

Times are seconds since 1970; days and hours are those of the office's time zone, which `Overview.time_zone` names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.data_class import DataClass
from app.domain.exposures.words import ClosedBy, ExposureKind, Rule
from app.domain.role import Role


class Range(StrEnum):
    """Which days the ledger shows, today the last of them."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"

    @property
    def days(self) -> int:
        """How many days."""
        return {"today": 1, "week": 7, "month": 30}[self.value]


@dataclass(frozen=True, slots=True)
class Scope:
    """What the figures and plots are about.

    Attributes:
        range: the days.
        agent: account, or empty for all whom the person may see.
        data_class: one class, or None for all.
    """

    range: Range = Range.TODAY
    agent: str = ""
    data_class: DataClass | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the table is narrowed to, beyond the scope: a bar, a cell, a reason, a flag. Parts that are empty do not.

    Attributes:
        since, until: seconds since 1970; `until` is not included.
        hour: hour of the day by the office's clock, 0 to 23, on each day of the scope.
        agent: account.
        reason: code.
        record: hex.
        kind: how.
        refused: refusals in place of openings, as the rule `refusals` counts them.
        no_call: only those without an identity check, for reasons that take a caller.
        off_hours: only those outside the hours of work.
    """

    since: float | None = None
    until: float | None = None
    hour: int | None = None
    agent: str = ""
    reason: str = ""
    record: str = ""
    kind: ExposureKind | None = None
    refused: bool = False
    no_call: bool = False
    off_hours: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """One person whose exposures may be seen; closed accounts stay."""

    account: str
    name: str
    role: Role
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar over time: an hour where the scope is one day, else a day.

    Attributes:
        start: when it begins.
        day: the day by the office's clock.
        hour: 0 to 23, or None where the bar is a day.
        counts: exposures by class; classes without any are left out.
        usual: the median of the same hour (or weekday) in the 30 days before, or None where too little is known.
    """

    start: float
    day: date
    hour: int | None
    counts: Mapping[DataClass, int]
    usual: float | None = None

    @property
    def total(self) -> int:
        """All classes."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One person's exposures by hour of the day: 24 counts over all days of the scope. The busiest comes first."""

    agent: str
    name: str
    hours: tuple[int, ...]
    is_flagged: bool = False

    @property
    def total(self) -> int:
        """All hours."""
        return sum(self.hours)


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """One reason, most frequent first. Bars, reasons and the figure add up to the same.

    Notes are read without a reason: their code and label are empty.
    """

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The strip of figures.

    Attributes:
        exposures: how many values were shown.
        usual: low and high quartile of as many days before, or None.
        median_s: median of the seconds that values stood open, of those known; None where none is.
        known: of how many exposures the end is known; the others stood open `limit_s` at most.
        limit_s: the longest view.
        calls: identity checks that ended.
        verified_alone: of these, calls without any exposure of that customer.
        before_calls, before_verified_alone: the same for as many days before.
        granted, refused, expired: unlock requests.
        used: openings by reference: used, and shown to nobody.
        lookups: lookups of whole values.
    """

    exposures: int
    usual: tuple[int, int] | None
    median_s: float | None
    known: int
    limit_s: int
    calls: int
    verified_alone: int
    before_calls: int
    before_verified_alone: int
    granted: int
    refused: int
    expired: int
    used: int
    lookups: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures and plots of one scope.

    Attributes:
        at: when it was made.
        time_zone: of days and hours, such as `Asia/Jakarta`.
        hours_of_work: first hour and the hour after the last, of a working day.
        agents: how many people have exposures in it (`heat` has them all).
    """

    at: float
    time_zone: str
    hours_of_work: tuple[int, int]
    figures: Figures
    bars: tuple[Bar, ...]
    heat: tuple[HeatRow, ...]
    reasons: tuple[ReasonCount, ...]

    @property
    def agents(self) -> int:
        """How many people have exposures in it."""
        return len(self.heat)


@dataclass(frozen=True, slots=True)
class ShownExposure:
    """One line of the table.

    Attributes:
        entry: number in the audit log.
        kind: how.
        field_label: in the person's language; empty for notes and lookups.
        data_class: its class, None for a lookup.
        number: the customer's number, where the person's own queues show it, else empty.
        record: reference of the customer, hex; empty for a lookup that found nobody.
        reason: label in the person's language.
        opened_by: display name of the supervisor of an unlock, else empty.
        shown_s: seconds that it stood open, as the console told; None where it never did (then: up to `limit_s`).
        closed_by: why it closed, where that is known.
        limit_s: the longest that it can have stood open; 0 where nothing was shown.
        on_call: whether an identity check of this customer was open.
        takes_caller: whether the reason takes a caller; without `on_call` this is what the rule `no_call` counts.
        refused: the refusal's code, or empty.
    """

    entry: int
    at: float
    agent: str
    agent_name: str
    seat: str
    kind: ExposureKind
    field_label: str
    data_class: DataClass | None
    number: str
    record: str
    reason: str
    opened_by: str
    shown_s: float | None
    closed_by: ClosedBy | None
    limit_s: int
    on_call: bool
    takes_caller: bool
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ExposurePage:
    """Lines of the table, the newest first.

    Attributes:
        total: how many there are in all.
        before: give this to the next call for older ones; None where there are none.
    """

    rows: tuple[ShownExposure, ...]
    total: int
    before: int | None


class FlagState(StrEnum):
    """Where a flag stands."""

    NEW = "new"
    GROWN = "grown"
    """Acknowledged, and more has happened since: it waits again."""
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Who looked at a flag. `comment` is empty where it was erased."""

    by: str
    by_name: str
    at: float
    comment: str
    value: int


@dataclass(frozen=True, slots=True)
class Flag:
    """What a rule found.

    Attributes:
        rule: which.
        subject: account, or the record in hex (`same_customer`).
        name: display name, or the customer's number where the person's queues show it, else empty.
        since, until: the first and the end of the time that the rule looked at.
        value: what was counted.
        threshold: at which value the rule fires now.
        usual: low and high quartile of what is usual for this person (or of all), or None.
        exposures: how many exposures are in it, where the rule counts something else.
        no_call: how many of them had no call.
        agents: how many people.
        days: on how many days.
        look: what to narrow the table to.
        is_own: it is about the person who looks; they cannot acknowledge it.
        is_unseen: it came, or grew, after the person's last opening of the ledger.
    """

    rule: Rule
    subject: str
    name: str
    since: float
    until: float
    value: int
    threshold: int
    usual: tuple[int, int] | None
    exposures: int
    no_call: int
    agents: int
    days: int
    state: FlagState
    look: Chosen
    acknowledged: Acknowledged | None = None
    is_own: bool = False
    is_unseen: bool = False


@dataclass(frozen=True, slots=True)
class FlagsFound:
    """What the rules found, what waits first, then the newest.

    Attributes:
        flags: as many as the office sends.
        left_off: how many more there are, after all of these.
    """

    flags: tuple[Flag, ...] = ()
    left_off: int = 0

    @property
    def waiting(self) -> int:
        """How many of the sent ones wait for somebody."""
        return sum(flag.state is not FlagState.ACKNOWLEDGED for flag in self.flags)

    @property
    def is_cut(self) -> bool:
        """Whether more may wait than were sent: those that wait come first, so only where all of the sent do."""
        return self.left_off > 0 and self.waiting == len(self.flags)


@dataclass(frozen=True, slots=True)
class Threshold:
    """One rule's threshold.

    Attributes:
        value: it fires at this value and above.
        default, least, most: what it may be.
        fired: for each value from `least` to `most`, how many flags it would have raised in the last 30 days.
        changed_by, changed_at: who changed it last and when; empty and None where nobody has.
        version: counts its changes; `set_threshold` takes it, so that of two people who change it at once one is told.
    """

    rule: Rule
    value: int
    default: int
    least: int
    most: int
    fired: tuple[int, ...] = field(default=())
    changed_by: str = ""
    changed_at: float | None = None
    version: int = 0

    def would_fire(self, value: int) -> int:
        """How many flags this value would have raised in the last 30 days; 0 outside the bounds."""
        return self.fired[value - self.least] if self.least <= value < self.least + len(self.fired) else 0
