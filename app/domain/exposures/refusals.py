"""Many refusals: one person, in one day. The office's own no, and a supervisor's, count alike."""

from collections.abc import Sequence

from app.domain.exposures.measure import Measure, RuleSpec, per_day
from app.domain.exposures.row import Row
from app.domain.exposures.words import Rule
from app.domain.office_hours import OfficeHours


def refusals(rows: Sequence[Row], hours: OfficeHours) -> list[Measure]:
    """Refusals by person and day."""
    return per_day(Rule.REFUSALS, (row for row in rows if row.refused), hours)


REFUSALS = RuleSpec(Rule.REFUSALS, refusals, default=8, least=3, most=60)
