"""Reveal without a call: exposures in one day without an identity check, for reasons that take a caller.

Only what a person opens by their own right counts: who approves an unlock sees whether the caller was identified. A
reason that needs nobody on the line (call back, go on with a case) does not count either; `caller_reasons` names the
others, as policy does.
"""

from collections.abc import Sequence
from functools import partial

from app.domain.exposures.measure import Measure, RuleSpec, per_day
from app.domain.exposures.row import Row
from app.domain.exposures.words import ExposureKind, Rule
from app.domain.office_hours import OfficeHours


def counts(row: Row, caller_reasons: frozenset[str]) -> bool:
    """Whether the rule counts this row."""
    opened = row.kind is ExposureKind.REVEAL and not row.refused
    return opened and not row.on_call and row.reason in caller_reasons


def no_call(rows: Sequence[Row], hours: OfficeHours, caller_reasons: frozenset[str]) -> list[Measure]:
    """Exposures without a call, by person and day."""
    return per_day(Rule.NO_CALL, (row for row in rows if counts(row, caller_reasons)), hours)


def no_call_spec(caller_reasons: frozenset[str]) -> RuleSpec:
    """The rule where these reasons take a caller."""
    return RuleSpec(Rule.NO_CALL, partial(no_call, caller_reasons=caller_reasons), default=10, least=3, most=60)
