"""Same customer again and again: one customer, opened on many occasions within seven days.

An occasion is one person on one day: several fields in one call are one. Occasions with no gap of seven days between
them are one stretch, whose value is the most that any seven days of it hold; so a stretch does not end with a week.
"""

from collections.abc import Sequence

from app.domain.exposures.measure import Measure, RuleSpec, Tally
from app.domain.exposures.row import Row
from app.domain.exposures.words import Rule
from app.domain.office_hours import OfficeHours

DAYS = 7
_Rows = list[tuple[int, Row]]
"""With the day of the office, as an ordinal."""


def same_customer(rows: Sequence[Row], hours: OfficeHours) -> list[Measure]:
    """Occasions by customer and stretch of days."""
    by_record: dict[str, _Rows] = {}
    for row in rows:
        if row.shows and row.record:
            by_record.setdefault(row.record, []).append((hours.local(row.at_ms).date().toordinal(), row))
    found: list[Measure] = []
    for record, dated in by_record.items():
        for stretch in _stretches(dated):
            found.append(_measure(record, stretch))
    return found


def _stretches(dated: _Rows) -> list[_Rows]:
    """Split where seven days hold nothing."""
    dated.sort(key=lambda pair: (pair[0], pair[1].entry))
    stretches: list[_Rows] = []
    for day, row in dated:
        if not stretches or day - stretches[-1][-1][0] >= DAYS:
            stretches.append([])
        stretches[-1].append((day, row))
    return stretches


def _measure(record: str, stretch: _Rows) -> Measure:
    tally = Tally()
    for day, row in stretch:
        tally.add(row, day)
    occasions = sorted({(day, row.agent) for day, row in stretch})
    tally.value = max(sum(last - DAYS < day <= last for day, _ in occasions) for last, _ in occasions)
    times = [row.at_ms for _, row in stretch]
    return tally.measure(Rule.SAME_CUSTOMER, record, min(times), max(times) + 1)


SAME_CUSTOMER = RuleSpec(Rule.SAME_CUSTOMER, same_customer, default=5, least=3, most=30, by_subject=False)
