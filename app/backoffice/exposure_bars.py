"""Bars over time and the heat map of the exposure ledger, and what is usual: counted by quarters of an hour in SQL."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from app.api.messages.exposures import BarCount, HeatCount
from app.backoffice import schema
from app.backoffice.exposure_span import BEFORE_DAYS, QUARTER_MS, Slot, Span, shown
from app.domain.data_class import DataClass
from app.domain.exposures.measure import quartiles

_FEW_HOURS, _FEW_DAYS, _FEW_WEEKS = 5, 3, 3
_audit = schema.audit.c


def by_slot(db: Connection, span: Span, mine: ColumnElement[bool]) -> dict[Slot, Counter[DataClass]]:
    """Exposures of the scope and of the days before, by hour and class."""
    quarter = (_audit.at_ms // QUARTER_MS).label("quarter")
    query = (
        select(quarter, _audit.data_class, func.count().label("n"))
        .where(shown(), mine, _audit.at_ms >= span.before_ms)
        .group_by(quarter, _audit.data_class)
    )
    found: dict[Slot, Counter[DataClass]] = defaultdict(Counter)
    for row in db.execute(query):
        found[span.slot(row.quarter)][DataClass(row.data_class)] += row.n
    return found


def bars_of(span: Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[BarCount, ...]:
    """Hours of one day, or days."""
    return _hour_bars(span, counts) if span.days == 1 else _day_bars(span, counts)


def _hour_bars(span: Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[BarCount, ...]:
    """The hours of work, and others in which something was shown."""
    first, end = span.hours.hours
    busy = [hour for day, hour in counts if day == span.today]
    worked = {day for day, _ in counts if day < span.today}
    bars = []
    for hour in range(min([first, *busy]), max([end, *(hour + 1 for hour in busy)])):
        before = sorted(counts[day, hour].total() if (day, hour) in counts else 0 for day in worked)
        usual = middle(before) if len(before) >= _FEW_HOURS else None
        start = span.hours.hour_ms(span.today, hour)
        bars.append(BarCount(start_ms=start, counts=dict(counts.get((span.today, hour), {})), usual=usual))
    return tuple(bars)


def _day_bars(span: Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[BarCount, ...]:
    by_day: dict[date, Counter[DataClass]] = defaultdict(Counter)
    for (day, _hour), classes in counts.items():
        by_day[day] += classes
    bars = []
    for place in range(span.days):
        day = span.first + timedelta(days=place)
        before = sorted(c.total() for d, c in by_day.items() if d < span.first and d.weekday() == day.weekday())
        usual = middle(before) if len(before) >= _FEW_WEEKS else None
        bars.append(BarCount(start_ms=span.hours.day_start_ms(day), counts=dict(by_day.get(day, {})), usual=usual))
    return tuple(bars)


def usual_total(span: Span, counts: dict[Slot, Counter[DataClass]]) -> tuple[int, int] | None:
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


def middle(values: list[int]) -> float:
    """The median of sorted values."""
    half = len(values) // 2
    return float(values[half]) if len(values) % 2 else (values[half - 1] + values[half]) / 2


def heat_of(db: Connection, span: Span, mine: ColumnElement[bool], names: dict[str, str]) -> tuple[HeatCount, ...]:
    """Each person's exposures by hour of the day, the busiest first."""
    quarter = (_audit.at_ms // QUARTER_MS).label("quarter")
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
