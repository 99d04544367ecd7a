"""Bulk views: one person, many exposures within one hour by the clock.

The hours are those of the heat map, so that a flag points at its cell. Halves on both sides of a full hour pass; the
office's limit of the pace (`app/domain/quota.py`) does not know full hours.
"""

from collections.abc import Sequence

from app.domain.exposures.measure import Measure, RuleSpec, Tally
from app.domain.exposures.row import Row
from app.domain.exposures.words import Rule
from app.domain.office_hours import OfficeHours

_HOUR_MS = 3600 * 1000


def bulk(rows: Sequence[Row], hours: OfficeHours) -> list[Measure]:
    """Exposures by person and hour."""
    tallies: dict[tuple[str, int], Tally] = {}
    for row in rows:
        if row.shows:
            now = hours.local(row.at_ms)
            since_ms = row.at_ms - ((now.minute * 60 + now.second) * 1000 + row.at_ms % 1000)
            tallies.setdefault((row.agent, since_ms), Tally()).add(row, now.date().toordinal())
    return [t.measure(Rule.BULK, agent, since, since + _HOUR_MS) for (agent, since), t in tallies.items()]


BULK = RuleSpec(Rule.BULK, bulk, default=12, least=5, most=60)
