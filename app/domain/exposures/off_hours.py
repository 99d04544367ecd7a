"""Off hours: one person, exposures outside the hours of work, in one day of the office.

The default is above what a call opens that goes on a little longer than the work.
"""

from collections.abc import Sequence

from app.domain.exposures.measure import Measure, RuleSpec, per_day
from app.domain.exposures.row import Row
from app.domain.exposures.words import Rule
from app.domain.office_hours import OfficeHours


def off_hours(rows: Sequence[Row], hours: OfficeHours) -> list[Measure]:
    """Exposures outside the hours, by person and day."""
    return per_day(Rule.OFF_HOURS, (row for row in rows if row.shows and not hours.is_work(row.at_ms)), hours)


OFF_HOURS = RuleSpec(Rule.OFF_HOURS, off_hours, default=4, least=1, most=30)
