"""Where the reasons, the hours of work and the list of who saw a customer say more in an edit than in its base.

An identified caller stays needed, and words of one's own stay needed, where the base wants them: else two people could
empty `required_for` without touching it. Hours of work only shrink, or there would be no *off hours*.
"""

from collections.abc import Collection

from app.domain.data_class import DataClass
from app.domain.office_hours import OfficeHours
from app.domain.policy import Reason, WhoSawRule

Looser = tuple[int, str, str]
"""Index of the row (0 where there is one table alone), key, and what is wrong in one sentence."""


def looser_reason(
    base: Collection[Reason], edited: Collection[Reason], caller_needed: Collection[DataClass]
) -> Looser | None:
    """The first reason by which more opens than by the base's.

    Args:
        base: the base's reasons for the same thing.
        edited: the edit's.
        caller_needed: the classes for which the base wants an identified caller.
    """
    known = {reason.code: reason for reason in base}
    for index, reason in enumerate(edited):
        before = known.get(reason.code)
        if before is not None and before.needs_text and not reason.needs_text:
            return index, "needs_text", "this reason needs words of one's own; only IT takes that away"
        if before is not None and before.purpose and reason.purpose != before.purpose:
            return index, "purpose", "what this reason is for is set by IT alone"
        if reason.needs_caller:
            continue
        free = before.classes if before is not None and not before.needs_caller else frozenset[DataClass]()
        for data_class in sorted((reason.classes & set(caller_needed)) - free):
            return (
                index,
                "needs_caller",
                f"a reason for {data_class} needs an identified caller; only IT lets it go without",
            )
    return None


def looser_hours(base: OfficeHours, edited: OfficeHours) -> Looser | None:
    """The part of the hours of work that lies outside the base's."""
    if edited.time_zone != base.time_zone:
        return 0, "time_zone", "time_zone is set by IT alone"
    if edited.is_within(base):
        return None
    longer = "days" if edited.days - base.days else "from" if edited.from_min != base.from_min else "until"
    return 0, longer, "hours of work lie within the base's; only IT makes them longer"


def looser_list(base: WhoSawRule, edited: WhoSawRule) -> Looser | None:
    """The name that a list of who saw a customer gives, and the base's does not."""
    for key in ("names", "customer_name"):
        if getattr(edited, key) and not getattr(base, key):
            return 0, key, f"{key} is not in such a list; only IT lets it in"
    return None
