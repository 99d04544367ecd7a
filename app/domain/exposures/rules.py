"""All rules, with their bounds; and the flags of a log under given thresholds."""

from collections.abc import Mapping, Sequence

from app.domain.exposures.bulk import BULK
from app.domain.exposures.measure import Fired, RuleSpec
from app.domain.exposures.no_call import no_call_spec
from app.domain.exposures.off_hours import OFF_HOURS
from app.domain.exposures.refusals import REFUSALS
from app.domain.exposures.row import Row
from app.domain.exposures.same_customer import SAME_CUSTOMER
from app.domain.exposures.words import Rule
from app.domain.office_hours import OfficeHours

BOUNDS: Mapping[Rule, tuple[int, int, int]] = {
    spec.rule: (spec.default, spec.least, spec.most)
    for spec in (BULK, OFF_HOURS, SAME_CUSTOMER, no_call_spec(frozenset()), REFUSALS)
}
"""Default, least and most of each threshold."""


def specs(caller_reasons: frozenset[str]) -> tuple[RuleSpec, ...]:
    """Every rule, in the order of `Rule`.

    Args:
        caller_reasons: codes of reasons for a reveal that take a caller.
    """
    return (BULK, OFF_HOURS, SAME_CUSTOMER, no_call_spec(caller_reasons), REFUSALS)


def flags(
    rows: Sequence[Row], hours: OfficeHours, caller_reasons: frozenset[str], thresholds: Mapping[Rule, int]
) -> list[Fired]:
    """What the rules flag, the newest first.

    Args:
        rows: openings and refusals, in any order.
        hours: the office's.
        caller_reasons: see `specs`.
        thresholds: by rule; one that is missing has its default.
    """
    found: list[Fired] = []
    for spec in specs(caller_reasons):
        found += spec.fired(spec.measures(rows, hours), thresholds.get(spec.rule, spec.default))
    return sorted(found, key=lambda fired: fired.measure.last_entry, reverse=True)
