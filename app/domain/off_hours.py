"""What holds for a role outside the office's hours of work, and how long until they begin. Pure judgement.

Hours are those of the office's own zone (`app/domain/office_hours.py`), whatever a workstation's clock shows.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from app.domain.office_hours import OfficeHours
from app.domain.role import Role


class Outside(StrEnum):
    """What holds outside the hours of work."""

    OPEN = "open"
    """The same as within them."""
    CODE = "code"
    """Whatever a role opens needs a fresh code."""
    ASK = "ask"
    """A supervisor decides on each field; notes stay shut."""


class OffHoursError(ValueError):
    """What is declared is refused.

    Attributes:
        key: which word is wrong, or empty.
        reason: what is wrong, in one sentence.
    """

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key, self.reason = key, reason


def read_off_hours(table: Mapping[str, object]) -> dict[Role, Outside]:
    """What a policy's table says, by role.

    Raises:
        OffHoursError: an unknown role or word.
    """
    for key, value in table.items():
        if key not in list(Role):
            raise OffHoursError(key, f"unknown role {key!r}")
        if value not in list(Outside):
            raise OffHoursError(key, f"{key} must be one of: {', '.join(Outside)}")
    return {Role(key): Outside(str(value)) for key, value in table.items()}


def begins_in_ms(hours: OfficeHours, now_ms: int) -> int:
    """How long until the hours of work begin next, ms; summer time is the zone's matter."""
    today = hours.local(now_ms).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    begins = (hours.day_start_ms(day) + hours.from_min * 60_000 for day in days if day.weekday() in hours.days)
    return min(at_ms for at_ms in begins if at_ms > now_ms) - now_ms
