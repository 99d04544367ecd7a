"""Figures and plots of the exposure ledger, counted by SQL over the log: by quarter of an hour, class, person, reason.

Every time zone is a whole number of quarters from UTC, so quarters fold into the office's hours and days. A clock that
was set ahead has left entries in what is the future now: they count in the last hour, and are lost nowhere.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from app.api.messages.exposures import BarCount, HeatCount, LedgerOverview, LedgerScope, ReasonTally
from app.backoffice import schema
from app.backoffice.exposure_scope import look, names_of, of_watched, watched
from app.backoffice.office import OpenOffice
from app.backoffice.sessions import Session
from app.backoffice.view_ends import SHOWING_EVENTS
from app.domain.data_class import DataClass
from app.domain.exposures.measure import quartiles
from app.domain.exposures.row import CALL_MARKS, UNLOCK_REASON
from app.domain.office_hours import OfficeHours

BEFORE_DAYS = 30
"""What is usual is told by so many days before."""
_QUARTER_MS = 15 * 60 * 1000
_FEW_HOURS, _FEW_DAYS, _FEW_WEEKS = 5, 3, 3
_CHECK = re.compile(r"(?:check|call)=([0-9a-f]{32})")
_GRANTED = frozenset({"approved", "used", "revoked"})
_audit = schema.audit.c
Slot = tuple[date, int]
"""A day of the office, and an hour of it."""


def shown() -> ColumnElement[bool]:
    """The entries that tell of a value on a screen."""
    return and_(_audit.event.in_(SHOWING_EVENTS), _audit.outcome == "ok")


@dataclass(frozen=True, slots=True)
class _Span:
    """The days of a scope.

    Attributes:
        first, today: the first day, and the last.
        since_ms: when the first begins.
        before_ms: when the days before begin, which tell what is usual.
    """

    hours: OfficeHours
    now_ms: int
    first: date
    today: date

    @classmethod
    def of(cls, office: OpenOffice, days: int) -> "_Span":
        """The last `days` days, today among them."""
        hours, now_ms = office.policy.office_hours, office.clock.now_ms()
        today = hours.local(now_ms).date()
        return cls(hours, now_ms, today - timedelta(days=days - 1), today)

    @property
    def since_ms(self) -> int:
        return self.hours.day_start_ms(self.first)

    @property
    def before_ms(self) -> int:
        return self.hours.day_start_ms(self.first - timedelta(days=BEFORE_DAYS))

    @property
    def days(self) -> int:
        return (self.today - self.first).days + 1

    def slot(self, quarter: int) -> Slot:
        """Day and hour of a quarter."""
        now = self.hours.local(min(quarter * _QUARTER_MS, self.now_ms))
        return now.date(), now.hour


def since_of(office: OpenOffice, days: int) -> int:
    """When the first of the last `days` days of the office began, ms since 1970."""
    return _Span.of(office, days).since_ms


def overview(office: OpenOffice, session: Session, scope: LedgerScope) -> LedgerOverview:
    """Figures and plots.

    Raises:
        NotAllowedError: code `role` or `not_watched`.
    """
    look(office, session, scope.opening)
    span = _Span.of(office, scope.days)
    theirs = of_watched(office, session, scope.agent)
    mine = theirs if scope.data_class is None else and_(theirs, _audit.data_class == scope.data_class.value)
    people = [scope.agent] if scope.agent else sorted(watched(office, session))
    with office.database.reading() as db:
        counts = _by_slot(db, span, mine)
        bars, usual = _bars(span, counts), _usual_total(span, counts)
        median, known = _median(db, span, mine)
        calls = [_calls(db, people, theirs, *stretch) for stretch in _stretches(span)]
        states = _unlock_states(db, span, people, scope.data_class)
        heat = _heat(db, span, mine, names_of(db))
        reasons = _reasons(db, span, mine)
        others = _others(db, span, mine)
    return LedgerOverview(
        now_ms=span.now_ms,
        exposures=sum(sum(bar.counts.values()) for bar in bars),
        usual=usual,
        median_ms=median,
        known=known,
        calls=calls[0][0],
        verified_alone=calls[0][1],
        before_calls=calls[1][0],
        before_verified_alone=calls[1][1],
        granted=states["granted"],
        refused=states["refused"],
        expired=states["expired"],
        used=others["use"],
        lookups=others["lookup"],
        bars=bars,
        heat=heat,
        reasons=reasons,
    )


def _by_slot(db: Connection, span: _Span, mine: ColumnElement[bool]) -> dict[Slot, Counter[DataClass]]:
    """Exposures of the scope and of the days before, by hour and class."""
    quarter = (_audit.at_ms // _QUARTER_MS).label("quarter")
    query = (
        select(quarter, _audit.data_class, func.count().label("n"))
        .where(shown(), mine, _audit.at_ms >= span.before_ms)
        .group_by(quarter, _audit.data_class)
    )
    found: dict[Slot, Counter[DataClass]] = defaultdict(Counter)
    for row in db.execute(query):
        found[span.slot(row.quarter)][DataClass(row.data_class)] += row.n
    return found


def _bars(span: _Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[BarCount, ...]:
    """Hours of one day, or days."""
    return _hour_bars(span, counts) if span.days == 1 else _day_bars(span, counts)


def _hour_bars(span: _Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[BarCount, ...]:
    """The hours of work, and others in which something was shown."""
    first, end = span.hours.hours
    busy = [hour for day, hour in counts if day == span.today]
    worked = {day for day, _ in counts if day < span.today}
    bars = []
    for hour in range(min([first, *busy]), max([end, *(hour + 1 for hour in busy)])):
        before = sorted(counts[day, hour].total() if (day, hour) in counts else 0 for day in worked)
        usual = _middle(before) if len(before) >= _FEW_HOURS else None
        start = span.hours.hour_ms(span.today, hour)
        bars.append(BarCount(start_ms=start, counts=dict(counts.get((span.today, hour), {})), usual=usual))
    return tuple(bars)


def _day_bars(span: _Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[BarCount, ...]:
    by_day: dict[date, Counter[DataClass]] = defaultdict(Counter)
    for (day, _hour), classes in counts.items():
        by_day[day] += classes
    bars = []
    for place in range(span.days):
        day = span.first + timedelta(days=place)
        before = sorted(c.total() for d, c in by_day.items() if d < span.first and d.weekday() == day.weekday())
        usual = _middle(before) if len(before) >= _FEW_WEEKS else None
        bars.append(BarCount(start_ms=span.hours.day_start_ms(day), counts=dict(by_day.get(day, {})), usual=usual))
    return tuple(bars)


def _middle(values: list[int]) -> float:
    half = len(values) // 2
    return float(values[half]) if len(values) % 2 else (values[half - 1] + values[half]) / 2


def _usual_total(span: _Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[int, int] | None:
    """Quartiles of as many days before; a day before counts up to this time of the day. None for a month."""
    hour_now = span.hours.local(span.now_ms).hour
    by_day: Counter[date] = Counter()
    for (day, hour), classes in counts.items():
        if day < span.first and (span.days > 1 or hour <= hour_now):
            by_day[day] += classes.total()
    if span.days == 1:
        totals = sorted(by_day.values())
    else:
        starts = [span.first - timedelta(days=back) for back in range(span.days, BEFORE_DAYS + 1)]
        windows = [[start + timedelta(days=place) for place in range(span.days)] for start in starts]
        totals = sorted(total for total in (sum(by_day[day] for day in window) for window in windows) if total)
    return quartiles(totals) if len(totals) >= _FEW_DAYS and span.days < BEFORE_DAYS else None


def _median(db: Connection, span: _Span, mine: ColumnElement[bool]) -> tuple[float | None, int]:
    """Median of the milliseconds that values stood open, and of how many that is known."""
    ends = schema.view_ends.c
    query = (
        select(ends.shown_ms)
        .join_from(schema.view_ends, schema.audit, _audit.number == ends.entry)
        .where(shown(), mine, _audit.at_ms >= span.since_ms)
        .order_by(ends.shown_ms)
    )
    values = list(db.execute(query).scalars())
    return (_middle(values) if values else None), len(values)


def _stretches(span: _Span) -> tuple[tuple[int, int | None], tuple[int, int | None]]:
    """The scope, and as many days before it."""
    before = span.hours.day_start_ms(span.first - timedelta(days=span.days))
    return (span.since_ms, None), (before, span.since_ms)


def _calls(
    db: Connection, people: list[str], theirs: ColumnElement[bool], since_ms: int, until_ms: int | None
) -> tuple[int, int]:
    """Identity checks of a stretch in which something was asked, and how many went without any exposure."""
    checks, answers = schema.caller_checks.c, schema.caller_answers.c
    asked = exists(select(answers.id).where(answers.check_id == checks.id))
    ended = until_ms if until_ms is not None else 2**62
    query = select(checks.id).where(checks.account.in_(people), asked, checks.started_ms.between(since_ms, ended - 1))
    calls = {row.id.hex() for row in db.execute(query)}
    marked = or_(*(_audit.detail.contains(mark, autoescape=True) for mark in CALL_MARKS))
    details = select(_audit.detail).where(shown(), theirs, marked, _audit.at_ms.between(since_ms, ended - 1))
    opened = {match[1] for text in db.execute(details).scalars() if (match := _CHECK.search(text))}
    return len(calls), len(calls - opened)


def _unlock_states(db: Connection, span: _Span, people: list[str], data_class: DataClass | None) -> Counter[str]:
    table = schema.unlocks.c
    query = select(table.state, table.until_ms, func.count().label("n")).where(
        table.agent.in_(people), table.asked_ms >= span.since_ms
    )
    if data_class is not None:
        query = query.where(table.data_class == data_class.value)
    found: Counter[str] = Counter()
    for row in db.execute(query.group_by(table.state, table.until_ms)):
        if row.state in _GRANTED:
            found["granted"] += row.n
        elif row.state == "refused":
            found["refused"] += row.n
        elif row.state == "expired" or (row.state == "waiting" and row.until_ms < span.now_ms):
            found["expired"] += row.n
    return found


def _heat(db: Connection, span: _Span, mine: ColumnElement[bool], names: dict[str, str]) -> tuple[HeatCount, ...]:
    quarter = (_audit.at_ms // _QUARTER_MS).label("quarter")
    query = (
        select(_audit.actor, quarter, func.count().label("n"))
        .where(shown(), mine, _audit.at_ms >= span.since_ms)
        .group_by(_audit.actor, quarter)
    )
    by_hour: dict[str, list[int]] = defaultdict(lambda: [0] * 24)
    for row in db.execute(query):
        by_hour[row.actor][span.slot(row.quarter)[1]] += row.n
    busiest = sorted(by_hour.items(), key=lambda pair: (-sum(pair[1]), pair[0]))
    return tuple(HeatCount(agent=a, name=names.get(a, a), hours=tuple(counts)) for a, counts in busiest)


def _reasons(db: Connection, span: _Span, mine: ColumnElement[bool]) -> tuple[ReasonTally, ...]:
    """Reasons; of an unlocked value the one that stands with its request."""
    query = (
        select(_audit.reason, _audit.reference, func.count().label("n"))
        .where(shown(), mine, _audit.at_ms >= span.since_ms)
        .group_by(_audit.reason, _audit.reference)
    )
    rows = db.execute(query).all()
    asked = reasons_asked(db, [row.reference for row in rows if row.reason == UNLOCK_REASON])
    found: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        code = asked.get(row.reference, row.reason) if row.reference else row.reason
        found[code, bool(row.reference)] += row.n
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ReasonTally(code=code, is_ask=is_ask, count=n) for (code, is_ask), n in ordered)


def reasons_asked(db: Connection, references: list[str]) -> dict[str, str]:
    """The reasons of unlock requests, by the request's id in hex."""
    table, found = schema.unlocks.c, dict[str, str]()
    ids = [bytes.fromhex(reference) for reference in sorted({r for r in references if r})]
    for at in range(0, len(ids), 500):
        for row in db.execute(select(table.id, table.reason).where(table.id.in_(ids[at : at + 500]))):
            found[row.id.hex()] = row.reason
    return found


def _others(db: Connection, span: _Span, mine: ColumnElement[bool]) -> Counter[str]:
    """Uses and lookups: nothing was shown."""
    query = (
        select(_audit.event, func.count().label("n"))
        .where(_audit.event.in_(("use", "lookup")), _audit.outcome != "refused", mine, _audit.at_ms >= span.since_ms)
        .group_by(_audit.event)
    )
    return Counter({row.event: row.n for row in db.execute(query)})
